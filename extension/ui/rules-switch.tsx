/** The switch for rules on new mail. The permissions that rules need are asked for in the click that turns it on. */
import { useEffect, useState } from 'preact/hooks';
import { loadSettings, updateSettings } from '../adapters/settings-store.ts';
import { requestActing } from './acting.ts';
import { t } from './words.ts';

export function RulesSwitch() {
  const [isOn, setOn] = useState(false);
  const [outcome, setOutcome] = useState('');
  useEffect(() => void loadSettings().then(({ runRules }) => setOn(runRules)), []);

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
            void turn(checked, checked ? requestActing() : Promise.resolve(true));
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
