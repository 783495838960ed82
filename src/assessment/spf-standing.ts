/** Whether it is known that no permitted host sent a message: what an enforcing domain asks receivers to go by (RFC 9989 §5.3). */
import { countedResults } from '../authres/counted.ts';
import { LIMITS } from '../limits.ts';
import { fieldsNamed } from '../message/parse.ts';
import type { Message } from '../message/types.ts';
import { receivedAt } from '../trace/path.ts';
import type { Facts } from './facts.ts';
import { isResolverDown } from './rows/support.ts';

/**
 * `no-pass`: a believed server checked it, or it was checked here with the client that one recorded, and it is no pass for an author domain
 * (one would be a voucher). `unknown`: not checked, or checked here so long after the message came that the record may be another one by
 * now.
 */
export type SpfStanding = 'no-pass' | 'unknown';

const DAY = 86_400_000;

export function spfStanding(facts: Facts, message: Message): SpfStanding {
  const reported = facts.serverResults.flatMap(countedResults);
  // A server that let the message pass for its chain has seen more than can be seen here (RFC 8617 §7.2.1).
  if (reported.some(({ method, result }) => method === 'arc' && result === 'pass')) return 'unknown';
  if (reported.some(({ method, result }) => method === 'spf' && SETTLED.has(result))) return 'no-pass';
  if (reported.some(({ method, result }) => method === 'dmarc' && result === 'fail')) return 'no-pass';
  if ('notChecked' in facts.spf) return 'unknown';
  const received = receivedAt(facts.path);
  const isRecent =
    received === undefined || Date.parse(facts.checkedAt) - received.getTime() <= LIMITS.spfRecheckDays * DAY;
  if (mayHavePassed(facts, message)) return 'unknown';
  // Whatever MAIL FROM was, none of an author domain that permits this host was recorded: a sender who hides it, or names one that does
  // not answer, is no better off.
  return isRecent && !isResolverDown(facts) ? 'no-pass' : 'unknown';
}

/** No MAIL FROM is told at all, and the author's own record permits the host: under that MAIL FROM it would have passed. */
function mayHavePassed({ spf, envelopeFrom, authors }: Facts, message: Message): boolean {
  if ('notChecked' in spf || envelopeFrom !== null || fieldsNamed(message, 'return-path').length > 0) return false;
  return spf.some(
    ({ identity, domain, result }) =>
      identity === 'pra' && result === 'pass' && authors.some((author) => author.domain === domain),
  );
}

/** Results that a later try would not change (RFC 7208 §2.6). */
const SETTLED: ReadonlySet<string> = new Set(['pass', 'none', 'neutral', 'fail', 'softfail', 'hardfail', 'permerror']);
