/** A domain's profile as words: everything the page shows, computed once, without a browser. Values stay as they came; elements isolate them. */
import type { DnsFailure } from '../../../src/dns/resolver.ts';
import { shownDomain } from '../../../src/domain/name.ts';
import type { Segment } from '../../../src/profile/marks.ts';
import type { DomainProfile, KeyProfile, KeyRecordProfile } from '../../../src/profile/types.ts';
import { lookupRows, policyRows, viewStatement, type PracticeView } from '../../ui/report/practices.ts';
import type { Row } from '../../ui/report/rows.ts';
import { counted, durationText, keyOf, numberText, timeText, type Translate } from '../../ui/words.ts';
import { countFindings, viewFindings, viewRecord, type CountView, type ProblemView } from './findings.ts';
import { viewSpf, type SpfTreeView } from './spf-view.ts';

/** A name that was asked, with what is there. */
export interface StepView {
  readonly name: string;
  readonly record: readonly Segment[];
  /** What is there instead of a record; empty where there is one. */
  readonly outcome: string;
  readonly life: string;
  readonly problems: readonly ProblemView[];
}

export interface MethodView {
  readonly statement: PracticeView | null;
  readonly steps: readonly StepView[];
}

export interface KeyRecordView {
  readonly record: readonly Segment[];
  readonly chips: readonly string[];
  readonly problems: readonly ProblemView[];
}

export interface KeyView {
  readonly selector: string;
  readonly rows: readonly Row[];
  readonly problems: readonly ProblemView[];
  readonly records: readonly KeyRecordView[];
}

export interface ProfileView {
  readonly domain: string;
  /** When, and what it cost. */
  readonly asked: string;
  /** Why nothing at all could be asked; empty where something was. */
  readonly blocked: string;
  readonly counts: readonly CountView[];
  readonly unanswered: readonly string[];
  readonly spf: readonly SpfTreeView[];
  readonly spfIncomplete: boolean;
  readonly dmarc: MethodView;
  readonly adsp: MethodView;
  /** Whether the domain exists, and older forms. */
  readonly others: readonly PracticeView[];
  readonly keys: readonly KeyView[];
  /** Selectors that were not asked for, in words; empty where all were. */
  readonly selectorsLeftOut: string;
}

export function viewProfile(profile: DomainProfile, t: Translate): ProfileView {
  const { practices, profiledAt, cost, dnsFailures, selectorsLeftOut } = profile;
  const statements = practices.statements.filter(({ source }) => source !== 'dmarc' && source !== 'adsp');
  return {
    domain: shownDomain(profile.domain),
    asked: counted(
      t,
      'profiler_asked',
      cost.queries,
      { time: timeText(t, profiledAt), hits: numberText(t, cost.cacheHits) },
      'queries',
    ),
    blocked: blockedBy(profile, t),
    counts: countFindings(profile, t),
    unanswered: dnsFailures.map(
      ({ name, type, failure }) => `${type} ${shownDomain(name)}: ${failureText(failure, t)}`,
    ),
    spf: viewSpf(profile.spf, t),
    spfIncomplete: !profile.spf.complete,
    dmarc: viewDmarc(profile, t),
    adsp: viewAdsp(profile, t),
    others: statements.map((statement) => viewStatement(statement, practices.askedAt, [], t)),
    keys: profile.keys.map((key) => viewKey(key, t)),
    selectorsLeftOut: selectorsLeftOut === 0 ? '' : counted(t, 'profiler_left_out', selectorsLeftOut),
  };
}

/** Nobody could be asked: then there is no profile to show, only why. */
function blockedBy({ cost, dnsFailures: [first] }: DomainProfile, t: Translate): string {
  if (first === undefined || cost.queries > 0 || cost.cacheHits > 0) return '';
  if (first.failure === 'not-configured') return t('profiler_not_configured');
  return first.failure === 'offline' ? t('profiler_offline') : '';
}

function failureText(failure: DnsFailure, t: Translate): string {
  return t(keyOf('profiler_failure', failure));
}

/** How long an answer may be kept, and what it is worth. */
function lifeText(ttl: number | null, dnssec: string, t: Translate): string {
  return ttl === null
    ? ''
    : t('profiler_life', { ttl: durationText(t, ttl, 'long'), dnssec: t(`panel_dnssec_${dnssec}`) });
}

function statementOf(
  { practices }: DomainProfile,
  source: 'dmarc' | 'adsp',
  own: readonly Row[],
  t: Translate,
): PracticeView | null {
  const statement = practices.statements.find((one) => one.source === source);
  return statement === undefined ? null : viewStatement(statement, practices.askedAt, own, t);
}

function viewDmarc(profile: DomainProfile, t: Translate): MethodView {
  const { applied, walk, findings, ...policy } = profile.dmarc;
  const own = policyRows({ ...policy, origin: applied?.origin ?? null }, t);
  return {
    statement: statementOf(profile, 'dmarc', own, t),
    steps: walk.map(({ name, outcome, record, ttl, dnssec, failure }) => {
      const here = findings.filter((finding) => finding.name === name);
      const instead = failure === null ? t(keyOf('profiler_outcome', outcome)) : failureText(failure, t);
      return {
        name,
        record: record === null ? [] : viewRecord(record, here),
        outcome: record === null ? instead : '',
        life: lifeText(ttl, dnssec, t),
        problems: viewFindings('dmarc_finding', here, t),
      };
    }),
  };
}

/** A record of ADSP is shown again only where something in it is marked. */
function viewAdsp(profile: DomainProfile, t: Translate): MethodView {
  const { name, record, ttl, dnssec, findings } = profile.adsp;
  const problems = viewFindings('adsp_finding', findings, t);
  const marked = { name, record: viewRecord(record ?? '', findings), outcome: '', life: lifeText(ttl, dnssec, t) };
  return {
    statement: statementOf(profile, 'adsp', [], t),
    steps: problems.length === 0 ? [] : [{ ...marked, problems }],
  };
}

function viewKey({ selector, name, records, ttl, dnssec, findings }: KeyProfile, t: Translate): KeyView {
  return {
    selector,
    rows: lookupRows({ record: null, name, ttl, dnssec, askedAt: null }, t),
    problems: viewFindings('key_finding', findings, t),
    records: records.map((record) => ({
      record: viewRecord(record.text, record.findings),
      chips: keyChips(record, t),
      problems: viewFindings('key_finding', record.findings, t),
    })),
  };
}

function keyChips({ keyType, bits, hashes, services, testing, strictIdentity }: KeyRecordProfile, t: Translate) {
  if (keyType === null) return [];
  return [
    bits === null ? keyType : t('panel_algorithm_bits', { algorithm: keyType, bits: String(bits) }),
    ...(hashes === null ? [] : [t('profiler_key_hashes', { hashes: hashes.join(', ') })]),
    ...(services.includes('*') ? [] : [t('profiler_key_services', { services: services.join(', ') })]),
    ...(testing ? [t('profiler_key_testing')] : []),
    ...(strictIdentity ? [t('profiler_key_strict')] : []),
  ];
}
