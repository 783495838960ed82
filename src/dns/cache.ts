/**
 * Answers remembered for as long as DNS lets them be, and one question at a time for each name and type. Implements RFC 1035
 * §3.2.1 (TTL), RFC 2308 §5 (negative answers), RFC 9520 §3.2 (failures).
 *
 * Known differences: an NXDOMAIN is not taken to deny the names below it (RFC 8020): behind an alias it speaks of the alias's
 * target (RFC 6604 §3), which the answer no longer shows. Answers past their TTL are never used (RFC 8767 would allow it): a
 * revoked key must stop working.
 */
import { LIMITS } from '../limits.ts';
import { restoreEntries } from './cache-snapshot.ts';
import type { CacheEntry, CacheSnapshot, CacheStore } from './cache-snapshot.ts';
import { untilAborted } from './deadline.ts';
import { normalizeName } from './question.ts';
import type { DnsAnswer, QueryOptions, RecordType, Resolver } from './resolver.ts';

export interface CacheOptions {
  /** The clock. Default: the system's. */
  readonly now?: (() => Date) | undefined;
  /** Answers kept; the longest unused goes first. Default `LIMITS.dnsCacheEntries`. */
  readonly maxEntries?: number | undefined;
  /** Where answers outlive this process. Default: nowhere. */
  readonly store?: CacheStore | undefined;
}

export interface CachingResolver extends Resolver {
  /** Forgets every answer, also in the store: which names were asked for tells whose mail was read. */
  clear(): void;
}

/** A question somebody is waiting for. */
interface Flight {
  readonly answer: Promise<DnsAnswer>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Wraps a resolver with a cache. Answers from it, and those shared with an earlier caller who is still waiting, say `cached`.
 * A caller who gives up leaves the question to the others; when the last one does, the question is given up too.
 * @throws {RangeError} where `maxEntries` is not a positive whole number
 */
export function withCache(resolver: Resolver, options: CacheOptions = {}): CachingResolver {
  const { now = () => new Date(), maxEntries = LIMITS.dnsCacheEntries, store } = options;
  if (!Number.isSafeInteger(maxEntries) || maxEntries < 1)
    throw new RangeError('withCache: maxEntries must be positive');
  /** In the order of last use. */
  const entries = new Map<string, CacheEntry>();
  const flights = new Map<string, Flight>();
  let restored: Promise<void> | undefined;
  let cleared = false;
  let unsaved = false;

  function remember(key: string, entry: CacheEntry): void {
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size <= maxEntries) return;
    const [oldest] = entries.keys();
    if (oldest !== undefined) entries.delete(oldest);
  }

  function recall(key: string): DnsAnswer | undefined {
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    const time = now().getTime();
    // A clock set back would make answers live longer than their TTL.
    if (time < entry.storedAt || time >= entry.expiresAt) {
      entries.delete(key);
      return undefined;
    }
    remember(key, entry);
    if (entry.answer.kind === 'failure') return { ...entry.answer, cached: true };
    return { ...entry.answer, cached: true, ttl: Math.ceil((entry.expiresAt - time) / 1000) };
  }

  function snapshot(): CacheSnapshot {
    const kept = [...entries.values()].filter((entry) => entry.answer.kind !== 'failure');
    return { version: 1, entries: kept };
  }

  /** Storage that cannot be read is an empty one: it may make a check slower, never fail it. */
  async function restore(from: CacheStore): Promise<void> {
    const saved = await from.load().catch(() => undefined);
    if (cleared) return;
    for (const entry of restoreEntries(saved, now())) remember(keyOf(entry.answer.name, entry.answer.type), entry);
  }

  function depart(name: string, type: RecordType): Flight {
    const key = keyOf(name, type);
    const controller = new AbortController();
    const answer = resolver.query(name, type, { signal: controller.signal }).then(
      (value) => {
        land(key, flight, value);
        return value;
      },
      (error: unknown) => {
        land(key, flight);
        throw error;
      },
    );
    const flight: Flight = { answer, controller, waiting: 0 };
    flights.set(key, flight);
    return flight;
  }

  /** The end of a question: answered, failed by a bug, or given up. One that was given up or cleared before has ended already. */
  function land(key: string, flight: Flight, answer?: DnsAnswer): void {
    if (flights.get(key) !== flight) return;
    flights.delete(key);
    const seconds = answer === undefined ? 0 : secondsToKeep(answer);
    if (answer !== undefined && seconds > 0) {
      const storedAt = now().getTime();
      remember(key, { answer, storedAt, expiresAt: storedAt + seconds * 1000 });
      unsaved ||= answer.kind !== 'failure';
    }
    if (flights.size === 0 && unsaved) {
      unsaved = false;
      store?.save(snapshot);
    }
  }

  return {
    async query<T extends RecordType>(name: string, type: T, { signal }: QueryOptions = {}): Promise<DnsAnswer<T>> {
      const asked = normalizeName(name);
      if (asked === undefined) return resolver.query(name, type, { signal });
      if (store !== undefined) await untilAborted((restored ??= restore(store)), signal);
      signal?.throwIfAborted();
      const key = keyOf(asked, type);
      const known = recall(key);
      if (known !== undefined) return answerTo(known, type);
      const earlier = flights.get(key);
      const flight = earlier ?? depart(asked, type);
      flight.waiting++;
      try {
        const answer = await untilAborted(flight.answer, signal);
        return answerTo(earlier === undefined ? answer : { ...answer, cached: true }, type);
      } finally {
        if (--flight.waiting === 0) {
          land(key, flight);
          flight.controller.abort();
        }
      }
    },
    clear() {
      cleared = true;
      entries.clear();
      flights.clear();
      store?.save(snapshot);
    },
  };
}

function keyOf(name: string, type: RecordType): string {
  return `${type} ${name}`;
}

/** The bound on what TTLs ask for; 0 for what is not kept. */
function secondsToKeep(answer: DnsAnswer): number {
  switch (answer.kind) {
    case 'records':
      return Math.min(answer.ttl, LIMITS.dnsCacheSeconds);
    case 'no-data':
    case 'nxdomain':
      return Math.min(answer.ttl, LIMITS.dnsNegativeSeconds);
    case 'failure':
      // Being offline is no failure of a resolver, and its end should show at once. The others: a mail list of fifty messages
      // from one broken domain must not ask fifty times, and a reader who tries again a moment later must not get the old answer.
      return answer.failure === 'offline' || answer.failure === 'not-configured' ? 0 : LIMITS.dnsFailureSeconds;
  }
}

/** The answer as one to the type it was asked for, which its key says. */
function answerTo<T extends RecordType>(answer: DnsAnswer, type: T): DnsAnswer<T> {
  if (!isAnswerTo(answer, type))
    throw new TypeError(`withCache: the resolver answered ${answer.type} instead of ${type}`);
  return answer;
}

function isAnswerTo<T extends RecordType>(answer: DnsAnswer, type: T): answer is DnsAnswer<T> {
  return answer.type === type;
}
