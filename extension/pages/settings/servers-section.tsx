/** Which servers are believed, by account: proposed from mail, to be confirmed or changed. */
import { Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { HostAccount } from '../../hosts/host.ts';
import { ask } from '../../messaging/ask.ts';
import type { TrustProposals } from '../../messaging/protocol.ts';
import { type AccountTrust } from '../../settings/account-trust.ts';
import { withServer } from '../../settings/own-side.ts';
import { trustOf, type Settings } from '../../settings/settings.ts';
import { Foreign } from '../../ui/text.tsx';
import { numberText, t } from '../../ui/words.ts';
import { AccountTrustEditor } from './account-trust.tsx';

interface ServersSectionProps {
  readonly accounts: readonly HostAccount[];
  readonly settings: Settings;
  readonly onChange: (accountId: string, trust: AccountTrust) => void;
}

export function ServersSection({ accounts, settings, onChange }: ServersSectionProps) {
  const [proposals, setProposals] = useState<ReadonlyMap<string, TrustProposals>>(new Map());
  /** Accounts whose proposal was declined. */
  const [declined, setDeclined] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<string>();
  const without = accounts.filter(({ id }) => trustOf(settings, id).authservIds.length === 0).map(({ id }) => id);
  useEffect(() => {
    for (const accountId of without)
      void ask('propose-trust', { accountId }).then(
        (found) => setProposals((known) => new Map(known).set(accountId, found)),
        console.error,
      );
  }, [without.join()]);

  return (
    <section class="card stack" id="servers" aria-labelledby="servers-title" data-setting>
      <h2 id="servers-title">{t('welcome_step_server')}</h2>
      <p class="soft">{t('settings_server_text')}</p>
      <div class="table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('settings_account')}</th>
              <th scope="col">{t('settings_server_column')}</th>
              <th scope="col">
                <span class="visually-hidden">{t('settings_actions_column')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => {
              const { id, name } = account;
              const trust = trustOf(settings, id);
              const found = proposals.get(id);
              const server = trust.authservIds.length === 0 && !declined.has(id) ? found?.servers[0] : undefined;
              return (
                <Fragment key={id}>
                  <tr data-testid={`server-${id}`}>
                    <th scope="row">
                      <Foreign text={name} />
                    </th>
                    <td>
                      {trust.authservIds.length > 0 ? (
                        trust.authservIds.map((authservId) => (
                          <div key={authservId}>
                            <Foreign text={authservId} />
                          </div>
                        ))
                      ) : (
                        <span class="soft">{t('settings_server_none')}</span>
                      )}
                      {server && (
                        <>
                          {' '}
                          {t('settings_server_is_it', { server: server.authservId })}
                          <div class="soft small">
                            {t('settings_server_seen', {
                              count: numberText(t, server.count),
                              samples: numberText(t, server.samples),
                            })}
                          </div>
                        </>
                      )}
                    </td>
                    <td class="num nowrap">
                      {server && found && (
                        <>
                          <button
                            type="button"
                            class="compact primary"
                            data-testid={`use-server-${id}`}
                            onClick={() => onChange(id, withServer(trust, server, found.hosts))}
                          >
                            {t('settings_server_yes')}
                          </button>{' '}
                          <button type="button" class="compact" onClick={() => setDeclined(new Set([...declined, id]))}>
                            {t('settings_server_no')}
                          </button>{' '}
                        </>
                      )}
                      <button
                        type="button"
                        class="compact"
                        data-testid={`change-server-${id}`}
                        aria-expanded={open === id}
                        aria-label={t('settings_server_change_of', { account: name })}
                        onClick={() => setOpen(open === id ? undefined : id)}
                      >
                        {t('settings_change')}
                      </button>
                    </td>
                  </tr>
                  {open === id && (
                    <tr>
                      <td colSpan={3}>
                        <AccountTrustEditor
                          account={account}
                          trust={trust}
                          onChange={(changed) => onChange(id, changed)}
                        />
                      </td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
