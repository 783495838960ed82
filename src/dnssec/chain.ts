/**
 * From the trust anchors down to a zone's keys, or to the place where the chain of signed delegations ends: RFC 4035 §5.1, §5.2.
 * Cuts are found by who signed and by DS records, not label by label; DS and DNSKEY are asked for side by side.
 */
import { NXDOMAIN, troubleWith } from '../dns/answer.ts';
import { DNSSEC_REASONS, type DnssecReason, type ProvedZone } from '../dns/proof.ts';
import { normalizeName } from '../dns/question.ts';
import type { DnsFailure } from '../dns/resolver.ts';
import type { MessageSource } from '../dns/source.ts';
import type { DnsMessage, WireRecord } from '../dns/wire.ts';
import { encodeName } from '../dns/wire-name.ts';
import { sameBytes } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { isSupportedAlgorithm, isSupportedDigest, keyDigest } from './algorithms.ts';
import { denialSets, proveDenial, proveWildcard } from './denial.ts';
import { isBelow, labelsOf, lastLabels, parentOf } from './names.ts';
import { TYPE, readDs, readZoneKey, type Dnskey, type Ds } from './records.ts';
import { Section, type RRset } from './rrset.ts';
import { verifyRRset, type ZoneKeys } from './verify.ts';
import { TooMuchWork, Work } from './work.ts';

/** What is known of a name as a place where a zone may begin. */
export type Cut =
  | (ZoneKeys & { readonly kind: 'zone'; readonly zones: readonly ProvedZone[] })
  /** No zone begins here: the name belongs to the zone above, or is not there at all. */
  | { readonly kind: 'none'; readonly nonexistent: boolean }
  | Unproved;

/** The chain does not reach the name. `state` follows from the reason. */
export interface Unproved {
  readonly kind: 'unproved';
  readonly reason: DnssecReason;
  /** Where the chain ends or breaks. */
  readonly at: string;
  readonly zones: readonly ProvedZone[];
  /** Why a record that is needed could not be had. */
  readonly failure: DnsFailure | null;
}

export function unproved(
  reason: DnssecReason,
  at: string,
  zones: readonly ProvedZone[],
  failure: DnsFailure | null = null,
): Unproved {
  return { kind: 'unproved', reason, at, zones, failure };
}

/** Asks for one answer's proof, and counts. */
export class Asker {
  #questions = 0;
  readonly #source: MessageSource;

  constructor(source: MessageSource) {
    this.#source = source;
  }

  get questions(): number {
    return this.#questions;
  }

  /** @throws {TooMuchWork} */
  async ask(name: string, type: 'DS' | 'DNSKEY'): Promise<DnsMessage | DnsFailure> {
    if (normalizeName(name) !== name) return 'malformed';
    if (++this.#questions > LIMITS.dnssecQuestions) throw new TooMuchWork('too many questions');
    const outcome = await this.#source.ask(name, type);
    if (!outcome.ok) return outcome.failure;
    return troubleWith(outcome.message, name, type)?.failure ?? outcome.message;
  }
}

export type Enclosing = Exclude<Cut, { readonly kind: 'none' }>;

export interface Chain {
  /** The cut at a name. `likely`: something signed says that a zone begins here, so its keys are asked for at once. */
  cutAt(name: string, asker: Asker, likely: boolean): Promise<Cut>;
  /** The zone that a name belongs to, or where the chain ends above it. Asked where nothing signed says who is responsible. */
  enclosing(name: string, asker: Asker): Promise<Enclosing>;
  clear(): void;
}

interface Kept {
  readonly cut: Cut;
  readonly until: number;
}

/** @param now milliseconds since 1970 */
export function createChain(anchors: readonly Ds[], now: () => number): Chain {
  const kept = new Map<string, Kept>();
  const open = new Map<string, Promise<Cut>>();
  /** A resolver that handed out the root's signatures once is held to it. */
  let rootWasProved = false;
  const seconds = (): number => Math.floor(now() / 1000);

  function keep(name: string, { cut, ttl }: Dated): void {
    kept.delete(name);
    kept.set(name, { cut, until: now() + Math.min(ttl, LIMITS.dnsCacheSeconds) * 1000 });
    const [oldest] = kept.keys();
    if (kept.size > LIMITS.dnssecZones && oldest !== undefined) kept.delete(oldest);
  }

  function cutAt(name: string, asker: Asker, likely: boolean): Promise<Cut> {
    const known = kept.get(name);
    if (known !== undefined && now() < known.until) return Promise.resolve(known.cut);
    const earlier = open.get(name);
    if (earlier) return earlier;
    const finding = find(name, asker, likely)
      .catch((error: unknown): Dated => {
        if (!(error instanceof TooMuchWork)) throw error;
        return { cut: unproved('too-much-work', name, []), ttl: 0 };
      })
      .then((dated) => {
        // Cleared meanwhile: what was forgotten stays forgotten.
        if (open.get(name) === finding) {
          open.delete(name);
          keep(name, dated);
        }
        return dated.cut;
      });
    open.set(name, finding);
    return finding;
  }

  interface Dated {
    readonly cut: Cut;
    /** Seconds. */
    readonly ttl: number;
  }

  /** Failures are kept for a moment only (RFC 4035 §4.7, RFC 9520 §3.2). */
  function failed(cut: Unproved): Dated {
    return { cut, ttl: LIMITS.dnsFailureSeconds };
  }

  async function find(name: string, asker: Asker, likely: boolean): Promise<Dated> {
    if (name === '.') return findRoot(asker);
    const keys = likely ? asker.ask(name, 'DNSKEY') : undefined;
    keys?.catch(() => undefined); // its error is met where it is awaited
    // The chain begins at the top in any case: ask for that meanwhile.
    void cutAt('.', asker, true);
    if (labelsOf(name).length > 1) void cutAt(lastLabels(name, 1), asker, true);

    const work = new Work();
    const message = await asker.ask(name, 'DS');
    if (typeof message === 'string') return failed(unproved('keys-unavailable', name, [], message));
    const answers = new Section(message.wire.answers);
    const authorities = new Section(message.wire.authorities);
    const set = answers.find(name, TYPE.DS) ?? answers.find(name, TYPE.CNAME);
    const signer = deepestSigner(set ? [set] : denialSets(authorities), (zone) => isBelow(name, zone));
    if (signer === undefined) return withoutSigner(name, set ? 'signature-missing' : 'denial-missing', asker);
    const parent = await cutAt(signer, asker, true);
    if (parent.kind === 'none') return failed(unproved('key-missing', signer, []));
    if (parent.kind === 'unproved') return { cut: parent, ttl: lifeOf(parent, signer) };

    if (set === undefined) {
      const kind = message.rcode === NXDOMAIN ? 'nxdomain' : 'no-data';
      const denial = await proveDenial(name, TYPE.DS, kind, authorities, parent, seconds(), work);
      if (!denial.ok) return broken(denial.reason, name, parent.zones);
      if (denial.optOut) return { cut: unproved('opt-out', name, parent.zones), ttl: denial.ttl };
      if (denial.delegation) return { cut: unproved('unsigned-delegation', name, parent.zones), ttl: denial.ttl };
      return { cut: { kind: 'none', nonexistent: kind === 'nxdomain' }, ttl: denial.ttl };
    }
    const check = await verifyRRset(set, parent, seconds(), work);
    if (!check.ok) return broken(check.reason, name, parent.zones);
    if (set.typeCode === TYPE.CNAME) {
      const { expandedBelow } = check;
      if (expandedBelow !== null) {
        const wildcard = await proveWildcard(name, expandedBelow, authorities, parent, seconds(), work);
        if (!wildcard.ok) return broken(wildcard.reason, name, parent.zones);
      }
      // RFC 1034 §3.6.2: an alias has nothing beside it, so no zone begins here.
      return { cut: { kind: 'none', nonexistent: false }, ttl: check.ttl };
    }
    if (check.expandedBelow !== null) return broken('wildcard-unproven', name, parent.zones);
    const delegations = set.records.flatMap((record) => readDs(record) ?? []);
    return findKeys(name, delegations, parent.zones, check.ttl, work, () => keys ?? asker.ask(name, 'DNSKEY'));
  }

  async function findRoot(asker: Asker): Promise<Dated> {
    const found = await findKeys('.', anchors, [], LIMITS.dnsCacheSeconds, new Work(), () => asker.ask('.', 'DNSKEY'));
    if (found.cut.kind === 'zone') rootWasProved = true;
    return found;
  }

  /** RFC 4035 §5.2: a key that a DS record, or an anchor, names must sign all keys of the zone. */
  async function findKeys(
    zone: string,
    delegations: readonly Ds[],
    zones: readonly ProvedZone[],
    ttl: number,
    work: Work,
    askForKeys: () => Promise<DnsMessage | DnsFailure>,
  ): Promise<Dated> {
    const known = delegations.filter(({ algorithm }) => isSupportedAlgorithm(algorithm));
    if (known.length === 0) return { cut: unproved('algorithm-unsupported', zone, zones), ttl };
    const usable = known.filter(({ digestType }) => isSupportedDigest(digestType));
    if (usable.length === 0) return { cut: unproved('digest-unsupported', zone, zones), ttl };
    const message = await askForKeys();
    if (typeof message === 'string') return failed(unproved('keys-unavailable', zone, zones, message));
    const set = new Section(message.wire.answers).find(zone, TYPE.DNSKEY);
    if (set === undefined || set.signatures.length === 0) {
      if (zone === '.' && !rootWasProved) return failed(unproved('no-signatures-from-resolver', zone, zones));
      return broken(set ? 'signature-missing' : 'key-missing', zone, zones);
    }
    const keys = set.records.slice(0, LIMITS.dnssecKeys).flatMap((record: WireRecord) => readZoneKey(record) ?? []);
    const entries = await keysNamedBy(usable, zone, keys, work);
    if (entries.length === 0) return broken('ds-mismatch', zone, zones);
    const check = await verifyRRset(set, { zone, keys: entries }, seconds(), work);
    if (!check.ok) return broken(check.reason, zone, zones);
    if (check.expandedBelow !== null) return broken('signature-invalid', zone, zones);
    const proved = [...zones, { zone, signature: check.signature }];
    return { cut: { kind: 'zone', zone, keys, zones: proved }, ttl: Math.min(ttl, check.ttl) };
  }

  function broken(reason: DnssecReason, at: string, zones: readonly ProvedZone[]): Dated {
    const cut = unproved(reason, at, zones);
    return DNSSEC_REASONS[reason] === 'insecure' ? { cut, ttl: lifeOf(cut, at) } : failed(cut);
  }

  /** Nothing signed came: right below an unsigned delegation, a forgery or a broken zone elsewhere. */
  async function withoutSigner(name: string, reason: DnssecReason, asker: Asker): Promise<Dated> {
    const above = await enclosing(parentOf(name), asker);
    if (above.kind === 'unproved') return { cut: above, ttl: lifeOf(above, above.at) };
    return failed(unproved(reason, name, above.zones));
  }

  /** How long what was found elsewhere is known: as long as it is there. */
  function lifeOf({ reason }: Unproved, at: string): number {
    if (DNSSEC_REASONS[reason] !== 'insecure') return LIMITS.dnsFailureSeconds;
    const source = kept.get(at);
    return source === undefined ? LIMITS.dnsFailureSeconds : Math.max(0, (source.until - now()) / 1000);
  }

  async function enclosing(name: string, asker: Asker): Promise<Enclosing> {
    const count = labelsOf(name).length;
    // Unsigned delegations are nearly always one or two labels deep: both are asked for at once.
    for (let labels = 1; labels <= Math.min(2, count); labels++)
      void cutAt(lastLabels(name, labels), asker, labels === 1);
    let closest: Enclosing | undefined;
    for (let labels = 0; labels <= count; labels++) {
      const cut = await cutAt(lastLabels(name, labels), asker, labels <= 1);
      if (cut.kind === 'unproved') return cut;
      if (cut.kind === 'zone') closest = cut;
      else if (cut.nonexistent) break;
    }
    return closest ?? unproved('key-missing', '.', []);
  }

  return {
    cutAt,
    enclosing,
    clear() {
      kept.clear();
      open.clear();
      rootWasProved = false;
    },
  };
}

/** The deepest zone among those that claim to have signed the sets and may be responsible. */
export function deepestSigner(sets: readonly RRset[], mayBe: (zone: string) => boolean): string | undefined {
  return sets
    .flatMap(({ signatures }) => signatures.map(({ signer }) => signer))
    .filter(mayBe)
    .reduce<string | undefined>(
      (deepest, zone) => (deepest === undefined || labelsOf(zone).length > labelsOf(deepest).length ? zone : deepest),
      undefined,
    );
}

/** The keys whose digests the DS records hold. RFC 4509 §3: SHA-1 counts only where there is nothing better. */
async function keysNamedBy(
  delegations: readonly Ds[],
  zone: string,
  keys: readonly Dnskey[],
  work: Work,
): Promise<readonly Dnskey[]> {
  const better = delegations.filter(({ digestType }) => digestType !== 1);
  const owner = encodeName(zone);
  const named: Dnskey[] = [];
  for (const ds of better.length > 0 ? better : delegations) {
    const candidates = keys.filter(({ keyTag, algorithm }) => keyTag === ds.keyTag && algorithm === ds.algorithm);
    for (const key of candidates.slice(0, LIMITS.dnssecKeysPerTag)) {
      work.spendDigests(1);
      const digest = await keyDigest(ds.digestType, owner, key);
      if (digest && sameBytes(digest, ds.digest)) named.push(key);
    }
  }
  return named;
}
