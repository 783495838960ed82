/**
 * What conditions say of each other, without a message: which follows from which, and which cannot hold together. Sound, not complete:
 * what it calls impossible is impossible, and it may miss some. Used to point things out, never to decide what a rule does.
 */
import { LEVELS } from '../assessment/types.ts';
import type { Level } from '../assessment/types.ts';
import { asciiEqual, asciiLower } from '../bytes/ascii.ts';
import { isWithin, parseDomain } from '../domain/name.ts';
import { membersOf } from './group.ts';
import { keywordMatcher } from './keyword.ts';
import { foldLabel, levelsOf } from './match.ts';
import { comparableFolder } from './text.ts';
import type {
  Condition,
  FolderCondition,
  KeywordCondition,
  KeywordOrigin,
  LeafCondition,
  SignatureCondition,
} from './types.ts';
import { RELATIONS } from './words.ts';

/** A condition that is known to hold, or known not to. */
export interface Literal {
  readonly leaf: LeafCondition;
  readonly holds: boolean;
}

/** What a condition that comes out one way amounts to. */
export interface Parts {
  /** All of these. */
  readonly literals: readonly Literal[];
  /** And one of each of these. */
  readonly choices: readonly Choice[];
}

interface Choice {
  readonly members: readonly Condition[];
  readonly holds: boolean;
}

/** Takes a condition apart that comes out as `holds`. */
export function partsOf(condition: Condition, holds: boolean): Parts {
  if ('field' in condition) return { literals: [{ leaf: condition, holds }], choices: [] };
  const members = membersOf(condition);
  // `none` is the opposite of `any`.
  const memberHolds = 'none' in condition ? !holds : holds;
  const together = 'all' in condition ? holds : !memberHolds;
  if (!together && members.length !== 1) return { literals: [], choices: [{ members, holds: memberHolds }] };
  const parts = members.map((member) => partsOf(member, memberHolds));
  return { literals: parts.flatMap(({ literals }) => literals), choices: parts.flatMap(({ choices }) => choices) };
}

const NOTHING: Parts = { literals: [], choices: [] };

/** Whether no message is as these parts say. */
export function isImpossible(parts: Parts): boolean {
  return contradicts(parts.literals, parts.literals) || exclude(parts, NOTHING);
}

/** Whether no message is as both say, each of which is possible by itself. */
export function exclude(one: Parts, other: Parts): boolean {
  const literals = [...one.literals, ...other.literals];
  return (
    allowedLevels(literals).length === 0 ||
    contradicts(one.literals, other.literals) ||
    [...one.choices, ...other.choices].some(({ members, holds }) =>
      members.every((member) => {
        const parts = partsOf(member, holds);
        return isImpossible(parts) || exclude(parts, { literals, choices: [] });
      }),
    )
  );
}

function contradicts(some: readonly Literal[], others: readonly Literal[]): boolean {
  return some.some((one) => others.some((other) => cannotBoth(one, other) || cannotBoth(other, one)));
}

function allowedLevels(literals: readonly Literal[]): readonly Level[] {
  return literals.reduce<readonly Level[]>((allowed, { leaf, holds }) => {
    if (leaf.field !== 'level') return allowed;
    const levels = levelsOf(leaf);
    return allowed.filter((level) => levels.includes(level) === holds);
  }, LEVELS);
}

function cannotBoth(one: Literal, other: Literal): boolean {
  if (!one.holds) return false;
  return other.holds ? excludes(one.leaf, other.leaf) : implies(one.leaf, other.leaf);
}

/** Whether no message satisfies both. Levels are compared as sets elsewhere. */
function excludes(one: LeafCondition, other: LeafCondition): boolean {
  if (one.field === 'account' && other.field === 'account') return one.account !== other.account;
  if (one.field === 'folder' && other.field === 'folder') return !isFolderIn(one, other) && !isFolderIn(other, one);
  if (one.field === 'observed' && other.field === 'observed') return one.practice !== other.practice;
  return one.field === 'pass-key' && one.coverage === 'unsigned' && originOf(other) === 'signed';
}

/** Whether every message that satisfies the first satisfies the second. */
export function implies(one: LeafCondition, other: LeafCondition): boolean {
  const origin = originOf(one);
  switch (other.field) {
    case 'keyword':
      return isOrigin(origin, other.by) && impliesKeyword(one, other);
    case 'pass-key':
      return (
        asciiEqual(exactKeyword(one) ?? '', other.value) &&
        (other.coverage === 'either'
          ? isOrigin(origin, 'declared')
          : one.field === 'pass-key'
            ? one.coverage === other.coverage
            : other.coverage === 'signed' && origin === 'signed')
      );
    case 'subject-label':
      return (
        one.field === 'subject-label' &&
        foldLabel(one.label ?? '').startsWith(foldLabel(other.label ?? '')) &&
        (other.law === undefined || one.law === other.law)
      );
    case 'level':
      return one.field === 'level' && isSubset(levelsOf(one), levelsOf(other));
    case 'finding':
      return one.field === 'finding' && one.id === other.id;
    case 'signature':
      return one.field === 'signature' && impliesSignature(one, other);
    case 'author-domain':
      return one.field === 'author-domain' && impliesDomain(one, other);
    case 'practice':
      return one.field === 'practice' && one.statement === other.statement;
    case 'observed':
      return one.field === 'observed' && one.practice === other.practice;
    case 'list': {
      if (one.field !== 'list') return false;
      const [id, wanted] = [asciiLower(one.id), asciiLower(other.id)];
      return other.match === 'namespace' ? endsIn(id, wanted, one.match) : one.match === 'exact' && id === wanted;
    }
    case 'server-result':
      return (
        one.field === 'server-result' &&
        one.method === other.method &&
        one.result === other.result &&
        (other.server === undefined || (one.server !== undefined && asciiEqual(one.server, other.server)))
      );
    case 'account':
      return one.field === 'account' && one.account === other.account;
    case 'folder':
      return one.field === 'folder' && isFolderIn(one, other);
  }
}

/** Who must have put the keyword there; undefined where the condition is about something else. */
function originOf(condition: LeafCondition): KeywordOrigin | undefined {
  if (condition.field === 'keyword') return condition.by;
  if (condition.field === 'pass-key') return condition.coverage === 'signed' ? 'signed' : 'declared';
  return undefined;
}

function isOrigin(origin: KeywordOrigin | undefined, wanted: KeywordOrigin): boolean {
  return origin === wanted || (origin === 'signed' && wanted === 'declared');
}

/** The one keyword a condition asks for. */
function exactKeyword(condition: LeafCondition): string | undefined {
  const exact = condition.field === 'pass-key' || (condition.field === 'keyword' && condition.match === 'exact');
  return exact ? condition.value : undefined;
}

function impliesKeyword(one: LeafCondition, other: KeywordCondition): boolean {
  const exact = exactKeyword(one);
  if (exact !== undefined)
    return other.match === 'exact' ? asciiEqual(exact, other.value) : keywordMatcher(other)(exact);
  if (one.field !== 'keyword') return false;
  // Whatever continues a longer prefix continues the shorter one as well.
  if (one.match === 'prefix' && other.match === 'prefix') return keywordMatcher(other)(one.value);
  return one.match === other.match && asciiEqual(one.value, other.value);
}

interface DomainRange {
  readonly domain: string;
  readonly subdomains: boolean;
}

function impliesDomain(one: DomainRange, other: DomainRange): boolean {
  const domain = parseDomain(one.domain);
  const ancestor = parseDomain(other.domain);
  if (domain === undefined || ancestor === undefined) return false;
  return other.subdomains ? isWithin(domain, ancestor) : !one.subdomains && domain === ancestor;
}

function impliesSignature(one: SignatureCondition, other: SignatureCondition): boolean {
  if (!isSubset(one.relations ?? RELATIONS, other.relations ?? RELATIONS)) return false;
  if (other.domain === undefined) return true;
  return (
    one.domain !== undefined &&
    impliesDomain({ ...one, domain: one.domain }, { domain: other.domain, subdomains: other.subdomains })
  );
}

function endsIn(id: string, namespace: string, match: 'exact' | 'namespace'): boolean {
  return id.endsWith(`.${namespace}`) || (match === 'namespace' && id === namespace);
}

function isFolderIn(one: FolderCondition, other: FolderCondition): boolean {
  const folder = comparableFolder(one.folder);
  const wanted = comparableFolder(other.folder);
  if (other.subfolders) return folder === wanted || folder.startsWith(`${wanted}/`);
  return !one.subfolders && folder === wanted;
}

function isSubset<T>(some: readonly T[], all: readonly T[]): boolean {
  return some.every((one) => all.includes(one));
}
