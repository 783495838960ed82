/** The first page: what is missing, what is known, and where to go on. */
import { useEffect, useState } from 'preact/hooks';
import { onMemoryChanged, readMemory } from '../../adapters/memory.ts';
import { loadRules } from '../../adapters/rules-store.ts';
import { loadSettings, onSettingsChanged } from '../../adapters/settings-store.ts';
import { ask } from '../../messaging/ask.ts';
import { Callout } from '../../ui/callout.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageHead, startShellPage } from '../../ui/shell.tsx';
import { Foreign } from '../../ui/text.tsx';
import { t } from '../../ui/words.ts';
import './overview.css';
import { viewMissing, viewSenders, viewTiles, type Known } from './view-model.ts';

async function load(): Promise<Known> {
  const [settings, accounts, rules, memory] = await Promise.all([
    loadSettings(),
    __TARGET__ === 'thunderbird' ? ask('accounts', {}) : [],
    loadRules(),
    readMemory(),
  ]);
  return {
    settings,
    accounts,
    rules: rules.rules.filter(({ enabled }) => enabled).length,
    keys: memory.keys.length,
    domains: memory.domains,
    canRunRules: __TARGET__ === 'thunderbird',
  };
}

function OverviewPage() {
  const [known, setKnown] = useState<Known>();
  const [failure, setFailure] = useState('');
  useEffect(() => {
    const show = (): void =>
      void load().then(setKnown, (error: unknown) => {
        console.error(error);
        setFailure(t('overview_failed'));
      });
    show();
    onSettingsChanged(show);
    return onMemoryChanged(show);
  }, []);

  return (
    <main class="page" aria-busy={known === undefined && failure === ''}>
      <PageHead title={t('nav_overview')} text={t('overview_text')} />
      {failure !== '' && <p role="alert">{failure}</p>}
      {known && <Content known={known} />}
    </main>
  );
}

function Content({ known }: { readonly known: Known }) {
  const missing = viewMissing(known, t);
  const senders = viewSenders(known, t);
  return (
    <>
      {missing && (
        <Callout title={missing.title} text={missing.text} testId={`missing-${missing.what}`}>
          <a class="button primary" href={missing.href}>
            {missing.action}
          </a>
        </Callout>
      )}
      <ul class="tiles">
        {viewTiles(known, t).map(({ id, label, value, note, href }) => (
          <li key={id}>
            <a class="tile" href={href} data-testid={`tile-${id}`}>
              <span>{label}</span>
              <b>{value}</b>
              <span class="soft">{note}</span>
            </a>
          </li>
        ))}
      </ul>
      {senders.length === 0 ? (
        <section class="card empty">
          <Icon name="senders" />
          <b>{t('overview_empty')}</b>
          <p>{t('overview_empty_text')}</p>
          <a class="button" href="../file/index.html">
            {t('nav_file')}
          </a>
        </section>
      ) : (
        <section class="card table-frame">
          <table>
            <caption>
              <h2>{t('overview_senders')}</h2>
            </caption>
            <thead>
              <tr>
                <th scope="col">{t('overview_column_domain')}</th>
                <th scope="col">
                  <span class="visually-hidden">{t('overview_column_share')}</span>
                </th>
                <th scope="col" class="num">
                  {t('overview_column_messages')}
                </th>
                <th scope="col" class="num">
                  {t('overview_column_signed')}
                </th>
              </tr>
            </thead>
            <tbody>
              {senders.map(({ domain, messages, signed, length }) => (
                <tr key={domain}>
                  <th scope="row">
                    <Foreign text={domain} />
                  </th>
                  <td class="bar-cell">
                    <span class="bar" aria-hidden="true">
                      <svg viewBox="0 0 100 8" preserveAspectRatio="none">
                        <rect width={length} height="8" />
                      </svg>
                    </span>
                  </td>
                  <td class="num">{messages}</td>
                  <td class="num">{signed}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p class="after-table">
            <a href="../senders/index.html">{t('overview_all_senders')}</a>
          </p>
        </section>
      )}
    </>
  );
}

startShellPage('overview', <OverviewPage />);
