/**
 * Everything about an author domain at once: its practices, and whether the message satisfies DMARC and ADSP. One round trip for all
 * three, none where a valid first party signature settles the matter (RFC 5016 §5.2 requirement 2, §5.3 requirement 9).
 */
import { adspWithoutLookup, evaluateAdspWith } from '../adsp/evaluate.ts';
import type { AdspReport } from '../adsp/types.ts';
import { dmarcWithoutLookup, evaluateDmarcWith } from '../dmarc/evaluate.ts';
import type { SpfIdentifier } from '../dmarc/evaluate.ts';
import type { DmarcReport } from '../dmarc/types.ts';
import { withRememberedPolicy } from '../dmarc/remembered.ts';
import { createQuestions } from '../dns/ask-once.ts';
import { parseDomain } from '../domain/name.ts';
import { clock, discoverPracticesWith, practicesWithoutLookup } from './discover.ts';
import type { PracticesInput, PracticesOptions } from './discover.ts';
import type { PracticesReport } from './types.ts';
import { isLookedUp, practicesWhy } from './why.ts';

export interface AuthorEvaluationInput extends PracticesInput {
  /** The result for the MAIL FROM identity, where SPF was checked (RFC 9989 §4.4.2). */
  readonly spf?: readonly SpfIdentifier[] | undefined;
}

export interface AuthorEvaluation {
  readonly practices: PracticesReport;
  readonly dmarc: DmarcReport;
  readonly adsp: AdspReport;
  /** Signing domains that the author domain authorized (RFC 6541 §4.4). */
  readonly authorized: readonly string[];
}

/** @throws the signal's reason where the signal is aborted */
export async function evaluateAuthor(
  input: AuthorEvaluationInput,
  options: PracticesOptions,
): Promise<AuthorEvaluation> {
  const why = practicesWhy(input);
  if (!isLookedUp(why)) {
    const reason = why === 'no-author-domain' ? 'no-author-domain' : 'not-looked-up';
    const domain = input.authorDomain ?? null;
    return {
      practices: practicesWithoutLookup(why),
      dmarc: dmarcWithoutLookup(reason, domain),
      adsp: adspWithoutLookup(reason, domain),
      authorized: [],
    };
  }
  const questions = createQuestions(options);
  const [practices, found, adsp] = await Promise.all([
    discoverPracticesWith(input, options, questions),
    evaluateDmarcWith(input, questions),
    evaluateAdspWith(input, questions),
  ]);
  const author = parseDomain(input.authorDomain ?? '');
  const { archive } = options;
  const dmarc =
    archive && author !== undefined
      ? await withRememberedPolicy(found, author, { questions, archive, now: clock(options.now) })
      : found;
  const authorized = practices.statements.flatMap(({ text, signer }) =>
    text === 'atps-delegated' && signer !== undefined ? [signer] : [],
  );
  return { practices, dmarc, adsp: authorized.length > 0 ? withAuthorized(adsp) : adsp, authorized };
}

/** RFC 6541 §6: an authorized signature counts as one of the author's own for ADSP. */
function withAuthorized(adsp: AdspReport): AdspReport {
  return adsp.practice === undefined ? adsp : { ...adsp, result: 'pass', reason: null };
}
