/**
 * The DNS tree walk: which names it asks, what their answers say, and the organizational domain they give. Implements RFC 9989
 * §4.10 and §4.10.2. Everything here is computed from answers that are in already, so that all names can be asked at once.
 *
 * Known differences: RFC 9989 §4.10 asks one name after the other and stops at a psd tag; here all are asked together, and answers
 * beyond the stop are as if never asked: a failure there is harmless. A failure below it leaves the organizational domain unknown.
 */
import type { DnsAnswer } from '../dns/resolver.ts';
import { below, labelsOf, lastLabels } from '../domain/name.ts';
import type { DomainName } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { isDmarcRecord, parseDmarcRecord, resemblesDmarcRecord } from './parse.ts';
import type { DmarcReason } from './reasons.ts';
import type { DmarcRecord, DmarcWalkStep } from './types.ts';

/** Why a place in the tree could not be read. */
export type Obstacle = Extract<DmarcReason, 'policy-unavailable' | 'record-too-long'>;

/** One place of the walk, with what it says. */
export interface Place {
  readonly domain: DomainName;
  readonly step: DmarcWalkStep;
  /** The one record that counts here. */
  readonly record: DmarcRecord | null;
  readonly obstacle: Obstacle | null;
}

/** A walk up to where it stops, start first. */
export type Walk = readonly [start: Place, ...above: Place[]];

/** The name asked for at a domain; undefined where it would be longer than DNS allows, so that nothing can be there. */
export function dmarcName(domain: DomainName): DomainName | undefined {
  return below('_dmarc', domain);
}

/** The domains a walk visits, start first: at most `LIMITS.dmarcWalkQueries` (RFC 9989 §4.10 steps 3, 4 and 7). */
export function walkTargets(start: DomainName): readonly DomainName[] {
  const targets = [start];
  // Step 4: one label less, but from eight labels or more straight to seven.
  const first = Math.min(labelsOf(start).length - 1, LIMITS.dmarcWalkQueries - 1);
  for (let labels = first; labels >= 1; labels--) targets.push(lastLabels(start, labels));
  return targets;
}

/** Answers by the name asked for. */
export type TxtAnswers = ReadonlyMap<string, DnsAnswer<'TXT'>>;

/** Follows a walk through answers that hold at least every name of {@link walkTargets}. */
export function followWalk(start: DomainName, answers: TxtAnswers): Walk {
  const walk: [Place, ...Place[]] = [readPlace(start, answers)];
  for (const target of walkTargets(start).slice(1)) {
    if (stops(walk[walk.length - 1])) break;
    walk.push(readPlace(target, answers));
  }
  return walk;
}

/** RFC 9989 §4.10 steps 2 and 6: a record with psd=y or psd=n ends the walk. */
function stops(place: Place | undefined): boolean {
  return place?.record?.psd === 'y' || place?.record?.psd === 'n';
}

function readPlace(domain: DomainName, answers: TxtAnswers): Place {
  const name = dmarcName(domain);
  const asked = { name: name ?? `_dmarc.${domain}`, record: null, failure: null };
  if (name === undefined) {
    const step = { ...asked, outcome: 'no-record', ttl: null, dnssec: 'indeterminate' } as const;
    return { domain, step, record: null, obstacle: null };
  }
  const answer = answers.get(name);
  if (answer === undefined) throw new TypeError(`the walk from a domain needs the answer for ${name}`);
  if (answer.kind === 'failure') {
    const step = { ...asked, outcome: 'failure', ttl: null, dnssec: 'indeterminate', failure: answer.failure } as const;
    return { domain, step, record: null, obstacle: 'policy-unavailable' };
  }

  const found = { ...asked, ttl: answer.ttl, dnssec: answer.dnssec };
  const texts = answer.kind === 'records' ? answer.records : [];
  // RFC 9989 §4.10 steps 2 and 6: what is not DMARC is discarded first, then several records discard each other.
  const [text, ...others] = texts.filter(isDmarcRecord);
  if (text === undefined) {
    const near = texts.find(resemblesDmarcRecord);
    const step =
      near === undefined
        ? ({ ...found, outcome: 'no-record' } as const)
        : ({ ...found, outcome: 'invalid-record', record: near } as const);
    return { domain, step, record: null, obstacle: null };
  }
  if (others.length > 0) {
    return { domain, step: { ...found, outcome: 'several-records' }, record: null, obstacle: null };
  }
  const parsed = parseDmarcRecord(text);
  if (!parsed.ok) {
    const step = { ...found, outcome: 'invalid-record' } as const;
    return { domain, step, record: null, obstacle: 'record-too-long' };
  }
  const outcome = parsed.value.processable ? 'record' : 'invalid-record';
  return { domain, step: { ...found, outcome, record: text }, record: parsed.value, obstacle: null };
}

export type OrganizationalDomain =
  { readonly known: true; readonly domain: DomainName } | { readonly known: false; readonly obstacle: Obstacle };

/** RFC 9989 §4.10.2: the organizational domain of a walk's start. */
export function organizationalDomainOf(walk: Walk): OrganizationalDomain {
  const obstacle = walk.find((place) => place.obstacle !== null)?.obstacle ?? null;
  if (obstacle !== null) return { known: false, obstacle };
  const [start] = walk;
  const records = walk.filter((place) => place.record !== null);
  const top = records.at(-1);
  if (top === undefined) return { known: true, domain: start.domain };
  // Rules 1 and 3 name the same place: the walk ends at a psd=n record, else its topmost record has the fewest labels.
  // Rule 2: a psd=y record other than the start's own makes it the name one label below.
  if (top.record?.psd !== 'y' || top === start) return { known: true, domain: top.domain };
  return { known: true, domain: lastLabels(start.domain, labelsOf(top.domain).length + 1) };
}
