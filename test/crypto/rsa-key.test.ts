import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRsaPublicKey } from '../../src/crypto/rsa-key.ts';

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = publicKey.export({ format: 'jwk' });
const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
const pkcs1 = new Uint8Array(publicKey.export({ type: 'pkcs1', format: 'der' }));

/** SEQUENCE of two INTEGERs with the given content octets, all short. */
function sequence(modulus: readonly number[], exponent: readonly number[]): Uint8Array {
  const content = [2, modulus.length, ...modulus, 2, exponent.length, ...exponent];
  return Uint8Array.of(0x30, content.length, ...content);
}

describe('parseRsaPublicKey', () => {
  it('takes SubjectPublicKeyInfo and bare RSAPublicKey for the same key', () => {
    const expected = { modulus: jwk.n, exponent: jwk.e, bits: 2048 };
    expect(parseRsaPublicKey(spki)).toEqual(expected);
    expect(parseRsaPublicKey(pkcs1)).toEqual(expected);
  });

  it.each([512, 1023, 1024, 1025, 2040])('counts the bits of a %i bit modulus', (bits) => {
    const key = generateKeyPairSync('rsa', { modulusLength: bits }).publicKey;
    expect(parseRsaPublicKey(key.export({ type: 'pkcs1', format: 'der' }))?.bits).toBe(bits);
  });

  it('ignores bytes after the key', () => {
    expect(parseRsaPublicKey(Uint8Array.of(...pkcs1, 1, 2, 3))?.bits).toBe(2048);
  });

  it.each([
    ['an exponent of 1', sequence([0x7f, 0x01], [0x01])],
    ['an even exponent', sequence([0x7f, 0x01], [0x04])],
    ['an even modulus', sequence([0x7f, 0x02], [0x03])],
    ['a negative modulus', sequence([0xff, 0x01], [0x03])],
    ['a zero modulus', sequence([0x00], [0x03])],
    ['an empty modulus', sequence([], [0x03])],
    ['an exponent as large as the modulus', sequence([0x7f, 0x01], [0x7f, 0x01])],
    ['an exponent of nine octets', sequence([0x7f, ...Array<number>(12).fill(1)], Array<number>(9).fill(1))],
    ['nothing', new Uint8Array()],
    ['an indefinite length', Uint8Array.of(0x30, 0x80, 2, 1, 3, 2, 1, 3, 0, 0)],
    ['a length of five octets', Uint8Array.of(0x30, 0x85, 0, 0, 0, 0, 1, 0)],
    ['another algorithm', spki.map((byte, at) => (at === 8 ? byte ^ 1 : byte))],
  ])('refuses %s', (_, der) => {
    expect(parseRsaPublicKey(der)).toBeUndefined();
  });

  it('answers every truncation with undefined', () => {
    for (const der of [spki, pkcs1]) {
      for (let length = 0; length < der.length; length++) {
        expect(parseRsaPublicKey(der.subarray(0, length))).toBeUndefined();
      }
    }
  });

  it('never throws on damaged or random bytes', () => {
    const damaged = fc.tuple(fc.nat(spki.length - 1), fc.nat(255)).map(([at, byte]) => spki.with(at, byte));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 80 })), (der) => {
        const key = parseRsaPublicKey(der);
        expect(key === undefined || key.bits > 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
