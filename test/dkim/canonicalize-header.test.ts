import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetsToString, stringToOctets } from '../../src/bytes/ascii.ts';
import { signatureInput } from '../../src/dkim/canonicalize-header.ts';
import { parseMessage } from '../../src/message/parse.ts';
import type { Canonicalization } from '../../src/dkim/types.ts';

/** The hash input for a header whose last field is the signature; `b=` is cut where given. */
function input(header: string, form: Canonicalization, cut?: string): string {
  const message = parseMessage(stringToOctets(`${header}\r\n\r\n`));
  const fields = [...message.fields];
  const signature = fields.pop();
  if (!signature) throw new Error('no field');
  const value = octetsToString(message.raw.subarray(signature.valueStart, signature.end));
  const at = cut === undefined ? value.length : value.indexOf(cut);
  const place = { start: at, end: at + (cut?.length ?? 0) };
  return octetsToString(signatureInput(message, fields, signature, place, form));
}

describe('signatureInput (RFC 6376 §3.4.1, §3.4.2, §3.7)', () => {
  it.each([
    ['the example of §3.4.5', 'relaxed', 'A: X\r\nB : Y\t\r\n\tZ  ', 'a:X\r\nb:Y Z'],
    ['the example of §3.4.5', 'simple', 'A: X\r\nB : Y\t\r\n\tZ  ', 'A: X\r\nB : Y\t\r\n\tZ  '],
    ['bare LF', 'simple', 'A: X\n Y', 'A: X\r\n Y'],
    ['bare LF', 'relaxed', 'A: X\n Y', 'a:X Y'],
    ['an empty value', 'relaxed', 'A:\r\nB: \r\n ', 'a:\r\nb:'],
    ['bytes above 0x7F', 'relaxed', 'A: \xc3\xa4\xa0 \xe9', 'a:\xc3\xa4\xa0 \xe9'],
    ['a bare CR', 'relaxed', 'A: x \ry', 'a:x \ry'],
  ] as const)('%s, %s', (_, form, header, expected) => {
    expect(input(header, form)).toBe(expected);
  });

  it('empties b= and keeps everything else', () => {
    const header = 'S: a=1; b= AA\r\n AA ; c=2';
    expect(input(header, 'simple', ' AA\r\n AA ')).toBe('S: a=1; b=; c=2');
    expect(input(header, 'relaxed', ' AA\r\n AA ')).toBe('s:a=1; b=; c=2');
    expect(input('S: b=AA', 'relaxed', 'AA')).toBe('s:b=');
    expect(input('S: b=AA\r\n ', 'simple', 'AA\r\n ')).toBe('S: b=');
  });

  it('relaxed: is idempotent', () => {
    const value = fc
      .array(fc.constantFrom(' ', '\t', '\r\n ', 'a', 'word', '\xff', ':'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(value, (text) => {
        const once = input(`Name: x${text}`, 'relaxed');
        expect(input(once, 'relaxed')).toBe(once);
      }),
    );
  });
});
