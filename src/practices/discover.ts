/**
 * The practices of an author domain: everything it publishes about its sending, asked in one round trip and put into statements.
 * Implements the consumer's side of RFC 5016 (docs/rfc5016.md maps each requirement) with DMARC (RFC 9989), ADSP (RFC 5617), ATPS
 * (RFC 6541) and, where wanted, the older forms.
 *
 * Statements are information: what they are worth beside other evidence is for the reader's own policy (RFC 5016 §5.3
 * requirement 7).
 */
import { discoverAdsp } from '../adsp/evaluate.ts';
import { discoverAuthor } from '../dmarc/discover.ts';
import { createQuestions } from '../dns/ask-once.ts';
import type { LookupOptions, Questions } from '../dns/ask-once.ts';
import type { KeyArchive } from '../dkim/archive.ts';
import { parseDomain } from '../domain/name.ts';
import type { DomainName } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { evaluateAtpsWith } from './atps.ts';
import type { AtpsInput } from './atps.ts';
import { discoverOlderForms } from './older.ts';
import { adspStatement, atpsStatements, dmarcStatement, existenceStatements } from './statements.ts';
import type { PracticesReport, PracticeStatement, PracticesWhy } from './types.ts';
import { isLookedUp, practicesWhy } from './why.ts';
import type { PracticesSubject } from './why.ts';

export interface PracticesInput extends PracticesSubject {
  /** Signatures that claim to be authorized by the author domain (RFC 6541 §4.2). */
  readonly atps?: readonly Omit<AtpsInput, 'authorDomain'>[] | undefined;
}

export interface PracticesOptions extends LookupOptions {
  /** Also asks for DomainKeys policies and records of the SSP drafts. */
  readonly older?: boolean | undefined;
  /** What this machine saw in DNS before; what is seen now is added to it. */
  readonly archive?: KeyArchive | undefined;
}

/**
 * What an author domain says it does. Given a domain it is asked in any case; given what is known of a message, only where that
 * carries no valid first party signature (RFC 5016 §5.3 requirement 9).
 * @throws TypeError where `subject` is a text that is no domain; the signal's reason where the signal is aborted
 */
export async function discoverPractices(
  subject: string | PracticesInput,
  options: PracticesOptions,
): Promise<PracticesReport> {
  return discoverPracticesWith(subject, options, createQuestions(options));
}

/** {@link discoverPractices} sharing its questions with other evaluations. */
export async function discoverPracticesWith(
  subject: string | PracticesInput,
  options: PracticesOptions,
  questions: Questions,
): Promise<PracticesReport> {
  const input: PracticesInput = typeof subject === 'string' ? { authorDomain: subject } : subject;
  const author = parseDomain(input.authorDomain ?? '');
  if (typeof subject === 'string' && author === undefined) throw new TypeError('not a domain name');
  const why = typeof subject === 'string' ? 'asked-for' : practicesWhy(input);
  if (author === undefined || !isLookedUp(why)) return practicesWithoutLookup(why);

  const [published, older, ...atps] = await Promise.all([
    discoverPublished(author, questions),
    options.older === true ? discoverOlderForms(author, questions) : [],
    ...claimsOf(input).map((claim) => evaluateAtpsWith({ ...claim, authorDomain: author }, questions)),
  ]);
  return {
    lookedUp: true,
    why,
    statements: [...published, ...older, ...atps.flatMap(atpsStatements)],
    askedAt: clock(options.now).toISOString(),
  };
}

/** The report where practices were not asked for. */
export function practicesWithoutLookup(why: PracticesWhy): PracticesReport {
  return { lookedUp: false, why, statements: [], askedAt: null };
}

async function discoverPublished(author: DomainName, questions: Questions): Promise<readonly PracticeStatement[]> {
  const [dmarc, adsp, own] = await Promise.all([
    discoverAuthor(author, [], questions),
    discoverAdsp(author, questions),
    questions.mx(author),
  ]);
  return [...existenceStatements(author, own, dmarc.existence), dmarcStatement(dmarc.discovery), adspStatement(adsp)];
}

/** Claims that could lead to a question; a message may carry any number, so only the first few are followed (RFC 5016 §6/2). */
function claimsOf({ atps = [] }: PracticesInput): readonly Omit<AtpsInput, 'authorDomain'>[] {
  return atps.filter((claim) => claim.signature.result === 'pass').slice(0, LIMITS.atpsQueries);
}

/** The time by the clock a look-up was given. */
export function clock(now: LookupOptions['now'] = () => new Date()): Date {
  return typeof now === 'function' ? now() : now;
}
