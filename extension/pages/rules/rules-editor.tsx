/** The list of rules with the editor of one, the buttons above them, and what is said of every change. */
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { visibleText } from '../../../src/bytes/visible.ts';
import type { ConditionProposal } from '../../../src/rules/propose.ts';
import { analyseRules, type RuleRemark } from '../../../src/rules/analyse.ts';
import type { Rule, RuleSet } from '../../../src/rules/types.ts';
import { counted, t } from '../../ui/words.ts';
import { duplicateRule, enableRule, moveRule, placeOf, putRule, removeRule } from './changes.ts';
import type { Accounts } from '../../ui/condition-words.ts';
import { newId, newRule } from './drafts.ts';
import type { KnownTexts } from './fields.tsx';
import { conditionsOf, nameFor } from './proposals.ts';
import { stepId, type CardActions } from './rule-card.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { RuleList } from './rule-list.tsx';
import { levelRules, warningRule } from './starters.ts';
import type { RulesInPage } from './use-rules.ts';
import { viewRules } from './view-model.ts';

/** What there is around the rules, to choose from. */
export interface Surroundings {
  readonly accounts: Accounts;
  readonly choices: KnownTexts;
  /** For a new rule about mail like a message; empty where the page was opened by itself. */
  readonly proposals: readonly ConditionProposal[];
}

/** The rule that is being edited, as it was when that began. */
interface Edited {
  readonly rule: Rule;
  readonly proposals: readonly ConditionProposal[];
}

interface RulesEditorProps {
  readonly store: RulesInPage;
  readonly surroundings: Surroundings;
  readonly status: string;
  readonly say: (words: string) => void;
}

export function RulesEditor({ store, surroundings, status, say }: RulesEditorProps) {
  const { rules, change } = store;
  const { accounts, choices, proposals } = surroundings;
  const [edited, setEdited] = useState(() => (proposals.length > 0 ? proposed(proposals) : undefined));
  const [focus, setFocus] = useState<string>();
  const remarks = useRemarks(rules);
  const views = useMemo(() => viewRules(rules, remarks, accounts, t), [rules, remarks, accounts]);
  // After the list has its new order: an element that is moved in the page loses the focus.
  useLayoutEffect(() => {
    if (focus === undefined) return;
    document.getElementById(focus)?.focus();
    setFocus(undefined);
  }, [focus]);
  const nameOf = (id: string): string => visibleText(rules.rules.find((rule) => rule.id === id)?.name ?? '');

  function move(id: string, place: number): boolean {
    const count = String(rules.rules.length);
    return change(moveRule(rules, id, place), t('rules_moved', { name: nameOf(id), place: String(place + 1), count }));
  }

  function actionsFor(id: string): CardActions {
    const place = placeOf(rules, id);
    return {
      enable: (enabled) =>
        change(enableRule(rules, id, enabled), t(enabled ? 'rules_on' : 'rules_off', { name: nameOf(id) })),
      edit() {
        const rule = rules.rules[place];
        if (rule) setEdited({ rule, proposals: [] });
      },
      duplicate() {
        const copy = { id: newId(), name: t('rules_copy_name', { name: nameOf(id) }) };
        if (change(duplicateRule(rules, id, copy), t('rules_duplicated', { name: nameOf(id) })))
          setFocus(`edit-${copy.id}`);
      },
      remove() {
        const next = rules.rules[place + 1] ?? rules.rules[place - 1];
        if (change(removeRule(rules, id), t('rules_deleted', { name: nameOf(id) })))
          setFocus(next ? `edit-${next.id}` : 'rules-new');
      },
      step(by) {
        if (move(id, place + by)) setFocus(stepId(id, by));
      },
    };
  }

  function save(rule: Rule): void {
    const next = putRule(rules, rule);
    const place = String(placeOf(next, rule.id) + 1);
    const saying = t('rules_saved', { name: visibleText(rule.name), place, count: String(next.rules.length) });
    if (!change(next, saying)) return;
    close();
    setFocus(`edit-${rule.id}`);
  }

  /** What the page was opened for is done then; loaded again, it is an ordinary one. */
  function close(): void {
    setEdited(undefined);
    history.replaceState(null, '', location.pathname);
  }

  function cancel({ rule }: Edited): void {
    close();
    setFocus(rules.rules.some(({ id }) => id === rule.id) ? `edit-${rule.id}` : 'rules-new');
    say('');
  }

  const editor = edited && (
    <RuleEditor
      key={edited.rule.id}
      rule={edited.rule}
      isNew={placeOf(rules, edited.rule.id) < 0}
      proposals={edited.proposals}
      accounts={accounts}
      choices={choices}
      onSave={save}
      onCancel={() => cancel(edited)}
    />
  );
  const isNew = edited !== undefined && placeOf(rules, edited.rule.id) < 0;
  return (
    <>
      <div class="toolbar">
        <button
          type="button"
          id="rules-new"
          class={edited ? '' : 'primary'}
          data-testid="rules-new"
          onClick={() => setEdited({ rule: newRule(newId()), proposals: [] })}
        >
          {t('rules_new')}
        </button>
        <button type="button" data-testid="rules-undo" disabled={!store.canUndo} onClick={store.undo}>
          {t('rules_undo')}
        </button>
        <button type="button" data-testid="rules-redo" disabled={!store.canRedo} onClick={store.redo}>
          {t('rules_redo')}
        </button>
        <span role="status" class="outcome" data-testid="rules-status">
          {status}
        </span>
      </div>
      {isNew && <div class="new-rule">{editor}</div>}
      {views.length === 0 && !edited && (
        <Starters
          levels={() => change(levelRules(newId, t), counted(t, 'rules_imported', 6))}
          warning={() => setEdited({ rule: warningRule(newId(), t), proposals: [] })}
        />
      )}
      {views.length > 0 && (
        <RuleList
          views={views}
          edited={edited && { id: edited.rule.id, editor }}
          actionsFor={actionsFor}
          onMove={move}
        />
      )}
    </>
  );
}

/** What is odd about the rules, some time after they changed: to compare hundreds takes its time, and the list need not wait for it. */
function useRemarks(rules: RuleSet): readonly RuleRemark[] {
  const [remarks, setRemarks] = useState<readonly RuleRemark[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setRemarks(analyseRules(rules)));
    return () => clearTimeout(timer);
  }, [rules]);
  return remarks;
}

/** A rule about mail like a message, with what is the careful choice. */
function proposed(proposals: readonly ConditionProposal[]): Edited {
  const chosen = proposals.filter((proposal) => proposal.chosen);
  return {
    rule: newRule(newId(), { name: nameFor(chosen, t), conditions: conditionsOf(chosen) }),
    proposals,
  };
}

interface StartersProps {
  readonly levels: () => void;
  readonly warning: () => void;
}

function Starters({ levels, warning }: StartersProps) {
  return (
    <section class="card starters">
      <p>{t('rules_empty')}</p>
      <ul class="plain">
        <li>
          <button type="button" class="link" data-testid="start-levels" onClick={levels}>
            {t('rules_start_levels')}
          </button>
        </li>
        <li>
          <button type="button" class="link" data-testid="start-warning" onClick={warning}>
            {t('rules_start_warning')}
          </button>
        </li>
      </ul>
    </section>
  );
}
