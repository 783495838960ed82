/** What this machine remembers: keys seen in DNS, and what domains were observed to do. To see, to take along, to erase. */
import { useEffect, useState } from 'preact/hooks';
import { forgetAll, forgetOne, onMemoryChanged, readMemory } from '../../adapters/memory.ts';
import { PageHead, startShellPage } from '../../ui/shell.tsx';
import { saveAsFile } from '../../ui/save-file.ts';
import { Foreign } from '../../ui/text.tsx';
import { numberText, t } from '../../ui/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { MemoryTable } from './table.tsx';
import { exportMemory, viewDomains, viewKeys, type Remembered } from './view-model.ts';

/** Something the reader wants to have erased, until the question is answered. */
interface Wish {
  readonly question: string;
  readonly erase: () => Promise<void>;
}

function MemoryPage() {
  const [remembered, setRemembered] = useState<Remembered>();
  const [sought, setSought] = useState('');
  const [wish, setWish] = useState<Wish>();
  const [status, setStatus] = useState('');
  const load = async (): Promise<void> => {
    try {
      setRemembered(await readMemory());
    } catch (error) {
      console.error(error);
      setRemembered({ keys: [], domains: [] });
      setStatus(t('memory_failed'));
    }
  };
  useEffect(() => {
    void load();
    return onMemoryChanged(() => void load());
  }, []);
  if (!remembered) return <main class="page" aria-busy="true" />;

  async function answer({ erase }: Wish, agreed: boolean): Promise<void> {
    setWish(undefined);
    if (!agreed) return;
    await erase();
    await load();
    setStatus(t('memory_erased'));
  }

  const keys = viewKeys(remembered, sought, t);
  const domains = viewDomains(remembered, sought, t);
  const isSought = sought.trim() !== '';
  return (
    <main class="page">
      <PageHead title={t('nav_senders')} text={t('memory_text')} />
      <div class="field-row">
        <label for="memory-search">{t('memory_search')}</label>
        <input
          id="memory-search"
          type="search"
          data-testid="memory-search"
          value={sought}
          onInput={(event) => setSought(event.currentTarget.value)}
        />
      </div>
      <p role="status" class="outcome" data-testid="memory-status">
        {isSought
          ? t('memory_found', { keys: numberText(t, keys.count), domains: numberText(t, domains.count) })
          : status}
      </p>
      <MemoryTable
        id="memory-domains"
        title={t('memory_domains')}
        text={t('memory_domains_text')}
        columns={['domain', 'signed', 'signers', 'lists', 'since', 'last'].map((name) => t(`memory_column_${name}`))}
        count={domains.count}
        shown={domains.rows.length}
        sought={isSought}
      >
        {domains.rows.map(({ domain, shown, signed, signers, lists, since, lastSeen }) => (
          <tr key={domain}>
            <th scope="row">
              <Foreign text={shown} />
            </th>
            <td>{signed}</td>
            <td>
              <Names names={signers} />
            </td>
            <td>
              <Names names={lists} />
            </td>
            <td>{since}</td>
            <td>{lastSeen}</td>
            <td>
              <button
                type="button"
                aria-label={t('memory_erase_name', { name: shown })}
                onClick={() =>
                  setWish({
                    question: t('memory_erase_domain_question', { domain: shown }),
                    erase: () => forgetOne('domains', domain),
                  })
                }
              >
                {t('memory_erase')}
              </button>
            </td>
          </tr>
        ))}
      </MemoryTable>
      <MemoryTable
        id="memory-keys"
        title={t('memory_keys')}
        text={t('memory_keys_text')}
        columns={['name', 'kind', 'first', 'last', 'dnssec'].map((name) => t(`memory_column_${name}`))}
        count={keys.count}
        shown={keys.rows.length}
        sought={isSought}
      >
        {keys.rows.map(({ name, kind, record, firstSeen, lastSeen, dnssec }) => (
          <tr key={`${name} ${record}`}>
            <th scope="row">
              <Foreign text={name} />
            </th>
            <td>
              <details>
                <summary>{kind}</summary>
                <Foreign text={record} />
              </details>
            </td>
            <td>{firstSeen}</td>
            <td>{lastSeen}</td>
            <td>{dnssec}</td>
            <td>
              <button
                type="button"
                aria-label={t('memory_erase_name', { name })}
                onClick={() =>
                  setWish({
                    question: t('memory_erase_key_question', { name }),
                    erase: () => forgetOne('keys', name),
                  })
                }
              >
                {t('memory_erase')}
              </button>
            </td>
          </tr>
        ))}
      </MemoryTable>
      <div class="toolbar">
        <button
          type="button"
          data-testid="memory-export"
          onClick={() =>
            saveAsFile(exportMemory(remembered, new Date()), 'countersign-memory.json', 'application/json')
          }
        >
          {t('memory_export')}
        </button>
        <button
          type="button"
          data-testid="memory-erase-all"
          disabled={remembered.keys.length + remembered.domains.length === 0}
          onClick={() => setWish({ question: t('memory_erase_all_question'), erase: forgetAll })}
        >
          {t('memory_erase_all')}
        </button>
      </div>
      {wish && <Confirm question={wish.question} onAnswer={(agreed) => void answer(wish, agreed)} />}
    </main>
  );
}

function Names({ names }: { readonly names: readonly string[] }) {
  return (
    <ul class="plain">
      {names.map((name) => (
        <li key={name}>
          <Foreign text={name} />
        </li>
      ))}
    </ul>
  );
}

startShellPage('senders', <MemoryPage />);
