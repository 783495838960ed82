/**
 * What the author domain's published practices make of a message without a valid first party signature (RFC 5016 §3). Scenario 1
 * looks odd (`caution`), scenario 2 looks very wrong (`warning`). No row dictates what to do with the message (§5.3/7).
 */
import { shownDomain } from '../../domain/name.ts';
import type { Evidence } from '../../message/evidence.ts';
import type { PracticeStatementId } from '../../practices/types.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { othersVouch } from './authorship.ts';
import { evidenceOf, one } from './support.ts';

export const PRACTICE_ROWS = {
  /** RFC 5016 §3.2: the domain wants mail in its name discarded unless validly signed (RFC 5617 §4.2.1 `discardable`). */
  'practice-discardable': {
    level: 'warning',
    find: whereNobodyVouches(({ facts }) => (facts.adsp.result === 'discard' ? adspInstance(facts.adsp) : [])),
  },
  /** RFC 9989 §4.7: p=reject, and neither an aligned signature nor an aligned SPF pass. */
  'practice-reject': { level: 'warning', find: failedPolicy('reject') },
  /** RFC 9989 §4.7: p=quarantine, likewise. */
  'practice-quarantine': { level: 'caution', find: failedPolicy('quarantine') },
  /** RFC 5016 §3.1: all mail is signed on sending, survival is not promised (RFC 5617 §4.2.1 `all`). */
  'practice-signs-all': {
    level: 'caution',
    find: whereNobodyVouches(({ facts }) => (facts.adsp.result === 'fail' ? adspInstance(facts.adsp) : [])),
  },
  /** RFC 5617 §4.3: no mail can come from a domain that does not exist. */
  'author-domain-nonexistent': {
    level: 'caution',
    find: whereNobodyVouches(({ facts }) =>
      facts.adsp.result === 'nxdomain'
        ? one({ domain: shownDomain(facts.adsp.domain) }, evidenceOf(facts.adsp.domain ?? '', 'NXDOMAIN', null))
        : [],
    ),
  },
  /** RFC 5016 §6/1: an unreachable record must not make an unsigned message look better. */
  'practices-unchecked': {
    level: 'unchecked',
    find: whereNobodyVouches(({ facts }) => {
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
    find: whereNobodyVouches(({ facts }) => (facts.practices.why === 'switched-off' ? one() : [])),
  },
  /** RFC 4870 §3.6, draft-ietf-dkim-ssp: RFC 5016 §3.1 in forms nobody keeps up any more, so a hint and no more. */
  'older-practice-signs-all': {
    level: 'note',
    find: whereNobodyVouches(({ facts: { practices } }) =>
      practices.statements
        .filter(({ text }) => SIGNED_ONCE.has(text))
        .map(({ domain, name, record }) => ({
          params: { domain: shownDomain(domain) },
          evidence: evidenceOf(name, 'TXT', record),
        })),
    ),
  },
} satisfies Record<string, Row>;

const SIGNED_ONCE: ReadonlySet<string> = new Set<PracticeStatementId>(['domainkeys-all', 'ssp-all', 'ssp-strict']);

function whereNobodyVouches(find: (insight: Insight) => readonly Instance[]) {
  return (insight: Insight): readonly Instance[] =>
    insight.firstParty.length > 0 || othersVouch(insight) ? [] : find(insight);
}

function failedPolicy(policy: 'reject' | 'quarantine') {
  return whereNobodyVouches(({ facts: { dmarc } }) =>
    dmarc.result === 'fail' && dmarc.effectivePolicy === policy
      ? one({ domain: shownDomain(dmarc.domain) }, recordEvidence(dmarc))
      : [],
  );
}

function adspInstance(adsp: Insight['facts']['adsp']): readonly Instance[] {
  return one({ domain: shownDomain(adsp.domain) }, recordEvidence(adsp));
}

function recordEvidence(source: { readonly recordName?: string; readonly record?: string }): readonly Evidence[] {
  return source.recordName === undefined ? [] : evidenceOf(source.recordName, 'TXT', source.record ?? null);
}
