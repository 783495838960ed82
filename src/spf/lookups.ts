/**
 * All DNS questions of one check: asked once each, counted against the limits of RFC 7208 §4.6.4, and ended by one deadline.
 *
 * Questions may be asked ahead of the evaluation, so that independent ones travel together; what is counted is only what the
 * evaluation uses, in its own order, so limits and results are those of one question after the other.
 */
import { untilAborted } from '../dns/deadline.ts';
import { failureAnswer } from '../dns/question.ts';
import type { DnsAnswer, DnssecState, RecordType, Resolver } from '../dns/resolver.ts';
import { LIMITS } from '../limits.ts';

export interface LookupOptions {
  readonly resolver: Resolver;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds all questions together may take. */
  readonly deadline: number;
}

export interface Lookups {
  /** The answer, after the deadline a `timeout` failure. Rejects for an aborted signal. */
  ask<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>>;
  /** Sends a question whose answer will be asked for in a moment. */
  send(name: string, type: RecordType): void;
  /** Sends a question whose answer will probably be wanted, as long as the budget for such questions lasts. */
  sendAhead(name: string, type: RecordType): void;
  /** Counts a term that causes look-ups; false where it is one too many. */
  countTerm(): boolean;
  /** Counts a look-up that found nothing; false where it is one too many. */
  countVoid(): boolean;
  /** Whether the deadline is over. */
  expired(): boolean;
  summary(): LookupSummary;
  /** Stops the clock and gives up what is still open. */
  close(): void;
}

export interface LookupSummary {
  readonly lookups: number;
  readonly voidLookups: number;
  readonly dnssec: DnssecState;
  readonly ttl: number | null;
}

type OpenQuestion = Promise<DnsAnswer>;
/** One for all checks: an error made for each would cost its stack every time. */
const OVER = new Error('the SPF check is over');
const STATES: readonly DnssecState[] = ['indeterminate', 'insecure', 'secure'];

export function openLookups(options: LookupOptions): Lookups {
  const { resolver, signal } = options;
  signal?.throwIfAborted();
  const questions = new Map<string, OpenQuestion>();
  const controller = new AbortController();
  let terms = 0;
  let voids = 0;
  let ahead = 0;
  let expired = false;
  let ttl: number | null = null;
  let dnssec: DnssecState | null = null;

  const stop = (): void => controller.abort(OVER);
  const timer = setTimeout(() => {
    expired = true;
    stop();
  }, options.deadline);
  signal?.addEventListener('abort', stop, { once: true });

  const question = (name: string, type: RecordType): OpenQuestion => {
    const key = `${type} ${name}`;
    const known = questions.get(key);
    if (known !== undefined) return known;
    const sent = resolver.query(name, type, { signal: controller.signal });
    // A question asked ahead may never be awaited; its rejection is nobody's error then.
    sent.catch(() => undefined);
    questions.set(key, sent);
    return sent;
  };

  const answerOf = async (name: string, type: RecordType): Promise<DnsAnswer> => {
    try {
      return await untilAborted(question(name, type), controller.signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (!expired) throw error;
      return failureAnswer(name, type, 'timeout', 'deadline of the SPF check');
    }
  };

  return {
    async ask<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      const answer = (await answerOf(name, type)) as DnsAnswer<T>; // the port answers with the type asked for
      const state = answer.kind === 'failure' ? 'indeterminate' : answer.dnssec;
      if (dnssec === null || STATES.indexOf(state) < STATES.indexOf(dnssec)) dnssec = state;
      if (answer.kind !== 'failure') ttl = ttl === null ? answer.ttl : Math.min(ttl, answer.ttl);
      return answer;
    },
    send(name, type) {
      void question(name, type);
    },
    sendAhead(name, type) {
      if (ahead >= LIMITS.spfLookupTerms || questions.has(`${type} ${name}`)) return;
      ahead++;
      void question(name, type);
    },
    countTerm() {
      if (terms >= LIMITS.spfLookupTerms) return false;
      terms++;
      return true;
    },
    countVoid() {
      voids++;
      return voids <= LIMITS.spfVoidLookups;
    },
    expired: () => expired,
    summary: () => ({ lookups: terms, voidLookups: voids, dnssec: dnssec ?? 'indeterminate', ttl }),
    close() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      stop();
    },
  };
}
