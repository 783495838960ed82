/** The diagnostics, to read and to copy. */
import browser from 'webextension-polyfill';
import { useEffect, useState } from 'preact/hooks';
import { loadClasses } from '../../adapters/classes-store.ts';
import { readMemory } from '../../adapters/memory.ts';
import { loadRules } from '../../adapters/rules-store.ts';
import { loadSettings } from '../../adapters/settings-store.ts';
import { ask } from '../../messaging/ask.ts';
import { originPatternOf } from '../../settings/resolvers.ts';
import { Fold } from '../../ui/fold.tsx';
import { t } from '../../ui/words.ts';
import { describe, type Observed } from './diagnostics.ts';

async function observe(): Promise<Observed> {
  const settings = await loadSettings();
  const { resolver } = settings;
  const isThunderbird = __TARGET__ === 'thunderbird';
  const [accounts, rules, memory, classes, permissions, mayReachDns, program] = await Promise.all([
    isThunderbird ? ask('accounts', {}).then(({ length }) => length) : 0,
    loadRules().then(
      ({ rules: all }) => ({ all: all.length, on: all.filter(({ enabled }) => enabled).length }),
      () => 'unreadable' as const,
    ),
    readMemory().then(
      ({ keys, domains }) => ({ keys: keys.length, domains: domains.length }),
      () => 'unreadable' as const,
    ),
    loadClasses(),
    browser.permissions.getAll(),
    resolver === null ? false : browser.permissions.contains({ origins: [originPatternOf(resolver)] }),
    programText(),
  ]);
  return {
    version: browser.runtime.getManifest().version,
    target: __TARGET__,
    program,
    language: browser.i18n.getUILanguage(),
    isOnline: navigator.onLine,
    mayReachDns,
    permissions: permissions.permissions ?? [],
    settings,
    accounts,
    rules,
    memory,
    classes: { classes: classes.classes.length, passKeys: classes.passKeys.length },
  };
}

async function programText(): Promise<string> {
  if (__TARGET__ === 'chrome') return navigator.userAgent;
  const { name, version } = await browser.runtime.getBrowserInfo();
  return `${name} ${version}, ${navigator.platform}`;
}

export function DiagnosticsFold() {
  const [text, setText] = useState('');
  const [status, setStatus] = useState('');
  useEffect(() => void observe().then((seen) => setText(describe(seen)), console.error), []);
  return (
    <Fold id="diagnostics" title={t('settings_diagnostics')} note={t('settings_diagnostics_note')}>
      <p class="soft">{t('settings_diagnostics_text')}</p>
      <pre
        class="mono"
        dir="ltr"
        role="group"
        tabIndex={0}
        aria-label={t('settings_diagnostics')}
        data-testid="diagnostics"
      >
        {text}
      </pre>
      <div class="toolbar">
        <button
          type="button"
          data-testid="copy-diagnostics"
          onClick={() => void navigator.clipboard.writeText(text).then(() => setStatus(t('settings_copied')))}
        >
          {t('settings_copy')}
        </button>
        <span role="status">{status}</span>
      </div>
    </Fold>
  );
}
