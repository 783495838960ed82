import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DkimSignatureReport } from '../../src/dkim/types.ts';
import { organizationalDomain } from '../../src/dmarc/discover.ts';
import { evaluateDmarc } from '../../src/dmarc/evaluate.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { asking } from './asking.ts';
import { NoAnswer, referenceOrganizationalDomain, referenceResult } from './sequential-walk.ts';

/** Names of few labels out of few words, so that walks meet; some deeper than eight labels. */
const label = fc.constantFrom('a', 'b', 'mail');
const domain = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.array(label, { maxLength: 3 }) },
      fc.array(label, { minLength: 6, maxLength: 10 }),
    ),
    fc.constantFrom('example', 'other'),
    fc.constantFrom('com', 'com', 'net'),
  )
  .map(([labels, second, top]) => [...labels, second, top].join('.'));

const tag = fc.constantFrom(
  'p=none',
  'p=quarantine',
  'p=reject',
  'p=reject',
  'p=bad',
  'sp=none',
  'sp=reject',
  'sp=bad',
  'np=reject',
  'np=none',
  'psd=y',
  'psd=n',
  'psd=u',
  'psd=bad',
  'adkim=s',
  'adkim=r',
  't=y',
  'rua=mailto:d@example.com',
  'rua=junk',
  'x=y',
  'junk',
);
const record = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .uniqueArray(tag, { maxLength: 5, selector: (text) => text.split('=')[0] })
      .map((tags) => ['v=DMARC1', ...tags].join('; ')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('v=spf1 -all', 'v=DMARC2; p=reject', 'p=reject; v=DMARC1', 'v=dmarc1; p=none'),
  },
);
const answer = fc.oneof(
  { weight: 10, arbitrary: record.map((text) => [text]) },
  { weight: 1, arbitrary: fc.array(record, { minLength: 2, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom('SERVFAIL', 'TIMEOUT') },
);

/** Any zone over the names a case is about: DMARC records, failures, existing and unanswered domains. */
function zoneOver(names: readonly string[]): fc.Arbitrary<ZoneFile> {
  const places = [...new Set(names.flatMap((each) => ancestors(each)))];
  return fc
    .tuple(
      fc.dictionary(
        fc.constantFrom(...places.map((place) => `_dmarc.${place}`)),
        answer.map((TXT) => ({ TXT })),
        { maxKeys: 6 },
      ),
      fc.dictionary(fc.constantFrom(...places), fc.constantFrom({ A: ['192.0.2.1'] }, { MX: 'SERVFAIL' }), {
        maxKeys: 3,
      }),
    )
    .map(([records, domains]) => ({ ...records, ...domains }));
}

function ancestors(name: string): string[] {
  const labels = name.split('.');
  return labels.map((_, at) => labels.slice(at).join('.'));
}

const organizationalCase = domain.chain((start) => fc.tuple(fc.constant(start), zoneOver([start])));
const messageCase = fc
  .tuple(domain, fc.option(domain))
  .chain(([author, signer]) =>
    fc.tuple(fc.constant(author), fc.constant(signer), zoneOver(signer === null ? [author] : [author, signer])),
  );

describe('compared with RFC 9989 read one step after the other', () => {
  it('finds the same organizational domain', async () => {
    await fc.assert(
      fc.asyncProperty(organizationalCase, async ([start, zone]) => {
        const resolver = createZoneResolver(zone);
        const expected = await referenceOrganizationalDomain(resolver, start).catch((error: unknown) => {
          if (error instanceof NoAnswer) return null;
          throw error;
        });
        expect((await organizationalDomain(start, { resolver })).domain).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('comes to the same result and policy', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(messageCase, async ([author, signer, zone]) => {
        const resolver = createZoneResolver(zone);
        const expected = await referenceResult(resolver, author, signer);
        const dkim = signer === null ? [] : [{ domain: signer, result: 'pass' as const }];
        const { result, policy } = await evaluateDmarc({ authorDomain: author, dkim, resolver });
        seen.add(result);
        expect(result).toBe(expected.result);
        if (result !== 'temperror') expect(policy).toBe(expected.policy);
      }),
      { numRuns: 1500 },
    );
    expect([...seen].toSorted()).toEqual(['fail', 'none', 'pass', 'temperror']);
  });
});

describe('for any zone and any signatures', () => {
  const result: fc.Arbitrary<DkimSignatureReport['result']> = fc.constantFrom(
    'pass',
    'fail',
    'temperror',
    'permerror',
    'neutral',
    'policy',
  );
  const signature = fc.record({ domain: fc.option(fc.oneof(domain, fc.string())), result });

  it('asks a bounded number of names, each once, in at most two round trips, and returns plain data', async () => {
    await fc.assert(
      fc.asyncProperty(messageCase, fc.array(signature, { maxLength: 20 }), async ([author, , zone], dkim) => {
        const { resolver, asked, cost } = asking(zone);
        const report = await evaluateDmarc({ authorDomain: author, dkim, resolver });
        expect(new Set(asked).size).toBe(asked.length);
        expect(asked.length).toBeLessThanOrEqual(9 + 10 * 8);
        expect(cost().roundTrips).toBeLessThanOrEqual(2);
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      }),
      { numRuns: 200 },
    );
  });

  it('never turns an unanswered name into "none", nor a signature that does not pass into a pass', async () => {
    const broken = signature.filter((each) => each.result !== 'pass');
    await fc.assert(
      fc.asyncProperty(messageCase, fc.array(broken, { maxLength: 5 }), async ([author, , zone], dkim) => {
        const unanswered = { ...zone, [`_dmarc.${author}`]: { TXT: 'SERVFAIL' } };
        const resolver = createZoneResolver(unanswered);
        expect(await evaluateDmarc({ authorDomain: author, dkim, resolver })).toMatchObject({
          result: 'temperror',
        });
        const report = await evaluateDmarc({
          authorDomain: author,
          dkim,
          resolver: createZoneResolver(zone),
        });
        expect(report.result).not.toBe('pass');
      }),
      { numRuns: 200 },
    );
  });
});
