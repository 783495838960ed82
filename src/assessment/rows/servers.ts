/** What servers wrote: believed only from the reader's servers, shown as a claim otherwise (RFC 8601 §5, §7). */
import { claimedDomain } from '../../authres/claim.ts';
import { countedResults } from '../../authres/counted.ts';
import type { Evidence } from '../../message/evidence.ts';
import { shownDomain } from '../../domain/name.ts';
import { LIMITS } from '../../limits.ts';
import type { Distrust, MethodResult, ServerResult } from '../../authres/types.ts';
import type { DkimSignatureReport } from '../../dkim/types.ts';
import { signaturesOf } from '../../vouching/gather.ts';
import { counts } from '../../vouching/standing.ts';
import { spfStanding } from '../spf-standing.ts';
import { fieldAt } from '../../vouching/evidence.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { fieldsAsEvidence } from './support.ts';

export const SERVER_ROWS = {
  /** A field below the boundary bears the name of a trusted server and contradicts what was found here. */
  'forged-server-result': { level: 'warning', find: contradictedClaims(true) },
  /** Anyone may write such a field; this one claims a pass that cannot be found here. */
  'contradicted-server-result': { level: 'note', find: contradictedClaims(false) },
  /** RFC 7208 §8.4: a trusted server says the sending host was not permitted. Forwarding does that too. */
  'spf-fail-reported': {
    level: 'note',
    find: ({ facts, message }) => trustedMethods(facts.serverResults, 'spf', SPF_FAILURES, message),
  },
  /** Reported by a trusted server where this machine could not find out. */
  'dmarc-fail-reported': {
    level: 'caution',
    find: ({ facts, message, own }) =>
      own.length > 0 || facts.dmarc.result === 'fail' || facts.dmarc.result === 'pass'
        ? []
        : trustedMethods(facts.serverResults, 'dmarc', ['fail'], message),
  },
  /** It did not verify there and does here: worth knowing for whoever runs that server. */
  'server-disagrees': {
    level: 'note',
    find: ({ facts, message, ownSignatures }) =>
      facts.serverResults.flatMap((result) =>
        countedResults(result)
          .filter((method) => method.method === 'dkim' && FAILURES.has(method.result))
          .filter((method) => ownSignatures.some((signature) => signature.domain === claimedDomain(method)))
          .map((method) => ({ params: claimParams(result, method), evidence: fieldAt(message, result.field) })),
      ),
  },
  /** Shown so that nobody takes it for a check: it is only a claim. */
  'untrusted-server-result': {
    level: 'note',
    find: ({ facts, message }) => {
      const claims = facts.serverResults.filter((result) => !result.trusted && result.methods.length > 0);
      const first = claims[0];
      return first
        ? [
            {
              params: { server: first.server ?? '', count: String(claims.length) },
              evidence: claims.flatMap((result) => fieldAt(message, result.field)),
            },
          ]
        : [];
    },
  },
  /** Drawn or spelled almost like a name the reader trusts: meant for those who glance at it. Never believed. */
  'look-alike-server': {
    level: 'note',
    find: ({ facts, message }) =>
      perServer(
        message,
        facts.serverResults.filter(({ distrust }) => distrust === 'look-alike-authserv-id'),
      ),
  },
  /** RFC 8601 §2.2: read without doubt although it departs from the grammar. */
  'server-result-deviates': {
    level: 'note',
    find: ({ facts, message }) =>
      perServer(
        message,
        facts.serverResults.filter(({ trusted, deviations }) => trusted && deviations.length > 0),
      ),
  },
  /** RFC 8601 §7.8: where text of the sender could have become a result, nothing of the field is believed. */
  'server-result-unreadable': {
    level: 'note',
    find: ({ facts, message }) => {
      const results = [...facts.serverResults, ...facts.receivedSpf].filter(
        ({ distrust }) => distrust === 'unreadable',
      );
      const evidence = results.flatMap(({ field }) => fieldAt(message, field));
      return results.length === 0 ? [] : [{ params: { count: String(results.length) }, evidence }];
    },
  },
  'server-results-not-read': {
    level: 'note',
    find: ({ message }) => {
      const left = RESULT_FIELDS.flatMap((key) => fieldsAsEvidence(message, key).slice(LIMITS.resultFields));
      return left.length === 0
        ? []
        : [{ params: { count: String(left.length) }, evidence: left.slice(0, LIMITS.resultFields) }];
    },
  },
} satisfies Record<string, Row>;

/** Each of them is read up to `LIMITS.resultFields`. */
const RESULT_FIELDS = ['authentication-results', 'arc-authentication-results', 'received-spf'];

function perServer(message: Insight['message'], results: readonly ServerResult[]): readonly Instance[] {
  return merged(
    results.map(({ server, deviations, field }) => ({
      params: { server: server ?? '', deviations: deviations.join(', ') },
      evidence: fieldAt(message, field),
    })),
  );
}

/** Claims a sender makes up fill no page. */
const MOST_CLAIMS = 5;

/** One instance for all that say the same, with the fields of all of them as evidence. */
function merged(instances: readonly Instance[]): readonly Instance[] {
  const bySaying = new Map<string, { params: Instance['params']; evidence: Evidence[] }>();
  for (const { params, evidence } of instances) {
    const key = JSON.stringify(params);
    const known = bySaying.get(key);
    if (known) known.evidence.push(...evidence);
    else bySaying.set(key, { params, evidence: [...evidence] });
  }
  return [...bySaying.values()].slice(0, MOST_CLAIMS);
}

/** RFC 5451 §2.4.2 wrote `hardfail`, and some servers still do. */
const SPF_FAILURES = ['fail', 'softfail', 'hardfail'];

const FAILURES: ReadonlySet<string> = new Set(['fail', 'permerror', 'policy', 'neutral', 'none']);

/** A claimed pass against what can be seen here: it cannot be true, or merely cannot be found or judged any more. */
type Refutation = 'refuted' | 'not-found';

/**
 * The name is one the reader believes, and the place is one where the sender could write. Directly below the field of entry some servers
 * write theirs, and what they saw may be gone since: nothing there betrays a forger for certain.
 */
const FORGED: ReadonlySet<Distrust> = new Set<Distrust>(['below-boundary', 'copied-authserv-id']);

/** Passes that somebody not believed claims, for a signature or domain that does not pass here. */
function contradictedClaims(isForgery: boolean) {
  return (insight: Insight): readonly Instance[] => {
    const { facts, message } = insight;
    return merged(
      facts.serverResults.flatMap((result) => {
        const { distrust } = result;
        if (distrust === null) return [];
        return result.methods
          .filter((method) => {
            const refutation = refutationOf(method, insight);
            return refutation !== undefined && (refutation === 'refuted' && FORGED.has(distrust)) === isForgery;
          })
          .slice(0, 1)
          .map((method) => ({ params: claimParams(result, method), evidence: fieldAt(message, result.field) }));
      }),
    );
  };
}

/**
 * What cannot have changed since refutes a claim: a signature that fails over the header with a key that is still published, or that is
 * not there. A key withdrawn, a time passed, a body changed or a look-up that failed refutes nothing, and neither does anything where a
 * believed server says the same.
 */
function refutationOf(method: MethodResult, { facts, message, own }: Insight): Refutation | undefined {
  const domain = method.result === 'pass' ? claimedDomain(method, { authorDomain: facts.dmarc.domain }) : undefined;
  if (domain === undefined || facts.vouchers.some((voucher) => counts(voucher) && voucher.domain === domain)) {
    return undefined;
  }
  if (method.method === 'dmarc') {
    if (facts.dmarc.domain !== domain || facts.dmarc.result !== 'fail' || own.length > 0) return undefined;
    const relevant = facts.dkim.filter((signature) => facts.dmarc.alignableDkim.includes(signature.domain ?? ''));
    return spfStanding(facts, message) === 'no-pass' ? refutedBy(relevant) : 'not-found';
  }
  if (method.method !== 'dkim' || !facts.switches.dkim) return undefined;
  const claimed = signaturesOf(method, domain, facts.dkim);
  if (claimed.some(({ result }) => result === 'pass')) return undefined;
  // Only the very signature it names may be excused by a key that is not there or did not answer: any other could have been added for that.
  const named = method.properties.some(
    ({ property, value }) => property === 's' && claimed.some(({ selector }) => selector === value),
  );
  if (named && claimed.some(({ result }) => result === 'temperror')) return undefined;
  return refutedBy(named ? claimed : claimed.filter(isJudged));
}

/** There was a key, and it says whether the header is as it was signed. */
function isJudged({ facts, archivedKey }: DkimSignatureReport): boolean {
  return facts.signature === 'good' || facts.signature === 'bad' || archivedKey !== undefined;
}

/** Not there at all, or each of them fails over the header. */
function refutedBy(signatures: readonly DkimSignatureReport[]): Refutation {
  return signatures.every(failsOverHeader) ? 'refuted' : 'not-found';
}

function failsOverHeader({ facts, archivedKey }: DkimSignatureReport): boolean {
  return facts.signature === 'bad' && archivedKey === undefined;
}

function trustedMethods(
  results: readonly ServerResult[],
  name: string,
  outcomes: readonly string[],
  message: Insight['message'],
): readonly Instance[] {
  return results.flatMap((result) =>
    countedResults(result)
      .filter((method) => method.method === name && outcomes.includes(method.result))
      .map((method) => ({ params: claimParams(result, method), evidence: fieldAt(message, result.field) })),
  );
}

function claimParams(result: ServerResult, method: MethodResult): Record<string, string> {
  return {
    server: result.server ?? '',
    method: method.method,
    result: method.result,
    domain: shownDomain(claimedDomain(method) ?? null),
  };
}
