/** Reads the conditions of a rule file: groups to a bounded depth, and the fields a condition can ask for. */
import { FINDING_IDS } from '../assessment/table.ts';
import { LEVELS } from '../assessment/types.ts';
import { asciiLower } from '../bytes/ascii.ts';
import { parseDomain } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { GROUP_KINDS, groupOf } from './group.ts';
import { KEYWORD, KEYWORD_GLOB } from './keyword.ts';
import {
  defaulting,
  isObject,
  list,
  oneOf,
  optional,
  readBoolean,
  record,
  required,
  text,
  type Place,
  type Reader,
} from './reader.ts';
import { isFolder, isWritable } from './text.ts';
import type { Condition, ConditionGroup, KeywordCondition, LeafCondition, LeafField } from './types.ts';
import { OBSERVED_PRACTICES, PRACTICE_STATEMENTS, RELATIONS, SUBJECT_LABEL_LAWS } from './words.ts';

/** The tree of groups of one rule. */
export const readConditions: Reader<ConditionGroup> = (value, place) => {
  const count = countConditions(value, 1);
  if (count === 'too-deep') return place.report('too-deep', [String(LIMITS.ruleDepth)]);
  if (count > LIMITS.ruleConditions) return place.report('too-many', [String(LIMITS.ruleConditions)]);
  return readGroup(value, place, true);
};

/** Counts conditions and groups before anything is read, so that what is read is bounded. */
function countConditions(value: unknown, depth: number): number | 'too-deep' {
  const members: unknown = isObject(value)
    ? GROUP_KINDS.map((name): unknown => Reflect.get(value, name)).find(Array.isArray)
    : undefined;
  if (!Array.isArray(members)) return 1;
  if (depth > LIMITS.ruleDepth) return 'too-deep';
  let total = 1;
  for (const member of members) {
    const count = countConditions(member, depth + 1);
    if (count === 'too-deep') return count;
    total += count;
    if (total > LIMITS.ruleConditions) break;
  }
  return total;
}

function readGroup(value: unknown, place: Place, root: boolean): ConditionGroup | undefined {
  if (!isObject(value)) return place.report('wrong-type', ['object']);
  const [name, ...others] = Object.keys(value);
  const kind = GROUP_KINDS.find((group) => group === name);
  if (kind === undefined || others.length > 0) return place.report('not-one-of', GROUP_KINDS);
  // Every message: allowed where it stands by itself, for a rule at the end of the list.
  const least = root && kind === 'all' ? 0 : 1;
  const members = list(readCondition, LIMITS.ruleConditions, least)(Reflect.get(value, kind), place.at(kind));
  return members && groupOf(kind, members);
}

const readCondition: Reader<Condition> = (value, place) => {
  if (!isObject(value)) return place.report('wrong-type', ['object']);
  if (!Object.hasOwn(value, 'field')) return readGroup(value, place, false);
  const field = oneOf(LEAF_FIELDS)(Reflect.get(value, 'field'), place.at('field'));
  return field === undefined ? undefined : LEAVES[field](value, place);
};

export const readLine = text(LIMITS.ruleTextCharacters, (value, place) =>
  isWritable(value) ? value : place.report('unwritable'),
);
const readDomain = text(LIMITS.ruleTextCharacters, (value, place) => parseDomain(value) ?? place.report('malformed'));
/** A method, a result, as RFC 8601 §2.2 writes them. */
const readWord = text(100, (value, place) =>
  /^[A-Za-z0-9-]+$/.test(value) ? asciiLower(value) : place.report('malformed'),
);
export const readFolder = text(LIMITS.ruleTextCharacters, (value, place) =>
  isFolder(value) ? value : place.report('malformed'),
);
const readKeyword = text(LIMITS.solicitationCharacters, (value, place) =>
  KEYWORD.test(value) ? value : place.report('malformed'),
);
const readPattern = text(LIMITS.solicitationCharacters, (value, place) =>
  KEYWORD_GLOB.test(value) && value.split('*').length <= LIMITS.ruleWildcards + 1 ? value : place.report('malformed'),
);
/** RFC 2919 §3: without the angle brackets. No `mailto:`, which the Report takes off the addresses that stand for a list. */
const readListId = text(LIMITS.ruleTextCharacters, (value, place) =>
  /^[^\s<>"\\]+$/.test(value) && isWritable(value) && !/^mailto:/i.test(value) ? value : place.report('malformed'),
);

/** One condition of that field. */
type LeafOf<F extends LeafField> = Extract<LeafCondition, { readonly field: F }>;

/** A keyword may hold wildcards where it is a pattern. */
const readKeywordCondition: Reader<KeywordCondition> = (value, place) => {
  const glob = isObject(value) && Reflect.get(value, 'match') === 'glob';
  return record<KeywordCondition>({
    field: required(oneOf(['keyword'])),
    match: defaulting(oneOf(['exact', 'prefix', 'glob']), 'exact'),
    value: required(glob ? readPattern : readKeyword),
    by: defaulting(oneOf(['declared', 'signed', 'recorded']), 'declared'),
  })(value, place);
};

const LEAVES: { readonly [F in LeafField]: Reader<LeafOf<F>> } = {
  keyword: readKeywordCondition,
  'pass-key': record<LeafOf<'pass-key'>>({
    field: required(oneOf(['pass-key'])),
    value: required(readKeyword),
    coverage: defaulting(oneOf(['signed', 'unsigned', 'either']), 'signed'),
  }),
  'subject-label': record<LeafOf<'subject-label'>>({
    field: required(oneOf(['subject-label'])),
    label: optional(readLine),
    law: optional(oneOf(SUBJECT_LABEL_LAWS)),
  }),
  level: record<LeafOf<'level'>>({
    field: required(oneOf(['level'])),
    compare: defaulting(oneOf(['is', 'or-better', 'or-worse']), 'is'),
    level: required(oneOf(LEVELS)),
  }),
  finding: record<LeafOf<'finding'>>({
    field: required(oneOf(['finding'])),
    id: required(oneOf(FINDING_IDS)),
  }),
  signature: record<LeafOf<'signature'>>({
    field: required(oneOf(['signature'])),
    domain: optional(readDomain),
    subdomains: defaulting(readBoolean, false),
    relations: optional(list(oneOf(RELATIONS), RELATIONS.length, 1)),
  }),
  'author-domain': record<LeafOf<'author-domain'>>({
    field: required(oneOf(['author-domain'])),
    domain: required(readDomain),
    subdomains: defaulting(readBoolean, false),
  }),
  practice: record<LeafOf<'practice'>>({
    field: required(oneOf(['practice'])),
    statement: required(oneOf(PRACTICE_STATEMENTS)),
  }),
  observed: record<LeafOf<'observed'>>({
    field: required(oneOf(['observed'])),
    practice: required(oneOf(OBSERVED_PRACTICES)),
  }),
  list: record<LeafOf<'list'>>({
    field: required(oneOf(['list'])),
    id: required(readListId),
    match: defaulting(oneOf(['exact', 'namespace']), 'exact'),
  }),
  'server-result': record<LeafOf<'server-result'>>({
    field: required(oneOf(['server-result'])),
    method: required(readWord),
    result: required(readWord),
    server: optional(readLine),
  }),
  account: record<LeafOf<'account'>>({
    field: required(oneOf(['account'])),
    account: required(readLine),
  }),
  folder: record<LeafOf<'folder'>>({
    field: required(oneOf(['folder'])),
    folder: required(readFolder),
    subfolders: defaulting(readBoolean, false),
  }),
};

const LEAF_FIELDS: readonly LeafField[] = [
  'keyword',
  'pass-key',
  'subject-label',
  'level',
  'finding',
  'signature',
  'author-domain',
  'practice',
  'observed',
  'list',
  'server-result',
  'account',
  'folder',
];
