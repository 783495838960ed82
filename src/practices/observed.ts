/**
 * Observed practice: what the mail this reader opened has shown of an author domain. That a domain which signed all its mail so far
 * now does not is odd in the sense of RFC 5016 §3.1 even where it publishes nothing: somebody may have left the signature out.
 *
 * It is learned from messages that passed all other checks, and adds to what a domain publishes without ever taking from it. Pure
 * functions; keeping observations is the host's business.
 */
import { isFirstParty } from '../dkim/relation.ts';
import type { DkimSignatureReport } from '../dkim/types.ts';
import { LIMITS } from '../limits.ts';

/** How often something was seen, and when: ISO times. */
export interface Seen {
  readonly messages: number;
  readonly since: string;
  readonly lastSeen: string;
}

export interface ObservedName extends Seen {
  readonly name: string;
}

/** What is told of an author domain. Its `messages` are those that say whether it signs. */
export interface ObservedPractice extends Seen {
  readonly domain: string;
  /** Of these messages, the ones with a valid first party signature. */
  readonly signed: number;
  /** Signing domains of its valid first party signatures, the latest first. */
  readonly signers: readonly ObservedName[];
  /** Signing domains of others who validly signed its mail: lists, mail services. */
  readonly relays: readonly ObservedName[];
  /** Lists its mail says to have come through, by what they call themselves: shown, never judged by. */
  readonly lists: readonly ObservedName[];
}

/** What is kept of an author domain. */
export interface Observation extends ObservedPractice {
  /** Digests of the messages counted latest, so that none counts twice. */
  readonly counted: readonly string[];
}

/** What a host keeps. It minds its own troubles and does not reject. */
export interface ObservedMemory {
  /** What is known of an author domain, in A-label form; null where nothing is. */
  find(domain: string): Promise<ObservedPractice | null>;
}

/** What is learned from: of a Report, exactly this. */
export interface Lesson {
  readonly level: string;
  readonly switches: { readonly dkim: boolean };
  readonly identities: { readonly from: readonly { readonly domain: string | null }[] };
  readonly dkim: readonly DkimSignatureReport[];
  readonly intermediaries: readonly { readonly kind: string; readonly name: string }[];
}

/** Levels of messages in which no check found anything odd, and none was left open. */
const SOUND_LEVELS: ReadonlySet<string> = new Set(['verified', 'signed', 'unsigned']);

/** The author domain a message teaches something about; null where there is not one, or where a check found something. */
export function taughtDomain({ level, switches, identities: { from } }: Lesson): string | null {
  if (!switches.dkim || !SOUND_LEVELS.has(level) || from.length !== 1) return null;
  return from[0]?.domain ?? null;
}

/**
 * What is known with one more message. Unchanged where that was counted before, or teaches nothing. A message whose own signature
 * does not verify, or that a list took apart, does not say whether the domain signs.
 * @param known of the domain that `taughtDomain` names
 * @param digest of the message, from `digestMessage`
 * @param at when the message was received
 */
export function learn(known: Observation | null, lesson: Lesson, digest: string, at: Date): Observation | null {
  const domain = taughtDomain(lesson);
  if (domain === null || known?.counted.includes(digest)) return known;
  const time = at.toISOString();
  const { dkim, intermediaries } = lesson;
  const [own, others] = validSigners(dkim);
  const lists = intermediaries.filter(({ kind }) => kind === 'list').map(({ name }) => name);
  const tells = own.length > 0 || (lists.length === 0 && !dkim.some(isOwn));
  const before = known ?? unknown(domain, time);
  return {
    domain,
    ...widen(before, time, tells ? 1 : 0),
    signed: before.signed + (own.length > 0 ? 1 : 0),
    signers: addNames(before.signers, own, time),
    relays: addNames(before.relays, others, time),
    lists: addNames(before.lists, lists, time),
    counted: [...before.counted, digest].slice(-LIMITS.observedDigests),
  };
}

/** What a domain was seen to do, where enough of its mail was seen to call it a habit. */
export type ObservedHabit = 'always-signed' | 'mostly-signed' | 'sometimes-signed' | 'never-signed';

/** The habit of an author domain; null as long as little is known. */
export function signingHabit({
  messages,
  signed,
}: Pick<ObservedPractice, 'messages' | 'signed'>): ObservedHabit | null {
  if (messages < LIMITS.observedMessages) return null;
  if (signed === messages) return 'always-signed';
  if (signed === 0) return 'never-signed';
  return isHabit(signed, messages) ? 'mostly-signed' : 'sometimes-signed';
}

function isHabit(some: number, all: number): boolean {
  return some * 100 >= all * LIMITS.observedHabitPercent;
}

/** How a message differs from those before. */
export interface Unlikeness {
  /** It has no valid first party signature, though all or nearly all of them had one. */
  readonly unsigned: 'unlike-all' | 'unlike-most' | null;
  /** Domains that validly signed it and none of them. */
  readonly newSigners: readonly string[];
}

/** Compares a message with what was known before it was learned from. Says nothing as long as little is known. */
export function judge(
  { messages, signed, signers, relays }: ObservedPractice,
  { dkim }: Pick<Lesson, 'dkim'>,
): Unlikeness {
  if (messages < LIMITS.observedMessages) return { unsigned: null, newSigners: [] };
  const [own, others] = validSigners(dkim);
  const known = new Set([...signers, ...relays].map(({ name }) => name));
  const told = own.length > 0 ? own : others;
  // Whoever passed such mail on before may have broken its signature.
  const isUnsigned = own.length === 0 && !others.some((domain) => known.has(domain));
  return {
    unsigned: isUnsigned ? unlike(signingHabit({ messages, signed })) : null,
    newSigners: told.filter((domain) => !known.has(domain)),
  };
}

function unlike(habit: ObservedHabit | null): Unlikeness['unsigned'] {
  if (habit === 'always-signed') return 'unlike-all';
  return habit === 'mostly-signed' ? 'unlike-most' : null;
}

function unknown(domain: string, time: string): Observation {
  const nothing = { signed: 0, signers: [], relays: [], lists: [], counted: [] };
  return { domain, messages: 0, since: time, lastSeen: time, ...nothing };
}

/** Domains of the valid signatures: the author's own domain, and others. A key in test mode makes none (RFC 6376 §3.6.1 t=y). */
function validSigners(dkim: readonly DkimSignatureReport[]): readonly [readonly string[], readonly string[]] {
  const valid = dkim.filter(({ result, testing }) => result === 'pass' && !testing);
  const domains = (signatures: readonly DkimSignatureReport[]): readonly string[] => [
    ...new Set(signatures.flatMap(({ domain }) => domain ?? [])),
  ];
  return [domains(valid.filter(isOwn)), domains(valid.filter((signature) => !isOwn(signature)))];
}

function isOwn({ relation }: DkimSignatureReport): boolean {
  return isFirstParty(relation);
}

function widen({ messages, since, lastSeen }: Seen, time: string, count: number): Seen {
  return {
    messages: messages + count,
    since: since < time ? since : time,
    lastSeen: lastSeen > time ? lastSeen : time,
  };
}

/** Counts names that one message shows, each once; of too many those seen latest stay. */
function addNames(known: readonly ObservedName[], shown: readonly string[], time: string): readonly ObservedName[] {
  const byName = new Map(known.map((one) => [one.name, one]));
  const names = shown.map((name) => name.slice(0, LIMITS.observedNameCharacters));
  for (const name of new Set(names)) {
    const before = byName.get(name) ?? { messages: 0, since: time, lastSeen: time };
    byName.set(name, { name, ...widen(before, time, 1) });
  }
  return [...byName.values()]
    .sort((left, right) => Date.parse(right.lastSeen) - Date.parse(left.lastSeen))
    .slice(0, LIMITS.observedNames);
}
