import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sha256 } from '../../src/crypto/digest.ts';
import { parseRsaPublicKey } from '../../src/crypto/rsa-key.ts';
import { verifyEd25519, verifyRsaSha256 } from '../../src/crypto/signature.ts';

const data = new TextEncoder().encode('signed');
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const rsaKey = parseRsaPublicKey(rsa.publicKey.export({ type: 'pkcs1', format: 'der' }));
const rsaSignature = new Uint8Array(sign('sha256', data, rsa.privateKey));

function newEd25519(): { publicKey: Uint8Array<ArrayBuffer>; signature: Uint8Array<ArrayBuffer> } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)),
    signature: new Uint8Array(sign(null, data, privateKey)),
  };
}

afterEach(() => void vi.restoreAllMocks());

it('hashes (FIPS 180-4 example "abc")', async () => {
  const digest = await sha256(new TextEncoder().encode('abc'));
  expect(Buffer.from(digest).toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

describe('verifyRsaSha256', () => {
  it('tells a valid signature from any other', async () => {
    if (!rsaKey) throw new Error('key not read');
    expect(await verifyRsaSha256(rsaKey, rsaSignature, data)).toBe('valid');
    expect(await verifyRsaSha256(rsaKey, rsaSignature.with(5, 0), data.with(0, 0))).toBe('invalid');
    expect(await verifyRsaSha256(rsaKey, rsaSignature.slice(1), data)).toBe('invalid');
    expect(await verifyRsaSha256(rsaKey, new Uint8Array(), data)).toBe('invalid');
    expect(await verifyRsaSha256(rsaKey, new Uint8Array(5000), data)).toBe('invalid');
  });

  it('imports a key once', async () => {
    if (!rsaKey) throw new Error('key not read');
    await verifyRsaSha256(rsaKey, rsaSignature, data);
    const importKey = vi.spyOn(crypto.subtle, 'importKey');
    expect(await verifyRsaSha256(rsaKey, rsaSignature, data)).toBe('valid');
    expect(importKey).not.toHaveBeenCalled();
  });

  it('says so where the platform refuses the key', async () => {
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('no', 'DataError'));
    const refused = { modulus: 'AQ', exponent: 'AQAB', bits: 1 };
    expect(await verifyRsaSha256(refused, rsaSignature, data)).toBe('key-unusable');
  });
});

describe('verifyEd25519', () => {
  it('tells a valid signature from any other', async () => {
    const { publicKey, signature } = newEd25519();
    expect(await verifyEd25519(publicKey, signature, data)).toBe('valid');
    expect(await verifyEd25519(publicKey, signature, data.with(0, 0))).toBe('invalid');
    expect(await verifyEd25519(publicKey, signature.slice(1), data)).toBe('invalid');
  });

  it('says so where the platform lacks the algorithm', async () => {
    const { publicKey, signature } = newEd25519();
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('no', 'NotSupportedError'));
    expect(await verifyEd25519(publicKey, signature, data)).toBe('algorithm-unavailable');
  });

  it('does not take a bug for bad content', async () => {
    const { publicKey, signature } = newEd25519();
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new TypeError('bug'));
    await expect(verifyEd25519(publicKey, signature, data)).rejects.toThrow('bug');
  });
});
