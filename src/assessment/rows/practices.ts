/**
 * What the author domains' published practices make of a message that no voucher of theirs accounts for (RFC 5016 §3). Scenario 1 looks
 * odd (`caution`), scenario 2 looks very wrong (`warning`). No row dictates what to do with the message (§5.3/7).
 */
import { shownDomain } from '../../domain/name.ts';
import type { Evidence } from '../../message/evidence.ts';
import { fieldText, fieldsNamed } from '../../message/parse.ts';
import type { PracticeStatementId } from '../../practices/types.ts';
import { evidenceOf } from '../../vouching/evidence.ts';
import { sameOrganization } from '../../vouching/standing.ts';
import type { AuthorPractice } from '../facts.ts';
import { spfStanding } from '../spf-standing.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { dayOf, isResolverDown, one } from './support.ts';

export const PRACTICE_ROWS = {
  /** RFC 5016 §3.2: the domain wants mail in its name discarded unless validly signed (RFC 5617 §4.2.1 `discardable`). */
  'practice-discardable': { level: 'warning', find: enforced('contradicted', discards) },
  /** RFC 9989 §4.7: p=reject, and neither an aligned signature nor an aligned SPF pass. */
  'practice-reject': { level: 'warning', find: enforced('contradicted', rejects) },
  /** The domain asks for either of these, and what was done to the message on the way is proven and harmless in itself. */
  'policy-after-change': { level: 'caution', find: enforced('changed', enforces) },
  /** The domain asks for either of these, and whether a permitted server sent the message is not known. */
  'policy-unconfirmed': { level: 'caution', find: enforced('unknown', enforces) },
  /** RFC 9989 §4.7: p=quarantine, likewise. */
  'practice-quarantine': {
    level: 'caution',
    find: perUnaccounted(({ dmarc }) =>
      dmarc.effectivePolicy === 'quarantine' ? one({ domain: shownDomain(dmarc.domain) }, recordEvidence(dmarc)) : [],
    ),
  },
  /** RFC 5016 §3.1: all mail is signed on sending, survival is not promised (RFC 5617 §4.2.1 `all`). */
  'practice-signs-all': {
    level: 'caution',
    find: perUnaccounted(({ adsp }) =>
      adsp.practice === 'all' && adsp.result !== 'pass'
        ? one({ domain: shownDomain(adsp.domain) }, recordEvidence(adsp))
        : [],
    ),
  },
  /** RFC 5617 §4.3: no mail can come from a domain that does not exist. */
  'author-domain-nonexistent': {
    level: 'caution',
    find: perUnaccounted(({ adsp }) =>
      adsp.result === 'nxdomain'
        ? one({ domain: shownDomain(adsp.domain) }, evidenceOf(adsp.domain ?? '', 'NXDOMAIN', null))
        : [],
    ),
  },
  /** RFC 5016 §6/1: an unreachable record must not make an unsigned message look better. */
  'practices-unchecked': {
    level: 'unchecked',
    find: whereNobodyConfirms(({ facts }) => {
      const unsure = facts.practices.statements.filter((statement) => statement.text.endsWith('-unsure'));
      const first = unsure[0];
      return first
        ? one(
            { domain: shownDomain(first.domain) },
            unsure.flatMap((statement) => evidenceOf(statement.name, 'TXT', null)),
          )
        : [];
    }),
  },
  'practices-switched-off': {
    level: 'unchecked',
    find: whereNobodyConfirms(({ facts }) => (facts.practices.why === 'switched-off' ? one() : [])),
  },
  /** The domain does not answer now, and what it published when it last did is gone by. */
  'policy-remembered': {
    level: 'note',
    find: perUnaccounted(({ domain, dmarc }) =>
      dmarc.rememberedFrom === undefined
        ? []
        : one({ domain: shownDomain(domain), lastSeen: dayOf(dmarc.rememberedFrom) }, recordEvidence(dmarc)),
    ),
  },
  /** RFC 4870 §3.6, draft-ietf-dkim-ssp: RFC 5016 §3.1 in forms nobody keeps up any more, so a hint and no more. */
  'older-practice-signs-all': {
    level: 'note',
    find: ({ facts: { practices }, unaccounted }) =>
      practices.statements
        .filter(({ text, domain }) => SIGNED_ONCE.has(text) && unaccounted.includes(domain))
        .map(({ domain, name, record }) => ({
          params: { domain: shownDomain(domain) },
          evidence: evidenceOf(name, 'TXT', record),
        })),
  },
} satisfies Record<string, Row>;

const SIGNED_ONCE: ReadonlySet<string> = new Set<PracticeStatementId>(['domainkeys-all', 'ssp-all', 'ssp-strict']);

/** Once for each author domain that no voucher accounts for. */
function perUnaccounted(find: (author: AuthorPractice, insight: Insight) => readonly Instance[]) {
  return (insight: Insight): readonly Instance[] =>
    insight.facts.authors
      .filter(({ domain, dmarc }) => insight.unaccounted.includes(domain) && !isOutOfReach(dmarc, insight))
      .filter(({ domain }) => !bearsUnreadSignature(domain, insight))
      .flatMap((author) => find(author, insight));
}

/** While no question at all is answered, an earlier policy would be held against honest mail, of which nothing can be confirmed. */
function isOutOfReach({ rememberedFrom }: AuthorPractice['dmarc'], { facts }: Insight): boolean {
  return (
    rememberedFrom !== undefined &&
    isResolverDown(facts) &&
    facts.dnsFailures.some(({ failure }) => failure === 'timeout')
  );
}

/** Of a header alone, a signature of the domain's own can neither be confirmed nor called missing. */
function bearsUnreadSignature(domain: string, { facts, message }: Insight): boolean {
  return (
    facts.headerOnly &&
    fieldsNamed(message, 'dkim-signature').some((field) => {
      const signer = /(?:^|;)[ \t]*d[ \t]*=[ \t]*([^;\s]{1,255})/.exec(fieldText(message, field))?.[1] ?? '';
      return sameOrganization(signer, domain);
    })
  );
}

/** Nothing at all confirms the message, so that what the domain promises would decide. */
function whereNobodyConfirms(find: (insight: Insight) => readonly Instance[]) {
  return (insight: Insight): readonly Instance[] => (insight.authorship.kind === 'nobody' ? find(insight) : []);
}

function rejects({ dmarc }: AuthorPractice): boolean {
  return dmarc.effectivePolicy === 'reject';
}

/** Where both are published, DMARC's is the one that is kept up. */
function discards(author: AuthorPractice): boolean {
  return author.adsp.practice === 'discardable' && author.adsp.result !== 'pass' && !rejects(author);
}

function enforces(author: AuthorPractice): boolean {
  return rejects(author) || discards(author);
}

/**
 * `changed`: a signature of the author's verifies once what lists do is undone. `unknown`: whether a permitted server sent it is not
 * known. `contradicted`: it was checked, and none did.
 */
type Situation = 'changed' | 'unknown' | 'contradicted';

function enforced(situation: Situation, asks: (author: AuthorPractice) => boolean) {
  return perUnaccounted((author, insight) =>
    asks(author) && situationOf(author, insight) === situation
      ? one({ domain: shownDomain(author.domain) }, recordEvidence(rejects(author) ? author.dmarc : author.adsp))
      : [],
  );
}

function situationOf({ domain, dmarc }: AuthorPractice, { facts, message }: Insight): Situation {
  const mine = ({ domain: signer }: { readonly domain: string | null }): boolean =>
    signer === domain || (signer !== null && dmarc.alignableDkim.includes(signer)) || sameOrganization(signer, domain);
  if (facts.dkim.some((signature) => mine(signature) && (signature.explainedBy?.length ?? 0) > 0)) return 'changed';
  const passesAnyone = facts.vouchers.some(
    ({ weightless, ownFor }) => weightless === 'everyone-passes' && ownFor.includes(domain),
  );
  return spfStanding(facts, message) === 'no-pass' && !passesAnyone ? 'contradicted' : 'unknown';
}

function recordEvidence(source: { readonly recordName?: string; readonly record?: string }): readonly Evidence[] {
  return source.recordName === undefined ? [] : evidenceOf(source.recordName, 'TXT', source.record ?? null);
}
