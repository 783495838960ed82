import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetsToString, stringToOctets } from '../../src/bytes/ascii.ts';
import { createBodyHasher } from '../../src/dkim/body-hash.ts';
import { canonicalizeBody } from '../../src/dkim/canonicalize-body.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { canonicalBody } from './support/signer.ts';

const FORMS = ['simple', 'relaxed'] as const;

function canonical(body: string, form: (typeof FORMS)[number], offset = 0): string {
  // The body rarely starts at a multiple of four bytes: `offset` shifts it.
  const bytes = stringToOctets('#'.repeat(offset) + body).subarray(offset);
  return octetsToString(canonicalizeBody(bytes, form).bytes);
}

/** Bodies made of what the rules are about. */
const body = fc
  .array(
    fc.constantFrom(
      ' ',
      '\t',
      '\r\n',
      '\n',
      '\r',
      'a',
      '!',
      '\0',
      '\x1f',
      '\xa0',
      '\xe4',
      'word',
      '  ',
      ' \r\n',
      'longer line of text',
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));

describe('canonicalizeBody', () => {
  it.each([
    ['RFC 6376 §3.4.5 relaxed', 'relaxed', ' C \r\nD \t E\r\n\r\n\r\n', ' C\r\nD E\r\n'],
    ['RFC 6376 §3.4.5 simple', 'simple', ' C \r\nD \t E\r\n\r\n\r\n', ' C \r\nD \t E\r\n'],
    ['an empty relaxed body (§3.4.4)', 'relaxed', '', ''],
    ['an empty simple body (§3.4.3)', 'simple', '', '\r\n'],
    ['only empty lines, relaxed', 'relaxed', '\r\n\r\n', ''],
    ['only empty lines, simple', 'simple', '\r\n\r\n', '\r\n'],
    ['only white space, relaxed', 'relaxed', ' \t\r\n \r\n', ''],
    ['only white space, simple', 'simple', ' \r\n\r\n', ' \r\n'],
    ['no final line end, relaxed', 'relaxed', 'a ', 'a\r\n'],
    ['no final line end, simple', 'simple', 'a ', 'a \r\n'],
    ['bare LF', 'simple', 'a\nb\n\n', 'a\r\nb\r\n'],
    ['bare LF after a blank', 'relaxed', 'a \nb\t\n', 'a\r\nb\r\n'],
    ['bare CR', 'relaxed', 'a \rb\r', 'a \rb\r\r\n'],
    ['a single tab', 'relaxed', 'a\tb', 'a b\r\n'],
    ['leading blanks', 'relaxed', '  a', ' a\r\n'],
  ] as const)('%s', (_, form, input, expected) => {
    expect(canonical(input, form)).toBe(expected);
  });

  it.each(FORMS)('%s: does what the RFC says, word by word, at every alignment', (form) => {
    fc.assert(
      fc.property(body, fc.integer({ min: 0, max: 3 }), (text, offset) => {
        expect(canonical(text, form, offset)).toBe(canonicalBody(text, form));
      }),
      { numRuns: 3000 },
    );
  });

  it.each(FORMS)('%s: is idempotent', (form) => {
    fc.assert(
      fc.property(body, (text) => {
        const once = canonical(text, form);
        expect(canonical(once, form)).toBe(once);
      }),
    );
  });

  it.each(FORMS)('%s: copies nothing where nothing changes', (form) => {
    const bytes = stringToOctets('Dear Bob,\r\nall is well!\r\n\r\n');
    const { bytes: out, bareLf } = canonicalizeBody(bytes, form);
    expect(out.buffer).toBe(bytes.buffer);
    expect(out.length).toBe(bytes.length - 2);
    expect(bareLf).toBe(false);
  });

  it.each(FORMS)(
    '%s: hashes a long body while it reads it, whether or not it is canonical to its end',
    async (form) => {
      const start = 'a line of text\r\n'.repeat(20_000);
      for (const end of ['', 'more', 'a  b\r\n', ' \r\n\r\n', '\n']) {
        const message = parseMessage(stringToOctets(`From: a@b.example\r\n\r\n${start}${end}`));
        const { digest } = await createBodyHasher(message)(form, undefined);
        const expected = createHash('sha256').update(canonicalBody(start + end, form), 'latin1');
        expect(Buffer.from(digest ?? []).toString('hex')).toBe(expected.digest('hex'));
      }
    },
  );

  it('notes bare line ends', () => {
    expect(canonicalizeBody(stringToOctets('a\r\nb\nc\r\n'), 'simple').bareLf).toBe(true);
  });
});
