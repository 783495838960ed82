/** “Is this your mail server?”: what the newest mail of each account proposes, to be confirmed, replaced, or left. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { updateSettings } from '../../adapters/settings-store.ts';
import type { HostAccount } from '../../hosts/host.ts';
import { ask } from '../../messaging/ask.ts';
import type { TrustProposals } from '../../messaging/protocol.ts';
import { cleanAuthservId } from '../../settings/account-trust.ts';
import { ownHosts, withServer } from '../../settings/own-side.ts';
import { trustOf } from '../../settings/settings.ts';
import { Foreign } from '../../ui/text.tsx';
import { numberText, t } from '../../ui/words.ts';

interface Proposed {
  readonly account: HostAccount;
  readonly proposals: TrustProposals;
}

interface ServerStepProps {
  /** @param said what was changed, in words */
  readonly goOn: (said: string) => void;
}

async function readProposals(): Promise<readonly Proposed[]> {
  const accounts = await ask('accounts', {});
  return Promise.all(
    accounts.map(async (account) => ({ account, proposals: await ask('propose-trust', { accountId: account.id }) })),
  );
}

export function ServerStep({ goOn }: ServerStepProps) {
  const [accounts, setAccounts] = useState<readonly Proposed[]>();
  /** The reader writes a name instead; also where there is nothing to confirm. */
  const [isWriting, setWriting] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    void readProposals().then(
      (all) => {
        setAccounts(all);
        setWriting(all.every(({ proposals }) => proposals.servers.length === 0));
      },
      (error: unknown) => {
        console.error(error);
        setAccounts([]);
      },
    );
  }, []);

  const found = (accounts ?? []).filter(({ proposals }) => proposals.servers.length > 0);
  const wanted = found.filter(({ account }) => !left.has(account.id));

  async function accept(): Promise<void> {
    const said: string[] = [];
    await updateSettings((settings) => {
      let { trust } = settings;
      for (const { account, proposals } of wanted) {
        const [server] = proposals.servers;
        if (server === undefined) continue;
        const changed = withServer(trustOf(settings, account.id), server, proposals.hosts);
        trust = { ...trust, [account.id]: changed };
        said.push(
          t('welcome_server_done', {
            account: account.name,
            server: server.authservId,
            hosts: ownHosts(changed).join(', '),
          }),
        );
      }
      return { trust };
    });
    goOn(said.join(' '));
  }

  async function write(accountId: string, name: string): Promise<void> {
    const { account, proposals } = (accounts ?? []).find((one) => one.account.id === accountId) ?? {};
    if (account === undefined || proposals === undefined) return;
    const settings = await updateSettings((stored) => ({
      trust: {
        ...stored.trust,
        [accountId]: withServer(
          trustOf(stored, accountId),
          { authservId: name, resultsBelowEntry: 0 },
          proposals.hosts,
        ),
      },
    }));
    const hosts = ownHosts(trustOf(settings, accountId)).join(', ');
    goOn(t('welcome_server_done', { account: account.name, server: name, hosts }));
  }

  const skip = (
    <button type="button" class="ghost" data-testid="welcome-skip" onClick={() => goOn('')}>
      {t('welcome_skip')}
    </button>
  );
  return (
    <>
      <h2>{t(found.length > 1 ? 'welcome_servers' : 'welcome_server')}</h2>
      <p>{t('welcome_server_text')}</p>
      {accounts === undefined && (
        <p role="status" aria-busy="true">
          {t('welcome_server_reading')}
        </p>
      )}
      {accounts?.length === 0 && <p>{t('welcome_no_account')}</p>}
      {accounts !== undefined && accounts.length > 0 && found.length === 0 && (
        <p data-testid="no-proposal">{t('welcome_server_none')}</p>
      )}
      {found.length > 0 && !isWriting && (
        <div class="card table-frame">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('settings_account')}</th>
                <th scope="col">{t('welcome_server_found')}</th>
                <th scope="col" class="num">
                  {t('welcome_newest')}
                </th>
              </tr>
            </thead>
            <tbody>
              {found.map(({ account, proposals: { servers } }) => (
                <tr key={account.id} data-testid={`proposal-${account.id}`}>
                  <th scope="row">
                    {found.length === 1 ? (
                      <Foreign text={account.name} />
                    ) : (
                      <label class="row">
                        <input
                          type="checkbox"
                          checked={!left.has(account.id)}
                          onChange={({ currentTarget: { checked } }) =>
                            setLeft(
                              new Set(checked ? [...left].filter((id) => id !== account.id) : [...left, account.id]),
                            )
                          }
                        />
                        <Foreign text={account.name} />
                      </label>
                    )}
                  </th>
                  <td>
                    <b>
                      <Foreign text={servers[0]?.authservId ?? ''} />
                    </b>
                  </td>
                  <td class="num">
                    {t('settings_of', {
                      count: numberText(t, servers[0]?.count ?? 0),
                      samples: numberText(t, servers[0]?.samples ?? 0),
                    })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {accounts !== undefined && accounts.length > 0 && isWriting ? (
        <WriteServer accounts={accounts.map(({ account }) => account)} onWritten={(id, name) => void write(id, name)}>
          {skip}
        </WriteServer>
      ) : (
        <>
          {found.length > 0 && <p class="soft">{t('welcome_server_unsure')}</p>}
          <div class="toolbar">
            {found.length > 0 && (
              <>
                <button
                  type="button"
                  class="primary"
                  data-testid="accept-server"
                  disabled={wanted.length === 0}
                  onClick={() => void accept()}
                >
                  {t(found.length > 1 ? 'welcome_servers_yes' : 'welcome_server_yes')}
                </button>
                <button type="button" data-testid="other-server" onClick={() => setWriting(true)}>
                  {t('welcome_server_other')}
                </button>
              </>
            )}
            {accounts !== undefined && skip}
          </div>
        </>
      )}
    </>
  );
}

interface WriteServerProps {
  readonly accounts: readonly HostAccount[];
  readonly onWritten: (accountId: string, name: string) => void;
  readonly children: ComponentChildren;
}

function WriteServer({ accounts, onWritten, children }: WriteServerProps) {
  const [account, setAccount] = useState(accounts[0]?.id ?? '');
  const [text, setText] = useState('');
  const [isRefused, setRefused] = useState(false);
  return (
    <form
      class="stack wide"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const [name] = cleanAuthservId(text);
        setRefused(name === undefined);
        if (name !== undefined) onWritten(account, name);
      }}
    >
      {accounts.length > 1 && (
        <label class="field">
          <span>{t('settings_account')}</span>
          <select value={account} onChange={({ currentTarget }) => setAccount(currentTarget.value)}>
            {accounts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="field">
        <span>{t('welcome_server_name')}</span>
        <input
          type="text"
          dir="ltr"
          data-testid="server-name"
          placeholder="mx.example.org"
          autocapitalize="none"
          spellcheck={false}
          value={text}
          aria-invalid={isRefused}
          aria-describedby="server-problem"
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <p id="server-problem" role="status" class="outcome" data-ok={isRefused ? false : undefined}>
        {isRefused ? t('welcome_server_bad_name') : ''}
      </p>
      <div class="toolbar">
        <button type="submit" class="primary" data-testid="write-server">
          {t('welcome_server_use')}
        </button>
        {children}
      </div>
    </form>
  );
}
