/** What happens while mail is read: the banner, what is remembered, rules on new mail. */
import { useState } from 'preact/hooks';
import { updateSettings } from '../../adapters/settings-store.ts';
import type { Settings } from '../../settings/settings.ts';
import { requestActing } from '../../ui/acting.ts';
import { turnBannerOff, turnBannerOn } from '../../ui/banner-choice.ts';
import { SwitchRow } from '../../ui/switch-row.tsx';
import { t } from '../../ui/words.ts';

interface ReadingSectionProps {
  readonly settings: Settings;
  readonly onChanged: () => void;
}

export function ReadingSection({ settings, onChanged }: ReadingSectionProps) {
  const [problem, setProblem] = useState('');

  /** @param act begins with the request for a permission, where one is needed */
  function turn(act: () => Promise<boolean>, refusal: string): void {
    setProblem('');
    act().then(
      (isDone) => (isDone ? onChanged() : setProblem(refusal)),
      (error: unknown) => setProblem(t('settings_not_saved', { error: String(error) })),
    );
  }
  const always = async (work: Promise<unknown>): Promise<boolean> => {
    await work;
    return true;
  };
  const turnRules = async (wanted: boolean): Promise<boolean> => {
    if (wanted && !(await requestActing())) return false;
    await updateSettings(() => ({ runRules: wanted }));
    return true;
  };

  return (
    <section class="card" id="reading" aria-labelledby="reading-title" data-setting>
      <h2 id="reading-title">{t('settings_reading')}</h2>
      {__TARGET__ === 'thunderbird' && (
        <SwitchRow
          testId="banner"
          isOn={settings.banner}
          title={t('settings_banner')}
          text={t('settings_banner_text')}
          onChange={(wanted) =>
            turn(() => (wanted ? turnBannerOn() : always(turnBannerOff())), t('options_banner_refused'))
          }
        />
      )}
      <SwitchRow
        testId="brands"
        isOn={settings.brands}
        title={t('settings_brands')}
        text={t('settings_brands_text')}
        onChange={(brands) => turn(() => always(updateSettings(() => ({ brands }))), '')}
      />
      <SwitchRow
        testId="remember"
        isOn={settings.remember}
        title={t('settings_remember')}
        text={t('settings_remember_text')}
        onChange={(remember) => turn(() => always(updateSettings(() => ({ remember }))), '')}
      >
        <a href="../senders/index.html">{t('nav_senders')}</a>
      </SwitchRow>
      {__TARGET__ === 'thunderbird' && (
        <SwitchRow
          testId="run-rules"
          isOn={settings.runRules}
          title={t('settings_rules')}
          text={t('settings_rules_text')}
          onChange={(wanted) => turn(() => turnRules(wanted), t('acting_not_permitted'))}
        >
          <a href="../rules/index.html">{t('nav_rules')}</a>
        </SwitchRow>
      )}
      <p role="alert" class="outcome" data-ok={false} data-testid="reading-problem">
        {problem}
      </p>
    </section>
  );
}
