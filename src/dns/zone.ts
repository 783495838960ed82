/**
 * A resolver over a zone file, for tests, the demo and the command line. It answers as a recursive resolver would that knows these
 * names and nothing else: RFC 1034 §4.3.2 (names, aliases), RFC 8020 §2 (a name above a listed name exists), RFC 4592 (wildcards).
 */
import { followAliases } from './alias.ts';
import { untilAborted } from './deadline.ts';
import { failureAnswer, normalizeName, unaskableAnswer } from './question.ts';
import type { DnsAnswer, QueryOptions, RecordData, RecordType, Resolver } from './resolver.ts';
import { DEFAULT_ZONE_TTL, parseZone } from './zone-file.ts';
import type { Zone, ZoneFault, ZoneFile, ZoneNode } from './zone-file.ts';

const FAULTS = {
  SERVFAIL: { failure: 'servfail', detail: 'SERVFAIL, as the zone file says' },
  TIMEOUT: { failure: 'timeout', detail: 'no answer, as the zone file says' },
} as const satisfies Record<ZoneFault, object>;

/**
 * A resolver that answers from the zone and asks nobody. A negative answer below a listed name has that name's `_ttl` and
 * `_secure`, as if it were the zone's apex. "TIMEOUT" answers at once: nobody has to wait for a known end.
 * @param zone what `parseZone` returned, or a zone file known to be right
 * @throws {TypeError} where the zone file is wrong, with the place
 */
export function createZoneResolver(zone: Zone | ZoneFile): Resolver {
  const nodes = isZone(zone) ? zone : readZone(zone);
  const existing = new Set(['.', ...[...nodes.keys()].flatMap(withAncestors)]);

  /** The node that answers for a name: its own, or the wildcard below the closest name that exists (RFC 4592 §3.3.1). */
  function nodeAt(name: string): ZoneNode | undefined {
    if (existing.has(name)) return nodes.get(name);
    const encloser = withAncestors(name).find((ancestor) => existing.has(ancestor)) ?? '.';
    return nodes.get(encloser === '.' ? '*' : `*.${encloser}`);
  }

  function aliasAt(name: string, type: RecordType): { readonly target: string; readonly node: ZoneNode } | undefined {
    const node = nodeAt(name);
    const cname = node?.types.CNAME;
    if (node === undefined || typeof cname === 'string' || cname?.[0] === undefined) return undefined;
    return type === 'CNAME' || node.types[type] !== undefined ? undefined : { target: cname[0], node };
  }

  function answer<T extends RecordType>(name: string, type: T): DnsAnswer<T> {
    const chain = followAliases(name, (at) => aliasAt(at, type));
    // What validating resolvers answer to a loop.
    if (chain === undefined) return failureAnswer(name, type, 'servfail', 'a CNAME loop or too long a chain');
    const node = nodeAt(chain.end);
    const value = node === undefined ? [] : listedAt(node, type);
    if (value === 'SERVFAIL' || value === 'TIMEOUT') {
      const { failure, detail } = FAULTS[value];
      return failureAnswer(name, type, failure, detail);
    }
    const apex = withAncestors(chain.end).find((ancestor) => nodes.has(ancestor));
    const speaking = [
      ...chain.links.map((link) => link.node),
      node ?? (apex === undefined ? undefined : nodes.get(apex)),
    ];
    const base = {
      name,
      type,
      cached: false,
      ttl: Math.min(...speaking.map((each) => each?.ttl ?? DEFAULT_ZONE_TTL)),
      dnssec: speaking.every((each) => each?.secure === true) ? 'secure' : 'insecure',
    } as const;
    if (value.length > 0) return { ...base, kind: 'records', records: value };
    return { ...base, kind: node !== undefined || existing.has(chain.end) ? 'no-data' : 'nxdomain' };
  }

  return {
    query<T extends RecordType>(name: string, type: T, { signal }: QueryOptions = {}): Promise<DnsAnswer<T>> {
      const asked = normalizeName(name);
      return untilAborted(
        Promise.resolve(asked === undefined ? unaskableAnswer(name, type) : answer(asked, type)),
        signal,
      );
    },
  };
}

/** What the node says of the type. Where its CNAME cannot be had, nobody can know of the types it does not list. */
function listedAt<T extends RecordType>(node: ZoneNode, type: T): ZoneFault | readonly RecordData[T][] {
  const { CNAME: cname } = node.types;
  return node.types[type] ?? (typeof cname === 'string' ? cname : []);
}

function isZone(zone: Zone | ZoneFile): zone is Zone {
  return zone instanceof Map;
}

function readZone(file: ZoneFile): Zone {
  const zone = parseZone(file);
  if (zone.ok) return zone.value;
  const { name, type, why } = zone.problem;
  throw new TypeError(`createZoneResolver: ${[name, type, why].filter((part) => part !== null).join(': ')}`);
}

/** The name and the names above it, longest first, without the root. */
function withAncestors(name: string): string[] {
  const labels = name === '.' ? [] : name.split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}
