/**
 * The four facts every message is reduced to, always the same and in the same order: who it says it is from, whose signature it has, which
 * server handed it in, and what the reader's own server says. Each confirms, says nothing, contradicts, or was not checked.
 */
import type { MethodResult, ServerResult } from '../../../src/authres/types.ts';
import type { Finding } from '../../../src/assessment/assess.ts';
import type { FindingId } from '../../../src/assessment/table.ts';
import { claimedDomain } from '../../../src/authres/claim.ts';
import type { DkimSignatureReport } from '../../../src/dkim/types.ts';
import { visibleText } from '../../../src/bytes/visible.ts';
import { isWithin, parseDomain, shownDomain } from '../../../src/domain/name.ts';
import type { Report } from '../../../src/report/types.ts';
import type { SpfReport } from '../../../src/spf/types.ts';
import { keyOf, type Translate } from '../words.ts';
import { markOddLetters, scriptOf, type LetterRun } from './odd-letters.ts';

/** ✓ confirms, – says nothing, ✕ contradicts, ? not checked. */
export type Mark = 'yes' | 'none' | 'no' | 'unknown';

export interface FactView {
  readonly id: 'from' | 'signed' | 'sent' | 'server';
  readonly mark: Mark;
  /** What the mark says, for those who do not see it. */
  readonly markWord: string;
  readonly label: string;
  /** Text that is fit to be shown: what could hide in it is visible. */
  readonly value: string;
  /** One soft line; empty where there is nothing to add. */
  readonly detail: string;
  /** The address letter by letter, with those marked that deceive; null where none does. */
  readonly odd: OddAddress | null;
}

export interface OddAddress {
  readonly runs: readonly LetterRun[];
  /** Which letters they are, and the real name. */
  readonly note: string;
  /** The address as a screen reader says it: by its real name. */
  readonly label: string;
}

export interface FactOptions {
  /** The reader has named a server whose results count. */
  readonly serverNamed: boolean;
  /** The DNS has not answered yet. */
  readonly pending?: boolean;
}

interface Fact {
  readonly mark: Mark;
  readonly value: string;
  readonly detail?: string;
  readonly odd?: OddAddress | null;
}

export function viewFacts(report: Report, options: FactOptions, t: Translate): readonly FactView[] {
  const view = (id: FactView['id'], { mark, value, detail = '', odd = null }: Fact): FactView => ({
    id,
    mark,
    markWord: t(`mark_${mark}`),
    label: t(`fact_${id}`),
    value,
    detail,
    odd,
  });
  return [
    view('from', fromFact(report, options, t)),
    view('signed', options.pending ? pendingSignature(report, t) : signedFact(report, t)),
    view('sent', options.pending ? { mark: 'unknown', value: t('fact_waiting') } : sentFact(report, t)),
    view('server', serverFact(report, options, t)),
  ];
}

/** Findings by which the sender that is shown is contradicted. */
const CONTRADICTS_FROM: ReadonlySet<FindingId> = new Set<FindingId>([
  'several-from-fields',
  'several-authors',
  'no-author',
  'look-alike-domain',
  'address-in-display-name',
  'domain-in-display-name',
  'deceptive-characters',
  'author-domain-nonexistent',
]);

function fromFact(report: Report, { pending }: FactOptions, t: Translate): Fact {
  const { identities, findings, level } = report;
  const [first, ...others] = identities.from;
  const mark = findings.some(({ id, level: weight }) => weight !== 'note' && CONTRADICTS_FROM.has(id))
    ? 'no'
    : pending
      ? 'none'
      : level === 'verified'
        ? 'yes'
        : level === 'unchecked'
          ? 'unknown'
          : 'none';
  if (first === undefined) return { mark, value: t('fact_from_nobody') };
  const addresses = identities.from.map(({ address }) => address).filter((address) => address !== '');
  if (others.length > 0) {
    return {
      mark,
      value: t('fact_from_several', { count: String(identities.from.length) }),
      detail: visibleText(addresses.join(', ')),
    };
  }
  const odd = oddAddress(report, t);
  const address = visibleText(first.address) || t('fact_from_nobody');
  if (first.displayName === '') return { mark, value: address, odd };
  return { mark, value: visibleText(first.displayName), detail: address, odd };
}

function oddAddress({ identities }: Report, t: Translate): OddAddress | null {
  const [from] = identities.from;
  const found = identities.impersonations.find((one) => one.kind === 'look-alike');
  if (from === undefined || found?.kind !== 'look-alike') return null;
  const runs = markOddLetters(found.shown, found.resembles);
  const letters = runs.filter(({ odd }) => odd).map(({ text }) => text);
  if (letters.length === 0) return null;
  const [letter = ''] = letters;
  // Marks of direction are set once, around the whole.
  const what =
    Array.from(letter).length === 1
      ? t(`odd_${scriptOf(letter)}`, { letter }).replaceAll(/[\u2068\u2069]/g, '')
      : letter;
  const isCoded = found.shown !== found.domain;
  return {
    runs: [{ text: `${from.localPart}@`, odd: false }, ...runs],
    note: isCoded ? t('odd_really', { what, domain: found.domain }) : what,
    label: `${from.localPart}@${found.domain}`,
  };
}

const RESULT_ORDER: readonly DkimSignatureReport['result'][] = [
  'pass',
  'fail',
  'temperror',
  'policy',
  'permerror',
  'neutral',
];

/** The signature that says most: a valid one before others, the sender's own before those of others. */
function leadingSignature(dkim: readonly DkimSignatureReport[]): DkimSignatureReport | undefined {
  const rank = ({ result, relation, testing, archivedKey }: DkimSignatureReport): number => {
    const stands = (result === 'pass' && !testing) || archivedKey?.verifies === true;
    return (stands ? 0 : 20 + RESULT_ORDER.indexOf(result)) + (relation === 'third-party' ? 10 : 0);
  };
  return dkim.filter(({ checked }) => checked).toSorted((left, right) => rank(left) - rank(right))[0];
}

function pendingSignature({ dkim }: Report, t: Translate): Fact {
  const [first] = dkim.toSorted(
    (left, right) => Number(left.relation === 'third-party') - Number(right.relation === 'third-party'),
  );
  if (first === undefined) return { mark: 'none', value: t('fact_signed_nobody') };
  return { mark: 'unknown', value: shownDomain(first.domain), detail: t('fact_signed_pending') };
}

function signedFact(report: Report, t: Translate): Fact {
  const { dkim, switches, headerOnly } = report;
  if (!switches.dkim) {
    return {
      mark: 'unknown',
      value: t('fact_not_checked'),
      detail: t(headerOnly ? 'fact_header_only' : 'fact_switched_off'),
    };
  }
  const signature = leadingSignature(dkim);
  if (signature === undefined) return unsignedFact(report, t);
  const { result, testing, archivedKey } = signature;
  const domain = shownDomain(signature.domain);
  if (result === 'pass' && testing) return { mark: 'none', value: domain, detail: t('fact_signed_testing') };
  if (result === 'pass') return validFact(report, signature, domain, t);
  if (archivedKey?.verifies === true && report.findings.some(({ id }) => id === 'archived-key-signature')) {
    return { mark: 'yes', value: domain, detail: t('fact_signed_earlier_key') };
  }
  if (result === 'temperror') {
    return { mark: 'unknown', value: t('fact_signed_unchecked', { domain }), detail: t('fact_signed_no_answer') };
  }
  return { mark: result === 'fail' ? 'no' : 'none', value: domain, detail: t(keyOf('reason_dkim', signature.reason)) };
}

function validFact(report: Report, signature: DkimSignatureReport, domain: string, t: Translate): Fact {
  const looksLike = report.identities.impersonations.find((one) => one.kind === 'look-alike');
  if (looksLike?.kind === 'look-alike' && signature.relation !== 'third-party') {
    return { mark: 'none', value: domain, detail: t('fact_signed_look_alike', { resembles: looksLike.resembles }) };
  }
  if (signature.relation !== 'third-party') {
    return { mark: 'yes', value: domain, detail: t(keyOf('fact_signed', signature.relation)) };
  }
  const connection = connectionOf(signature.domain, report);
  return {
    mark: connection === null ? 'none' : 'yes',
    value: domain,
    detail: t(`fact_signed_${connection ?? 'stranger'}`),
  };
}

/** How somebody else's domain visibly has to do with the message; null where it has not. */
function connectionOf(signer: string | null, { intermediaries, identities }: Report): 'list' | 'service' | null {
  const isOf = (text: string | null | undefined): boolean => related(signer, text ?? null);
  if (intermediaries.some(({ kind, name }) => kind === 'list' && isOf(name))) return 'list';
  const named = [
    identities.sender?.domain,
    identities.returnPath,
    'domain' in identities.pra ? identities.pra.domain : null,
  ];
  return named.some(isOf) || intermediaries.some(({ name }) => isOf(name)) ? 'service' : null;
}

/** Whether a name, an address or a List-Id is of that domain, or the domain of it. */
function related(signer: string | null, text: string | null): boolean {
  const one = signer === null ? undefined : parseDomain(signer);
  const other = text === null ? undefined : parseDomain(text.slice(text.lastIndexOf('@') + 1).replaceAll(/[<>]/g, ''));
  return one !== undefined && other !== undefined && (isWithin(one, other) || isWithin(other, one));
}

/** Statements by which a signature was to be expected. */
const PROMISED: ReadonlySet<FindingId> = new Set<FindingId>(['practice-signs-all', 'practice-discardable']);

function unsignedFact({ findings, identities }: Report, t: Translate): Fact {
  const value = t('fact_signed_nobody');
  const domain = shownDomain(identities.from[0]?.domain ?? null);
  if (findings.some(({ id }) => PROMISED.has(id)))
    return { mark: 'no', value, detail: t('fact_signed_promised', { domain }) };
  if (findings.some(({ id }) => id === 'unsigned-unlike-before')) {
    return { mark: 'no', value, detail: t('fact_signed_before', { domain }) };
  }
  return { mark: 'none', value };
}

function sentFact(report: Report, t: Translate): Fact {
  const { spf, path, findings } = report;
  const entry = path.findLast(({ trusted }) => trusted);
  const host = entry?.reverseName ?? entry?.helo ?? entry?.from ?? entry?.ip ?? null;
  const value = host === null ? t('fact_sent_unknown') : visibleText(host);
  if ('notChecked' in spf) return unaskedSender(report, value, t);
  const check = leadingSpf(spf);
  if (check === undefined) return { mark: 'none', value };
  const domain = shownDomain(check.domain);
  const forwarded = findings.some(({ id }) => id === 'spf-fail-forwarded');
  return {
    mark: spfMark(check, forwarded),
    value,
    detail: t(`fact_sent_${forwarded ? 'forwarded' : check.result}`, { domain }),
  };
}

/** The envelope's domain is what DMARC looks at; the name in HELO and the responsible address say less. */
function leadingSpf(spf: readonly SpfReport[]): SpfReport | undefined {
  return spf.find(({ identity }) => identity === 'mfrom') ?? spf[0];
}

function spfMark({ result }: SpfReport, forwarded: boolean): Mark {
  switch (result) {
    case 'pass':
      return 'yes';
    case 'fail':
    case 'softfail':
      return forwarded ? 'none' : 'no';
    case 'temperror':
      return 'unknown';
    case 'neutral':
    case 'none':
    case 'permerror':
      return 'none';
  }
}

/** Not checked here: what the reader's server found, or why not. */
function unaskedSender({ spf, serverResults, receivedSpf }: Report, value: string, t: Translate): Fact {
  const reported =
    methodsOf(serverResults).find(({ method }) => method.method === 'spf')?.method.result ??
    receivedSpf.find(({ trusted }) => trusted)?.result;
  if (reported === 'pass') return { mark: 'yes', value, detail: t('fact_sent_reported_pass') };
  if (reported !== undefined) {
    const isFail = reported === 'fail' || reported === 'softfail';
    return { mark: 'none', value, detail: t(isFail ? 'fact_sent_reported_fail' : 'fact_sent_reported_other') };
  }
  const reason = 'notChecked' in spf ? spf.notChecked.reason : 'no-identity';
  if (reason === 'first-party-signature') return { mark: 'none', value, detail: t('fact_sent_settled') };
  return {
    mark: 'unknown',
    value: t('fact_not_checked'),
    detail: t(reason === 'switched-off' ? 'fact_switched_off' : 'fact_sent_no_client'),
  };
}

interface Reported {
  readonly server: string;
  readonly method: MethodResult;
}

function methodsOf(results: readonly ServerResult[]): readonly Reported[] {
  return results
    .filter(({ trusted }) => trusted)
    .flatMap(({ authservId, methods }) => methods.map((method) => ({ server: authservId ?? '', method })));
}

/** Results that say most come first. */
const METHODS: readonly string[] = ['dkim', 'dmarc', 'spf'];

function serverFact(report: Report, { serverNamed }: FactOptions, t: Translate): Fact {
  const author = report.identities.from[0]?.domain ?? null;
  const rank = ({ method }: Reported): number => {
    const place = METHODS.indexOf(method.method);
    const isOwn = claimedDomain(method) === author;
    return (method.result === 'pass' ? 0 : 20) + (isOwn ? 0 : 5) + (place < 0 ? 3 : place);
  };
  const [first] = methodsOf(report.serverResults)
    .filter(({ method }) => METHODS.includes(method.method) && method.result !== 'none')
    .toSorted((left, right) => rank(left) - rank(right));
  if (first === undefined) {
    return serverNamed
      ? { mark: 'none', value: t('fact_server_nothing') }
      : { mark: 'unknown', value: t('fact_server_unnamed'), detail: t('fact_server_unnamed_detail') };
  }
  const { method, server } = first;
  const domain = claimedDomain(method) ?? null;
  const outcome = method.result === 'pass' ? 'pass' : method.result === 'fail' ? 'fail' : 'other';
  const whose = method.method !== 'dkim' ? '' : domain === author || domain === null ? '_own' : '_other';
  const contradicts = outcome === 'fail' && method.method !== 'spf';
  const looksLike = report.findings.some(({ id }: Finding) => id === 'look-alike-domain');
  return {
    mark: outcome === 'pass' && !looksLike ? 'yes' : contradicts ? 'no' : 'none',
    value: t(`fact_server_${method.method}_${outcome}${whose}`, { domain: shownDomain(domain ?? author) }),
    detail: visibleText(server),
  };
}
