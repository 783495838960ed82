/** Looks for one condition in a Report: what was found and where. No condition reads anything but typed fields of the Report. */
import { countedResults } from '../authres/counted.ts';
import { asciiEqual, asciiLower } from '../bytes/ascii.ts';
import { isWithin, parseDomain } from '../domain/name.ts';
import { LEVELS } from '../assessment/types.ts';
import type { Level } from '../assessment/types.ts';
import type { Evidence } from '../message/evidence.ts';
import { signingHabit } from '../practices/observed.ts';
import type { Report } from '../report/types.ts';
import { foldText } from '../solicitation/subject-labels.ts';
import { keywordMatcher } from './keyword.ts';
import { comparableFolder } from './text.ts';
import type {
  FolderCondition,
  KeywordCondition,
  LeafCondition,
  LevelCondition,
  ListCondition,
  MatchEvidence,
  ObservedCondition,
  PassKeyCondition,
  RuleSubject,
  ServerResultCondition,
  SignatureCondition,
  SubjectLabelCondition,
} from './types.ts';

/** The condition holds where something was found. */
export interface Match {
  readonly found: readonly string[];
  readonly evidence: readonly MatchEvidence[];
}

const NOTHING: Match = { found: [], evidence: [] };

export function findMatch(condition: LeafCondition, { report, account, folder }: RuleSubject): Match {
  switch (condition.field) {
    case 'keyword':
      return findKeyword(condition, report);
    case 'pass-key':
      return findPassKey(condition, report);
    case 'subject-label':
      return findSubjectLabel(condition, report);
    case 'level':
      return findLevel(condition, report);
    case 'finding': {
      const evidence = evidenceOf(report.findings, condition.id);
      return report.findings.some(({ id }) => id === condition.id) ? { found: [condition.id], evidence } : NOTHING;
    }
    case 'signature':
      return findSignature(condition, report);
    case 'author-domain': {
      const authors = report.identities.from.filter(({ domain }) => isOf(domain, condition));
      return matchOf(authors, ({ domain }) => domain ?? '', []);
    }
    case 'practice': {
      const statements = report.practices.statements.filter(({ text }) => text === condition.statement);
      return matchOf(
        statements,
        ({ domain }) => domain,
        statements.map(({ name, record }) => ({ kind: 'dns', name, type: 'TXT', record })),
      );
    }
    case 'observed':
      return findObserved(condition, report);
    case 'list':
      return findList(condition, report);
    case 'server-result':
      return findServerResult(condition, report);
    case 'account':
      return account === condition.account ? { found: [account], evidence: [] } : NOTHING;
    case 'folder':
      return folder !== undefined && isInFolder(folder, condition) ? { found: [folder], evidence: [] } : NOTHING;
  }
}

function matchOf<T>(items: readonly T[], text: (item: T) => string, evidence: readonly MatchEvidence[]): Match {
  return items.length === 0 ? NOTHING : { found: items.map(text), evidence };
}

/** RFC 3865 §2: who declared and who recorded are never mixed. */
function findKeyword(condition: KeywordCondition, { solicitation, findings }: Report): Match {
  const matches = keywordMatcher(condition);
  if (condition.by === 'recorded') {
    const recorded = solicitation.recorded.filter(({ keyword, trusted }) => trusted && matches(keyword));
    return matchOf(
      recorded,
      ({ keyword }) => keyword,
      recorded.map(({ field }) => ({ kind: 'position', index: field })),
    );
  }
  if (condition.by === 'signed' && !solicitation.signed) return NOTHING;
  return matchOf(solicitation.declared.filter(matches), asWritten, evidenceOf(findings, 'solicitation-declared'));
}

function findPassKey({ value, coverage }: PassKeyCondition, { solicitation, findings }: Report): Match {
  if (coverage !== 'either' && solicitation.signed !== (coverage === 'signed')) return NOTHING;
  const keys = solicitation.declared.filter(keywordMatcher({ match: 'exact', value }));
  return matchOf(keys, asWritten, evidenceOf(findings, 'solicitation-declared'));
}

function findSubjectLabel({ label, law }: SubjectLabelCondition, { solicitation, findings }: Report): Match {
  const start = label === undefined ? '' : foldLabel(label);
  const labels = solicitation.subjectLabels.filter(
    (one) => (law === undefined || one.law === law) && foldLabel(one.label).startsWith(start),
  );
  return matchOf(labels, (one) => one.label, evidenceOf(findings, 'subject-label'));
}

/** A Subject label in the form labels are compared in. */
export function foldLabel(label: string): string {
  return foldText(label.normalize('NFC'));
}

function findLevel(condition: LevelCondition, { level, headline, findings }: Report): Match {
  return levelsOf(condition).includes(level)
    ? { found: [level], evidence: evidenceOf(findings, headline).slice(0, 1) }
    : NOTHING;
}

/** The levels a condition allows. */
export function levelsOf({ compare, level }: LevelCondition): readonly Level[] {
  const place = LEVELS.indexOf(level);
  switch (compare) {
    case 'is':
      return [level];
    case 'or-better':
      return LEVELS.slice(0, place + 1);
    case 'or-worse':
      return LEVELS.slice(place);
  }
}

/** Valid signatures only; one under test does not count (RFC 6376 §3.6.1, t=y). */
function findSignature({ domain, subdomains, relations }: SignatureCondition, { dkim }: Report): Match {
  const signatures = dkim.filter(
    (signature) =>
      signature.result === 'pass' &&
      !signature.testing &&
      (domain === undefined || isOf(signature.domain, { domain, subdomains })) &&
      (relations === undefined || relations.includes(signature.relation)),
  );
  return matchOf(
    signatures,
    (signature) => signature.domain ?? '',
    signatures.map((signature) => ({
      kind: 'signature',
      index: signature.field,
      domain: signature.domain ?? '',
      selector: signature.selector ?? '',
    })),
  );
}

interface WantedDomain {
  readonly domain: string;
  readonly subdomains: boolean;
}

function isOf(found: string | null, wanted: WantedDomain): boolean {
  const domain = found === null ? undefined : parseDomain(found);
  const ancestor = parseDomain(wanted.domain);
  if (domain === undefined || ancestor === undefined) return false;
  return wanted.subdomains ? isWithin(domain, ancestor) : domain === ancestor;
}

/** Found by the author domain, of which the memory is. */
function findObserved({ practice }: ObservedCondition, { observed, remembers, identities: { from } }: Report): Match {
  if (observed !== null)
    return signingHabit(observed) === practice ? { found: [observed.domain], evidence: [] } : NOTHING;
  const domain = from.length === 1 ? (from[0]?.domain ?? null) : null;
  return practice === 'new-domain' && remembers && domain !== null ? { found: [domain], evidence: [] } : NOTHING;
}

function findList({ id, match }: ListCondition, { intermediaries }: Report): Match {
  const wanted = asciiLower(id);
  const lists = intermediaries.filter(({ kind, name }) => {
    const list = asciiLower(name);
    return kind === 'list' && (match === 'exact' ? list === wanted : list.endsWith(`.${wanted}`));
  });
  return matchOf(
    lists,
    ({ name }) => name,
    lists.flatMap(({ fields }) => fields.slice(0, 1).map((index) => ({ kind: 'position', index }))),
  );
}

/** RFC 8601 §7.1: a result counts where the reader's servers wrote it. */
function findServerResult({ method, result, server }: ServerResultCondition, { serverResults }: Report): Match {
  const fields = serverResults.filter(
    (field) =>
      field.authservId !== null &&
      (server === undefined || asciiEqual(server, field.authservId)) &&
      countedResults(field).some((one) => one.method === method && one.result === result),
  );
  return matchOf(
    fields,
    ({ authservId }) => `${authservId ?? ''}: ${method}=${result}`,
    fields.map(({ field }) => ({ kind: 'position', index: field })),
  );
}

function isInFolder(folder: string, condition: FolderCondition): boolean {
  const here = comparableFolder(folder);
  const wanted = comparableFolder(condition.folder);
  return here === wanted || (condition.subfolders && here.startsWith(`${wanted}/`));
}

function asWritten(text: string): string {
  return text;
}

function evidenceOf(findings: Report['findings'], wanted: string): readonly Evidence[] {
  return findings.filter(({ id }) => id === wanted).flatMap(({ evidence }) => evidence);
}
