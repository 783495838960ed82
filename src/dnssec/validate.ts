/**
 * A whole response to one question: every alias on the way, then the records or the proof that there are none (RFC 4035 §5.3, §5.4;
 * RFC 6672 §5.3 for DNAME). The weakest part decides.
 */
import { NXDOMAIN } from '../dns/answer.ts';
import { DNSSEC_REASONS, type DnssecReason, type ProvedSignature, type ProvedZone } from '../dns/proof.ts';
import type { DnsFailure } from '../dns/resolver.ts';
import type { DnsMessage } from '../dns/wire.ts';
import { LIMITS } from '../limits.ts';
import { deepestSigner, unproved, type Asker, type Chain, type Unproved } from './chain.ts';
import { denialSets, proveDenial, proveWildcard, type DenialCheck } from './denial.ts';
import { isAtOrBelow, isBelow } from './names.ts';
import { TYPE, readPlainName } from './records.ts';
import { Section, type RRset } from './rrset.ts';
import type { DeniedKind } from './types.ts';
import { verifyRRset, type RRsetCheck, type ZoneKeys } from './verify.ts';
import { TooMuchWork, Work } from './work.ts';

export interface Verdict {
  /** Null: secure. Else `DNSSEC_REASONS` says what it makes of the answer. */
  readonly reason: DnssecReason | null;
  readonly at: string | null;
  readonly failure: DnsFailure | null;
  readonly zones: readonly ProvedZone[];
  readonly signatures: readonly ProvedSignature[];
  /** Seconds for which every part of the proof holds. */
  readonly ttl: number;
}

/** One alias, the records, or their absence. */
type Part =
  | {
      readonly kind: 'proved';
      readonly zones: readonly ProvedZone[];
      readonly signatures: readonly ProvedSignature[];
      readonly ttl: number;
    }
  | Unproved;

/**
 * Judges a definitive response (see `troubleWith`).
 * @param now seconds since 1970
 */
export async function validate(
  name: string,
  typeCode: number,
  message: DnsMessage,
  chain: Chain,
  asker: Asker,
  now: number,
): Promise<Verdict> {
  const response: Response = {
    answers: new Section(message.wire.answers),
    authorities: new Section(message.wire.authorities),
    nonexistent: message.rcode === NXDOMAIN,
    chain,
    asker,
    now,
    work: new Work(),
  };
  try {
    return verdictOf(await proveAll(name, typeCode, response));
  } catch (error) {
    if (error instanceof TooMuchWork) return verdictOf([unproved('too-much-work', name, [])]);
    throw error;
  }
}

interface Response {
  readonly answers: Section;
  readonly authorities: Section;
  readonly nonexistent: boolean;
  readonly chain: Chain;
  readonly asker: Asker;
  readonly now: number;
  readonly work: Work;
}

async function proveAll(name: string, typeCode: number, response: Response): Promise<readonly Part[]> {
  const { answers, nonexistent } = response;
  const parts: Part[] = [];
  let owner = name;
  for (let links = 0; links <= LIMITS.cnameLinks; links++) {
    const set = nonexistent && typeCode !== TYPE.CNAME ? undefined : answers.find(owner, typeCode);
    if (set) return [...parts, await proveSet(set, response)];
    const alias = answers.find(owner, TYPE.CNAME);
    if (alias === undefined || typeCode === TYPE.CNAME) {
      return [...parts, await proveAbsence(owner, typeCode, owner !== name, response)];
    }
    const target = targetOf(alias);
    if (target === undefined) return [...parts, unproved('alias-wrong', owner, [])];
    const source = alias.signatures.length === 0 ? dnameAbove(owner, answers) : undefined;
    parts.push(
      source === undefined ? await proveSet(alias, response) : await proveSynthesis(owner, target, source, response),
    );
    if (isBroken(parts.at(-1))) return parts;
    owner = target;
  }
  return [...parts, unproved('alias-wrong', owner, [])];
}

function isBroken(part: Part | undefined): boolean {
  return part?.kind === 'unproved' && DNSSEC_REASONS[part.reason] !== 'insecure';
}

/** The name an alias leads to; a name has one alias at most (RFC 2181 §10.1). */
function targetOf({ records }: RRset): string | undefined {
  const [record] = records;
  return record && records.length === 1 ? readPlainName(record.rdata, 0)?.name : undefined;
}

function dnameAbove(owner: string, answers: Section): RRset | undefined {
  return answers.ofType(TYPE.DNAME).find((set) => isBelow(owner, set.owner));
}

/** RFC 6672 §5.3.1: the CNAME record itself is not signed, but follows from the DNAME record, which is. */
async function proveSynthesis(owner: string, target: string, source: RRset, response: Response): Promise<Part> {
  const base = targetOf(source);
  const prefix = owner.slice(0, source.owner === '.' ? owner.length : owner.length - source.owner.length - 1);
  const expected = base === '.' ? prefix : `${prefix}.${base}`;
  if (base === undefined || expected !== target) return unproved('alias-wrong', owner, []);
  // RFC 6672 §5.3.4: what a wildcard made of a DNAME record cannot be told.
  return proveSet(source, response, (check) => check.expandedBelow === null);
}

async function proveSet(
  set: RRset,
  response: Response,
  accepts: (check: RRsetCheck & { ok: true }) => boolean = () => true,
): Promise<Part> {
  const { chain, asker, now, work, authorities } = response;
  const signer = deepestSigner([set], (zone) => isAtOrBelow(set.owner, zone));
  if (signer === undefined) return withoutSigner(set.owner, 'signature-missing', response);
  const zone = await chain.cutAt(signer, asker, true);
  if (zone.kind === 'none') return unproved('key-missing', signer, []);
  if (zone.kind === 'unproved') return zone;
  const check = await verifyRRset(set, zone, now, work);
  if (!check.ok) return unproved(check.reason, set.owner, zone.zones);
  if (!accepts(check)) return unproved('wildcard-unproven', set.owner, zone.zones);
  if (check.expandedBelow === null) {
    return { kind: 'proved', zones: zone.zones, signatures: [check.signature], ttl: check.ttl };
  }
  const wildcard = await proveWildcard(set.owner, check.expandedBelow, authorities, zone, now, work);
  const part = partOf(wildcard, set.owner, zone);
  if (part.kind === 'unproved') return part;
  return { ...part, signatures: [check.signature, ...part.signatures], ttl: Math.min(check.ttl, part.ttl) };
}

async function proveAbsence(name: string, typeCode: number, aliased: boolean, response: Response): Promise<Part> {
  const { chain, asker, now, work, authorities, nonexistent } = response;
  const signer = deepestSigner(denialSets(authorities), (zone) => isAtOrBelow(name, zone));
  if (signer === undefined) return withoutSigner(name, 'denial-missing', response);
  const zone = await chain.cutAt(signer, asker, true);
  if (zone.kind === 'none') return unproved('key-missing', signer, []);
  if (zone.kind === 'unproved') return zone;
  const prove = (kind: DeniedKind): Promise<DenialCheck> =>
    proveDenial(name, typeCode, kind, authorities, zone, now, work);
  const denial = await prove(nonexistent ? 'nxdomain' : 'no-data');
  if (!denial.ok && nonexistent && aliased) {
    // Behind an alias servers deny either way (RFC 6604 §3 was late). Under opt-out neither would prove anything.
    const either = await prove('no-data');
    if (either.ok && either.optOut) return partOf(either, name, zone);
  }
  return partOf(denial, name, zone);
}

function partOf(denial: DenialCheck, at: string, { zones }: ZoneKeys & { zones: readonly ProvedZone[] }): Part {
  if (!denial.ok) return unproved(denial.reason, at, zones);
  if (denial.optOut) return unproved('opt-out', at, zones);
  return { kind: 'proved', zones, signatures: denial.signatures, ttl: denial.ttl };
}

async function withoutSigner(name: string, reason: DnssecReason, { chain, asker }: Response): Promise<Part> {
  const zone = await chain.enclosing(name, asker);
  return zone.kind === 'unproved' ? zone : unproved(reason, name, zone.zones);
}

function verdictOf(parts: readonly Part[]): Verdict {
  const last = parts.at(-1);
  const worst = parts.find(isBroken) ?? parts.find((part) => part.kind === 'unproved');
  const proved = parts.filter((part) => part.kind === 'proved');
  return {
    reason: worst?.kind === 'unproved' ? worst.reason : null,
    at: worst?.kind === 'unproved' ? worst.at : null,
    failure: worst?.kind === 'unproved' ? worst.failure : null,
    zones: (worst ?? last)?.zones ?? [],
    signatures: proved.flatMap(({ signatures }) => signatures),
    ttl: Math.min(LIMITS.dnsCacheSeconds, ...proved.map(({ ttl }) => ttl)),
  };
}
