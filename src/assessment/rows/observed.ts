/**
 * What the reader's own mail has shown of the author domain, against this message: evidence of less weight than what the domain
 * publishes. It never says more than "odd", and nothing where the domain says itself that it may leave mail unsigned.
 */
import { shownDomain } from '../../domain/name.ts';
import { judge, type ObservedPractice, type Unlikeness } from '../../practices/observed.ts';
import { receivedAt } from '../../trace/path.ts';
import { isOwnSignature } from '../../vouching/standing.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { signatureEvidence } from '../../vouching/evidence.ts';
import { dayOf, isResolverDown, one } from './support.ts';

export const OBSERVED_ROWS = {
  /** RFC 5016 §3.1 without a published practice: a signature that was always there is missing. */
  'unsigned-unlike-before': {
    level: 'caution',
    find: (insight) =>
      unsignedUnlike(insight) === 'unlike-all' && !isExplained(insight) ? one(paramsOf(insight)) : [],
  },
  /** The same of nearly all mail, or where somebody vouches, or where the domain promises nothing else. */
  'unsigned-unlike-usual': {
    level: 'note',
    find: (insight) => {
      const unlike = unsignedUnlike(insight);
      return unlike === 'unlike-most' || (unlike === 'unlike-all' && isExplained(insight))
        ? one(paramsOf(insight))
        : [];
    },
  },
  /** Signed by a domain that never signed mail of this author domain before. */
  'new-signing-domain': {
    level: 'note',
    find: (insight) => {
      const { facts } = insight;
      const signers = facts.observed ? judge(facts.observed, facts).newSigners : [];
      return signers.map((signer) => ({
        params: { ...paramsOf(insight), signer: shownDomain(signer) },
        evidence: facts.dkim
          .filter(({ domain, result }) => domain === signer && result === 'pass')
          .flatMap(signatureEvidence),
      }));
    },
  },
} satisfies Record<string, Row>;

/** Nothing where signatures were not looked for, where the message was signed in its time, and where it is older than what was observed. */
function unsignedUnlike({ facts, own }: Insight): Unlikeness['unsigned'] {
  const { observed, path, switches } = facts;
  if (!observed || !switches.dkim || own.some(isOwnSignature) || isResolverDown(facts)) return null;
  const received = receivedAt(path);
  if (received && received.getTime() < Date.parse(observed.since)) return null;
  return judge(observed, facts).unsigned;
}

/** RFC 5617 §4.2.1 `unknown`: the domain says itself that it may sign some of its mail only. */
function isExplained(insight: Insight): boolean {
  return insight.own.length > 0 || insight.facts.adsp.reason === 'practice-unknown';
}

function paramsOf({ facts: { observed } }: Insight): Instance['params'] {
  return observed ? describe(observed) : {};
}

function describe({ domain, messages, signed, since }: ObservedPractice): Instance['params'] {
  return { domain: shownDomain(domain), messages: String(messages), signed: String(signed), since: dayOf(since) };
}
