/** Records of one name and type together, and the octets that are signed (RFC 4034 §3.1.8.1, §6.2, §6.3). */
import { concatBytes } from '../bytes/ascii.ts';
import { CLASS_IN, type WireRecord } from '../dns/wire.ts';
import { encodeName } from '../dns/wire-name.ts';
import { lastLabels, labelsOf, wildcardOf } from './names.ts';
import { TYPE, readRrsig, type Rrsig } from './records.ts';

export interface RRset {
  readonly owner: string;
  readonly typeCode: number;
  /** Seconds: the least of its records. */
  readonly ttl: number;
  readonly records: readonly WireRecord[];
  readonly signatures: readonly Rrsig[];
}

/** The RRsets of a section by owner and type, each with the signatures over it. */
export class Section {
  readonly #sets = new Map<string, { records: WireRecord[]; signatures: Rrsig[] }>();

  constructor(records: readonly WireRecord[]) {
    for (const record of records) {
      if (record.typeCode !== TYPE.RRSIG) {
        this.#at(record.owner, record.typeCode).records.push(record);
        continue;
      }
      const signature = readRrsig(record);
      if (signature) this.#at(record.owner, signature.typeCovered).signatures.push(signature);
    }
  }

  #at(owner: string, typeCode: number): { records: WireRecord[]; signatures: Rrsig[] } {
    const key = `${typeCode} ${owner}`;
    const known = this.#sets.get(key);
    if (known) return known;
    const set = { records: [], signatures: [] };
    this.#sets.set(key, set);
    return set;
  }

  find(owner: string, typeCode: number): RRset | undefined {
    const set = this.#sets.get(`${typeCode} ${owner}`);
    return set && toRRset(set.records, set.signatures);
  }

  ofType(typeCode: number): readonly RRset[] {
    return [...this.#sets.values()]
      .filter(({ records }) => records[0]?.typeCode === typeCode)
      .flatMap(({ records, signatures }) => toRRset(records, signatures) ?? []);
  }
}

function toRRset(records: readonly WireRecord[], signatures: readonly Rrsig[]): RRset | undefined {
  const [first] = records;
  if (first === undefined) return undefined;
  const ttl = Math.min(...records.map((record) => record.ttl));
  return { owner: first.owner, typeCode: first.typeCode, ttl, records, signatures };
}

/** What the signature is over. */
export function signedOctets({ owner, typeCode, records }: RRset, signature: Rrsig): Uint8Array<ArrayBuffer> {
  // RFC 4035 §5.3.2: fewer labels than the owner has mean a wildcard, expanded or asked for itself.
  const name = labelsOf(owner).length > signature.labels ? wildcardOf(lastLabels(owner, signature.labels)) : owner;
  const ownerOctets = encodeName(name);
  const parts: Uint8Array[] = [signature.signed];
  for (const rdata of inCanonicalOrder(records.map((record) => record.rdata))) {
    const fixed = new Uint8Array(10);
    const view = new DataView(fixed.buffer);
    view.setUint16(0, typeCode);
    view.setUint16(2, CLASS_IN);
    view.setUint32(4, signature.originalTtl);
    view.setUint16(8, rdata.length);
    parts.push(ownerOctets, fixed, rdata);
  }
  return concatBytes(parts);
}

/** RFC 4034 §6.3: by octets, each value once. */
function inCanonicalOrder(values: readonly Uint8Array[]): readonly Uint8Array[] {
  const sorted = [...values].sort(compareOctets);
  return sorted.filter((value, at) => at === 0 || compareOctets(value, sorted[at - 1] ?? value) !== 0);
}

export function compareOctets(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
