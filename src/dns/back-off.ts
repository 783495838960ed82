/**
 * A server that fails several times in a row is left alone for a while, longer each time (RFC 9520 §3.1, §3.2): a mailbox of checks must
 * not wait for it message by message, nor keep it from getting well.
 */
import { LIMITS } from '../limits.ts';
import type { DnsFailure } from './resolver.ts';
import type { MessageSource, SourceOutcome } from './source.ts';

/** Failures of the way to the server or of the server itself, not of the domain that was asked about. */
const OWN_FAILURES: ReadonlySet<DnsFailure> = new Set(['timeout', 'network', 'http', 'captive']);

export function isServerFailure(failure: DnsFailure): boolean {
  return OWN_FAILURES.has(failure);
}

/**
 * Wraps a source. While the server is left alone, questions get its last failure again, from memory.
 * @param now milliseconds since 1970
 */
export function withBackOff(source: MessageSource, now: () => number = Date.now): MessageSource {
  let inARow = 0;
  let until = 0;
  let last: (SourceOutcome & { ok: false }) | undefined;

  return {
    async ask(name, type, options) {
      const time = now();
      // A clock set back must not make the wait longer.
      if (last !== undefined && time < until && until - time <= LIMITS.dnsBackOffSeconds * 1000) {
        return { ...last, remembered: true };
      }
      const outcome = await source.ask(name, type, options);
      if (outcome.ok || !isServerFailure(outcome.failure)) {
        // Whoever is offline comes back at once.
        inARow = 0;
        last = undefined;
      } else {
        last = outcome;
        const beyond = ++inARow - LIMITS.dnsFailuresInARow;
        if (beyond >= 0) until = now() + Math.min(2 ** beyond, LIMITS.dnsBackOffSeconds) * 1000;
      }
      return outcome;
    },
  };
}
