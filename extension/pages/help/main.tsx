/** What the badge says, what to do about it, and what a reader may want to know of Countersign itself. */
import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { Icon } from '../../ui/icon.tsx';
import { LevelTable } from '../../ui/level-table.tsx';
import { PageHead, startShellPage } from '../../ui/shell.tsx';
import { t } from '../../ui/words.ts';
import './help.css';
import { LIBRARIES } from './libraries.ts';

const QUESTIONS = ['known_warned', 'list', 'unchecked', 'server', 'replied'];

/** Programs by the names that they have everywhere. */
const PROGRAMS: readonly (readonly [key: string, name: string | null])[] = [
  ['thunderbird', 'Thunderbird'],
  ['outlook', 'Outlook'],
  ['apple', 'Apple Mail'],
  ['gmail', 'Gmail'],
  ['other', null],
];

function HelpPage() {
  return (
    <main class="page narrow">
      <PageHead title={t('nav_help')} text={t('help_text')} />
      <section class="card" aria-labelledby="badges-title">
        <h2 id="badges-title">{t('help_badges')}</h2>
        <LevelTable />
      </section>
      <section class="stack" aria-labelledby="questions-title">
        <h2 id="questions-title">{t('help_what_if')}</h2>
        {QUESTIONS.map((question) => (
          <details key={question} class="fold" data-testid={`help-${question}`}>
            <summary>
              <Icon name="right" />
              {t(`help_if_${question}`)}
            </summary>
            <div>
              <p>{t(`help_if_${question}_text`)}</p>
            </div>
          </details>
        ))}
        <p>
          {t('help_diagnostics')} <a href="../settings/index.html#diagnostics">{t('help_diagnostics_open')}</a>
        </p>
      </section>
      <section class="card" id="save" aria-labelledby="save-title">
        <h2 id="save-title">{t('help_save')}</h2>
        <table>
          <thead class="visually-hidden">
            <tr>
              <th scope="col">{t('help_save_program')}</th>
              <th scope="col">{t('help_save_how')}</th>
            </tr>
          </thead>
          <tbody>
            {PROGRAMS.map(([key, name]) => (
              <tr key={key}>
                <th scope="row">{name ?? t('help_save_other_name')}</th>
                <td>{t(`help_save_${key}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Keys />
      <section class="card" aria-labelledby="privacy-title">
        <h2 id="privacy-title">{t('help_privacy')}</h2>
        <ul class="points">
          <li>{t('help_privacy_dns')}</li>
          <li>{t('help_privacy_memory')}</li>
          {__TARGET__ === 'thunderbird' && <li>{t('help_privacy_rules')}</li>}
        </ul>
      </section>
      <section class="card" aria-labelledby="about-title">
        <h2 id="about-title">{t('help_about')}</h2>
        <p data-testid="version">{t('help_version', { version: browser.runtime.getManifest().version })}</p>
        <p>{t('help_license')}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('help_library_column')}</th>
              <th scope="col">{t('help_author_column')}</th>
              <th scope="col">{t('help_license_column')}</th>
            </tr>
          </thead>
          <tbody>
            {LIBRARIES.map(({ name, by, license }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{by}</td>
                <td>{license}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </main>
  );
}

/** The shortcuts as they are set now: their owner can change them. */
function Keys() {
  const [shortcuts, setShortcuts] = useState<readonly string[]>([]);
  useEffect(() => {
    const { commands } = browser.runtime.getManifest();
    if (commands === undefined) return;
    void browser.commands
      .getAll()
      .then((all) => setShortcuts(all.flatMap(({ shortcut }) => (shortcut ? [shortcut] : []))));
  }, []);
  const rows: readonly (readonly [keys: string, text: string])[] = [
    ...shortcuts.map((keys) => [keys, t('help_key_panel')] as const),
    ...(shortcuts.length > 0 ? ([['Shift+F10', t('help_key_menu')]] as const) : []),
    ['↑ ↓', t('help_key_arrows')],
    ['Esc', t('help_key_escape')],
  ];
  return (
    <section class="card" aria-labelledby="keys-title">
      <h2 id="keys-title">{t('help_keys')}</h2>
      <table>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">{t('help_keys_column')}</th>
            <th scope="col">{t('help_keys_does')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([keys, text]) => (
            <tr key={keys}>
              <th scope="row" class="nowrap">
                <kbd>{keys}</kbd>
              </th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

startShellPage('help', <HelpPage />);
