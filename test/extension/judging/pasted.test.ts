/** Headers without their text: pasted, or kept by Outlook. */
import { utils, write } from 'cfb';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { bytesToText } from '../../../src/bytes/ascii.ts';

vi.mock('webextension-polyfill', () => ({ default: { i18n: { getMessage: (key: string) => key } } }));
const { headerOfOutlookFile, isOutlookFile } = await import('../../../extension/judging/outlook-file.ts');
const { readPasted, readSavedFile } = await import('../../../extension/judging/saved-messages.ts');

const HEADER = 'From: Zoë <zoe@quiet.example>\r\nSubject: Hello\r\n';

function outlookFile(streams: Readonly<Record<string, Uint8Array>>): Uint8Array<ArrayBuffer> {
  const file = utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) utils.cfb_add(file, `/${name}`, content);
  return Uint8Array.from(write(file, { type: 'array' }) as number[]);
}

const utf16 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(2 * text.length);
  for (let at = 0; at < text.length; at++) {
    bytes[2 * at] = text.charCodeAt(at) & 0xff;
    bytes[2 * at + 1] = text.charCodeAt(at) >> 8;
  }
  return bytes;
};

describe('pasted text', () => {
  it.each([
    ['a header', 'From: a@b.example\nSubject: x', true],
    ['a header with the line that ends it', 'From: a@b.example\nSubject: x\n\n\n', true],
    ['a whole message', 'From: a@b.example\n\nHello\n', false],
  ])('is %s', (_, text, headerOnly) => {
    expect(readPasted(text)).toMatchObject({ headerOnly, author: 'a@b.example' });
  });

  it('is nothing where there is nothing', () => {
    expect(readPasted(' \n\t ')).toBeNull();
  });
});

describe('a message saved by Outlook', () => {
  it.each([
    ['as Unicode', { '__substg1.0_007D001F': utf16(HEADER) }],
    ['in a code page', { '__substg1.0_007D001E': new TextEncoder().encode(HEADER) }],
  ])('has its header %s', async (_, streams) => {
    const bytes = outlookFile(streams);
    expect(isOutlookFile(bytes)).toBe(true);
    expect(bytesToText((await headerOfOutlookFile(bytes)) ?? new Uint8Array())).toBe(HEADER);
    const { messages } = await readSavedFile(new File([bytes], 'mail.msg'));
    expect(messages).toMatchObject([{ label: 'mail.msg', subject: 'Hello', author: 'Zoë', headerOnly: true }]);
  });

  it('may have none', async () => {
    const bytes = outlookFile({ '__substg1.0_0037001F': utf16('Hello') });
    expect(await headerOfOutlookFile(bytes)).toBeNull();
    await expect(readSavedFile(new File([bytes], 'draft.msg'))).rejects.toThrow();
  });

  it('may be damaged anywhere: a header, none, or an error', async () => {
    const whole = outlookFile({ '__substg1.0_007D001F': utf16(HEADER) });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), async (at, octet, length) => {
        const damaged = whole.slice(0, Math.max(length, 8));
        if (at >= 8 && at < damaged.length) damaged[at] = octet;
        await headerOfOutlookFile(damaged).catch((error: unknown) => expect(error).toBeInstanceOf(Error));
      }),
      { numRuns: 300 },
    );
  });
});
