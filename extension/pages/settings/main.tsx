/** The options: who gets the questions, which servers are believed, which checks are made. */
import { useEffect, useState } from 'preact/hooks';
import { clearDnsCache } from '../../adapters/resolver.ts';
import { loadSettings, updateSettings } from '../../adapters/settings-store.ts';
import type { HostAccount } from '../../hosts/host.ts';
import { useAsk } from '../../ui/use-ask.ts';
import { changedTrust } from '../../settings/account-trust.ts';
import type { Settings } from '../../settings/settings.ts';
import { PageHead, startShellPage } from '../../ui/shell.tsx';
import { ResolverChooser } from '../../ui/resolver-chooser.tsx';
import { t } from '../../ui/words.ts';
import { AccountTrustEditor } from './account-trust.tsx';
import { BannerSwitch } from './banner-switch.tsx';
import { CHECKS } from './checks.ts';

function OptionsPage() {
  const [settings, setSettings] = useState<Settings>();
  const [accounts, setAccounts] = useState<readonly HostAccount[]>([]);
  const [status, setStatus] = useState('');
  const background = useAsk();
  useEffect(() => {
    void loadSettings().then(setSettings);
    // Where there is no mail program around the page there are no accounts either.
    if (__TARGET__ === 'thunderbird') void background.ask('accounts', {}).then((found = []) => setAccounts(found));
  }, []);
  if (!settings) return <main class="page narrow" aria-busy="true" />;

  async function change(part: (settings: Settings) => Partial<Settings>): Promise<void> {
    try {
      setSettings(await updateSettings(part));
      setStatus(t('options_saved'));
    } catch (error) {
      setStatus(t('classes_not_saved', { error: String(error) }));
    }
  }

  async function forget(): Promise<void> {
    if (__TARGET__ !== 'thunderbird') await clearDnsCache();
    else if ((await background.ask('clear-cache', {})) === undefined) return;
    setStatus(t('options_cache_cleared'));
  }

  return (
    <main class="page narrow">
      <PageHead title={t('nav_settings')} text={t('settings_saved_at_once')} />
      <ResolverChooser current={settings.resolver} onChanged={(resolver) => setSettings({ ...settings, resolver })} />
      <fieldset>
        <legend>{t('options_dnssec_legend')}</legend>
        <label class="choice">
          <input
            type="checkbox"
            data-testid="dnssec"
            checked={settings.dnssec === 'always'}
            onChange={({ currentTarget: { checked } }) => void change(() => ({ dnssec: checked ? 'always' : 'off' }))}
          />
          <span>
            {t('options_dnssec')}
            <span class="remark">{t('options_dnssec_hint')}</span>
          </span>
        </label>
      </fieldset>
      {accounts.length > 0 && (
        <fieldset>
          <legend>{t('options_trust_legend')}</legend>
          <p>{t('options_trust_text')}</p>
          {accounts.map((account) => (
            <AccountTrustEditor
              key={account.id}
              account={account}
              trust={settings.trust[account.id]}
              onChange={(trust) =>
                void change(({ trust: all }) => ({
                  trust: { ...all, [account.id]: changedTrust(all[account.id], settings.trust[account.id], trust) },
                }))
              }
            />
          ))}
        </fieldset>
      )}
      <fieldset>
        <legend>{t('options_checks_legend')}</legend>
        {CHECKS.map((name) => (
          <label key={name} class="choice">
            <input
              type="checkbox"
              data-testid={`check-${name}`}
              checked={settings.checks[name]}
              onChange={({ currentTarget: { checked } }) =>
                void change(({ checks }) => ({ checks: { ...checks, [name]: checked } }))
              }
            />
            <span>
              {t(`options_check_${name}`)}
              <span class="remark">{t(`options_check_${name}_hint`)}</span>
            </span>
          </label>
        ))}
        <label class="choice">
          <input
            type="checkbox"
            data-testid="older"
            checked={settings.older}
            onChange={({ currentTarget: { checked } }) => void change(() => ({ older: checked }))}
          />
          <span>
            {t('options_older')}
            <span class="remark">{t('options_older_hint')}</span>
          </span>
        </label>
      </fieldset>
      <fieldset>
        <legend>{t('options_data_legend')}</legend>
        <label class="choice">
          <input
            type="checkbox"
            data-testid="remember"
            checked={settings.remember}
            onChange={({ currentTarget: { checked } }) => void change(() => ({ remember: checked }))}
          />
          <span>
            {t('options_remember')}
            <span class="remark">{t('options_remember_hint')}</span>
          </span>
        </label>
        <p>
          <a href="../classes/index.html" data-testid="open-classes">
            {t('options_classes')}
          </a>
        </p>
        <p>{t('options_data_text')}</p>
        <button type="button" data-testid="clear-cache" onClick={() => void forget()}>
          {t('options_clear_cache')}
        </button>
      </fieldset>
      {__TARGET__ === 'thunderbird' && (
        <fieldset>
          <legend>{t('options_banner_legend')}</legend>
          <BannerSwitch
            on={settings.banner}
            onSwitched={(banner) => {
              setSettings({ ...settings, banner });
              setStatus(t('options_saved'));
            }}
            say={setStatus}
          />
        </fieldset>
      )}
      <p role="status" class="outcome" data-testid="save-state">
        {background.failure ?? status}
      </p>
    </main>
  );
}

startShellPage('settings', <OptionsPage />);
