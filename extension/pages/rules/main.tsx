/** The reader's rules: in order, to switch, change, try, take along and bring in. */
import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { loadClasses } from '../../adapters/classes-store.ts';
import { proposalsFor } from '../../adapters/proposal-store.ts';
import { readStoredRules, replaceRules } from '../../adapters/rules-store.ts';
import { KNOWN_CLASSES } from '../../classes/dictionary.ts';
import { ask } from '../../messaging/ask.ts';
import { NotActing, RulesSwitch, useRunRules, type RunRules } from '../../ui/rules-switch.tsx';
import { PageHead, startShellPage } from '../../ui/shell.tsx';
import { saveAsFile } from '../../ui/save-file.ts';
import { counted, t } from '../../ui/words.ts';
import { appendRules, NO_RULES } from './changes.ts';
import { newId } from './drafts.ts';
import { ExportSection } from './export-section.tsx';
import { plainChoices, type KnownTexts } from './fields.tsx';
import { ImportSection } from './import-section.tsx';
import { RulesEditor, type Surroundings } from './rules-editor.tsx';
import { TrySection } from './try-section.tsx';
import { useRules, type RulesInPage } from './use-rules.ts';
import './rules.css';

/** What the page can offer to choose from. A background that does not answer costs the choices, not the page. */
async function lookAround(): Promise<Surroundings> {
  const [proposals, { classes, passKeys }, accounts, folders] = await Promise.all([
    proposalsFor(location.search),
    loadClasses(),
    __TARGET__ === 'thunderbird' ? ask('accounts', {}).catch(() => []) : [],
    __TARGET__ === 'thunderbird' ? ask('folders', {}).catch(() => []) : [],
  ]);
  const named = (known: readonly { readonly keyword: string; readonly name: string }[]) =>
    known.map(({ keyword, name }) => ({ value: keyword, text: name }));
  const choices: KnownTexts = {
    folders: plainChoices([...new Set(folders.map(({ path }) => path))]),
    classes: [...named(classes), ...KNOWN_CLASSES.map(({ keyword, words }) => ({ value: keyword, text: t(words) }))],
    passKeys: named(passKeys),
  };
  return { accounts, choices, proposals };
}

function RulesPage() {
  const [status, setStatus] = useState('');
  const state = useRules(setStatus);
  const runRules = useRunRules();
  const [surroundings, setSurroundings] = useState<Surroundings>();
  useEffect(() => void lookAround().then(setSurroundings), []);
  if (state === 'loading' || !surroundings) return <main class="page" aria-busy="true" />;
  return (
    <main class="page">
      <PageHead title={t('nav_rules')} text={t('rules_text')} />
      {state === 'unreadable' ? (
        <Unreadable />
      ) : (
        <Rules store={state} surroundings={surroundings} status={status} say={setStatus} runRules={runRules} />
      )}
    </main>
  );
}

/** What is stored stays until the reader says otherwise. */
function Unreadable() {
  const save = async (): Promise<void> =>
    saveAsFile(JSON.stringify(await readStoredRules(), null, 2), 'countersign-rules.json', 'application/json');
  return (
    <>
      <p class="problem">{t('rules_unreadable')}</p>
      <div class="toolbar">
        <button type="button" onClick={() => void save()}>
          {t('rules_save_file')}
        </button>
        <button type="button" data-testid="begin-anew" onClick={() => void replaceRules(NO_RULES)}>
          {t('rules_begin_anew')}
        </button>
      </div>
    </>
  );
}

interface RulesProps {
  readonly store: RulesInPage;
  readonly surroundings: Surroundings;
  readonly status: string;
  readonly say: (words: string) => void;
  readonly runRules: RunRules;
}

function Rules({ store, surroundings, status, say, runRules }: RulesProps) {
  const { rules, change } = store;
  const isEmpty = rules.rules.length === 0;
  const hasActing = __TARGET__ === 'thunderbird' && !isEmpty;
  return (
    <>
      {hasActing && <NotActing state={runRules} />}
      <RulesEditor store={store} surroundings={surroundings} status={status} say={say} />
      {hasActing && <RulesSwitch state={runRules} />}
      {!isEmpty && (
        <Part id="try" title={t('rules_try')}>
          <TrySection rules={rules} />
        </Part>
      )}
      <Part id="import" title={t('rules_import')}>
        <ImportSection
          hasRules={!isEmpty}
          onTake={(taken, how) =>
            change(
              how === 'append' ? appendRules(rules, taken, newId) : taken,
              counted(t, 'rules_imported', taken.rules.length),
            )
          }
        />
      </Part>
      {!isEmpty && (
        <Part id="export" title={t('rules_export')}>
          <ExportSection rules={rules} accounts={surroundings.accounts} />
        </Part>
      )}
    </>
  );
}

interface PartProps {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

/** A part of the page that costs nothing before it is opened. */
function Part({ id, title, children }: PartProps) {
  const [opened, setOpened] = useState(false);
  return (
    <details class="section" data-testid={`part-${id}`} onToggle={() => setOpened(true)}>
      <summary>
        <h2>{title}</h2>
      </summary>
      <div class="section-body">{opened && children}</div>
    </details>
  );
}

startShellPage('rules', <RulesPage />);
