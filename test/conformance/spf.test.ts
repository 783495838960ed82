/** The published test suite for RFC 7208 (openspf, release 2014.04), every case, against check_host(). */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { DnsAnswer, RecordData, RecordType, Resolver } from '../../src/dns/resolver.ts';
import { checkHost } from '../../src/spf/evaluate.ts';

const SUITE = fileURLToPath(new URL('../../../shared/conformance/spf/rfc7208-tests.yml', import.meta.url));
const present = existsSync(SUITE);
if (!present) console.log('skipped: the RFC 7208 test suite is not beside the repository');

/** One record of the suite: a type with its data, or TIMEOUT for every type not listed. */
type ZoneEntry = 'TIMEOUT' | Readonly<Record<string, unknown>>;
interface Case {
  readonly helo: string;
  readonly host: string;
  readonly mailfrom: string;
  readonly result: string | readonly string[];
  readonly explanation?: string;
}
interface Scenario {
  readonly description: string;
  readonly tests: Readonly<Record<string, Case>>;
  readonly zonedata: Readonly<Record<string, readonly ZoneEntry[]>>;
}

class SuiteZone implements Resolver {
  readonly #names = new Map<string, readonly ZoneEntry[]>();

  constructor(zonedata: Scenario['zonedata']) {
    for (const [name, entries] of Object.entries(zonedata)) this.#names.set(name.toLowerCase(), entries);
  }

  query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
    return Promise.resolve(this.#answer(name, name.toLowerCase(), type, 0));
  }

  #answer<T extends RecordType>(asked: string, name: string, type: T, links: number): DnsAnswer<T> {
    const base = { name: asked, type, cached: false, ttl: 60, dnssec: 'insecure' } as const;
    const entries = this.#names.get(name);
    if (entries === undefined) return { ...base, kind: 'nxdomain' };
    const failure = { kind: 'failure', name: asked, type, cached: false, detail: '' } as const;
    const alias = valuesOf(entries, 'CNAME')[0];
    if (typeof alias === 'string') {
      if (links > 8) return { ...failure, failure: 'servfail' };
      return this.#answer(asked, alias.toLowerCase().replace(/\.$/, ''), type, links + 1);
    }
    // The suite means SPF data as TXT data too, except where the name lists TXT itself.
    const listed = type === 'TXT' && valuesOf(entries, 'TXT').length === 0 ? 'SPF' : type;
    const values = valuesOf(entries, listed).filter((value) => value !== 'NONE');
    if (values.length > 0) return { ...base, kind: 'records', records: values.map((value) => dataOf(type, value)) };
    return entries.includes('TIMEOUT') ? { ...failure, failure: 'timeout' } : { ...base, kind: 'no-data' };
  }
}

function valuesOf(entries: readonly ZoneEntry[], type: string): readonly unknown[] {
  return entries.flatMap((entry) => (entry !== 'TIMEOUT' && type in entry ? [entry[type]] : []));
}

function dataOf<T extends RecordType>(type: T, value: unknown): RecordData[T] {
  if (type === 'MX') {
    const [preference, exchange] = value as readonly [number, string];
    return { preference, exchange } as RecordData[T];
  }
  return (Array.isArray(value) ? value.join('') : value) as RecordData[T];
}

const scenarios = present ? (loadAll(readFileSync(SUITE, 'utf8')) as readonly Scenario[]) : [];

describe.skipIf(!present)('the RFC 7208 test suite', () => {
  it('is complete', () => {
    expect(scenarios.flatMap(({ tests }) => Object.keys(tests))).toHaveLength(203);
  });

  for (const { description, tests, zonedata } of scenarios) {
    describe(description, () => {
      it.each(Object.entries(tests))('%s', async (_, { helo, host, mailfrom, result, explanation }) => {
        const resolver = new SuiteZone(zonedata);
        const report = await checkHost({ ip: host, sender: mailfrom, helo, resolver, now: new Date(0) });
        expect([result].flat()).toContain(report.result);
        // DEFAULT stands for an explanation of the verifier's own, which this one leaves to its views.
        if (explanation !== undefined) expect(report.explanation ?? 'DEFAULT').toBe(explanation);
      });
    });
  }
});
