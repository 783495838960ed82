/** Everything the reader has set as a file, back from a file, or back to the beginning. */
import browser from 'webextension-polyfill';
import { useRef, useState } from 'preact/hooks';
import { changeClasses, loadClasses } from '../../adapters/classes-store.ts';
import { forgetAll } from '../../adapters/memory.ts';
import { unmuteAll } from '../../adapters/muted-banners.ts';
import { stopLookups } from '../../adapters/resolver-choice.ts';
import { loadRules, replaceRules } from '../../adapters/rules-store.ts';
import { loadSettings, updateSettings } from '../../adapters/settings-store.ts';
import { EMPTY_COLLECTION } from '../../classes/collection.ts';
import { readBackup, writeBackup, type Backup, type ReadBackup } from '../../settings/backup.ts';
import { ACTING_PERMISSIONS, BANNER_PERMISSIONS } from '../../settings/permissions.ts';
import { originPatternOf, resolverName } from '../../settings/resolvers.ts';
import { DEFAULT_SETTINGS } from '../../settings/settings.ts';
import { turnBannerOff } from '../../ui/banner-choice.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Fold } from '../../ui/fold.tsx';
import { saveAsFile } from '../../ui/save-file.ts';
import { keyOf, numberText, t } from '../../ui/words.ts';

const NO_RULES = { version: 1, rules: [] } as const;

async function exportAll(): Promise<void> {
  const [settings, rules, classes] = await Promise.all([loadSettings(), loadRules(), loadClasses()]);
  saveAsFile(writeBackup({ settings, rules, classes }, new Date()), 'countersign-settings.json', 'application/json');
}

/** Puts a backup in the place of what there is. Whatever needs a permission that wasn't given here stays off. */
async function importAll({ settings, rules, classes }: Backup): Promise<string> {
  const may = (permissions: readonly string[]): Promise<boolean> =>
    browser.permissions.contains({ permissions: [...permissions] as browser.Manifest.OptionalPermission[] });
  const { resolver } = settings;
  const mayReach = resolver !== null && (await browser.permissions.contains({ origins: [originPatternOf(resolver)] }));
  const isThunderbird = __TARGET__ === 'thunderbird';
  const banner = isThunderbird && settings.banner && (await may(BANNER_PERMISSIONS));
  const runRules = isThunderbird && settings.runRules && (await may(ACTING_PERMISSIONS));
  await updateSettings(() => ({ ...settings, resolver: mayReach ? resolver : null, banner, runRules }));
  await replaceRules(rules);
  await changeClasses(() => classes);
  return resolver === null || mayReach
    ? t('settings_imported')
    : t('settings_import_dns', { service: resolverName(resolver) });
}

async function resetAll(): Promise<void> {
  await stopLookups((await loadSettings()).resolver);
  if (__TARGET__ === 'thunderbird') await turnBannerOff();
  await updateSettings(() => DEFAULT_SETTINGS);
  await replaceRules(NO_RULES);
  await changeClasses(() => EMPTY_COLLECTION);
  await forgetAll();
  await unmuteAll();
}

function problemText(read: Exclude<ReadBackup, { readonly ok: true }>): string {
  const place = read.why === 'rules' ? read.place : '';
  return t('settings_import_bad', { error: t(keyOf('settings_import', read.why), { place }) });
}

export function ExchangeFold({ onChanged }: { readonly onChanged: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [status, setStatus] = useState('');
  const [isProblem, setProblem] = useState(false);
  const [wanted, setWanted] = useState<Backup | 'reset'>();

  const say = (text: string, problem = false): void => {
    setStatus(text);
    setProblem(problem);
  };

  async function read(file: File | undefined): Promise<void> {
    if (!file) return;
    const found = readBackup(await file.text());
    if (found.ok) setWanted(found.backup);
    else say(problemText(found), true);
  }

  async function answer(isAgreed: boolean): Promise<void> {
    const work = wanted;
    setWanted(undefined);
    if (!isAgreed || work === undefined) return;
    try {
      if (work === 'reset') await resetAll();
      say(work === 'reset' ? t('settings_reset_done') : await importAll(work));
    } catch (error) {
      say(t('settings_not_saved', { error: String(error) }), true);
    }
    onChanged();
  }

  return (
    <Fold id="exchange" title={t('settings_exchange')}>
      <p class="soft">{t('settings_exchange_text')}</p>
      <div class="toolbar">
        <button type="button" data-testid="export-all" onClick={() => void exportAll()}>
          {t('settings_export')}
        </button>
        <button type="button" data-testid="import-all" onClick={() => input.current?.click()}>
          {t('settings_import')}
        </button>
        <button type="button" class="ghost" data-testid="reset-all" onClick={() => setWanted('reset')}>
          {t('settings_reset')}
        </button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          hidden
          data-testid="import-file"
          onChange={({ currentTarget }) => {
            void read(currentTarget.files?.[0]);
            currentTarget.value = ''; // the same file can be chosen again
          }}
        />
      </div>
      <p role="status" class="outcome" data-testid="exchange-status" data-ok={isProblem ? false : undefined}>
        {status}
      </p>
      {wanted !== undefined && (
        <Confirm
          question={
            wanted === 'reset'
              ? t('settings_reset_question')
              : t('settings_import_question', {
                  rules: numberText(t, wanted.rules.rules.length),
                  keys: numberText(t, wanted.classes.passKeys.length),
                })
          }
          yes={t(wanted === 'reset' ? 'settings_reset_yes' : 'settings_import_yes')}
          onAnswer={(isAgreed) => void answer(isAgreed)}
        />
      )}
    </Fold>
  );
}
