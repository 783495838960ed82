/** Brings rules in from a file. A file is taken whole or not at all, and nothing is taken before the reader says how. */
import { useState } from 'preact/hooks';
import { LIMITS } from '../../../src/limits.ts';
import { parseRules } from '../../../src/rules/parse.ts';
import type { RuleProblem } from '../../../src/rules/reader.ts';
import type { RuleSet } from '../../../src/rules/types.ts';
import { Foreign } from '../../ui/text.tsx';
import { counted, t } from '../../ui/words.ts';
import { fileProblems, type FileProblem } from '../../ui/file-problems.ts';

interface ImportProps {
  /** Whether there are rules already, to add to. */
  readonly hasRules: boolean;
  readonly onTake: (rules: RuleSet, how: 'append' | 'replace') => void;
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'read'; readonly file: string; readonly rules: RuleSet }
  | { readonly kind: 'wrong'; readonly file: string; readonly problems: readonly FileProblem[] }
  | { readonly kind: 'failed'; readonly text: string };

/** In UTF-8 a unit of a string takes at most three bytes, so a larger file holds more than is read. */
const LARGEST_FILE = LIMITS.ruleFileCharacters * 3;

async function read(file: File): Promise<State> {
  try {
    if (file.size > LARGEST_FILE) return wrong(file, [{ path: '', why: 'too-long' }]);
    const parsed = parseRules(await file.text());
    return parsed.ok ? { kind: 'read', file: file.name, rules: parsed.value } : wrong(file, parsed.problems);
  } catch (error) {
    return { kind: 'failed', text: t('viewer_failed', { file: file.name, error: String(error) }) };
  }
}

function wrong(file: File, problems: readonly RuleProblem[]): State {
  return { kind: 'wrong', file: file.name, problems: fileProblems(problems, t) };
}

export function ImportSection({ hasRules, onTake }: ImportProps) {
  const [state, setState] = useState<State>({ kind: 'idle' });

  function take(rules: RuleSet, how: 'append' | 'replace'): void {
    onTake(rules, how);
    setState({ kind: 'idle' });
  }

  return (
    <>
      <p class="remark">{t('rules_import_text')}</p>
      <label>
        {t('rules_import_choose')}{' '}
        <input
          type="file"
          accept=".json,application/json"
          data-testid="import-file"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            // Cleared, so that the same file can be chosen again once it was put right.
            if (file)
              void read(file)
                .then(setState, String)
                .finally(() => (currentTarget.value = ''));
          }}
        />
      </label>
      <div role="status" data-testid="import-state">
        <ImportState state={state} hasRules={hasRules} take={take} />
      </div>
    </>
  );
}

interface ImportStateProps {
  readonly state: State;
  readonly hasRules: boolean;
  readonly take: (rules: RuleSet, how: 'append' | 'replace') => void;
}

function ImportState({ state, hasRules, take }: ImportStateProps) {
  switch (state.kind) {
    case 'idle':
      return null;
    case 'failed':
      return <p class="problem">{state.text}</p>;
    case 'read': {
      const { file, rules } = state;
      return (
        <>
          <p>{counted(t, 'rules_import_holds', rules.rules.length, { file })}</p>
          <div class="toolbar">
            {hasRules && (
              <button type="button" data-testid="import-append" onClick={() => take(rules, 'append')}>
                {t('rules_import_append')}
              </button>
            )}
            <button type="button" data-testid="import-replace" onClick={() => take(rules, 'replace')}>
              {t(hasRules ? 'rules_import_replace' : 'rules_import_take')}
            </button>
          </div>
        </>
      );
    }
    case 'wrong':
      return (
        <>
          <p class="problem">{t('rules_import_wrong', { file: state.file })}</p>
          <ul class="left">
            {state.problems.map(({ rule, path, text }, index) => (
              <li key={index}>
                {rule !== '' && <strong>{rule}: </strong>}
                {text}{' '}
                {path !== '' && (
                  <code>
                    <Foreign text={path} />
                  </code>
                )}
              </li>
            ))}
          </ul>
        </>
      );
  }
}
