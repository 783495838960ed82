/** `countersign rules`: what the reader's rules would do with messages, without doing it; or the rules as a Sieve script. */
import { readFile } from 'node:fs/promises';
import { visibleText } from '../bytes/visible.ts';
import type { LeftRule } from '../rules/carry.ts';
import { evaluateRules, type PlannedAction, type RuleEvaluation } from '../rules/evaluate.ts';
import { parseRules } from '../rules/parse.ts';
import { toSieve } from '../rules/sieve.ts';
import type { RuleSet } from '../rules/types.ts';
import { checkEach, labelOf, placeOf, type CheckingOptions } from './check-each.ts';
import { causeOf, UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';
import { line } from './text.ts';

export interface RulesOptions extends CheckingOptions {
  readonly rules: string;
  readonly sieve?: true;
  readonly json?: true;
}

export async function runRules(files: readonly string[], options: RulesOptions, terminal: Terminal): Promise<void> {
  const rules = await readRules(options.rules);
  if (options.sieve) {
    if (files.length > 0) throw new UsageError('--sieve writes the rules themselves: name no message files with it');
    const { script, left } = toSieve(rules);
    terminal.write(script);
    for (const rule of left) terminal.complain(`countersign: not in the script: ${describeLeft(rule)}\n`);
    return;
  }
  if (files.length === 0) throw new UsageError('name the messages to try the rules on, or --sieve');
  for await (const { input, report } of checkEach(files, options, terminal)) {
    const evaluation = evaluateRules(rules, { report });
    terminal.write(
      options.json
        ? `${JSON.stringify({ ...placeOf(input), level: report.level, headline: report.headline, ...evaluation })}\n`
        : formatEvaluation(labelOf(input), evaluation),
    );
  }
}

async function readRules(path: string): Promise<RuleSet> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`the rule file ${path} cannot be read (${causeOf(error)}): it has to be a JSON file of rules`);
  }
  const parsed = parseRules(json);
  if (parsed.ok) return parsed.value;
  const problems = parsed.problems.map(({ path: place, why, expected }) => {
    const wanted = expected === undefined ? '' : `, expected ${expected.join(' or ')}`;
    return `\n  at ${place || 'the top'}: ${why}${wanted}`;
  });
  throw new UsageError(`the rule file ${path} is wrong:${problems.join('')}`);
}

function describeLeft({ name, why, field, action }: LeftRule): string {
  const part = [field, action].filter((each) => each !== undefined).join(', ');
  return `${visibleText(name)} (${why}${part === '' ? '' : `: ${part}`})`;
}

function formatEvaluation(label: string, { matched, actions, skipped }: RuleEvaluation): string {
  const lines = [
    visibleText(label),
    ...matched.map(({ name, because }) => line('Matched', `${visibleText(name)}${reasonsOf(because)}`)),
    ...actions.map((planned) => line('Would', describeAction(planned))),
    ...skipped
      .filter(({ why }) => why === 'unchecked')
      .map(({ rule }) => line('Held back', `${visibleText(rule)}: the message could not be checked`)),
    ...(matched.length === 0 ? [line('Matched', 'no rule')] : []),
  ];
  return `${lines.join('\n')}\n\n`;
}

function reasonsOf(because: RuleEvaluation['matched'][number]['because']): string {
  const found = because.flatMap(({ condition, found: values }) =>
    values.map((value) => `${condition.field} ${visibleText(value)}`),
  );
  return found.length === 0 ? '' : `, because: ${found.join('; ')}`;
}

function describeAction({ action }: PlannedAction): string {
  switch (action.do) {
    case 'tag':
      return visibleText(`tag it ${action.tag}`);
    case 'move':
      return visibleText(`move it to ${action.folder}`);
    case 'mark':
      return `mark it ${action.as}`;
    case 'notify':
      return 'notify';
    case 'banner':
      return visibleText(`show the banner ${action.show} ${action.text ?? ''}`.trimEnd());
  }
}
