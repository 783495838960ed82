/** What answers say beyond their records: whether a domain exists, and what a conclusion from several answers is worth. */
import type { DnsAnswer, DnssecState } from './resolver.ts';

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
