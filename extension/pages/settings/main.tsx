/** The settings: what everybody needs first, the rest folded below. Each change is saved at once. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { clearDnsCache } from '../../adapters/resolver.ts';
import { readMemory } from '../../adapters/memory.ts';
import { loadClasses } from '../../adapters/classes-store.ts';
import { loadSettings, onSettingsChanged, updateSettings } from '../../adapters/settings-store.ts';
import type { HostAccount } from '../../hosts/host.ts';
import { changedTrust, type AccountTrust } from '../../settings/account-trust.ts';
import { trustOf, type Settings } from '../../settings/settings.ts';
import { Fold } from '../../ui/fold.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageHead, startShellPage } from '../../ui/shell.tsx';
import { useAsk } from '../../ui/use-ask.ts';
import { counted, numberText, t } from '../../ui/words.ts';
import { CHECKS } from './checks.ts';
import { ClassesPart } from './classes/classes-part.tsx';
import { DiagnosticsFold } from './diagnostics-fold.tsx';
import { DnsSection } from './dns-section.tsx';
import { ExchangeFold } from './exchange-fold.tsx';
import { ManagedNote } from './managed-note.tsx';
import { MutedFold } from './muted-fold.tsx';
import { OwnSideEditor } from './own-side-editor.tsx';
import { ReadingSection } from './reading-section.tsx';
import { ServersSection } from './servers-section.tsx';
import { SitesSection } from './sites-section.tsx';
import './settings.css';

/** What the closed folds say of themselves. */
interface Counts {
  readonly keys: number;
  readonly domains: number;
  readonly passKeys: number;
}

async function count(): Promise<Counts> {
  const [memory, { passKeys }] = await Promise.all([readMemory(), loadClasses()]);
  return { keys: memory.keys.length, domains: memory.domains.length, passKeys: passKeys.length };
}

function SettingsPage() {
  const [settings, setSettings] = useState<Settings>();
  const [accounts, setAccounts] = useState<readonly HostAccount[]>([]);
  const [counts, setCounts] = useState<Counts>();
  const [status, setStatus] = useState('');
  const [sought, setSought] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const [isFound, setFound] = useState(true);
  const background = useAsk();

  const load = (): void => void loadSettings().then(setSettings);
  useEffect(() => {
    load();
    onSettingsChanged(load);
    void count().then(setCounts, console.error);
    // In browsers each site of webmail is one.
    void background.ask('accounts', {}).then((found = []) => setAccounts(found));
  }, []);
  // What is sought is what is shown, in whatever language: the words on the page.
  useLayoutEffect(() => {
    if (list.current) setFound(filterSettings(list.current, sought));
  });
  if (!settings) return <main class="page narrow" aria-busy="true" />;

  async function change(part: (settings: Settings) => Partial<Settings>): Promise<void> {
    try {
      setSettings(await updateSettings(part));
      setStatus(t('options_saved'));
    } catch (error) {
      setStatus(t('settings_not_saved', { error: String(error) }));
    }
  }
  const changeTrust = (account: string, trust: AccountTrust): void =>
    void change(({ trust: all }) => ({
      trust: { ...all, [account]: changedTrust(all[account], settings.trust[account], trust) },
    }));

  async function forget(): Promise<void> {
    if (__TARGET__ !== 'thunderbird') await clearDnsCache();
    else if ((await background.ask('clear-cache', {})) === undefined) return;
    setStatus(t('settings_cache_cleared'));
  }

  const on = CHECKS.filter((name) => settings.checks[name]).length;
  return (
    <main class="page narrow">
      <PageHead title={t('nav_settings')} text={t('settings_saved_at_once')}>
        <label class="search">
          <span class="visually-hidden">{t('settings_search')}</span>
          <Icon name="search" />
          <input
            type="search"
            data-testid="settings-search"
            placeholder={t('settings_search')}
            value={sought}
            onInput={({ currentTarget }) => setSought(currentTarget.value)}
          />
        </label>
      </PageHead>
      <ManagedNote />
      <p role="status" class="visually-hidden" data-testid="save-state">
        {background.failure ?? status}
      </p>
      {!isFound && (
        <div class="card empty" data-testid="none-match">
          <p>{t('settings_none_match', { text: sought.trim() })}</p>
          <button type="button" onClick={() => setSought('')}>
            {t('settings_clear_search')}
          </button>
        </div>
      )}
      <div class="stack wide" ref={list}>
        <DnsSection current={settings.resolver} onChanged={load} />
        {__TARGET__ !== 'thunderbird' && <SitesSection />}
        {accounts.length > 0 && <ServersSection accounts={accounts} settings={settings} onChange={changeTrust} />}
        <ReadingSection
          settings={settings}
          onChanged={() => {
            load();
            setStatus(t('options_saved'));
          }}
        />
        <h2 class="group-title">{t('settings_advanced')}</h2>
        <div class="stack">
          <Fold
            id="checks"
            title={t('options_checks_legend')}
            note={
              on === CHECKS.length
                ? t('settings_checks_all')
                : t('settings_checks_some', { count: numberText(t, on), samples: numberText(t, CHECKS.length) })
            }
          >
            {CHECKS.map((name) => (
              <Check
                key={name}
                testId={`check-${name}`}
                words={`options_check_${name}`}
                isOn={settings.checks[name]}
                onChange={(isOn) => void change(({ checks }) => ({ checks: { ...checks, [name]: isOn } }))}
              />
            ))}
            <Check
              testId="older"
              words="options_older"
              isOn={settings.older}
              onChange={(older) => void change(() => ({ older }))}
            />
            <Check
              testId="dnssec"
              words="options_dnssec"
              isOn={settings.dnssec === 'always'}
              onChange={(isOn) => void change(() => ({ dnssec: isOn ? 'always' : 'off' }))}
            />
          </Fold>
          {__TARGET__ === 'thunderbird' && (
            <Fold id="network" title={t('settings_network')} note={t('settings_network_note')}>
              {accounts.length === 0 && <p class="soft">{t('settings_network_empty')}</p>}
              {accounts.map((account) => (
                <OwnSideEditor
                  key={account.id}
                  account={account}
                  trust={trustOf(settings, account.id)}
                  onChange={(trust) => changeTrust(account.id, trust)}
                />
              ))}
            </Fold>
          )}
          {__TARGET__ === 'thunderbird' && <MutedFold />}
          <Fold
            id="classes"
            title={t('classes_heading')}
            {...(counts && { note: counted(t, 'settings_keys', counts.passKeys) })}
          >
            <ClassesPart />
          </Fold>
          <Fold
            id="stored"
            title={t('settings_stored')}
            {...(counts && {
              note: t('settings_stored_note', {
                keys: numberText(t, counts.keys),
                domains: numberText(t, counts.domains),
              }),
            })}
          >
            <p class="soft">{t('settings_stored_text')}</p>
            <div class="toolbar">
              <button type="button" data-testid="clear-cache" onClick={() => void forget()}>
                {t('settings_cache_clear')}
              </button>
              <a class="button ghost" href="../senders/index.html">
                {t('settings_see_senders')}
              </a>
              <span aria-hidden="true">{status === t('settings_cache_cleared') ? status : ''}</span>
            </div>
          </Fold>
          <ExchangeFold onChanged={load} />
          <DiagnosticsFold />
        </div>
      </div>
    </main>
  );
}

interface CheckProps {
  readonly testId: string;
  /** Key of the title; with `_hint`, of the text. */
  readonly words: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Check({ testId, words, isOn, onChange }: CheckProps) {
  return (
    <label class="option">
      <input
        type="checkbox"
        data-testid={testId}
        checked={isOn}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span class="label">{t(words)}</span>
      <span class="soft">{t(`${words}_hint`)}</span>
    </label>
  );
}

/** Shows the sections that hold what is sought, opened; false where none does. */
function filterSettings(list: HTMLElement, sought: string): boolean {
  const wanted = sought.trim().toLowerCase();
  let found = 0;
  for (const part of list.querySelectorAll<HTMLElement>('[data-setting], .fold')) {
    const holds = wanted === '' || part.textContent.toLowerCase().includes(wanted);
    part.hidden = !holds;
    if (holds) found++;
    if (part instanceof HTMLDetailsElement && wanted !== '') part.open = holds;
  }
  for (const title of list.querySelectorAll<HTMLElement>('.group-title')) title.hidden = wanted !== '';
  return found > 0;
}

startShellPage('settings', <SettingsPage />);
