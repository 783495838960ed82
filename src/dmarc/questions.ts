/**
 * The questions one look at a domain's practices asks: each name once, however many rules want its answer. A tree walk, its
 * neighbours' walks and ADSP share names; this keeps the number of questions constant whatever resolver stands behind it
 * (RFC 5016 §6 requirement 2).
 */
import type { DnsAnswer, DnssecState, Resolver } from '../dns/resolver.ts';

/** What every look-up of practices takes. */
export interface LookupOptions {
  readonly resolver: Resolver;
  /** The clock. Statements do not depend on the time; it dates them. Default: the clock of the machine. */
  readonly now?: Date | (() => Date) | undefined;
  /** Gives up; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface Questions {
  txt(name: string): Promise<DnsAnswer<'TXT'>>;
  mx(name: string): Promise<DnsAnswer<'MX'>>;
}

export function createQuestions({ resolver, signal }: LookupOptions): Questions {
  const txt = new Map<string, Promise<DnsAnswer<'TXT'>>>();
  const mx = new Map<string, Promise<DnsAnswer<'MX'>>>();
  return {
    txt: (name) => once(txt, name, () => resolver.query(name, 'TXT', { signal })),
    mx: (name) => once(mx, name, () => resolver.query(name, 'MX', { signal })),
  };
}

function once<V>(asked: Map<string, Promise<V>>, name: string, ask: () => Promise<V>): Promise<V> {
  const known = asked.get(name);
  if (known !== undefined) return known;
  const answer = ask();
  asked.set(name, answer);
  return answer;
}

export type Existence = 'exists' | 'nonexistent' | 'unknown';

/**
 * Whether a domain exists (RFC 9989 §3.2.13, §A.4; RFC 5617 §4.3): only NXDOMAIN says no, for any type asked.
 * @param own the answer for the domain itself
 * @param below an answer for a name below it: where that name exists, or is an empty place in the tree, so does the domain
 */
export function existenceOf(own: DnsAnswer, below?: DnsAnswer): Existence {
  if (own.kind === 'nxdomain') return 'nonexistent';
  if (own.kind !== 'failure') return 'exists';
  return below?.kind === 'records' || below?.kind === 'no-data' ? 'exists' : 'unknown';
}

/** The weakest of several states: a conclusion is worth no more than the least of the answers it rests on. */
export function weakestDnssec(states: readonly DnssecState[]): DnssecState {
  if (states.length === 0 || states.includes('indeterminate')) return 'indeterminate';
  return states.includes('insecure') ? 'insecure' : 'secure';
}

/** What an answer says of its authenticity (RFC 5016 §6 requirement 3). */
export function dnssecOf(answer: DnsAnswer): DnssecState {
  return answer.kind === 'failure' ? 'indeterminate' : answer.dnssec;
}
