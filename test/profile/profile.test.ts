/** The profile of a domain: every finding of its tables once, with the place of the fault, and what a failing resolver leaves open. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createUnavailableResolver } from '../../src/dns/unavailable.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { LIMITS } from '../../src/limits.ts';
import { profileDmarc } from '../../src/profile/dmarc.ts';
import { profileDomain } from '../../src/profile/profile.ts';
import { ADSP_FINDINGS, DMARC_FINDINGS, KEY_FINDINGS } from '../../src/profile/reasons.ts';
import type { DomainProfile } from '../../src/profile/types.ts';
import { keyRecord, rsaKey } from '../dkim/support/signer.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const HOST: ZoneFile = { 'shop.example': { A: ['192.0.2.80'] } };

function profile(zone: ZoneFile, domain = 'shop.example', selectors: readonly string[] = []): Promise<DomainProfile> {
  return profileDomain(domain, { resolver: createZoneResolver({ ...HOST, ...zone }), now: NOW, selectors });
}

const txt = (...records: string[]): ZoneFile[string] => ({ TXT: records });

const met = new Set<string>();
const keep = <F extends { readonly id: string }>(method: string, findings: readonly F[]): readonly F[] => {
  for (const { id } of findings) met.add(`${method} ${id}`);
  return findings;
};

describe('DMARC records', () => {
  const at = (record: string): ZoneFile => ({ '_dmarc.shop.example': txt(record) });
  const FAULTY = 'v=DMARC1; p=reject; rua=mailto:a@shop.example; adkim=z; oops; pct=20; t=n; t=n';

  it.each<[string, ZoneFile, readonly object[]]>([
    ['none at all', {}, [{ id: 'no-record', name: '_dmarc.shop.example' }]],
    [
      'two records',
      { '_dmarc.shop.example': txt('v=DMARC1; p=none', 'v=DMARC1; p=reject') },
      [{ id: 'several-records' }],
    ],
    ['another version', at('v=DMARC2; p=reject'), [{ id: 'not-dmarc', at: 0 }]],
    [
      'no policy and nobody to report to',
      at('v=DMARC1; sp=none'),
      [{ id: 'missing-policy' }, { id: 'policy-unusable' }],
    ],
    ['a failing server', { '_dmarc.shop.example': { TXT: 'SERVFAIL' } }, [{ id: 'dns-failure' }]],
    [
      'faults inside, each with its offset',
      at(FAULTY),
      [
        { id: 'invalid-value', tag: 'adkim', at: FAULTY.indexOf(' adkim') },
        { id: 'missing-equals', at: FAULTY.indexOf(' oops') },
        { id: 'removed-tag', tag: 'pct', at: FAULTY.indexOf(' pct') },
        { id: 'repeated-tag', tag: 't', at: FAULTY.lastIndexOf(' t=') },
      ],
    ],
    [
      'subdomains left open',
      at('v=DMARC1; p=reject; sp=none; rua=mailto:a@shop.example'),
      [{ id: 'subdomains-weaker', severity: 'warning' }],
    ],
    [
      'names that do not exist left open',
      at('v=DMARC1; p=reject; np=none; rua=mailto:a@shop.example'),
      [{ id: 'nonexistent-weaker' }],
    ],
    [
      'watching only, in test mode, without reports',
      at('v=DMARC1; p=none; t=y'),
      [{ id: 'monitoring-only' }, { id: 'testing' }, { id: 'no-reports' }],
    ],
  ])('%s', async (_name, zone, expected) => {
    const { findings } = (await profile(zone)).dmarc;
    expect(keep('dmarc', findings)).toMatchObject(expected);
  });

  it('a record beyond any use', async () => {
    const { walk, ...discovery } = (await profile(at('v=DMARC1; p=none'))).dmarc;
    const unread = walk.slice(0, 1).map((step) => ({ ...step, outcome: 'invalid-record' as const, record: null }));
    const { findings } = profileDmarc({ ...discovery, applied: null, reason: 'record-too-long', walk: unread });
    expect(keep('dmarc', findings)).toMatchObject([{ id: 'too-long', name: '_dmarc.shop.example' }]);
  });

  it('tells that the organizational domain’s record applies, and nothing of records above that one', async () => {
    const { dmarc } = await profile(
      {
        'mail.shop.example': { A: ['192.0.2.81'] },
        '_dmarc.shop.example': txt('v=DMARC1; p=reject; rua=mailto:a@shop.example'),
        '_dmarc.example': txt('v=DMARC1; psd=y; pct=1'),
      },
      'mail.shop.example',
    );
    expect(keep('dmarc', dmarc.findings)).toMatchObject([{ id: 'inherited', name: '_dmarc.shop.example' }]);
    expect(dmarc).toMatchObject({ organizationalDomain: 'shop.example', applied: { origin: 'organizational' } });
  });

  it('has met every finding of the table', () => {
    expect(Object.keys(DMARC_FINDINGS).filter((id) => !met.has(`dmarc ${id}`))).toEqual([]);
  });
});

describe('ADSP records', () => {
  const NAME = '_adsp._domainkey.shop.example';

  it.each<[string, ZoneFile, readonly object[]]>([
    ['none, which is nothing to tell of', {}, []],
    ['a broken one', { [NAME]: txt('dkim=all; dkim=all') }, [{ id: 'record-invalid', at: 10 }, { id: 'historic' }]],
    ['two', { [NAME]: txt('dkim=all', 'dkim=unknown') }, [{ id: 'several-records' }, { id: 'historic' }]],
    ['an unknown word', { [NAME]: txt('dkim=always') }, [{ id: 'practice-unrecognized' }, { id: 'historic' }]],
    ['a failing server', { [NAME]: { TXT: 'TIMEOUT' } }, [{ id: 'dns-failure' }]],
  ])('%s', async (_name, zone, expected) => {
    expect(keep('adsp', (await profile(zone)).adsp.findings)).toMatchObject(expected);
  });

  it('has met every finding of the table', () => {
    expect(Object.keys(ADSP_FINDINGS).filter((id) => !met.has(`adsp ${id}`))).toEqual([]);
  });
});

describe('keys of selectors', () => {
  let good: string;
  let weak: string;
  let small: string;
  beforeAll(() => {
    [good, weak, small] = [2048, 1024, 512].map((bits) => keyRecord(rsaKey(bits))) as [string, string, string];
  });

  it.each<[string, () => ZoneFile[string] | undefined, readonly object[]]>([
    ['good', () => txt(good), []],
    ['of 1024 bits', () => txt(weak), [{ id: 'weak-key', severity: 'warning' }]],
    ['of 512 bits', () => txt(small), [{ id: 'key-too-small', severity: 'error' }]],
    ['withdrawn', () => txt('v=DKIM1; p='), [{ id: 'key-revoked', severity: 'note' }]],
    ['not a key', () => txt('v=DKIM1; p=AAAA'), [{ id: 'key-unusable', at: 8 }]],
    ['of an unknown kind', () => txt('v=DKIM1; k=dsa; p=AAAA'), [{ id: 'key-type-unknown', at: 8 }]],
    [
      'for SHA-1, other services and tests',
      () => txt(`${good}; h=sha1; s=tlsrpt; t=y; g=*`),
      [
        { id: 'key-service-mismatch' },
        { id: 'key-hash-mismatch' },
        { id: 'testing-key' },
        { id: 'historic-granularity' },
      ],
    ],
    ['of a broken tag list', () => txt('v=DKIM1; p=AAAA; p=BBBB'), [{ id: 'key-syntax', tag: 'p', at: 17 }]],
    ['with v= out of place', () => txt('k=rsa; v=DKIM1; p=AAAA'), [{ id: 'key-syntax', tag: 'v', at: 6 }]],
    ['without p=', () => txt('v=DKIM1; k=rsa'), [{ id: 'key-syntax', tag: 'p' }]],
    ['too large', () => txt(`v=DKIM1; p=${oversizedKey()}`), [{ id: 'key-too-large' }]],
  ])('%s', async (_name, node, expected) => {
    const zone = { 's1._domainkey.shop.example': node() ?? {} };
    const { keys } = await profile(zone, 'shop.example', ['s1']);
    const [record] = keys[0]?.records ?? [];
    expect(keep('key', record?.findings ?? [])).toMatchObject(expected);
    expect(record?.findings).toHaveLength(expected.length);
  });

  it('tells of a key that is not there, cannot be fetched, cannot be named, or stands twice', async () => {
    const zone = {
      'two._domainkey.shop.example': txt(good, good),
      'broken._domainkey.shop.example': { TXT: 'SERVFAIL' } as const,
    };
    const { keys } = await profile(zone, 'shop.example', ['none', 'broken', 'no such name', 'two', 'two']);
    expect(keys.map(({ findings }) => keep('key', findings).map(({ id }) => id))).toEqual([
      ['key-not-found'],
      ['key-unavailable'],
      ['impossible-name'],
      ['several-key-records'],
    ]);
    expect(keys.map(({ name }) => name)).toEqual([
      'none._domainkey.shop.example',
      'broken._domainkey.shop.example',
      null,
      'two._domainkey.shop.example',
    ]);
  });

  it('tells size and kind', async () => {
    const { keys } = await profile({ 's1._domainkey.shop.example': txt(good) }, 'shop.example', ['s1']);
    expect(keys[0]?.records).toMatchObject([{ keyType: 'rsa', bits: 2048, testing: false, services: ['*'] }]);
  });

  it('asks for so many selectors and no more, and says so', async () => {
    const many = Array.from({ length: LIMITS.profileSelectors + 3 }, (_, at) => `s${at}`);
    const { keys, selectorsLeftOut } = await profile({}, 'shop.example', many);
    expect(keys).toHaveLength(LIMITS.profileSelectors);
    expect(selectorsLeftOut).toBe(3);
  });

  it('has met every finding of the table', () => {
    expect(Object.keys(KEY_FINDINGS).filter((id) => !met.has(`key ${id}`))).toEqual([]);
  });
});

describe('the whole profile', () => {
  it('carries the SPF tree and the statements a reader of mail is told', async () => {
    const found = await profile({
      'shop.example': { ...txt('v=spf1 ip4:192.0.2.0/24 -all'), A: ['192.0.2.80'] },
      '_dmarc.shop.example': txt('v=DMARC1; p=reject; rua=mailto:a@shop.example'),
    });
    expect(found).toMatchObject({ domain: 'shop.example', profiledAt: NOW.toISOString(), dnsFailures: [] });
    expect(found.spf.trees).toMatchObject([{ lookups: 0, findings: [] }]);
    expect(found.practices.statements.map(({ text }) => text)).toEqual(['dmarc-reject', 'adsp-absent']);
  });

  it('lists what got no answer, and never reads that as nothing published', async () => {
    const resolver = createUnavailableResolver('offline');
    const found = await profileDomain('shop.example', { resolver, now: NOW, selectors: ['s1'] });
    expect(found.dnsFailures.every(({ failure }) => failure === 'offline')).toBe(true);
    expect(found.dnsFailures.length).toBeGreaterThan(3);
    expect(found.practices.statements.every(({ text }) => text.endsWith('-unsure'))).toBe(true);
    expect(found.dmarc.findings.map(({ id }) => id)).not.toContain('no-record');
    expect(found.keys[0]?.findings.map(({ id }) => id)).toEqual(['key-unavailable']);
  });

  it('survives JSON unchanged', async () => {
    const found = await profile({ '_dmarc.shop.example': txt('v=DMARC1; p=none') }, 'shop.example', ['s1']);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('wants a domain, and gives up with its signal', async () => {
    await expect(profile({}, 'no domain')).rejects.toThrow(TypeError);
    const signal = AbortSignal.abort(new Error('enough'));
    const asked = profileDomain('shop.example', { resolver: createZoneResolver(HOST), signal });
    await expect(asked).rejects.toThrow('enough');
  });
});

/** A public key in PKCS #1 form whose modulus has more bits than are handled. Nobody holds its private half. */
function oversizedKey(): string {
  const modulus = Buffer.alloc(LIMITS.rsaKeyBits / 8 + 2, 0xff);
  modulus[0] = 0;
  const length = (size: number): Buffer => Buffer.from([0x82, size >> 8, size & 0xff]);
  const numbers = Buffer.concat([Buffer.from([2]), length(modulus.length), modulus, Buffer.from([2, 3, 1, 0, 1])]);
  return Buffer.concat([Buffer.from([0x30]), length(numbers.length), numbers]).toString('base64');
}
