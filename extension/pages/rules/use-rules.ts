/** The stored rules in the page: every change is saved at once, can be undone, and is checked before, so that what is stored can be read. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { parseRules } from '../../../src/rules/parse.ts';
import type { RuleSet } from '../../../src/rules/types.ts';
import { loadRules, onRulesChanged, saveRules } from '../../adapters/rules-store.ts';
import { t } from '../../ui/words.ts';
import { advance, redo, startHistory, undo, type History } from './history.ts';
import { problemText } from '../../ui/file-problems.ts';

export interface RulesInPage {
  readonly rules: RuleSet;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Saves new rules, and says so; where they cannot be, it says why, and gives false. */
  readonly change: (next: RuleSet, saying: string) => boolean;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** `unreadable`: what is stored is no rules, and is left as it is until the reader decides. */
export type RulesState = RulesInPage | 'loading' | 'unreadable';

export function useRules(say: (words: string) => void): RulesState {
  const [state, setState] = useState<History<RuleSet> | 'loading' | 'unreadable'>('loading');
  /** What this page last showed, and how often it changed that: its own changes come back as news. */
  const shown = useRef({ text: '', changes: 0 });
  const saving = useRef(Promise.resolve());

  function show(history: History<RuleSet>): void {
    shown.current = { text: JSON.stringify(history.present), changes: shown.current.changes + 1 };
    setState(history);
  }

  async function load(): Promise<void> {
    const { changes } = shown.current;
    await saving.current;
    try {
      const stored = await loadRules();
      // Where something was changed meanwhile, that is saved, and comes as news of its own.
      if (shown.current.changes === changes && shown.current.text !== JSON.stringify(stored))
        show(startHistory(stored));
    } catch (error) {
      console.error(error);
      setState('unreadable');
    }
  }
  useEffect(() => {
    void load();
    return onRulesChanged(() => void load());
  }, []);
  if (state === 'loading' || state === 'unreadable') return state;

  function keep(from: RuleSet, history: History<RuleSet>): void {
    show(history);
    const save = async (): Promise<void> => {
      if (await saveRules(from, history.present)) return;
      say(t('rules_changed_elsewhere'));
      show(startHistory(await loadRules()));
    };
    saving.current = saving.current
      .then(save)
      .catch((error: unknown) => say(t('rules_not_saved', { error: String(error) })));
  }
  return {
    rules: state.present,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    change(next, saying) {
      const parsed = parseRules(next);
      if (parsed.ok) keep(state.present, advance(state, parsed.value));
      const [problem] = parsed.ok ? [] : parsed.problems;
      say(problem ? t('rules_not_saved', { error: problemText(problem, t) }) : saying);
      return parsed.ok;
    },
    undo() {
      keep(state.present, undo(state));
      say(t('rules_undone'));
    },
    redo() {
      keep(state.present, redo(state));
      say(t('rules_redone'));
    },
  };
}
