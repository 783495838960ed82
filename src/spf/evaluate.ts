/**
 * check_host(): whether a client address may use a domain. Implements RFC 7208 §2.3, §2.4, §4 to §7; RFC 4406 for the PRA and
 * the scopes of `spf2.0` records; RFC 8616 §4.
 *
 * Known differences:
 * - A domain that does not exist gives `none` for the PRA too (RFC 7208 §4.3; RFC 4406 §4.3 says `fail`).
 * - Zone cuts are never climbed (draft-newton-maawg-spf-considerations §6.2).
 * - Records longer than LIMITS.spfRecordBytes or with more than LIMITS.spfTerms terms give `permerror`.
 */
import type { Resolver } from '../dns/resolver.ts';
import { LIMITS } from '../limits.ts';
import { letsEveryonePass } from './breadth.ts';
import { sendAhead, targetOf } from './check.ts';
import type { Check } from './check.ts';
import { explain } from './explain.ts';
import { macroValues, readIdentity } from './identity.ts';
import type { MacroContext } from './identity.ts';
import { formatIp, matchesPrefix, parseIp, unmapIp } from './ip.ts';
import { openLookups } from './lookups.ts';
import type { LookupSummary } from './lookups.ts';
import { isStop, matchA, matchExists, matchMx, matchPtr, stopForFailure } from './mechanisms.ts';
import type { Stop } from './mechanisms.ts';
import { parseSpfRecord } from './parse.ts';
import { SPF_REASONS } from './reasons.ts';
import type { SpfReason } from './reasons.ts';
import { selectRecords } from './select.ts';
import { isMultiLabel } from './target-name.ts';
import type {
  MacroString,
  MacroValues,
  ParsedSpfRecord,
  SpfDirective,
  SpfIdentity,
  SpfMatchResult,
  SpfReport,
  SpfTrouble,
} from './types.ts';

export interface CheckHostOptions {
  /** The address of the SMTP client, IPv4 or IPv6 text. */
  readonly ip: string;
  /** The MAIL FROM address, empty for the null path; the PRA where `scope` is `pra`; not used where it is `helo`. */
  readonly sender: string;
  /** The name the client gave in HELO or EHLO; empty where unknown. */
  readonly helo: string;
  /** Which identity to check; `mfrom` where not given. */
  readonly scope?: SpfIdentity | undefined;
  readonly resolver: Resolver;
  /** For the %{t} macro; the current time where not given. */
  readonly now?: Date | (() => Date) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The name of the receiving server for the %{r} macro; "unknown" where not given (RFC 7208 §7.3). */
  readonly receiver?: string | undefined;
  /** Milliseconds the check may take; LIMITS.checkDeadline where not given (RFC 7208 §4.6.4). */
  readonly deadline?: number | undefined;
}

/** What one record, or the lack of one, says. */
interface Verdict {
  /** null for a pass. */
  readonly reason: SpfReason | null;
  readonly recordName: string;
  readonly record?: string;
  readonly mechanism?: string;
  readonly trouble?: SpfTrouble;
  /** Explains a fail of this record (RFC 7208 §6.2). */
  readonly exp?: MacroString;
}

const MATCH_REASONS: Readonly<Record<SpfMatchResult, SpfReason | null>> = {
  pass: null,
  fail: 'not-authorized',
  softfail: 'probably-not-authorized',
  neutral: 'no-assertion',
};

/**
 * Checks whether the client may use the domain of the sender (RFC 7208 §4).
 * Every trouble with the domain, its records or the DNS is a result. At most 133 questions are asked: one for the record, ten
 * terms with at most eleven each, eleven for %{p}, ten ahead of need, and one for the explanation.
 * @throws RangeError where `ip` is not an IP address
 * @throws the reason of an aborted `signal`
 */
export async function checkHost(options: CheckHostOptions): Promise<SpfReport> {
  const parsed = parseIp(options.ip);
  if (parsed === undefined) throw new RangeError('checkHost: ip is not an IP address');
  const ip = unmapIp(parsed);
  const scope = options.scope ?? 'mfrom';
  const identity = readIdentity(scope, options.sender, options.helo);
  const { domain = identity.writtenDomain } = identity;
  const known = { identity: scope, domain, clientIp: formatIp(ip) };
  if (identity.domain === undefined) {
    const reason = domain === '' ? 'no-domain' : 'malformed-domain';
    const summary: LookupSummary = { lookups: 0, voidLookups: 0, dnssec: 'indeterminate', ttl: null };
    return { ...known, result: SPF_REASONS[reason], reason, ...summary, steps: [] };
  }
  const time = typeof options.now === 'function' ? options.now() : (options.now ?? new Date());
  const context: MacroContext = { identity, ip, helo: options.helo, receiver: options.receiver ?? 'unknown', time };
  const { resolver, signal, deadline = LIMITS.checkDeadline } = options;
  const lookups = openLookups({ resolver, signal, deadline });
  try {
    const check: Check = {
      identity: scope,
      context,
      client: { ip, lookups },
      steps: [],
      pointerCounted: false,
      records: new Map(),
    };
    const { exp, ...verdict } = await evaluateDomain(check, domain, 0);
    const summary = lookups.summary();
    const result = verdict.reason === null ? 'pass' : SPF_REASONS[verdict.reason];
    const explanation = exp && (await explain(exp, verdict.recordName, context, check.client));
    return {
      ...known,
      result,
      ...(explanation === undefined ? {} : { explanation }),
      ...summary,
      ...verdict,
      ...(result === 'pass' && letsEveryonePass(domain, (name) => check.records.get(name))
        ? { everyonePasses: true as const }
        : {}),
      steps: check.steps,
    };
  } finally {
    lookups.close();
  }
}

/** check_host() for one <domain>: the identity's own, or one that "include" or redirect= names (RFC 7208 §4.3 to §4.7). */
async function evaluateDomain(check: Check, domain: string, depth: number): Promise<Verdict> {
  const { lookups } = check.client;
  const answer = await lookups.ask(domain, 'TXT');
  if (answer.kind === 'failure') return stopped(stopForFailure(answer, lookups), domain);
  if (answer.kind === 'nxdomain') return { reason: 'nonexistent-domain', recordName: domain };
  const [selected, ...others] = selectRecords(answer.kind === 'records' ? answer.records : [], check.identity);
  if (selected === undefined) return { reason: 'no-record', recordName: domain };
  if (others.length > 0) return { reason: 'several-records', recordName: domain, trouble: { recordName: domain } };
  const record = parseSpfRecord(selected.text, selected.version);
  check.records.set(domain.toLowerCase(), record);
  const verdict = await evaluateRecord(check, record, domain, depth);
  // A redirect's verdict tells of its own record, or that there was none to read.
  return verdict.recordName === domain ? { record: record.text, ...verdict } : verdict;
}

async function evaluateRecord(check: Check, record: ParsedSpfRecord, domain: string, depth: number): Promise<Verdict> {
  const [problem] = record.problems;
  if (problem !== undefined) {
    const { term, at, code } = problem;
    return { reason: 'syntax-error', recordName: domain, trouble: { recordName: domain, term, at, syntax: code } };
  }
  if (record.cut !== null) return stopped({ reason: record.cut }, domain);
  const values = macroValues(check.context, domain, '');
  sendAhead(check, record, values);
  for (const term of record.terms) {
    if (term.kind === 'redirect' || term.kind === 'exp' || term.kind === 'unknown-modifier') continue;
    const match = await evaluateDirective(check, term, values, depth);
    if (isStop(match)) return stopped(match, domain, term.text);
    if (!match) continue;
    const exp = term.result === 'fail' ? record.terms.find((other) => other.kind === 'exp') : undefined;
    return {
      reason: MATCH_REASONS[term.result],
      recordName: domain,
      mechanism: term.text,
      ...(exp === undefined ? {} : { exp: exp.domain }),
    };
  }
  return await followRedirect(check, record, values, depth);
}

/** RFC 7208 §4.7 and §6.1. Reached only where no "all" is in the record, so redirect= never competes with one. */
async function followRedirect(
  check: Check,
  record: ParsedSpfRecord,
  values: MacroValues,
  depth: number,
): Promise<Verdict> {
  const domain = values.d;
  const redirect = record.terms.find((term) => term.kind === 'redirect');
  if (redirect === undefined) return { reason: 'no-match', recordName: domain };
  if (!check.client.lookups.countTerm()) return stopped({ reason: 'too-many-lookups' }, domain, redirect.text);
  const target = await targetOf(check, redirect.domain, values);
  if (isStop(target)) return stopped(target, domain, redirect.text);
  const { name } = target;
  check.steps.push({ depth, recordName: domain, term: redirect.text, target: name ?? null, outcome: 'redirect' });
  const verdict = name === undefined || !isMultiLabel(name) ? undefined : await evaluateDomain(check, name, depth);
  // No record, or a name that can have none, is an error here (RFC 7208 §6.1).
  if (verdict === undefined || isNone(verdict)) {
    return stopped({ reason: 'redirect-without-record' }, domain, redirect.text);
  }
  return verdict;
}

function isNone({ reason }: Verdict): boolean {
  return reason !== null && SPF_REASONS[reason] === 'none';
}

function stopped({ reason, question, failure, trouble }: Stop, recordName: string, mechanism?: string): Verdict {
  const here: SpfTrouble = {
    recordName,
    ...(mechanism === undefined ? {} : { term: mechanism }),
    ...(question === undefined ? {} : { question }),
    ...(failure === undefined ? {} : { failure }),
  };
  return { reason, recordName, ...(mechanism === undefined ? {} : { mechanism }), trouble: trouble ?? here };
}

/** Evaluates a directive and keeps the step as evidence where it caused look-ups or matched. */
async function evaluateDirective(
  check: Check,
  directive: SpfDirective,
  values: MacroValues,
  depth: number,
): Promise<boolean | Stop> {
  const step = { depth, recordName: values.d, term: directive.text, target: null };
  if (directive.kind === 'all' || directive.kind === 'ip4' || directive.kind === 'ip6') {
    const matches = directive.kind === 'all' || matchesPrefix(check.client.ip, directive.network, directive.prefix);
    if (matches) check.steps.push({ ...step, outcome: 'match' });
    return matches;
  }
  if (!check.client.lookups.countTerm()) return { reason: 'too-many-lookups' };
  const target = directive.domain === null ? { name: values.d } : await targetOf(check, directive.domain, values);
  if (isStop(target)) return target;
  const place = check.steps.length;
  check.steps.push({ ...step, target: target.name ?? null, outcome: 'error' });
  const match = await matchTarget(check, directive, target.name, depth);
  const outcome = isStop(match) ? 'error' : match ? 'match' : 'no-match';
  check.steps[place] = { ...step, target: target.name ?? null, outcome };
  return match;
}

type LookupDirective = Exclude<SpfDirective, { readonly kind: 'all' | 'ip4' | 'ip6' }>;

async function matchTarget(
  check: Check,
  directive: LookupDirective,
  target: string | undefined,
  depth: number,
): Promise<boolean | Stop> {
  if (directive.kind === 'include') return await matchInclude(check, target, depth);
  // A name nobody can ask for has no records, so the mechanism does not match (RFC 7208 §4.8 leaves it open).
  if (target === undefined) return false;
  switch (directive.kind) {
    case 'a':
      return await matchA(directive, target, check.client);
    case 'mx':
      return await matchMx(directive, target, check.client);
    case 'ptr':
      return await matchPtr(target, check.client);
    case 'exists':
      return await matchExists(target, check.client);
  }
}

/** RFC 7208 §5.2: only a pass matches; a missing record is an error. */
async function matchInclude(check: Check, target: string | undefined, depth: number): Promise<boolean | Stop> {
  if (target === undefined || !isMultiLabel(target)) return { reason: 'include-without-record' };
  const { reason, trouble } = await evaluateDomain(check, target, depth + 1);
  if (reason === null) return true;
  switch (SPF_REASONS[reason]) {
    case 'none':
      return { reason: 'include-without-record' };
    case 'temperror':
    case 'permerror':
      return { reason, ...(trouble === undefined ? {} : { trouble }) };
    default:
      return false;
  }
}
