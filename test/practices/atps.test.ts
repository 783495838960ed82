import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { atpsHash } from '../../src/crypto/atps-hash.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { ATPS_REASONS, evaluateAtps, readAtpsClaim } from '../../src/practices/atps.ts';
import type { AtpsInput, AtpsReport } from '../../src/practices/atps.ts';
import { asking } from '../dmarc/asking.ts';

const SIGNER = { domain: 'provider.example', result: 'pass' };
const base: AtpsInput = { signature: SIGNER, atps: 'example.com', atpsh: 'none', authorDomain: 'example.com' };
const PLAIN = 'provider.example._atps.example.com';

describe('the hashed name of a signer (RFC 6541 §4.3)', () => {
  it('is what another implementation asks for', async () => {
    // SHA-256 of "example.com", from the tests of an independent verifier.
    expect(await atpsHash('example.com', 'sha256')).toBe('un42n5xov642kxrxrqiyanhcoupgql5lt4wtbkyt2ijflbwodfdq');
  });

  it.each(['sha1', 'sha256'] as const)('is base32 of %s without padding (RFC 4648 §6)', async (algorithm) => {
    for (const domain of ['a', 'example.com', 'xn--bcher-kva.example', 'x'.repeat(200)]) {
      expect(await atpsHash(domain, algorithm)).toBe(base32(createHash(algorithm).update(domain).digest()));
    }
  });

  function base32(bytes: Uint8Array): string {
    const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const groups = bits.match(/.{1,5}/g) ?? [];
    return groups.map((group) => 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(group.padEnd(5, '0'), 2)]).join('');
  }
});

describe('the claim in a signature (RFC 6541 §4.2)', () => {
  it.each([
    [
      'v=1; d=provider.example; atps=example.com; atpsh=sha256; b=x',
      { signer: 'provider.example', atps: 'example.com', atpsh: 'sha256' },
    ],
    [
      'v=1; d=provider.example;\r\n\tatps = example.com',
      { signer: 'provider.example', atps: 'example.com', atpsh: null },
    ],
    ['v=1; d=provider.example', undefined],
    ['v=1; atps=example.com; atpsh=none', undefined],
    ['', undefined],
  ])('%j', (value, expected) => {
    expect(readAtpsClaim(value)).toEqual(expected);
  });
});

describe('the result (RFC 6541 §4.3, §4.4, §8.3)', () => {
  const cases: readonly (readonly [
    name: string,
    zone: ZoneFile,
    input: Partial<AtpsInput>,
    expected: Partial<AtpsReport>,
  ])[] = [
    [
      'pass: listed by name',
      { [PLAIN]: { TXT: ['v=ATPS1'] } },
      {},
      { result: 'pass', reason: null, name: PLAIN, record: 'v=ATPS1', ttl: 300 },
    ],
    ['pass: with the signer named', { [PLAIN]: { TXT: ['v=ATPS1; d=Provider.Example'] } }, {}, { result: 'pass' }],
    [
      'pass: one valid reply among others',
      { [PLAIN]: { TXT: ['hello', 'v=ATPS1'] } },
      {},
      { result: 'pass', record: 'v=ATPS1' },
    ],
    [
      'pass: atps= in any case',
      { [PLAIN]: { TXT: ['v=ATPS1'] } },
      { atps: 'EXAMPLE.com', atpsh: 'NONE' },
      { result: 'pass' },
    ],
    ['fail: nothing listed', {}, {}, { result: 'fail', reason: 'not-authorized' }],
    ['fail: no valid reply', { [PLAIN]: { TXT: ['v=ATPS2'] } }, {}, { result: 'fail' }],
    ['fail: a malformed reply', { [PLAIN]: { TXT: ['v=ATPS1; v=ATPS1'] } }, {}, { result: 'fail' }],
    ['fail: another signer named', { [PLAIN]: { TXT: ['v=ATPS1; d=other.example'] } }, {}, { result: 'fail' }],
    [
      'temperror: no answer',
      { [PLAIN]: { TXT: 'SERVFAIL' } },
      {},
      { result: 'temperror', reason: 'record-unavailable' },
    ],
    [
      'permerror: atpsh= missing',
      { [PLAIN]: { TXT: ['v=ATPS1'] } },
      { atpsh: null },
      { result: 'permerror', reason: 'hash-unknown' },
    ],
    [
      'permerror: a hash nobody knows',
      { [PLAIN]: { TXT: ['v=ATPS1'] } },
      { atpsh: 'md5' },
      { result: 'permerror', reason: 'hash-unknown' },
    ],
    [
      'permerror: a name longer than DNS allows',
      {},
      { signature: { domain: `${'a'.repeat(60)}.`.repeat(4) + 'example', result: 'pass' } },
      { result: 'permerror', reason: 'name-too-long', name: null },
    ],
    ['none: no claim', {}, { atps: null }, { result: 'none', reason: 'no-claim', name: null }],
    [
      'none: a claim for another domain is ignored',
      { [PLAIN]: { TXT: ['v=ATPS1'] } },
      { atps: 'example.net' },
      { result: 'none', reason: 'no-claim' },
    ],
    ['none: no author domain', {}, { authorDomain: null }, { result: 'none', reason: 'no-claim' }],
    [
      'none: a signature that does not verify',
      { [PLAIN]: { TXT: ['v=ATPS1'] } },
      { signature: { domain: 'provider.example', result: 'fail' } },
      { result: 'none', reason: 'signature-not-valid' },
    ],
  ];
  it.each(cases)('%s', async (_name, zone, input, expected) => {
    const { resolver, asked } = asking(zone);
    const report = await evaluateAtps({ ...base, ...input, resolver });
    expect(report).toMatchObject(expected);
    expect(report.result).toBe(report.reason === null ? 'pass' : ATPS_REASONS[report.reason]);
    expect(asked.length).toBe(report.name === null ? 0 : 1);
  });

  it.each(['sha1', 'sha256'] as const)('asks for the %s name', async (atpsh) => {
    const name = `${await atpsHash('provider.example', atpsh)}._atps.example.com`;
    const { resolver, asked } = asking({ [name]: { TXT: ['v=ATPS1'] } });
    expect(await evaluateAtps({ ...base, atpsh, resolver })).toMatchObject({ result: 'pass', name });
    expect(asked).toEqual([`TXT ${name}`]);
  });
});
