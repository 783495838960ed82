/**
 * Conditions as Sieve tests (RFC 5228 §5), where the header alone decides. Keywords and labels need regular expressions
 * (draft-ietf-sieve-regex): the wildcards of `:matches` run across the commas of a list and know no white space.
 *
 * A test is exact, or it comes with a guard: a test that is true where the server cannot tell. The script then leaves the message to
 * the reader's own machine.
 */
import { LIST_NAMES } from '../message/list-fields.ts';
import type { Translated, Untranslated } from './carry.ts';
import { membersOf } from './group.ts';
import { escapeRegex, quote, quoteList } from './sieve-text.ts';
import { subjectPatterns } from './sieve-subject.ts';
import type {
  AuthorDomainCondition,
  Condition,
  KeywordCondition,
  LeafCondition,
  ListCondition,
  SubjectLabelCondition,
} from './types.ts';

/** Mail that a script leaves to the reader's own machine. */
export type HandedOver =
  /** A Solicitation field longer than RFC 3865 §2.2 allows: how much of it is in force takes counting. */
  | 'long-keyword-list'
  /** A label next to a character that may or may not be a letter. */
  | 'unclear-subject-label'
  /** From holds something that servers read differently. */
  | 'unclear-author';

export interface SieveGuard {
  readonly id: HandedOver;
  readonly test: string;
}

export interface SieveTest {
  readonly test: string;
  readonly requires: readonly string[];
  readonly guards: readonly SieveGuard[];
}

type Result = Translated<SieveTest> | Untranslated;

/** `null` is every message. */
export function sieveCondition(condition: Condition | null): Result {
  if (condition === null) return exact('true');
  if ('field' in condition) return sieveLeaf(condition);
  const parts: SieveTest[] = [];
  for (const member of membersOf(condition)) {
    const part = sieveCondition(member);
    if (!part.ok) return part;
    parts.push(part.value);
  }
  const joined = join('all' in condition ? 'allof' : 'anyof', parts);
  return ok('none' in condition ? { ...joined, test: `not ${joined.test}` } : joined);
}

function sieveLeaf(condition: LeafCondition): Result {
  switch (condition.field) {
    case 'keyword':
      if (condition.by === 'declared') return keywordTest(condition);
      return left(condition, condition.by === 'recorded' ? 'needs-trust' : 'needs-check');
    case 'pass-key':
      return condition.coverage === 'either'
        ? keywordTest({ match: 'exact', value: condition.value })
        : left(condition, 'needs-check');
    case 'subject-label':
      return subjectTest(condition);
    case 'author-domain':
      return authorTest(condition);
    case 'list':
      return listTest(condition);
    case 'server-result':
      return left(condition, 'needs-trust');
    case 'account':
      return left(condition, 'account-unknown');
    case 'level':
    case 'finding':
    case 'signature':
    case 'practice':
    case 'observed':
      return left(condition, 'needs-check');
    case 'folder':
      return left(condition, 'not-expressible');
  }
}

function left({ field }: LeafCondition, why: Untranslated['why']): Untranslated {
  return { ok: false, why, field };
}

function ok(value: SieveTest): Result {
  return { ok: true, value };
}

function exact(test: string, requires: readonly string[] = [], guards: readonly SieveGuard[] = []): Result {
  return ok({ test, requires, guards });
}

function join(operator: 'allof' | 'anyof', parts: readonly SieveTest[]): SieveTest {
  const [only] = parts;
  return {
    test: parts.length === 1 && only ? only.test : `${operator} (${parts.map(({ test }) => test).join(', ')})`,
    requires: parts.flatMap(({ requires }) => requires),
    guards: parts.flatMap(({ guards }) => guards),
  };
}

/** White space around a comma; a folded field may also begin with some. */
const WS = '[ \t]*';
const KEYWORD_CHARACTER = '[A-Za-z0-9._:-]';

/** The standard's field and the one of its drafts (RFC 3865 §2.5). */
const FIELDS = '["Solicitation", "No-Solicit"]';

/** 1001 characters, in repetitions of at most 255 (POSIX RE_DUP_MAX). */
const LONG_LIST: SieveGuard = { id: 'long-keyword-list', test: `header :regex ${FIELDS} "^(.{143}){7}"` };

/** One word of the list, alone between commas; any such field will do. */
function keywordTest(condition: Pick<KeywordCondition, 'match' | 'value'>): Result {
  const pattern = `(^|,)${WS}${keywordPattern(condition)}${WS}(,|$)`;
  return exact(`header :regex ${FIELDS} ${quote(pattern)}`, ['regex'], [LONG_LIST]);
}

/** What `keywordMatcher` accepts, as far as it is a keyword at all: RFC 3865 §2.2 word. */
function keywordPattern({ match, value }: Pick<KeywordCondition, 'match' | 'value'>): string {
  switch (match) {
    case 'exact':
      return escapeRegex(value);
    case 'prefix':
      return `${escapeRegex(value)}([.:]${KEYWORD_CHARACTER}*)?`;
    case 'glob':
      return globPattern(value);
  }
}

function globPattern(value: string): string {
  const pattern = value.split(/\*+/).map(escapeRegex).join(`${KEYWORD_CHARACTER}*`);
  if (!value.startsWith('*')) return pattern;
  // A keyword begins with a letter, whether the wildcard stands for it or not.
  const rest = pattern.slice(`${KEYWORD_CHARACTER}*`.length);
  const begun = `[A-Za-z]${KEYWORD_CHARACTER}*`;
  return /^[A-Za-z]/.test(rest) ? `(${begun})?${rest}` : `${begun}${rest}`;
}

/** The first Subject field, as the Report has it. */
function subjectTest(condition: SubjectLabelCondition): Result {
  const patterns = subjectPatterns(condition);
  if (patterns === undefined) return left(condition, 'own-label');
  const test = subjectHeader(patterns.certain);
  const guard: SieveGuard = {
    id: 'unclear-subject-label',
    test: `allof (${subjectHeader(patterns.uncertain)}, not ${test})`,
  };
  return exact(test, ['regex', 'index'], patterns.uncertain.length > 0 ? [guard] : []);
}

function subjectHeader(patterns: readonly string[]): string {
  return `header :index 1 :regex "Subject" ${quoteList(patterns)}`;
}

const NAME_CHARACTER = '[^][()<>:;@\\\\"]';
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?';
const ADDRESS = `${ATOM}([.]${ATOM})*@${LABEL}([.]${LABEL})*`;
const NAME = `(${NAME_CHARACTER}|[(]${NAME_CHARACTER}*[)])*`;

/** One plain mailbox: a name without marks, comments not nested, `local@domain` in ASCII. Brackets as POSIX and PCRE both read them. */
const PLAIN_AUTHOR = [
  `^("${NAME_CHARACTER}*"${WS}|${NAME})<${ADDRESS}>${WS}$`,
  `^${WS}${ADDRESS}${WS}([(]${NAME_CHARACTER}*[)]${WS})?$`,
];

/**
 * A From field that is not plain. Servers stop reading where the grammar is broken, and then see `a@b` as the author in
 * `From: a@b <c@d>`; domains beyond ASCII have several spellings of which a server does not know that they are one.
 */
const UNCLEAR_AUTHOR: SieveGuard = {
  id: 'unclear-author',
  test:
    'anyof (header :index 2 :matches "From" "*", header :regex "From" "@[^@]{254}", allof (exists "From", not allof (' +
    `header :regex "From" ${quoteList(PLAIN_AUTHOR)}, address :domain :matches "From" "*")))`,
};

function authorTest({ domain, subdomains }: AuthorDomainCondition): Result {
  const domains = subdomains ? [domain, `*.${domain}`] : [domain];
  const test = `address :domain ${subdomains ? ':matches' : ':is'} "From" ${quoteList(domains)}`;
  return exact(test, ['index', 'regex'], [UNCLEAR_AUTHOR]);
}

/** The list's name as `readIntermediaries` finds it: in the first of these fields that is there. */
function listTest({ id, match }: ListCondition): Result {
  const patterns = quoteList(match === 'exact' ? listPatterns(escapeRegex(id)) : namespacePatterns(escapeRegex(id)));
  const tests = LIST_NAMES.map((name, index) => {
    const absent = LIST_NAMES.slice(0, index).map((other) => `not exists ${quote(other)}`);
    const test = `header :regex ${quote(name)} ${patterns}`;
    return absent.length === 0 ? test : `allof (${[...absent, test].join(', ')})`;
  });
  return exact(`anyof (${tests.join(', ')})`, ['regex']);
}

/** RFC 2919 §3: in the last angle brackets; else the whole text after a comment. */
function listPatterns(id: string): readonly string[] {
  return [`<${WS}(mailto:)?${id}${WS}>[^>]*$`, `^${WS}([(][^()]*[)]${WS})*${id}$`];
}

function namespacePatterns(id: string): readonly string[] {
  return [`<[^<]*[.]${id}${WS}>[^>]*$`, `^[^>]*[.]${id}$`, `^[^<]*>[^>]*[.]${id}$`];
}
