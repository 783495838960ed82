/**
 * What a domain's SPF records amount to: the tree of "include" and redirect=, with look-ups counted against the limits, for the
 * domain's own postmaster. Implements the profiler that draft-newton-maawg-spf-considerations §6.1 recommends, over RFC 7208
 * and RFC 4406.
 *
 * Nothing here depends on a client: what would be asked for one client or message only is named, not asked. Every tree is
 * bounded by LIMITS.spfProfileRecords and LIMITS.spfProfileQueries.
 */
import type { DnsAnswer, RecordType, Resolver } from '../dns/resolver.ts';
import { LIMITS } from '../limits.ts';
import { openLookups } from './lookups.ts';
import type { Lookups } from './lookups.ts';
import { usesMacro } from './macro.ts';
import { parseSpfRecord } from './parse.ts';
import { profileFindings } from './profile-findings.ts';
import { NO_VOIDS, profileTerm, sumVoids } from './profile-term.ts';
import type { Place } from './profile-term.ts';
import { selectRecords } from './select.ts';
import { identityDomain } from './target-name.ts';
import type { SpfIdentity, SpfProfile, SpfProfileRecord, SpfProfileTree, SpfTerm } from './types.ts';

export interface ProfileSpfOptions {
  readonly resolver: Resolver;
  /** Not used: a profile depends on no time. Taken so that every public function has the same options. */
  readonly now?: Date | (() => Date) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const IDENTITIES: readonly SpfIdentity[] = ['mfrom', 'helo', 'pra'];

interface Profiling {
  /** The domain profiled, which is what %{o} stands for. */
  readonly domain: string;
  readonly lookups: Lookups;
  readonly asked: Set<string>;
  records: number;
  complete: boolean;
}

/**
 * Profiles the SPF records of a domain.
 * @param domain as written; U-labels become A-labels
 * @throws the reason of an aborted `signal`
 */
export async function profileSpf(domain: string, options: ProfileSpfOptions): Promise<SpfProfile> {
  const limits = { lookups: LIMITS.spfLookupTerms, voidLookups: LIMITS.spfVoidLookups };
  const name = identityDomain(domain);
  if (name === undefined) return { domain, wellFormed: false, limits, trees: [], queries: 0, complete: true };
  const { resolver, signal } = options;
  const lookups = openLookups({ resolver, signal, deadline: LIMITS.checkDeadline });
  try {
    const profiling: Profiling = { domain: name, lookups, asked: new Set(), records: 0, complete: true };
    const answer = await ask(profiling, name, 'TXT');
    const texts = answer?.kind === 'records' ? answer.records : [];
    const trees = await Promise.all(
      identityGroups(texts).map((identities) => profileTree(profiling, name, identities)),
    );
    const { asked, complete } = profiling;
    return { domain: name, wellFormed: true, limits, trees, queries: asked.size, complete };
  } finally {
    lookups.close();
  }
}

/** The identities for which the same records speak (RFC 4406 §4.4), in the order of {@link IDENTITIES}. */
function identityGroups(texts: readonly string[]): readonly (readonly [SpfIdentity, ...SpfIdentity[]])[] {
  const groups = new Map<string, [SpfIdentity, ...SpfIdentity[]]>();
  for (const identity of IDENTITIES) {
    const choice = JSON.stringify(selectRecords(texts, identity).map(({ text }) => text));
    const group = groups.get(choice);
    if (group === undefined) groups.set(choice, [identity]);
    else group.push(identity);
  }
  return [...groups.values()];
}

async function profileTree(
  profiling: Profiling,
  name: string,
  identities: readonly [SpfIdentity, ...SpfIdentity[]],
): Promise<SpfProfileTree> {
  const root = await profileRecord(profiling, identities[0], name, []);
  // The PTR question of %{p} counts once, whatever the number of terms that need it (RFC 7208 §4.6.4).
  const lookups = root.lookups + (needsPointer(root) ? 1 : 0);
  const { voidLookups } = root;
  return { identities, root, lookups, voidLookups, findings: profileFindings(root, lookups) };
}

function needsPointer(record: SpfProfileRecord): boolean {
  return record.terms.some(({ term, reachable, leadsTo }) => {
    const domain = reachable && term.kind !== 'exp' && 'domain' in term ? term.domain : null;
    return (domain !== null && usesMacro(domain, 'p')) || (leadsTo !== null && needsPointer(leadsTo));
  });
}

/** An answer, or undefined where the budget of questions is used up. */
async function ask<T extends RecordType>(
  profiling: Profiling,
  name: string,
  type: T,
): Promise<DnsAnswer<T> | undefined> {
  const key = `${type} ${name}`;
  if (!profiling.asked.has(key) && profiling.asked.size >= LIMITS.spfProfileQueries) {
    profiling.complete = false;
    return undefined;
  }
  profiling.asked.add(key);
  return await profiling.lookups.ask(name, type);
}

/** @param path names of the records that lead here */
async function profileRecord(
  profiling: Profiling,
  identity: SpfIdentity,
  name: string,
  path: readonly string[],
): Promise<SpfProfileRecord> {
  const known = { ...EMPTY_RECORD, name };
  if (path.includes(name)) return { ...known, outcome: 'loop' };
  // Counted before the question is asked: many of them are open at once.
  const room = profiling.records++ < LIMITS.spfProfileRecords;
  const answer = room ? await ask(profiling, name, 'TXT') : undefined;
  if (answer === undefined) {
    profiling.complete = false;
    return { ...known, outcome: 'not-read' };
  }
  if (answer.kind === 'failure') return { ...known, outcome: 'failure', failure: answer.failure };
  const texts = answer.kind === 'records' ? answer.records : [];
  const octets = texts.reduce((sum, text) => sum + text.length, name.length);
  const found = { ...known, octets, ttl: answer.ttl, dnssec: answer.dnssec };
  const [selected, ...others] = selectRecords(texts, identity);
  if (selected === undefined) {
    return { ...found, outcome: answer.kind === 'nxdomain' ? 'nonexistent-domain' : 'no-record' };
  }
  if (others.length > 0) return { ...found, outcome: 'several-records' };
  const { text: record, terms: parsed, problems, cut } = parseSpfRecord(selected.text, selected.version);
  const place: Place = {
    recordName: name,
    domain: profiling.domain,
    ask: (question, type) => ask(profiling, question, type),
    readRecord: (next) => profileRecord(profiling, identity, next, [...path, name]),
  };
  const all = parsed.find((term) => term.kind === 'all');
  const terms = await Promise.all(parsed.map((term) => profileTerm(term, isReachable(term, all), place)));
  const lookups = terms.reduce((sum, term) => sum + term.lookups, 0);
  const voidLookups = sumVoids(terms.map((term) => term.voidLookups));
  return { ...found, outcome: 'record', record, problems, cut, terms, lookups, voidLookups };
}

const EMPTY_RECORD: Omit<SpfProfileRecord, 'name' | 'outcome'> = {
  record: null,
  failure: null,
  ttl: null,
  dnssec: 'indeterminate',
  octets: 0,
  problems: [],
  cut: null,
  terms: [],
  lookups: 0,
  voidLookups: NO_VOIDS,
};

/** Mechanisms behind "all" are ignored (RFC 7208 §5.1), and so is redirect= wherever "all" is (§6.1). */
function isReachable(term: SpfTerm, all: SpfTerm | undefined): boolean {
  if (all === undefined || term.kind === 'exp' || term.kind === 'unknown-modifier') return true;
  return term.kind !== 'redirect' && term.at <= all.at;
}
