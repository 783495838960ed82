/** One rule in the editor. Nothing is stored before it is saved, and nothing that is wrong can be. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ConditionProposal } from '../../../src/rules/propose.ts';
import type { Rule } from '../../../src/rules/types.ts';
import { counted, t } from '../../ui/words.ts';
import { ActionList } from './action-list.tsx';
import type { Accounts } from '../../ui/condition-words.ts';
import { GroupEditor } from './condition-group.tsx';
import { CheckField, EditingContext, TextField, type KnownTexts } from './fields.tsx';
import { checkRule, type Problems } from './problems.ts';
import { ProposalList } from './proposal-list.tsx';
import { conditionsOf, nameFor } from './proposals.ts';

interface RuleEditorProps {
  readonly rule: Rule;
  readonly isNew: boolean;
  /** For a rule about mail like a message; empty for any other. */
  readonly proposals: readonly ConditionProposal[];
  readonly accounts: Accounts;
  readonly choices: KnownTexts;
  readonly onSave: (rule: Rule) => void;
  readonly onCancel: () => void;
}

const NO_PROBLEMS: Problems = new Map();

export function RuleEditor({ rule, isNew, proposals, accounts, choices, onSave, onCancel }: RuleEditorProps) {
  const [draft, setDraft] = useState(rule);
  const [chosen, setChosen] = useState(proposals.filter((proposal) => proposal.chosen));
  const [detailed, setDetailed] = useState(proposals.length === 0);
  /** Problems are told once somebody tried to save, and from then on as they come and go. */
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const problems = useMemo(() => {
    const checked = tried ? checkRule(draft) : undefined;
    return checked?.ok === false ? checked.problems : NO_PROBLEMS;
  }, [draft, tried]);
  const editing = useMemo(() => ({ problems, accounts, choices }), [problems, accounts, choices]);
  const nothingChosen = !detailed && chosen.length === 0;
  // At once, or what is typed first would go elsewhere.
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), []);
  useUnsavedWarning(draft !== rule);

  const change = (part: Partial<Rule>): void => setDraft((now) => ({ ...now, ...part }));

  function choose(next: readonly ConditionProposal[]): void {
    setChosen([...next]);
    // A name the reader wrote is theirs.
    const name = draft.name === nameFor(chosen, t) ? { name: nameFor(next, t) } : {};
    change({ conditions: conditionsOf(next), ...name });
  }

  function save(): void {
    const checked = checkRule(draft);
    if (checked.ok && !nothingChosen) {
      onSave(checked.rule);
      return;
    }
    setTried(true);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  }

  return (
    <EditingContext.Provider value={editing}>
      <form
        ref={form}
        class="editor"
        noValidate
        aria-labelledby="editor-title"
        data-testid="rule-editor"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <h2 id="editor-title">{isNew ? t('rules_editor_new') : t('rules_editor', { name: rule.name })}</h2>
        <TextField
          label={t('rules_label_name')}
          place="/name"
          value={draft.name}
          onInput={(name) => change({ name })}
        />
        <section aria-labelledby="editor-if">
          <h3 id="editor-if">{t('rules_if')}</h3>
          {detailed ? (
            <GroupEditor
              group={draft.conditions}
              place="/conditions"
              onChange={(conditions) => change({ conditions })}
            />
          ) : (
            <>
              <ProposalList proposals={proposals} chosen={chosen} onChange={choose} />
              <button type="button" class="link" data-testid="in-detail" onClick={() => setDetailed(true)}>
                {t('rules_proposal_detail')}
              </button>
            </>
          )}
        </section>
        <section aria-labelledby="editor-then">
          <h3 id="editor-then">{t('rules_then')}</h3>
          <ActionList actions={draft.actions} onChange={(actions) => change({ actions })} />
          <CheckField label={t('rules_label_stop')} checked={draft.stop} onChange={(stop) => change({ stop })} />
          <CheckField
            label={t('rules_label_unchecked')}
            remark={t('rules_label_unchecked_remark')}
            checked={draft.unchecked}
            onChange={(unchecked) => change({ unchecked })}
          />
        </section>
        <p role="alert" class="problem">
          {tried && nothingChosen && t('rules_proposal_none')}
          {problems.size > 0 && counted(t, 'rules_editor_problems', problems.size)}
        </p>
        <div class="toolbar">
          <button type="submit" class="primary" data-testid="rule-save">
            {t('rules_save')}
          </button>
          <button type="button" data-testid="rule-cancel" onClick={onCancel}>
            {t('rules_cancel')}
          </button>
        </div>
      </form>
    </EditingContext.Provider>
  );
}

/** The browser asks before a page is left on which something was written and not saved. */
function useUnsavedWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event: Event): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [unsaved]);
}
