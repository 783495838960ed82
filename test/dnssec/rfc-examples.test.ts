/**
 * The responses of RFC 4035 Appendix B and RFC 5155 Appendix B. They are signed with RSA and SHA-1, which this project does not
 * validate (RFC 9905), so the signature is held against the octets that are signed by Node's own RSA, and the denials of existence
 * are read from the zones' NSEC and NSEC3 records.
 */
import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseDnsRsaPublicKey } from '../../src/crypto/rsa-key.ts';
import { encodeName } from '../../src/dns/wire-name.ts';
import { compareNames } from '../../src/dnssec/names.ts';
import { denyByNsec, wildcardByNsec } from '../../src/dnssec/nsec.ts';
import { HashedNames, denyByNsec3, wildcardByNsec3 } from '../../src/dnssec/nsec3.ts';
import { readRrsig, readZoneKey, type Nsec, type Nsec3 } from '../../src/dnssec/records.ts';
import { signedOctets } from '../../src/dnssec/rrset.ts';
import { Work } from '../../src/dnssec/work.ts';

const CODES: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  SOA: 6,
  HINFO: 13,
  MX: 15,
  AAAA: 28,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3PARAM: 51,
};
const MX = 15;
const AAAA = 28;
const DS = 43;

function types(names: string): ReadonlySet<number> {
  return new Set(names.split(' ').flatMap((name) => CODES[name] ?? []));
}

describe('RFC 4034 §6.1', () => {
  it('orders names as its example does', () => {
    const ordered = [
      'example',
      'a.example',
      'yljkjljk.a.example',
      'z.a.example',
      'zabc.a.example',
      'z.example',
      '\\001.z.example',
      '*.z.example',
      '\\200.z.example',
    ];
    expect([...ordered].reverse().sort(compareNames)).toEqual(ordered);
  });
});

describe('RFC 4035 Appendix B', () => {
  const CHAIN = [
    'example a.example NS SOA MX RRSIG NSEC DNSKEY',
    'a.example ai.example NS DS RRSIG NSEC',
    'ai.example b.example A HINFO AAAA RRSIG NSEC',
    'b.example ns1.example NS RRSIG NSEC',
    'ns1.example ns2.example A RRSIG NSEC',
    'ns2.example *.w.example A RRSIG NSEC',
    '*.w.example x.w.example MX RRSIG NSEC',
    'x.w.example x.y.w.example MX RRSIG NSEC',
    'x.y.w.example xx.example MX RRSIG NSEC',
    'xx.example example A HINFO AAAA RRSIG NSEC',
  ].map((line): Nsec => {
    const [owner = '', next = '', ...names] = line.split(' ');
    return { owner, next, types: types(names.join(' ')) };
  });
  const records = (...owners: string[]): Nsec[] => CHAIN.filter(({ owner }) => owners.includes(owner));

  it('B.2 Name Error', () => {
    const deny = (...owners: string[]) => denyByNsec(records(...owners), 'example', 'ml.example', 1, 'nxdomain');
    expect(deny('b.example', 'example')).toEqual({ optOut: false, delegation: false });
    expect(deny('b.example')).toBeUndefined();
    expect(deny('example')).toBeUndefined();
  });

  it('B.3 No Data Error', () => {
    const deny = (name: string, code: number) => denyByNsec(records('ns1.example'), 'example', name, code, 'no-data');
    expect(deny('ns1.example', MX)).toBeDefined();
    expect(deny('ns1.example', 1)).toBeUndefined();
    expect(deny('ns2.example', MX)).toBeUndefined();
  });

  it('B.5 Referral to an unsigned zone', () => {
    const denial = denyByNsec(records('b.example'), 'example', 'b.example', DS, 'no-data');
    expect(denial).toEqual({ optOut: false, delegation: true });
    // The same record says nothing of what is in that zone.
    expect(denyByNsec(records('b.example'), 'example', 'b.example', MX, 'no-data')).toBeUndefined();
    expect(denyByNsec(records('b.example', 'example'), 'example', 'mc.b.example', MX, 'nxdomain')).toBeUndefined();
  });

  it('B.6 Wildcard Expansion: the name, and the signature over the wildcard', () => {
    expect(wildcardByNsec(records('x.y.w.example'), 'example', 'a.z.w.example', 'w.example')).toBe(true);
    expect(wildcardByNsec(records('x.y.w.example'), 'example', 'a.z.w.example', 'example')).toBe(false);

    const key = readZoneKey({
      owner: 'example',
      typeCode: 48,
      ttl: 3600,
      rdata: octets(
        [1, 0, 3, 5],
        [
          'AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXxKciJFHyhl94C+NwILQdzsUlSFovBZsyl',
          '/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZffQ==',
        ],
      ),
    });
    const signature = readRrsig({
      owner: 'a.z.w.example',
      typeCode: 46,
      ttl: 3600,
      // MX, algorithm 5, 2 labels, TTL 3600, 20040509183619, 20040409183619, key tag 38519, example.
      rdata: octets(
        [
          0,
          15,
          5,
          2,
          0,
          0,
          14,
          16,
          ...seconds('2004-05-09'),
          ...seconds('2004-04-09'),
          0x96,
          0x77,
          ...encodeName('example'),
        ],
        [
          'OMK8rAZlepfzLWW75Dxd63jy2wswESzxDKG2f9AMN1CytCd10cYISAxfAdvXSZ7xujKAtPbctvOQ2ofO7AZJ+d01EeeQTVBPq4/6KCWhqe2XTjnkVL',
          'Nvvhnc0u28aoSsG0+4InvkkOHknKxw4kX18MMR34i8lC36SR5xBni8vHI=',
        ],
      ),
    });
    expect(key?.keyTag).toBe(38519);
    const rsa = parseDnsRsaPublicKey(key?.publicKey ?? new Uint8Array());
    if (signature === undefined || rsa === undefined) throw new Error('the example was not read');
    const record = {
      owner: 'a.z.w.example',
      typeCode: MX,
      ttl: 3600,
      rdata: octets([0, 1, ...encodeName('ai.example')], []),
    };
    const data = signedOctets({ ...record, records: [record], signatures: [signature] }, signature);
    const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: rsa.modulus, e: rsa.exponent } });
    expect(verify('RSA-SHA1', data, publicKey, signature.signature)).toBe(true);
    data[data.length - 2] = (data[data.length - 2] ?? 0) ^ 1;
    expect(verify('RSA-SHA1', data, publicKey, signature.signature)).toBe(false);
  });

  it('B.7 Wildcard No Data Error', () => {
    const deny = (...owners: string[]) => denyByNsec(records(...owners), 'example', 'a.z.w.example', AAAA, 'no-data');
    expect(deny('x.y.w.example', '*.w.example')).toBeDefined();
    expect(deny('x.y.w.example')).toBeUndefined();
    expect(deny('*.w.example')).toBeUndefined();
  });

  it('B.8 DS Child Zone No Data Error: the child cannot speak of its own DS records', () => {
    expect(denyByNsec(records('example'), 'example', 'example', DS, 'no-data')).toBeUndefined();
  });
});

describe('RFC 5155 Appendix B', () => {
  const CHAIN = [
    '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom NS SOA MX RRSIG DNSKEY NSEC3PARAM',
    '2t7b4g4vsa5smi47k61mv5bv1a22bojr A RRSIG',
    '2vptu5timamqttgl4luu9kg21e0aor3s MX RRSIG',
    '35mthgpgcu1qg68fab165klnsnk3dpvl NS DS RRSIG',
    'b4um86eghhds6nea196smvmlo4ors995 MX RRSIG',
    'gjeqe526plbf1g8mklp59enfd789njgi A HINFO AAAA RRSIG',
    'ji6neoaepv8b5o6k4ev33abha8ht9fgc',
    'k8udemvp1j2f7eg6jebps17vp3n8i58h',
    'kohar7mbb8dc2ce8a9qvl8hon4k53uhi A RRSIG',
    'q04jkcevqvmu85r014c7dkba38o0ji5r A RRSIG',
    'r53bq7cc2uvmubfu5ocmm6pers9tk9en MX RRSIG',
    't644ebqk9bibcna874givr6joj62mlhv A HINFO AAAA RRSIG',
  ];
  const hashOf = (line: string): string => line.split(' ')[0] ?? '';
  const zone = (...prefixes: string[]): HashedNames => {
    const records = CHAIN.map((line, at): Nsec3 => ({
      hash: hashOf(line),
      zone: 'example',
      next: fromBase32Hex(hashOf(CHAIN[(at + 1) % CHAIN.length] ?? '')),
      optOut: true,
      iterations: 12,
      salt: Uint8Array.of(0xaa, 0xbb, 0xcc, 0xdd),
      types: types(line),
    }));
    const chosen = records.filter(
      ({ hash }) => prefixes.length === 0 || prefixes.some((prefix) => hash.startsWith(prefix)),
    );
    return new HashedNames(chosen, 'example', new Work());
  };
  const deny = (names: HashedNames, name: string, code: number, kind: 'nxdomain' | 'no-data') =>
    denyByNsec3(names, 'example', name, code, kind);

  it.each([
    ['example', '0p9m'],
    ['ns1.example', '2t7b'],
    ['x.y.w.example', '2vpt'],
    ['a.example', '35mt'],
    ['x.w.example', 'b4um'],
    ['ai.example', 'gjeq'],
    ['y.w.example', 'ji6n'],
    ['w.example', 'k8ud'],
    ['ns2.example', 'q04j'],
    ['*.w.example', 'r53b'],
    ['xx.example', 't644'],
  ])('hashes %s', async (name, hash) => {
    expect((await zone().match(name))?.hash.slice(0, 4)).toBe(hash);
  });

  it('B.1 Name Error: under opt-out, so not proved', async () => {
    const name = 'a.c.x.w.example';
    expect(await deny(zone('0p9m', 'b4um', '35mt'), name, 1, 'nxdomain')).toEqual({ optOut: true, delegation: false });
    for (const two of [
      ['0p9m', 'b4um'],
      ['0p9m', '35mt'],
      ['b4um', '35mt'],
    ]) {
      expect(await deny(zone(...two), name, 1, 'nxdomain'), two.join(' ')).toBeUndefined();
    }
  });

  it('B.2 No Data Error', async () => {
    expect(await deny(zone('2t7b'), 'ns1.example', MX, 'no-data')).toEqual({ optOut: false, delegation: false });
    expect(await deny(zone('2t7b'), 'ns1.example', 1, 'no-data')).toBeUndefined();
  });

  it('B.2.1 No Data Error, Empty Non-Terminal', async () => {
    expect(await deny(zone('ji6n'), 'y.w.example', 1, 'no-data')).toEqual({ optOut: false, delegation: false });
  });

  it('B.3 Referral to an Opt-Out Unsigned Zone', async () => {
    expect(await deny(zone('35mt', '0p9m'), 'c.example', DS, 'no-data')).toEqual({ optOut: true, delegation: false });
    expect(await deny(zone('35mt'), 'c.example', DS, 'no-data')).toBeUndefined();
  });

  it('B.4 Wildcard Expansion', async () => {
    expect(await wildcardByNsec3(zone('q04j'), 'a.z.w.example', 'w.example')).toEqual({
      optOut: true,
      delegation: false,
    });
    expect(await wildcardByNsec3(zone('r53b'), 'a.z.w.example', 'w.example')).toBeUndefined();
  });

  it('B.5 Wildcard No Data Error', async () => {
    const name = 'a.z.w.example';
    expect(await deny(zone('k8ud', 'q04j', 'r53b'), name, AAAA, 'no-data')).toBeDefined();
    expect(await deny(zone('k8ud', 'q04j', 'r53b'), name, MX, 'no-data')).toBeUndefined();
    expect(await deny(zone('q04j', 'r53b'), name, AAAA, 'no-data')).toBeUndefined();
  });

  it('B.6 DS Child Zone No Data Error: the child cannot speak of its own DS records', async () => {
    expect(await deny(zone('0p9m'), 'example', DS, 'no-data')).toBeUndefined();
  });
});

function octets(head: readonly number[], base64: readonly string[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...head, ...Buffer.from(base64.join(''), 'base64')]);
}

function seconds(day: string): readonly number[] {
  const value = new Date(`${day}T18:36:19Z`).getTime() / 1000;
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
}

function fromBase32Hex(text: string): Uint8Array<ArrayBuffer> {
  const bits = Array.from(text, (letter) => parseInt(letter, 32).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (octet) => parseInt(octet, 2));
}
