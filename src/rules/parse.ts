/**
 * Reads and writes rule files. A file is taken whole or not at all: one problem anywhere, and nothing of it counts, so that a broken
 * file changes nothing. Every problem is told with its place.
 *
 * Known differences: where a member appears twice in one JSON object the last counts, as JSON.parse has it.
 */
import { asciiLower } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { readConditions, readFolder, readLine } from './parse-conditions.ts';
import {
  defaulting,
  isObject,
  list,
  oneOf,
  optional,
  readBoolean,
  record,
  required,
  rootPlace,
  text,
  type Place,
  type Reader,
  type RuleProblem,
} from './reader.ts';
import { isTag } from './text.ts';
import { RULES_VERSION } from './types.ts';
import type {
  BannerAction,
  MarkAction,
  MoveAction,
  NotifyAction,
  Rule,
  RuleAction,
  RuleSet,
  TagAction,
} from './types.ts';

export type ParsedRules =
  { readonly ok: true; readonly value: RuleSet } | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/**
 * Reads a rule file: its text, or the value JSON.parse made of it. Defaults are filled in and domains and tags brought to one form, so
 * what comes back is what {@link writeRules} writes. Never throws for content.
 */
export function parseRules(json: unknown): ParsedRules {
  const problems: RuleProblem[] = [];
  const place = rootPlace(problems);
  const value = typeof json === 'string' ? parseText(json, place) : json;
  const rules = problems.length === 0 ? readRuleSet(value, place) : undefined;
  return rules !== undefined && problems.length === 0 ? { ok: true, value: rules } : { ok: false, problems };
}

/** A rule set as the text of a rule file. */
export function writeRules(rules: RuleSet): string {
  return `${JSON.stringify(rules, null, 2)}\n`;
}

function parseText(json: string, place: Place): unknown {
  if (json.length > LIMITS.ruleFileCharacters) return place.report('too-long');
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return place.report('not-json');
  }
}

/** The version first: of another one nothing is known, so nothing else is said about it. */
const readRuleSet: Reader<RuleSet> = (value, place) => {
  if (!isObject(value)) return place.report('wrong-type', ['object']);
  const version: unknown = Reflect.get(value, 'version');
  if (version === undefined) return place.at('version').report('missing');
  if (version !== RULES_VERSION) return place.at('version').report('unknown-version', [String(RULES_VERSION)]);
  const rules: unknown = Reflect.get(value, 'rules');
  if (Array.isArray(rules)) reportRepeatedIds(rules.slice(0, LIMITS.rules), place.at('rules'));
  return readBody(value, place);
};

function reportRepeatedIds(rules: readonly unknown[], place: Place): void {
  const seen = new Set<unknown>();
  for (const [index, rule] of rules.entries()) {
    const id: unknown = isObject(rule) ? Reflect.get(rule, 'id') : undefined;
    if (id !== undefined && seen.has(id)) place.at(index).at('id').report('repeated');
    seen.add(id);
  }
}

const ACTIONS: { readonly [D in RuleAction['do']]: Reader<Extract<RuleAction, { readonly do: D }>> } = {
  tag: record<TagAction>({
    do: required(oneOf(['tag'])),
    tag: required(
      text(100, (value, place) => (isTag(asciiLower(value)) ? asciiLower(value) : place.report('malformed'))),
    ),
  }),
  move: record<MoveAction>({
    do: required(oneOf(['move'])),
    folder: required(readFolder),
    account: optional(readLine),
  }),
  mark: record<MarkAction>({ do: required(oneOf(['mark'])), as: required(oneOf(['read', 'starred', 'junk'])) }),
  notify: record<NotifyAction>({ do: required(oneOf(['notify'])) }),
  banner: record<BannerAction>({
    do: required(oneOf(['banner'])),
    show: required(oneOf(['note', 'caution', 'warning', 'none'])),
    text: optional(readLine),
  }),
};

const ACTION_KINDS = ['tag', 'move', 'mark', 'notify', 'banner'] as const;

const readAction: Reader<RuleAction> = (value, place) => {
  if (!isObject(value)) return place.report('wrong-type', ['object']);
  const kind = oneOf(ACTION_KINDS)(Reflect.get(value, 'do'), place.at('do'));
  return kind === undefined ? undefined : ACTIONS[kind](value, place);
};

/** One rule sends a message to one folder and sets one banner. */
const readActions: Reader<readonly RuleAction[]> = (value, place) => {
  const actions = list(readAction, LIMITS.ruleActions)(value, place);
  for (const kind of ['move', 'banner']) {
    const places = (actions ?? []).flatMap((action, index) => (action.do === kind ? index : []));
    for (const index of places.slice(1)) place.at(index).report('repeated');
  }
  return actions;
};

const readRule = record<Rule>({
  id: required(text(100, (value, place) => (/^[A-Za-z0-9_-]+$/.test(value) ? value : place.report('malformed')))),
  // Shown as text only, so it may hold anything; whoever writes it into a file makes it fit.
  name: required(text(LIMITS.ruleTextCharacters, (value) => value)),
  enabled: defaulting(readBoolean, true),
  conditions: required(readConditions),
  actions: defaulting(readActions, []),
  stop: defaulting(readBoolean, false),
  unchecked: defaulting(readBoolean, false),
});

const readBody = record<RuleSet>({
  version: required((value) => (value === RULES_VERSION ? value : undefined)),
  rules: required(list(readRule, LIMITS.rules)),
});
