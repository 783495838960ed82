/**
 * A zone file of the project (one flat list of names) as the zones of a real DNS tree, in master file form (RFC 1035 §5.1).
 *
 * Every domain of two labels is a zone of its own, below its signed top-level domain, below a signed root. It is signed when
 * one of its names is marked `_secure`, else it is an unsigned delegation. A domain with a "SERVFAIL" in it is delegated to a
 * server that is not there.
 *
 * Known differences: `_secure` counts for the whole domain; the other names of a domain with "SERVFAIL" fail as well.
 */
import type { ZoneFile } from '../../../src/dns/zone-file.ts';

export interface ServedZone {
  /** With the dot at its end; the root is `.`. */
  readonly apex: string;
  readonly kind: 'signed' | 'unsigned' | 'lame';
  /** Master file without DS records; empty for a lame zone. */
  readonly text: string;
  readonly parent: string | null;
}

const NEGATIVE_TTL = 60;
const DEFAULT_TTL = 300;
/** RFC 1035 §3.3: a character-string has one length octet. */
const LONGEST_STRING = 255;

/** All zones, children before their parents: the order in which they have to be signed. */
export function toZoneTree(zone: ZoneFile): readonly ServedZone[] {
  const domains = new Map<string, string[]>();
  for (const owner of Object.keys(zone)) {
    const apex = `${owner.replace(/\.$/, '').split('.').slice(-2).join('.')}.`;
    domains.set(apex, [...(domains.get(apex) ?? []), owner]);
  }
  const tops = new Set([...domains.keys()].map(parentOf));
  const children = [...domains].map(([apex, owners]) => toDomainZone(apex, owners, zone));
  const topZones = [...tops].map((apex): ServedZone => {
    const delegated = children.filter(({ parent }) => parent === apex);
    return { apex, kind: 'signed', text: head(apex) + delegated.map(delegation).join(''), parent: '.' };
  });
  const root: ServedZone = {
    apex: '.',
    kind: 'signed',
    text: head('.') + topZones.map(delegation).join(''),
    parent: null,
  };
  return [...children, ...topZones, root];
}

function toDomainZone(apex: string, owners: readonly string[], zone: ZoneFile): ServedZone {
  const entries = owners.map((owner) => [owner, zone[owner] ?? {}] as const);
  const parent = parentOf(apex);
  const values = entries.flatMap(([, entry]) => Object.values(entry));
  if (values.includes('TIMEOUT')) throw new TypeError(`${apex}: "TIMEOUT" is for the proxy to make`);
  if (values.includes('SERVFAIL')) return { apex, kind: 'lame', text: '', parent };
  const signed = entries.some(([, entry]) => entry['_secure'] === true);
  const lines = entries.flatMap(([owner, entry]) => toRecords(owner, entry));
  return { apex, kind: signed ? 'signed' : 'unsigned', text: head(apex) + lines.join(''), parent };
}

function parentOf(apex: string): string {
  return apex.slice(apex.indexOf('.') + 1) || '.';
}

function head(apex: string): string {
  const at = apex === '.' ? '' : apex;
  return (
    `${apex} ${DEFAULT_TTL} IN SOA ns.${at} hostmaster.${at} 1 3600 600 86400 ${NEGATIVE_TTL}\n` +
    `${apex} ${DEFAULT_TTL} IN NS ns.${at}\nns.${at} ${DEFAULT_TTL} IN A 127.0.0.1\n`
  );
}

function delegation({ apex }: ServedZone): string {
  return `${apex} ${DEFAULT_TTL} IN NS ns.${apex}\nns.${apex} ${DEFAULT_TTL} IN A 127.0.0.1\n`;
}

function toRecords(owner: string, entry: Readonly<Record<string, unknown>>): readonly string[] {
  const { _ttl: ttl = DEFAULT_TTL } = entry;
  return Object.entries(entry)
    .filter(([type]) => !type.startsWith('_'))
    .flatMap(([type, list]) =>
      (Array.isArray(list) ? (list as unknown[]) : [list]).map((rdata) => [type, rdata] as const),
    )
    .map(([type, rdata]) => `${absolute(owner)} ${String(ttl)} IN ${type} ${toRdata(type, rdata)}\n`);
}

/** Rdata in presentation form: names become absolute, text is quoted (RFC 1035 §5.1). */
function toRdata(type: string, rdata: unknown): string {
  if (type === 'TXT') {
    const strings: readonly unknown[] = Array.isArray(rdata) ? (rdata as unknown[]) : inStrings(String(rdata));
    return strings.map((string) => quote(Buffer.from(String(string), 'utf8'))).join(' ');
  }
  const fields = String(rdata).split(' ');
  if (type === 'SOA') return [absolute(fields[0] ?? ''), absolute(fields[1] ?? ''), ...fields.slice(2)].join(' ');
  if (['CNAME', 'MX', 'NS', 'PTR'].includes(type))
    return [...fields.slice(0, -1), absolute(fields.at(-1) ?? '')].join(' ');
  return fields.join(' ');
}

function inStrings(text: string): readonly string[] {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new TypeError('a long text of other than ASCII has to be cut by its writer');
  return text.match(new RegExp(`.{1,${LONGEST_STRING}}`, 'g')) ?? [''];
}

function quote(octets: Buffer): string {
  const characters = [...octets].map((octet) => {
    if (octet === 0x22 || octet === 0x5c) return `\\${String.fromCharCode(octet)}`;
    return octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : `\\${String(octet).padStart(3, '0')}`;
  });
  return `"${characters.join('')}"`;
}

function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}
