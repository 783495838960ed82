/**
 * Conditions as the terms of Thunderbird's own filters: `header, operator, value`, joined by AND or by OR and never nested. Terms know
 * neither lists nor words, so each is chosen to hold only where the condition does; what would take a guess is left out.
 *
 * Known differences, where a term still holds and the condition does not: keywords beyond the 1000 characters of RFC 3865 §2.2, words
 * that begin like a wanted keyword and are none, and From or List-Id fields that break their grammar.
 */
import { SUBJECT_LABELS } from '../solicitation/subject-labels.ts';
import type { Translated, Untranslated } from './carry.ts';
import { membersOf } from './group.ts';
import { foldLabel } from './match.ts';
import type {
  AuthorDomainCondition,
  Condition,
  KeywordCondition,
  LeafCondition,
  ListCondition,
  SubjectLabelCondition,
} from './types.ts';

const KEYWORD_ATTRIBUTES = ['"solicitation"', '"no-solicit"'] as const;
type KeywordAttribute = (typeof KEYWORD_ATTRIBUTES)[number];

export interface FilterTerm {
  /** `subject`, or a header field, which Thunderbird marks with quotes. */
  readonly attribute: 'subject' | KeywordAttribute | '"list-id"' | '"from"';
  readonly operator: 'contains' | "doesn't contain" | 'is' | 'begins with' | 'ends with';
  readonly value: string;
}

export interface FilterCondition {
  readonly join: 'AND' | 'OR';
  /** None: every message. */
  readonly terms: readonly FilterTerm[];
}

type Terms = readonly FilterTerm[] | Untranslated;

/** `null` is every message. */
export function filterCondition(condition: Condition | null): Translated<FilterCondition> | Untranslated {
  if (condition === null) return { ok: true, value: { join: 'AND', terms: [] } };
  const together = allTerms(condition);
  if (!('ok' in together)) return { ok: true, value: { join: 'AND', terms: together } };
  const alternatives = anyTerms(condition);
  return 'ok' in alternatives ? alternatives : { ok: true, value: { join: 'OR', terms: alternatives } };
}

const INEXPRESSIBLE: Untranslated = { ok: false, why: 'not-expressible' };

/** Terms that together say what the condition says. */
function allTerms(condition: Condition): Terms {
  if ('all' in condition) return collect(condition.all, allTerms);
  if ('none' in condition) return collect(condition.none, noTerms);
  const terms = anyTerms(condition);
  return 'ok' in terms || terms.length === 1 ? terms : INEXPRESSIBLE;
}

/** Terms of which one is enough. */
function anyTerms(condition: Condition): Terms {
  if ('field' in condition) return leafTerms(condition);
  if ('any' in condition) return collect(condition.any, anyTerms);
  const [only, ...others] = membersOf(condition);
  return 'all' in condition && only !== undefined && others.length === 0 ? anyTerms(only) : INEXPRESSIBLE;
}

/** Terms that together say that the condition does not hold. */
function noTerms(condition: Condition): Terms {
  if ('any' in condition) return collect(condition.any, noTerms);
  if (!('field' in condition)) return INEXPRESSIBLE;
  const terms = leafTerms(condition);
  if ('ok' in terms) return terms;
  // Labels, authors and lists can be written in ways that a term does not see: none of them can be ruled out.
  if (condition.field !== 'keyword' && condition.field !== 'pass-key')
    return { ...INEXPRESSIBLE, field: condition.field };
  return inKeywords("doesn't contain", literalPart(condition.value));
}

function collect(members: readonly Condition[], translate: (member: Condition) => Terms): Terms {
  const terms: FilterTerm[] = [];
  for (const member of members) {
    const some = translate(member);
    if ('ok' in some) return some;
    terms.push(...some);
  }
  return terms;
}

function leafTerms(condition: LeafCondition): Terms {
  const left = (why: Untranslated['why']): Untranslated => ({ ok: false, why, field: condition.field });
  switch (condition.field) {
    case 'keyword':
      if (condition.by !== 'declared') return left(condition.by === 'recorded' ? 'needs-trust' : 'needs-check');
      return keywordTerms(condition) ?? left('not-expressible');
    case 'pass-key':
      return condition.coverage === 'either' ? exactTerms(condition.value) : left('needs-check');
    case 'subject-label': {
      const terms = labelTerms(condition);
      return terms.length > 0 ? terms : left('own-label');
    }
    case 'author-domain':
      return authorTerms(condition);
    case 'list':
      return listTerms(condition);
    case 'server-result':
      return left('needs-trust');
    case 'account':
      return left('account-unknown');
    case 'level':
    case 'finding':
    case 'signature':
    case 'practice':
    case 'observed':
      return left('needs-check');
    case 'folder':
      return left('not-expressible');
  }
}

/** A pattern that ends in its only wildcard is a beginning; undefined for other patterns. */
function keywordTerms({ match, value }: KeywordCondition): readonly FilterTerm[] | undefined {
  switch (match) {
    case 'exact':
      return exactTerms(value);
    case 'prefix':
      return [...exactTerms(value), ...beginningTerms(`${value}.`), ...beginningTerms(`${value}:`)];
    case 'glob': {
      const beginning = value.replace(/\*+$/, '');
      if (beginning.includes('*') || beginning === '') return undefined;
      return beginning === value ? exactTerms(value) : beginningTerms(beginning);
    }
  }
}

/** A word between commas, with at most one space beside each: Thunderbird puts one where a field was folded. */
function exactTerms(word: string): readonly FilterTerm[] {
  return [
    ...inKeywords('is', word),
    ...AFTER.flatMap((after) => inKeywords('begins with', word + after)),
    ...BEFORE.flatMap((before) => inKeywords('ends with', before + word)),
    ...BEFORE.flatMap((before) => AFTER.flatMap((after) => inKeywords('contains', before + word + after))),
  ];
}

function beginningTerms(beginning: string): readonly FilterTerm[] {
  return [
    ...inKeywords('begins with', beginning),
    ...BEFORE.flatMap((before) => inKeywords('contains', before + beginning)),
  ];
}

const BEFORE = [',', ', '];
const AFTER = [',', ' ,'];

/** One term for each field: the standard's, and the one of its drafts (RFC 3865 §2.5). */
function inKeywords(operator: FilterTerm['operator'], value: string): readonly FilterTerm[] {
  return KEYWORD_ATTRIBUTES.map((attribute) => ({ attribute, operator, value }));
}

/** What every keyword that matches contains. */
function literalPart(pattern: string): string {
  return pattern.split('*').reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

const WORD_CHARACTER = /[\p{L}\p{N}_]/u;

/** A label by itself: where a letter is at its edge, the Subject's edge or a space beside it. */
function labelTerms({ label, law }: SubjectLabelCondition): readonly FilterTerm[] {
  const start = foldLabel(label ?? '');
  return SUBJECT_LABELS.filter((one) => one.label.startsWith(start) && (law === undefined || one.law === law)).flatMap(
    (one) => termsOfLabel(one.label),
  );
}

function termsOfLabel(label: string): readonly FilterTerm[] {
  const startsWord = WORD_CHARACTER.test(label[0] ?? '');
  const endsWord = WORD_CHARACTER.test(label.at(-1) ?? '');
  const term = (operator: FilterTerm['operator'], value: string): FilterTerm => ({
    attribute: 'subject',
    operator,
    value,
  });
  if (!startsWord && !endsWord) return [term('contains', label)];
  const after = endsWord ? `${label} ` : label;
  return [
    ...(startsWord ? [term('begins with', after), term('contains', ` ${after}`)] : [term('contains', after)]),
    ...(endsWord ? [term(startsWord ? 'is' : 'ends with', label)] : []),
    ...(startsWord && endsWord ? [term('ends with', ` ${label}`)] : []),
  ];
}

/** The field itself: the attribute `from` would also look at display names. */
function authorTerms({ domain, subdomains }: AuthorDomainCondition): readonly FilterTerm[] {
  const starts = subdomains ? ['@', '.'] : ['@'];
  return starts.flatMap((start) => [
    { attribute: '"from"', operator: 'ends with', value: `${start}${domain}>` },
    { attribute: '"from"', operator: 'ends with', value: `${start}${domain}` },
  ]);
}

function listTerms({ id, match }: ListCondition): readonly FilterTerm[] {
  return [{ attribute: '"list-id"', operator: 'ends with', value: match === 'exact' ? `<${id}>` : `.${id}>` }];
}
