/** The letter that asks for an unadapted copy: to the right person, harmless whatever the message says, never sent by itself. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { ShownField } from '../../extension/judging/checked-message.ts';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Letter } from '../../extension/bypass/letter.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { isAdapted, writeLetter } = await import('../../extension/bypass/letter.ts');
const { fill } = await import('../../extension/ui/words.ts');

const words = JSON.parse(
  readFileSync(new URL('../../extension/public/_locales/en/messages.json', import.meta.url), 'utf8'),
) as Record<string, { readonly message: string }>;
const t = (key: string, params: Readonly<Record<string, string>> = {}): string =>
  fill(words[key]?.message ?? '', params);

async function reportOn(...fields: readonly string[]) {
  return checkMessage(utf8ToBytes([...fields, '', 'Hello', ''].join('\r\n')), {
    resolver: createZoneResolver({}),
    now: new Date('2026-11-22T08:00:00Z'),
  });
}

async function letter(...fields: readonly string[]): Promise<Letter | null> {
  const header = fields.map((field): ShownField => {
    const [name = ''] = field.split(':', 1);
    return { name, value: field.slice(name.length + 1) };
  });
  return writeLetter(await reportOn(...fields), header, t);
}

const FROM = 'From: Ann <ann@far.example>';

describe('the letter', () => {
  it('names the message, who handled it, and the line that asks for a bypass (RFC 4236 §5)', async () => {
    const written = await letter(
      'OPES-System: https://filter.example/policy, http://other.example/;trace=1',
      FROM,
      'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n from here',
      'Date: Sun, 22 Nov 2026 07:00:00 +0000',
      'Message-ID: <1@far.example>',
    );
    expect(written).toEqual({
      to: 'ann@far.example',
      subject: 'Please send again without changes: Grüße from here',
      body: [
        'Hello,',
        '',
        'you sent me a message with the subject "Grüße from here", dated Sun, 22 Nov 2026 07:00:00 +0000, Message-ID <1@far.example>.',
        '',
        'On its way to me, systems handled it that may have changed it.',
        '- https://filter.example/policy',
        '- http://other.example/',
        '',
        'Could you send it to me again, so that it arrives as you wrote it? If your mail program lets you add a header line, this one asks such systems to leave the message alone:',
        '',
        'OPES-Bypass: https://filter.example/policy, http://other.example/',
        '',
        "If you didn't send it, please let me know, too. Thank you!",
        '',
      ].join('\n'),
      header: { name: 'X-OPES-Bypass', value: 'https://filter.example/policy, http://other.example/' },
    });
  });

  it('asks all systems to stand aside where none is named, or none that a header line can hold', async () => {
    expect((await letter(FROM))?.header.value).toBe('*');
    expect((await letter('OPES-System: not a URI', FROM))?.header.value).toBe('*');
    expect((await letter(`OPES-Via: http://a.example/${'x'.repeat(500)}`, FROM))?.header.value).toBe('*');
    const many = Array.from({ length: 9 }, (_, index) => `OPES-Via: http://a${index}.example/`);
    expect((await letter(...many, FROM))?.header.value).toBe('*');
  });

  it.each<[string, string | undefined, readonly string[]]>([
    ['the author', 'ann@far.example', [FROM]],
    ['where he wants answers, in his own domain', 'desk@far.example', [FROM, 'Reply-To: desk@far.example']],
    ['the author, where answers go to a list', 'ann@far.example', [FROM, 'Reply-To: list@lists.example']],
    ['the author, where answers go to several', 'ann@far.example', [FROM, 'Reply-To: a@far.example, b@far.example']],
    ['nobody without an author', undefined, ['Subject: x']],
    ['nobody without a domain', undefined, ['From: root']],
    ['nobody by an address that could be read as two', undefined, ['From: "a, b@x.example"@far.example']],
    ['nobody by an address with hidden characters', undefined, ['From: ann\u0000@far.example']],
  ])('goes to %s', async (_, to, fields) => {
    expect((await letter(...fields))?.to).toBe(to);
  });

  it('shows what could hide in foreign words, and bounds them', async () => {
    const written = await letter(FROM, `Subject: a\u202Eb${'x'.repeat(5000)}`);
    expect(written?.subject).toMatch(/^Please send again without changes: a\\u\{202E\}bx+$/);
    expect(written?.subject.length).toBeLessThan(300);
    expect(written?.body).not.toMatch(/[\u2066-\u2069\u202a-\u202e]/);
  });
});

describe('a message that was adapted', () => {
  it('is one that a system says to have handled', async () => {
    expect(isAdapted(await reportOn('OPES-System: http://a.example/', FROM))).toBe(true);
    expect(isAdapted(await reportOn('List-Id: <a.example>', FROM))).toBe(false);
  });

  it('is one that somebody can be shown to have changed', async () => {
    const { intermediaries } = await reportOn('List-Id: <a.example>', FROM);
    const changed = {
      method: 'dkim',
      signature: 0,
      domain: 'far.example',
      body: true,
      header: false,
      headerFields: [],
      changes: ['list-footer'],
      proof: 'known-change',
    } as const;
    expect(isAdapted({ intermediaries: intermediaries.map((one) => ({ ...one, changed: [changed] })) })).toBe(true);
  });
});
