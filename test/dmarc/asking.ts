/** A zone resolver that tells afterwards what it was asked and in how many waves. */
import { countQueries } from '../../src/dns/count.ts';
import type { QueryCost } from '../../src/dns/count.ts';
import type { DnsAnswer, QueryOptions, RecordType, Resolver } from '../../src/dns/resolver.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';

export interface Asking {
  readonly resolver: Resolver;
  /** Questions in order, as `TXT _dmarc.example.com`. */
  readonly asked: readonly string[];
  readonly cost: () => QueryCost;
}

export function asking(zone: ZoneFile): Asking {
  const inner = createZoneResolver(zone);
  const asked: string[] = [];
  const recording: Resolver = {
    async query<T extends RecordType>(name: string, type: T, options?: QueryOptions): Promise<DnsAnswer<T>> {
      asked.push(`${type} ${name}`);
      await new Promise((resolve) => setTimeout(resolve, 0)); // a real answer never comes in the same turn
      return inner.query(name, type, options);
    },
  };
  const counted = countQueries(recording);
  return { resolver: counted.resolver, asked, cost: () => counted.cost() };
}

/** Shorthand for a zone with DMARC records: domain to its record, its records, or the failure it answers with. */
export function dmarcZone(
  records: Readonly<Record<string, string | readonly string[]>>,
  domains: readonly string[] = [],
): ZoneFile {
  const zone: Record<string, Record<string, unknown>> = {};
  for (const domain of domains) zone[domain] = { A: ['192.0.2.1'] };
  for (const [domain, value] of Object.entries(records)) {
    const failure = value === 'SERVFAIL' || value === 'TIMEOUT';
    zone[`_dmarc.${domain}`] = { TXT: failure ? value : typeof value === 'string' ? [value] : value };
  }
  return zone;
}
