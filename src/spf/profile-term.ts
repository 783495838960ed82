/** What one term of a profiled record asks for and finds (RFC 7208 §4.6.4, §5, §6). */
import type { DnsAnswer, RecordType } from '../dns/resolver.ts';
import { LIMITS } from '../limits.ts';
import { parseMacroString, usesMacro } from './macro.ts';
import { expandTargetName, isMultiLabel, toTargetName } from './target-name.ts';
import type { MacroString, MacroValues, SpfProfileRecord, SpfProfileTerm, SpfTerm, VoidLookups } from './types.ts';

/** Where a term stands, and how to look further. */
export interface Place {
  /** The name of the record the term is in, which is what %{d} stands for. */
  readonly recordName: string;
  /** The domain profiled, which is what %{o} stands for. */
  readonly domain: string;
  /** Undefined where no more questions may be asked. */
  ask<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T> | undefined>;
  readRecord(name: string): Promise<SpfProfileRecord>;
}

/** Letters whose value only a message has; "d" and "o" are known to a profile. */
const MESSAGE_LETTERS = 'slipvhcrt';
export const NO_VOIDS: VoidLookups = { ipv4: 0, ipv6: 0 };

type Found = SpfProfileTerm['found'];

export async function profileTerm(term: SpfTerm, reachable: boolean, place: Place): Promise<SpfProfileTerm> {
  const spec = 'domain' in term ? term.domain : null;
  const dependsOnMessage = spec !== null && usesMacro(spec, MESSAGE_LETTERS);
  const target = dependsOnMessage ? undefined : targetOf(term, spec, place);
  const known: SpfProfileTerm = {
    term,
    reachable,
    target: target ?? null,
    dependsOnMessage,
    found: null,
    mxNames: null,
    lookups: reachable && causesLookups(term) ? 1 : 0,
    voidLookups: NO_VOIDS,
    leadsTo: null,
  };
  if (!reachable || target === undefined) return known;
  return { ...known, ...(await lookUp(term, target, known.lookups, place)) };
}

/** RFC 7208 §4.6.4. */
function causesLookups(term: SpfTerm): boolean {
  return 'domain' in term && term.kind !== 'exp';
}

function targetOf(term: SpfTerm, spec: MacroString | null, { recordName, domain }: Place): string | undefined {
  if (spec === null) return causesLookups(term) ? recordName : undefined;
  const values: MacroValues = { ...UNKNOWN_VALUES, d: recordName, o: domain };
  const name = expandTargetName(spec, values);
  const needsRecord = term.kind === 'include' || term.kind === 'redirect';
  return name !== undefined && needsRecord && !isMultiLabel(name) ? undefined : name;
}

const UNKNOWN_VALUES: MacroValues = { s: '', l: '', o: '', d: '', i: '', p: '', h: '', c: '', r: '', t: '', v: '' };

type LookedUp = Partial<Pick<SpfProfileTerm, 'found' | 'mxNames' | 'lookups' | 'voidLookups' | 'leadsTo'>>;

async function lookUp(term: SpfTerm, target: string, lookups: number, place: Place): Promise<LookedUp> {
  switch (term.kind) {
    case 'include':
    case 'redirect': {
      const leadsTo = await place.readRecord(target);
      const { voidLookups } = leadsTo;
      return { leadsTo, found: FOUND[leadsTo.outcome], lookups: lookups + leadsTo.lookups, voidLookups };
    }
    case 'a':
      return await hostLookUp(target, place);
    case 'mx':
      return await mailServers(target, place);
    case 'exists': {
      const found = foundIn(await place.ask(target, 'A'));
      const voids = found === 'nothing' ? 1 : 0;
      return { found, voidLookups: { ipv4: voids, ipv6: voids } };
    }
    case 'exp':
      return { found: await findExplanation(target, place) };
    // What "ptr" finds belongs to the client, the others ask nothing.
    case 'ptr':
    case 'all':
    case 'ip4':
    case 'ip6':
    case 'unknown-modifier':
      return {};
  }
}

const FOUND: Readonly<Record<SpfProfileRecord['outcome'], Found>> = {
  record: 'records',
  'several-records': 'records',
  'no-record': 'nothing',
  'nonexistent-domain': 'nothing',
  failure: 'failure',
  loop: null,
  'not-read': null,
};

function foundIn(answer: DnsAnswer | undefined): Found {
  if (answer === undefined) return null;
  if (answer.kind === 'records') return 'records';
  return answer.kind === 'failure' ? 'failure' : 'nothing';
}

/** The addresses of a host; which of the two questions an evaluation asks depends on the client. */
async function hostLookUp(
  name: string,
  place: Place,
): Promise<{ readonly found: Found; readonly voidLookups: VoidLookups }> {
  const [ipv4, ipv6] = (await Promise.all([place.ask(name, 'A'), place.ask(name, 'AAAA')])).map(foundIn);
  const voidLookups = { ipv4: ipv4 === 'nothing' ? 1 : 0, ipv6: ipv6 === 'nothing' ? 1 : 0 };
  const found = [ipv4, ipv6].find((kind) => kind === 'records') ?? [ipv4, ipv6].find((kind) => kind === 'failure');
  return { found: found ?? ipv4 ?? ipv6 ?? null, voidLookups };
}

async function mailServers(target: string, place: Place): Promise<LookedUp> {
  const answer = await place.ask(target, 'MX');
  const found = foundIn(answer);
  if (answer?.kind !== 'records') {
    const voids = found === 'nothing' ? 1 : 0;
    return { found, voidLookups: { ipv4: voids, ipv6: voids } };
  }
  const names = answer.records.slice(0, LIMITS.spfMxNames).flatMap(({ exchange }) => toTargetName(exchange) ?? []);
  const hosts = await Promise.all(names.map((name) => hostLookUp(name, place)));
  return { found, mxNames: answer.records.length, voidLookups: sumVoids(hosts.map((host) => host.voidLookups)) };
}

export function sumVoids(counts: readonly VoidLookups[]): VoidLookups {
  return counts.reduce((sum, { ipv4, ipv6 }) => ({ ipv4: sum.ipv4 + ipv4, ipv6: sum.ipv6 + ipv6 }), NO_VOIDS);
}

/** RFC 7208 §6.2: exactly one TXT record that is a legal explain-string. */
async function findExplanation(target: string, place: Place): Promise<Found> {
  const answer = await place.ask(target, 'TXT');
  if (answer?.kind !== 'records') return foundIn(answer);
  const [text, ...others] = answer.records;
  const usable = text !== undefined && others.length === 0 && parseMacroString(text, 0, true).ok;
  return usable ? 'records' : 'nothing';
}
