/** Absence by NSEC3 records that were verified: RFC 5155 §8. */
import { concatBytes } from '../bytes/ascii.ts';
import { digest } from '../crypto/digest.ts';
import { encodeName } from '../dns/wire-name.ts';
import type { Denial, DeniedKind } from './types.ts';
import { labelsOf, lastLabels, wildcardOf } from './names.ts';
import { knowsBelow, lacks } from './nsec.ts';
import { TYPE, type Nsec3 } from './records.ts';
import { compareOctets } from './rrset.ts';
import type { Work } from './work.ts';

/** The NSEC3 records of one response that hash alike, and the hashes made so far. */
export class HashedNames {
  readonly #records: readonly { readonly record: Nsec3; readonly next: string }[];
  readonly #parameters: Nsec3 | undefined;
  readonly #work: Work;
  readonly #hashes = new Map<string, Promise<string>>();

  /** @param zone the zone that signed them: records that claim another one are not its own */
  constructor(records: readonly Nsec3[], zone: string, work: Work) {
    const own = records.filter((record) => record.zone === zone);
    const [first] = own;
    this.#parameters = first;
    this.#work = work;
    // RFC 5155 §8.2: all that is used of one response must hash alike.
    this.#records = own
      .filter(({ iterations, salt }) => iterations === first?.iterations && compareOctets(salt, first.salt) === 0)
      .map((record) => ({ record, next: encodeBase32Hex(record.next) }));
  }

  get iterations(): number {
    return this.#parameters?.iterations ?? 0;
  }

  async match(name: string): Promise<Nsec3 | undefined> {
    const hash = await this.#hashOf(name);
    return this.#records.find(({ record }) => record.hash === hash)?.record;
  }

  async cover(name: string): Promise<Nsec3 | undefined> {
    const hash = await this.#hashOf(name);
    return this.#records.find(({ record, next }) =>
      record.hash < next ? record.hash < hash && hash < next : hash > record.hash || hash < next,
    )?.record;
  }

  #hashOf(name: string): Promise<string> {
    const known = this.#hashes.get(name);
    if (known) return known;
    const hash = this.#hash(name);
    this.#hashes.set(name, hash);
    return hash;
  }

  /** RFC 5155 §5. */
  async #hash(name: string): Promise<string> {
    const { salt = new Uint8Array() } = this.#parameters ?? {};
    this.#work.spendDigests(this.iterations + 1);
    let value = await digest('SHA-1', concatBytes([encodeName(name), salt]));
    for (let round = 0; round < this.iterations; round++) value = await digest('SHA-1', concatBytes([value, salt]));
    return encodeBase32Hex(value);
  }
}

interface Encloser {
  readonly name: string;
  /** The record that covers the name one label longer, which therefore is not there; undefined where none does. */
  readonly nextCloser: Nsec3 | undefined;
}

/** RFC 5155 §8.3, for a name that no record matches. */
async function closestEncloser(names: HashedNames, zone: string, name: string): Promise<Encloser | undefined> {
  for (let count = labelsOf(name).length - 1; count >= labelsOf(zone).length; count--) {
    const ancestor = lastLabels(name, count);
    const match = await names.match(ancestor);
    if (match === undefined) continue;
    if (!knowsBelow(match.types)) return undefined;
    return { name: ancestor, nextCloser: await names.cover(lastLabels(name, count + 1)) };
  }
  return undefined;
}

/** Whether the records prove that the name, or its type, is not there: RFC 5155 §8.4 to §8.7. */
export async function denyByNsec3(
  names: HashedNames,
  zone: string,
  name: string,
  typeCode: number,
  kind: DeniedKind,
): Promise<Denial | undefined> {
  const match = await names.match(name);
  if (match) {
    if (kind === 'nxdomain' || !lacks(match, name, typeCode)) return undefined;
    return { optOut: false, delegation: match.types.has(TYPE.NS) };
  }
  const encloser = await closestEncloser(names, zone, name);
  if (encloser?.nextCloser === undefined) return undefined;
  // RFC 5155 §9.2: under opt-out an unsigned delegation may be there all the same.
  const found: Denial = { optOut: encloser.nextCloser.optOut, delegation: false };
  const wildcard = wildcardOf(encloser.name);
  if (kind === 'nxdomain') return (await names.cover(wildcard)) ? found : undefined;
  const source = await names.match(wildcard);
  if (source) return lacks(source, wildcard, typeCode) ? found : undefined;
  return found.optOut ? found : undefined;
}

/** Whether the records prove that only the wildcard below `encloser` answers for the name: RFC 5155 §8.8. */
export async function wildcardByNsec3(names: HashedNames, name: string, encloser: string): Promise<Denial | undefined> {
  const cover = await names.cover(lastLabels(name, labelsOf(encloser).length + 1));
  return cover && { optOut: cover.optOut, delegation: false };
}

const BASE32HEX = '0123456789abcdefghijklmnopqrstuv';

/** RFC 4648 §7 in lower case without padding: keeps the order of the octets. */
function encodeBase32Hex(octets: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const octet of octets) {
    held = ((held << 8) | octet) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32HEX.charAt((held >> (bits - 5)) & 31);
  }
  return bits > 0 ? text + BASE32HEX.charAt((held << (5 - bits)) & 31) : text;
}
