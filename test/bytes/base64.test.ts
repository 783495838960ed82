import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { decodeBase64, encodeBase64, encodeBase64Url } from '../../src/bytes/base64.ts';

describe('base64 (RFC 4648 §4)', () => {
  /** RFC 4648 §10. */
  const VECTORS: readonly (readonly [string, string])[] = [
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ];

  it.each(VECTORS)('encodes and decodes %j (RFC 4648 §10)', (text, base64) => {
    expect(encodeBase64(stringToOctets(text))).toBe(base64);
    expect(decodeBase64(base64)).toEqual(stringToOctets(text));
  });

  it('agrees with the platform on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const expected = Buffer.from(bytes);
        expect(encodeBase64(bytes)).toBe(expected.toString('base64'));
        expect(encodeBase64Url(bytes)).toBe(expected.toString('base64url'));
        expect(decodeBase64(expected.toString('base64'))).toEqual(bytes);
      }),
    );
  });

  it('accepts missing padding', () => {
    expect(decodeBase64('Zg')).toEqual(stringToOctets('f'));
    expect(decodeBase64('Zm8')).toEqual(stringToOctets('fo'));
  });

  it.each(['Z', 'Zm9vY', 'Zm 9v', 'Zm9v\n', 'Zm-_', 'Zg==Zg==', '=', '====', 'Zm9v====', 'é', '\u{1d400}', 'Zm9v\0'])(
    'takes %j for no base64',
    (text) => {
      expect(decodeBase64(text)).toBeUndefined();
    },
  );
});
