/** Conditions as words: short phrases that stand after “If” as well as after “because”. Computed without a browser. */
import { membersOf } from '../../src/rules/group.ts';
import type {
  Condition,
  ConditionGroup,
  KeywordCondition,
  LeafCondition,
  SignatureCondition,
  SubjectLabelCondition,
} from '../../src/rules/types.ts';
import { shownDomain } from '../../src/domain/name.ts';
import type { PracticeStatementId } from '../../src/practices/types.ts';
import type { HostAccount } from '../hosts/host.ts';
import { findingTitleKey, keyOf, type Params, type Translate } from './words.ts';

/** Accounts by whose names people know them; rules know them by the mail program's identifiers. */
export type Accounts = readonly HostAccount[];

export function accountName(account: string, accounts: Accounts): string {
  return accounts.find(({ id }) => id === account)?.name ?? account;
}

/** One condition. */
export function conditionText(condition: LeafCondition, accounts: Accounts, t: Translate): string {
  switch (condition.field) {
    case 'keyword':
      return keywordText(condition, t);
    case 'pass-key':
      return t(`rules_if_pass_key_${condition.coverage}`, { value: condition.value });
    case 'subject-label':
      return subjectLabelText(condition, t);
    case 'level':
      return t(keyOf('rules_if_level', condition.compare), { level: t(`level_${condition.level}`) });
    case 'finding':
      return t('rules_if_finding', { finding: findingTitle(condition.id, t) });
    case 'signature':
      return signatureText(condition, t);
    case 'author-domain':
      return belowText('rules_if_author_domain', condition.subdomains, { domain: shownDomain(condition.domain) }, t);
    case 'practice':
      return t('rules_if_practice', { statement: statementTitle(condition.statement, t) });
    case 'observed':
      return t(keyOf('rules_if_observed', condition.practice));
    case 'list':
      return t(`rules_if_list_${condition.match}`, { id: condition.id });
    case 'server-result': {
      const { method, result, server } = condition;
      if (server === undefined) return t('rules_if_server_result', { method, result });
      return t('rules_if_server_result_of', { method, result, server });
    }
    case 'account':
      return t('rules_if_account', { account: accountName(condition.account, accounts) });
    case 'folder':
      return belowText('rules_if_folder', condition.subfolders, { folder: condition.folder }, t);
  }
}

function keywordText({ by, match, value }: KeywordCondition, t: Translate): string {
  return t(`rules_if_keyword_${by}_${match}`, { value });
}

function subjectLabelText({ label, law }: SubjectLabelCondition, t: Translate): string {
  const text = label === undefined ? t('rules_if_subject_label_any') : t('rules_if_subject_label', { label });
  return law === undefined ? text : `${text} (${t(keyOf('panel_law', law))})`;
}

function signatureText({ domain, subdomains, relations }: SignatureCondition, t: Translate): string {
  const text =
    domain === undefined
      ? t('rules_if_signature_any')
      : belowText('rules_if_signature', subdomains, { domain: shownDomain(domain) }, t);
  if (relations === undefined) return text;
  return `${text} (${relations.map((relation) => t(keyOf('panel_relation', relation))).join(` ${t('rules_or')} `)})`;
}

/** The key as it is for the name alone, `_below` for what is below it as well. */
function belowText(key: string, below: boolean, params: Params, t: Translate): string {
  return t(below ? `${key}_below` : key, params);
}

/** The sentence of a finding with dots where a message would have its own words. */
export function findingTitle(id: string, t: Translate): string {
  return withDots(t(findingTitleKey(id)));
}

export function statementTitle(statement: PracticeStatementId, t: Translate): string {
  return withDots(t(keyOf('practice', statement)));
}

function withDots(sentence: string): string {
  return sentence.replace(/\{[a-zA-Z]+\}/g, '…').replace(/\.$/, '');
}

/** Conditions of a summary; who wants to see more opens the rule. */
const MOST_SHOWN = 6;

/** A group as one phrase, groups within it in brackets. */
export function groupText(group: ConditionGroup, accounts: Accounts, t: Translate): string {
  const members = membersOf(group);
  if (members.length === 0) return t('rules_if_every');
  const shown = members.slice(0, MOST_SHOWN).map((member) => memberText(member, accounts, t));
  if (members.length > MOST_SHOWN) shown.push(t('rules_if_more', { count: String(members.length - MOST_SHOWN) }));
  const joined = shown.join(` ${t('all' in group ? 'rules_and' : 'rules_or')} `);
  return 'none' in group ? `${t('rules_if_none')} ${shown.length > 1 ? `(${joined})` : joined}` : joined;
}

function memberText(member: Condition, accounts: Accounts, t: Translate): string {
  if ('field' in member) return conditionText(member, accounts, t);
  const text = groupText(member, accounts, t);
  return 'none' in member || membersOf(member).length === 1 ? text : `(${text})`;
}
