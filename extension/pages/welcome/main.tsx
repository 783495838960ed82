/** The first page a reader sees: what the badge means, what leaves the machine, and the one choice that is needed. */
import browser from 'webextension-polyfill';
import { useEffect, useState } from 'preact/hooks';
import { LEVELS } from '../../../src/assessment/types.ts';
import { loadSettings } from '../../adapters/settings-store.ts';
import type { Settings } from '../../settings/settings.ts';
import { LevelIcon } from '../../ui/level-icon.tsx';
import { startPage } from '../../ui/page.ts';
import { ResolverChooser } from '../../ui/resolver-chooser.tsx';
import { t } from '../../ui/words.ts';

function WelcomePage() {
  const [settings, setSettings] = useState<Settings>();
  useEffect(() => void loadSettings().then(setSettings), []);
  return (
    <main>
      <h1>{t('welcome_heading')}</h1>
      <p>
        {t('welcome_purpose')} {t(__TARGET__ === 'thunderbird' ? 'welcome_where_message' : 'welcome_where_viewer')}
      </p>
      <h2>{t('welcome_levels')}</h2>
      <dl class="rows">
        {LEVELS.map((level) => (
          <div key={level} class="row">
            <dt>
              <LevelIcon level={level} /> {t(`level_${level}`)}
            </dt>
            <dd>{t(`welcome_level_${level}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('welcome_not_safe')}</p>
      <h2>{t('welcome_leaves')}</h2>
      <p>{t('welcome_leaves_text')}</p>
      {settings && (
        <ResolverChooser current={settings.resolver} onChanged={(resolver) => setSettings({ ...settings, resolver })} />
      )}
      <button type="button" onClick={() => void browser.runtime.openOptionsPage()}>
        {t('welcome_more_options')}
      </button>
    </main>
  );
}

startPage(t('welcome_title'), <WelcomePage />);
