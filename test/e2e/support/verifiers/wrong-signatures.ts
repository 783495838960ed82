/** Signatures that are wrong, or strange, from the start: keys, times and tags, with what every verifier has to say of each. */
import { ed25519Key, keyRecord, rsaKey, type SigningKey } from '../../../dkim/support/signer.ts';
import type { Signing, TxtZone, Verdict } from './peer.ts';

export const DOMAIN = 'example.com';

export const KEYS = {
  rsa: rsaKey(),
  ed25519: ed25519Key(),
  other: rsaKey(),
  rsa1024: rsaKey(1024),
  rsa4096: rsaKey(4096),
  rsa768: rsaKey(768),
  pkcs1: rsaKey(2048, 'pkcs1'),
};

const publicKey = KEYS.rsa.publicKey;
const HALF = publicKey.length / 2;

/** Key records by selector. */
const RECORDS: Readonly<Record<string, readonly string[]>> = {
  rsa: [keyRecord(KEYS.rsa)],
  ed25519: [keyRecord(KEYS.ed25519)],
  rsa1024: [keyRecord(KEYS.rsa1024)],
  rsa4096: [keyRecord(KEYS.rsa4096)],
  rsa768: [keyRecord(KEYS.rsa768)],
  pkcs1: [keyRecord(KEYS.pkcs1)],
  wrong: [keyRecord(KEYS.other)],
  revoked: ['v=DKIM1; k=rsa; p='],
  bare: [`p=${publicKey}`],
  spaced: [` v = DKIM1 ; k = rsa ; n = a note ; p = ${publicKey.slice(0, HALF)} ${publicKey.slice(HALF)} ; `],
  testing: [keyRecord(KEYS.rsa, 't=y; ')],
  strict: [keyRecord(KEYS.rsa, 't=s; ')],
  mail: [keyRecord(KEYS.rsa, 's=email; h=sha1:sha256; ')],
  sha1: [keyRecord(KEYS.rsa, 'h=sha1; ')],
  service: [keyRecord(KEYS.rsa, 's=other; ')],
  kind: [`v=DKIM1; k=other; p=${publicKey}`],
  mismatch: [keyRecord(KEYS.ed25519)],
  version: [`v=DKIM2; k=rsa; p=${publicKey}`],
  late: [`k=rsa; v=DKIM1; p=${publicKey}`],
  several: [keyRecord(KEYS.other), keyRecord(KEYS.rsa)],
  garbage: ['v=DKIM1; k=rsa; p=AAAA'],
  prose: ['no key here'],
};

export const ZONE: TxtZone = {
  ...Object.fromEntries(
    Object.entries(RECORDS).map(([selector, records]) => [`${selector}._domainkey.${DOMAIN}`, records]),
  ),
  'rsa._domainkey.xn--bcher-kva.example': RECORDS['rsa'] ?? [],
};

export interface WrongSignature {
  readonly name: string;
  readonly expected: Verdict;
  readonly selector?: string;
  readonly key?: SigningKey;
  readonly headers?: readonly string[];
  readonly tags?: Signing['tags'];
}

const seconds = (fromNow: number) => String(Math.floor(Date.now() / 1000) + fromNow);

export const WRONG_SIGNATURES: readonly WrongSignature[] = [
  { name: 'a key of 1024 bits', selector: 'rsa1024', key: KEYS.rsa1024, expected: 'pass' },
  { name: 'a key of 4096 bits', selector: 'rsa4096', key: KEYS.rsa4096, expected: 'pass' },
  { name: 'a key of 768 bits', selector: 'rsa768', key: KEYS.rsa768, expected: 'weak' },
  { name: 'a key as RSAPublicKey', selector: 'pkcs1', key: KEYS.pkcs1, expected: 'pass' },
  { name: 'a key record of p= alone', selector: 'bare', expected: 'pass' },
  { name: 'a key record full of blanks', selector: 'spaced', expected: 'pass' },
  { name: 'a key for tests', selector: 'testing', expected: 'pass' },
  { name: 'a key for email and both hashes', selector: 'mail', expected: 'pass' },
  { name: 'a strict key and i= of the domain', selector: 'strict', tags: { i: 'ann@example.com' }, expected: 'pass' },
  {
    name: 'a strict key and i= of a subdomain',
    selector: 'strict',
    tags: { i: 'ann@sub.example.com' },
    expected: 'key',
  },
  { name: 'the key of somebody else', selector: 'wrong', expected: 'signature' },
  { name: 'no key', selector: 'missing', expected: 'key' },
  { name: 'a revoked key', selector: 'revoked', expected: 'key' },
  { name: 'a key for SHA-1 only', selector: 'sha1', expected: 'key' },
  { name: 'a key for another service', selector: 'service', expected: 'key' },
  { name: 'a key of an unknown kind', selector: 'kind', expected: 'key' },
  { name: 'a key of the other kind', selector: 'mismatch', expected: 'key' },
  { name: 'a key record of another version', selector: 'version', expected: 'key' },
  { name: 'a key record with a late v=', selector: 'late', expected: 'key' },
  { name: 'the right key after a wrong one', selector: 'several', expected: 'pass' },
  { name: 'a key that is none', selector: 'garbage', expected: 'key' },
  { name: 'a record that is none', selector: 'prose', expected: 'key' },

  { name: 'i= in a subdomain', tags: { i: '@news.example.com' }, expected: 'pass' },
  { name: 'i= in another domain', tags: { i: 'ann@example.org' }, expected: 'form' },
  { name: 'i= in a domain that ends alike', tags: { i: 'ann@notexample.com' }, expected: 'form' },
  { name: 'd= in capitals', tags: { d: 'EXAMPLE.com' }, expected: 'pass' },
  { name: 'd= in A-labels', tags: { d: 'xn--bcher-kva.example' }, expected: 'pass' },
  { name: 'd= in U-labels', tags: { d: 'b\xc3\xbccher.example' }, expected: 'pass' },
  { name: 'an unknown tag', tags: { unheard: 'of' }, expected: 'pass' },
  { name: 'q=dns/txt', tags: { q: 'dns/txt' }, expected: 'pass' },
  { name: 'z=', tags: { z: 'From:ann@example.com|Subject:noon' }, expected: 'pass' },
  { name: 'an expiry to come', tags: { t: seconds(-60), x: seconds(3600) }, expected: 'pass' },
  { name: 'an expiry an hour ago', tags: { t: seconds(-7200), x: seconds(-3600) }, expected: 'time' },
  { name: 'an expiry before the signature', tags: { t: seconds(-60), x: seconds(-120) }, expected: 'time' },
  { name: 'a signature made in an hour', tags: { t: seconds(3600) }, expected: 'time' },
  { name: 'no t=', tags: { t: null }, expected: 'pass' },
  { name: 'version 2', tags: { v: '2' }, expected: 'form' },
  { name: 'no v=', tags: { v: null }, expected: 'form' },
  { name: 'no d=', tags: { d: null }, expected: 'form' },
  { name: 'no s=', tags: { s: null }, expected: 'form' },
  { name: 'no h=', tags: { h: null }, expected: 'form' },
  { name: 'no bh=', tags: { bh: null }, expected: 'form' },
  { name: 'no c=, meaning simple', tags: { c: null }, expected: 'fail' },
  { name: 'an unknown algorithm', tags: { a: 'rsa-sha512' }, expected: 'form' },
  { name: 'an unknown canonicalization', tags: { c: 'nowsp/nowsp' }, expected: 'form' },
  { name: 'an unknown query method', tags: { q: 'http' }, expected: 'form' },
  { name: 'no From in h=', headers: ['to', 'subject', 'date'], expected: 'form' },
  { name: 'a field that is not there in h=', headers: ['from', 'x-absent', 'date', 'x-absent'], expected: 'pass' },
  { name: 'its own field in h=', headers: ['from', 'dkim-signature', 'date'], expected: 'pass' },
  { name: 'l= beyond the body', tags: { l: '100000' }, expected: 'body' },
  { name: 'l= of nothing', tags: { l: '0', bh: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' }, expected: 'pass' },
  { name: 'l= that is no number', tags: { l: 'x' }, expected: 'form' },
  { name: 'bh= that is no base64', tags: { bh: '!' }, expected: 'form' },
];
