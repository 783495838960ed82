/** The switch for rules on new mail. The permissions that rules need are asked for in the click that turns it on. */
import { useEffect, useState } from 'preact/hooks';
import { loadSettings, onSettingsChanged, updateSettings } from '../adapters/settings-store.ts';
import { requestActing } from './acting.ts';
import { Callout } from './callout.tsx';
import { t } from './words.ts';

export interface RunRules {
  /** Undefined until it is known. */
  readonly isOn: boolean | undefined;
  /** What came of the last turn. */
  readonly outcome: string;
  /** To be called first thing in a click, since turning on asks for permissions. */
  readonly turn: (on: boolean) => void;
}

/** Whether rules run on new mail, as it is stored, and what turns that. */
export function useRunRules(): RunRules {
  const [isOn, setOn] = useState<boolean>();
  const [outcome, setOutcome] = useState('');
  useEffect(() => {
    const load = (): void => void loadSettings().then(({ runRules }) => setOn(runRules), console.error);
    load();
    return onSettingsChanged(load);
  }, []);

  async function turn(on: boolean, permission: Promise<boolean>): Promise<void> {
    const isPermitted = await permission.catch(() => false);
    try {
      if (isPermitted) await updateSettings(() => ({ runRules: on }));
    } catch (error) {
      return setOutcome(t('rules_not_saved', { error: String(error) }));
    }
    setOn(on && isPermitted);
    setOutcome(t(!isPermitted ? 'acting_not_permitted' : on ? 'acting_on' : 'acting_off'));
  }

  return { isOn, outcome, turn: (on) => void turn(on, on ? requestActing() : Promise.resolve(true)) };
}

export function RulesSwitch({ state: { isOn = false, outcome, turn } }: { readonly state: RunRules }) {
  return (
    <fieldset>
      <legend>{t('acting_legend')}</legend>
      <label class="choice">
        <input
          type="checkbox"
          data-testid="run-rules"
          checked={isOn}
          onChange={({ currentTarget }) => {
            const { checked } = currentTarget;
            currentTarget.checked = isOn; // shows what holds until the answer is there
            turn(checked);
          }}
        />
        <span>
          {t('acting_new_mail')}
          <span class="remark">{t('acting_new_mail_hint')}</span>
        </span>
      </label>
      <p role="status" class="outcome" data-testid="run-rules-state">
        {outcome}
      </p>
    </fieldset>
  );
}

/** Says of rules that none of them acts on new mail yet, and offers to change that. */
export function NotActing({ state: { isOn, outcome, turn } }: { readonly state: RunRules }) {
  return (
    <div role="status">
      {isOn === false && (
        <Callout title={t('acting_not_yet')} text={outcome || t('acting_new_mail_hint')} testId="not-acting">
          <button type="button" data-testid="act-now" onClick={() => turn(true)}>
            {t('acting_turn_on')}
          </button>
        </Callout>
      )}
    </div>
  );
}
