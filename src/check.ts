/**
 * The whole product in one function: raw bytes, a resolver, a clock and the reader's trust settings in; a Report out. Everything that
 * needs no look-up is read first; then the keys of all signatures and SPF go out together; practices only where no valid first party
 * signature was found (RFC 5016 §5.3 requirement 9).
 */
import { reportChain } from './arc/report.ts';
import { validateArc } from './arc/verify.ts';
import { assess } from './assessment/assess.ts';
import type { AuthorPractice, CheckSwitches, Facts } from './assessment/facts.ts';
import { claimedDomain, type ClaimContext } from './authres/claim.ts';
import { countedResults } from './authres/counted.ts';
import { readReceivedSpf, readServerResults } from './authres/trust.ts';
import type { ServerResult, TrustSettings } from './authres/types.ts';
import type { KeyArchive } from './dkim/archive.ts';
import { parseDomainKeysSignatures } from './dkim/domainkeys.ts';
import { explainFailure } from './dkim/explain.ts';
import { isFirstParty } from './dkim/relation.ts';
import type { DkimSignatureReport } from './dkim/types.ts';
import { verifyDkim } from './dkim/verify.ts';
import type { SpfIdentifier } from './dmarc/evaluate.ts';
import { observeQueries } from './dns/observe.ts';
import { createQuestions, sharedQuestions } from './dns/ask-once.ts';
import type { Resolver } from './dns/resolver.ts';
import { withTimeLimit } from './dns/time-limit.ts';
import { nameLookAlikes } from './identity/authserv-ids.ts';
import type { Circle } from './identity/circle.ts';
import { readAddressing } from './identity/addressing.ts';
import { readIdentities } from './identity/read.ts';
import type { IdentitiesReport } from './identity/types.ts';
import { LIMITS } from './limits.ts';
import { decodeEncodedWords } from './message/encoded-word.ts';
import { fieldOctets, firstText, messageOf } from './message/parse.ts';
import { readProtection } from './message/protection.ts';
import { readStructure } from './message/structure.ts';
import type { Message } from './message/types.ts';
import { readAtpsClaim, type AtpsInput } from './practices/atps.ts';
import type { ObservedMemory, ObservedPractice } from './practices/observed.ts';
import { discoverPracticesWith, type PracticesOptions } from './practices/discover.ts';
import { evaluateAuthor, type AuthorEvaluation } from './practices/evaluate.ts';
import { settles } from './practices/why.ts';
import { REPORT_SCHEMA, type Report } from './report/types.ts';
import { readSolicitation } from './solicitation/read.ts';
import { checkHost } from './spf/evaluate.ts';
import { readsAsEveryone } from './spf/read-breadth.ts';
import type { SpfReport } from './spf/types.ts';
import { findTrustBoundary } from './trace/boundary.ts';
import { joinChanges } from './trace/changes.ts';
import { trustedClient } from './trace/client.ts';
import { checkDeliveryReport } from './trace/delivery/check.ts';
import { readEnvelopeFrom, type EnvelopeFrom } from './trace/envelope.ts';
import { readIntermediaries } from './trace/intermediaries.ts';
import { readPath, receivedAt } from './trace/path.ts';
import { readReceived } from './trace/received.ts';
import { readSubmission } from './trace/submission.ts';
import { gatherVouchers } from './vouching/gather.ts';
import { isCountedSignature, relateVouchers } from './vouching/relate.ts';
import { sealedResults } from './vouching/sealed-results.ts';
import type { AuthorRelations } from './vouching/types.ts';

export interface CheckContext {
  readonly resolver: Resolver;
  /** The time to judge by. */
  readonly now: Date | (() => Date);
  /** Gives the check up; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds all look-ups may take together; what is open then counts as timed out. `LIMITS.lookupsDeadline` where absent. */
  readonly deadline?: number | undefined;
  /** Whom the reader believes; nobody where absent. */
  readonly trust?: TrustSettings | undefined;
  /** The reader's own addresses: with them it can be told whether mail that comes back was his. */
  readonly ownAddresses?: readonly string[] | undefined;
  /** Checks to leave out; all are made where absent. */
  readonly checks?: Partial<CheckSwitches> | undefined;
  /**
   * There is a header only, as webmail and some programs hand out: whatever needs the text is left out, and what the header says of it
   * is not taken for broken.
   */
  readonly headerOnly?: boolean | undefined;
  /** Also asks for practices in older forms: DomainKeys policies and the SSP drafts. */
  readonly older?: boolean | undefined;
  /** The address the message was received from, where the caller knows it better than the header. */
  readonly clientIp?: string | undefined;
  /** Keys and DMARC records this machine saw in DNS before; those seen now are added to it. */
  readonly archive?: KeyArchive | undefined;
  /** What earlier mail has shown of author domains. Learning from this message, once it was read, is the caller's part. */
  readonly observed?: ObservedMemory | undefined;
  /** People and domains the reader knows: authors that look like one of them are told. */
  readonly circle?: Circle | undefined;
  /** Whether names of authors are held against a short list of those impersonated often; they are where absent. */
  readonly brands?: boolean | undefined;
  /** Keywords the reader gave to correspondents; at most `LIMITS.passKeys` are looked for. */
  readonly passKeys?: readonly string[] | undefined;
}

const ALL_CHECKS: CheckSwitches = { dkim: true, practices: true, arc: true, spf: true };
const NOBODY_TRUSTED: TrustSettings = { authservIds: [] };

/** RFC 5322 §3.6: fields that stand at most once. */
const SINGLE_FIELDS = new Set([
  'date',
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'bcc',
  'message-id',
  'in-reply-to',
  'references',
  'subject',
  // RFC 2045 §3 to §6.
  'mime-version',
  'content-type',
  'content-transfer-encoding',
]);

/**
 * Checks one message, as bytes or parsed already. Whatever is wrong with the message or the DNS is in the Report.
 * @throws the signal's reason where the signal is aborted; anything else is a programming error
 */
export async function checkMessage(input: Message | Uint8Array, context: CheckContext): Promise<Report> {
  const { signal } = context;
  const now = typeof context.now === 'function' ? context.now() : context.now;
  const trust = context.trust ?? NOBODY_TRUSTED;
  const headerOnly = context.headerOnly === true;
  const switches = { ...ALL_CHECKS, ...context.checks, ...(headerOnly ? { dkim: false, arc: false } : {}) };
  const { resolver, cost, failures, proofs } = observeQueries(
    withTimeLimit(context.resolver, context.deadline ?? LIMITS.lookupsDeadline),
  );

  const message = messageOf(input);
  const identities = readIdentities(message, context.circle, context.brands);
  const received = readReceived(message);
  const boundary = findTrustBoundary(message, received, trust);
  const path = readPath(received, boundary);
  const serverResults = nameLookAlikes(readServerResults(message, trust, boundary), trust);
  const receivedSpf = readReceivedSpf(message, trust, boundary);
  const clientKnown = context.clientIp !== undefined;
  const envelopeFrom = readEnvelopeFrom(message, { boundary, receivedSpf, serverResults, clientKnown });

  const lookups: Lookups = { resolver: sharedQuestions(resolver), now, signal };
  const arrival = { ...lookups, receivedAt: receivedAt(path) };
  // Asks for its keys before it returns: they are on their way while the body is taken apart, which takes a while where it is long.
  const verifying = switches.dkim ? verifyDkim(message, { ...arrival, archive: context.archive }) : [];
  const structure = readStructure(message);
  const [signatures, deliveryReport, arc, observed] = await Promise.all([
    verifying,
    checkDeliveryReport(structure, { ...arrival, ownAddresses: context.ownAddresses, verify: switches.dkim }),
    switches.arc ? validateArc(message, lookups) : reportChain('not-looked-up', []),
    findObserved(identities, context.observed),
  ]);
  askPoliciesAhead(identities, signatures, switches, { ...lookups, older: context.older });
  const client = trustedClient(boundary, receivedSpf, serverResults);
  const spf = await checkSpf(
    context.clientIp ?? client?.ip ?? null,
    client?.helo ?? '',
    { envelopeFrom, pra: identities.pra },
    {
      switchedOff: !switches.spf,
      // An address the caller insists on is checked in any case; one from the header only where it can still matter.
      settled: !clientKnown && hasFirstParty(signatures),
      lookups,
    },
  );
  const claims: ClaimContext = {
    authorDomain: identities.from.length === 1 ? (identities.from[0]?.domain ?? null) : null,
    nullReversePath: envelopeFrom?.address === '',
  };
  const submission = readSubmission(message, path, boundary, serverResults);
  const believedResults = [...serverResults, ...sealedResults(arc, trust)];
  const [{ authors, relations, ...practices }, everyonePasses] = await Promise.all([
    evaluateAuthors(
      identities,
      signatures,
      readAtpsSignatures(message, signatures),
      spfIdentifiers(spf, believedResults, claims),
      switches,
      { ...lookups, older: context.older, archive: context.archive },
    ),
    findPassingEveryone(spf, believedResults, claims, { settled: hasFirstParty(signatures) || !switches.spf, lookups }),
  ]);
  const dkim = await withExplanations(message, withAlignment(signatures, relations[0]));
  const vouchers = relateVouchers(
    gatherVouchers({
      message,
      dkim,
      spf: 'notChecked' in spf ? [] : spf,
      serverResults: believedResults,
      arc,
      submission,
      claims,
      receipt: { recorded: arrival.receivedAt, now },
      everyonePasses,
    }),
    relations,
  );

  const facts: Facts = {
    checkedAt: now.toISOString(),
    switches,
    headerOnly,
    problems: headerOnly ? message.problems.filter((problem) => problem !== 'no-header-end') : message.problems,
    repeatedFields: findRepeated(message),
    identities,
    envelopeFrom,
    submission,
    dkim,
    domainKeys: parseDomainKeysSignatures(message),
    arc,
    ...practices,
    authors,
    vouchers,
    addressing: readAddressing(message),
    observed,
    remembers: context.observed !== undefined,
    spf,
    serverResults,
    receivedSpf,
    path,
    intermediaries: joinChanges(message, readIntermediaries(message, arc), { dkim, arc }),
    deliveryReport,
    protection: readProtection(message, structure),
    solicitation: readSolicitation(message, {
      path,
      dkim,
      subject: subjectOf(message),
      authorDomain: identities.from.length === 1 ? (identities.from[0]?.domain ?? null) : null,
      passKeys: context.passKeys,
    }),
    cost: cost(),
    dnsFailures: failures(),
    proofs: proofs(),
  };
  return { schema: REPORT_SCHEMA, ...assess(facts, message), ...facts };
}

/** Without what is kept to count with. */
async function findObserved(
  { from }: IdentitiesReport,
  memory: ObservedMemory | undefined,
): Promise<ObservedPractice | null> {
  const domain = from[0]?.domain ?? null;
  const known = domain === null ? null : await memory?.find(domain);
  if (!known) return null;
  const { messages, signed, since, lastSeen, signers, relays, lists } = known;
  return { domain: known.domain, messages, signed, since, lastSeen, signers, relays, lists };
}

interface Lookups {
  readonly resolver: Resolver;
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
}

function findRepeated({ fields }: Message): Record<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const { key, index } of fields) {
    if (!SINGLE_FIELDS.has(key)) continue;
    const known = places.get(key);
    if (known) known.push(index);
    else places.set(key, [index]);
  }
  return Object.fromEntries([...places].filter(([, indexes]) => indexes.length > 1));
}

function subjectOf(message: Message): string {
  return decodeEncodedWords(firstText(message, 'subject') ?? '');
}

/** A signature that ends the matter (RFC 5016 §5.3 requirement 9). */
function hasFirstParty(signatures: readonly DkimSignatureReport[]): boolean {
  return signatures.some((signature) => isFirstParty(signature.relation) && settles(signature));
}

interface SpfPlan {
  readonly switchedOff: boolean;
  /** A valid first party signature was found: the sending host is no longer of interest. */
  readonly settled: boolean;
  readonly lookups: Lookups;
}

interface SpfIdentities {
  readonly envelopeFrom: EnvelopeFrom | null;
  readonly pra: IdentitiesReport['pra'];
}

/** SPF for every identity the message has, with an address from the reader's own side only (RFC 7208 §2.3, §2.4; RFC 4406). */
async function checkSpf(
  ip: string | null,
  helo: string,
  { envelopeFrom, pra }: SpfIdentities,
  { switchedOff, settled, lookups }: SpfPlan,
): Promise<Facts['spf']> {
  if (switchedOff) return { notChecked: { reason: 'switched-off' } };
  if (settled) return { notChecked: { reason: 'first-party-signature' } };
  if (ip === null) return { notChecked: { reason: 'no-client-address' } };
  const checks: Promise<SpfReport>[] = [];
  if (envelopeFrom !== null) {
    checks.push(checkHost({ ip, helo, sender: envelopeFrom.address, scope: 'mfrom', ...lookups }));
  }
  if (helo !== '') checks.push(checkHost({ ip, helo, sender: '', scope: 'helo', ...lookups }));
  if ('address' in pra) checks.push(checkHost({ ip, helo, sender: pra.address, scope: 'pra', ...lookups }));
  return checks.length === 0 ? { notChecked: { reason: 'no-identity' } } : Promise.all(checks);
}

/** MAIL FROM results for DMARC: rechecked here where that was possible, else as a believed server reported them (RFC 9989 §4.4.2). */
function spfIdentifiers(
  spf: Facts['spf'],
  believed: readonly ServerResult[],
  claims: ClaimContext,
): readonly SpfIdentifier[] {
  const checked = 'notChecked' in spf ? [] : spf.filter(({ identity }) => identity === 'mfrom');
  return checked.length > 0 ? checked : reportedSpf(believed, claims);
}

function reportedSpf(believed: readonly ServerResult[], claims: ClaimContext): readonly SpfIdentifier[] {
  return believed
    .flatMap(countedResults)
    .filter(({ method }) => method === 'spf')
    .map((method) => ({ domain: claimedDomain(method, claims) ?? '', result: method.result }));
}

/** MAIL FROM domains that a believed server saw pass and that were not rechecked here: whether their record lets everyone pass. */
async function findPassingEveryone(
  spf: Facts['spf'],
  believed: readonly ServerResult[],
  claims: ClaimContext,
  { settled, lookups }: Pick<SpfPlan, 'settled' | 'lookups'>,
): Promise<ReadonlySet<string>> {
  if (settled) return new Set();
  const checked = 'notChecked' in spf ? [] : spf.filter(({ everyonePasses }) => everyonePasses === true);
  const known = 'notChecked' in spf ? [] : spf.map(({ domain }) => domain);
  const reported = reportedSpf(believed, claims).flatMap(({ domain, result }) => (result === 'pass' ? [domain] : []));
  const open = [...new Set(reported)].filter((domain) => domain !== '' && !known.includes(domain));
  const wide = await Promise.all(
    open
      .slice(0, LIMITS.authorDomains)
      .map(async (domain) => ((await readsAsEveryone(domain, lookups)) ? [domain] : [])),
  );
  return new Set([...checked.map(({ domain }) => domain), ...wide.flat()]);
}

/** Asks for what the author domains publish while SPF is on its way, since its result says which of it counts and not what is asked. */
function askPoliciesAhead(
  identities: IdentitiesReport,
  signatures: readonly DkimSignatureReport[],
  switches: CheckSwitches,
  options: PracticesOptions,
): void {
  const questions = createQuestions(options);
  for (const authorDomain of authorDomainsOf(identities)) {
    const input = { authorDomain, dkim: countingOf(signatures), switchedOff: !switches.practices };
    // Whatever is wrong shows where the answers are made use of.
    discoverPracticesWith(input, options, questions).catch(() => undefined);
  }
}

function authorDomainsOf({ from }: IdentitiesReport): readonly string[] {
  return [...new Set(from.flatMap(({ domain }) => domain ?? []))].slice(0, LIMITS.authorDomains);
}

/** RFC 6376 §3.6.1 t=y: a signature by a key in test mode counts like none at all. */
function countingOf(signatures: readonly DkimSignatureReport[]): readonly DkimSignatureReport[] {
  return signatures.filter(({ result, testing }) => !(result === 'pass' && testing));
}

interface AuthorsEvaluation extends Pick<AuthorEvaluation, 'practices' | 'dmarc' | 'adsp'> {
  readonly authors: readonly AuthorPractice[];
  readonly relations: readonly AuthorRelations[];
}

/**
 * Practices of every author domain that no signature accounts for; `dmarc` and `adsp` are those of the first author (RFC 9989 §5.3.1 knows
 * one author domain only).
 */
async function evaluateAuthors(
  identities: IdentitiesReport,
  dkim: readonly DkimSignatureReport[],
  atps: readonly AtpsSignature[],
  spf: readonly SpfIdentifier[],
  switches: CheckSwitches,
  lookups: PracticesOptions,
): Promise<AuthorsEvaluation> {
  const domains = authorDomainsOf(identities);
  const counting = countingOf(dkim);
  const evaluate = (authorDomain: string | null): Promise<AuthorEvaluation> =>
    evaluateAuthor({ authorDomain, dkim: counting, atps, spf, switchedOff: !switches.practices }, lookups);
  const [first, ...others] = await Promise.all([
    evaluate(domains[0] ?? null),
    ...domains.slice(1).map((domain) => evaluate(domain)),
  ]);
  const all = [first, ...others];
  const asked = all.map(({ practices }) => practices).filter(({ lookedUp }) => lookedUp);
  return {
    dmarc: first.dmarc,
    adsp: first.adsp,
    practices: { ...(asked[0] ?? first.practices), statements: asked.flatMap(({ statements }) => statements) },
    authors: domains.flatMap((domain, at) => {
      const { dmarc, adsp } = all[at] ?? first;
      return [{ domain, dmarc, adsp }];
    }),
    relations: domains.map((domain, at) => relationsOf(domain, all[at] ?? first)),
  };
}

function relationsOf(domain: string, { dmarc, adsp, authorized }: AuthorEvaluation): AuthorRelations {
  const { alignableDkim, alignableSpf } = dmarc;
  const wantsOwnSignature = adsp.practice === 'all' || adsp.practice === 'discardable';
  return { domain, alignableDkim, alignableSpf, authorized, wantsOwnSignature };
}

type AtpsSignature = Omit<AtpsInput, 'authorDomain'>;

/** Valid signatures that claim to be authorized by the author domain (RFC 6541 §4.2). */
function readAtpsSignatures(message: Message, dkim: readonly DkimSignatureReport[]): readonly AtpsSignature[] {
  return dkim
    .filter(({ result, testing }) => result === 'pass' && !testing)
    .flatMap((signature) => {
      const field = message.fields[signature.field];
      const claim = field && readAtpsClaim(fieldOctets(message, field));
      return claim ? [{ signature, ...claim }] : [];
    });
}

/** Broken signatures with what is known to break them, where undoing it would mend them. Costs no question. */
function withExplanations(
  message: Message,
  signatures: readonly DkimSignatureReport[],
): Promise<readonly DkimSignatureReport[]> {
  return Promise.all(
    signatures.map(async (signature) => {
      const explainedBy = await explainFailure(message, signature);
      return explainedBy.length > 0 ? { ...signature, explainedBy } : signature;
    }),
  );
}

/** Signatures that DMARC counts, or that the author domain authorized, are first party (RFC 9989 §4.4, RFC 6541 §6): known only now. */
function withAlignment(
  signatures: readonly DkimSignatureReport[],
  author: AuthorRelations | undefined,
): readonly DkimSignatureReport[] {
  return signatures.map((signature) =>
    author !== undefined && !isFirstParty(signature.relation) && isCountedSignature(signature.domain ?? '', author)
      ? { ...signature, relation: 'aligned' }
      : signature,
  );
}
