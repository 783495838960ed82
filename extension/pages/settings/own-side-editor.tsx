/** Where the reader's servers begin, for one account: which hosts and addresses belong to it, and who forwards to it. */
import type { HostAccount } from '../../hosts/host.ts';
import {
  cleanForwarder,
  cleanHost,
  cleanNetwork,
  MOST_RESULTS_BELOW,
  repairAccountTrust,
  type AccountTrust,
} from '../../settings/account-trust.ts';
import { Foreign } from '../../ui/text.tsx';
import { t } from '../../ui/words.ts';
import { ListEditor } from './list-editor.tsx';
import { ownHosts } from '../../settings/own-side.ts';

interface OwnSideProps {
  readonly account: HostAccount;
  readonly trust: AccountTrust;
  readonly onChange: (trust: AccountTrust) => void;
}

export function OwnSideEditor({ account: { name: account }, trust, onChange }: OwnSideProps) {
  const { receivingHosts = [], receivingAddresses, forwarders = [], resultsBelowEntry } = trust;
  const implied = ownHosts(trust);
  const change = (part: Partial<Record<keyof AccountTrust, unknown>>): void =>
    onChange(repairAccountTrust({ ...trust, ...part }));
  return (
    <section class="stack" data-testid="own-side" aria-label={t('settings_network_of', { account })}>
      <h3>
        <Foreign text={account} />
      </h3>
      <h4>{t('options_hosts')}</h4>
      <p>{t('options_hosts_text')}</p>
      <ListEditor
        id="receiving-hosts"
        items={receivingHosts}
        empty={
          implied.length === 0 ? t('options_hosts_none') : t('options_hosts_implied', { hosts: implied.join(', ') })
        }
        label={t('options_hosts_label', { account })}
        placeholder="mail.example.org"
        clean={cleanHost}
        refusal={t('options_bad_domain')}
        onChange={(list) => change({ receivingHosts: list })}
      />
      <h4>{t('options_forwarders')}</h4>
      <p>{t('options_forwarders_text')}</p>
      <ListEditor
        id="forwarders"
        items={forwarders}
        empty={t('options_forwarders_none')}
        label={t('options_forwarders_label', { account })}
        placeholder="alumni.example.edu"
        clean={cleanForwarder}
        refusal={t('options_bad_forwarder')}
        onChange={(list) => change({ forwarders: list })}
      />
      <h4>{t('options_addresses')}</h4>
      <label class="choice">
        <input
          type="checkbox"
          data-testid="private-inside"
          checked={receivingAddresses === undefined}
          onChange={({ currentTarget: { checked } }) => change({ receivingAddresses: checked ? undefined : [] })}
        />
        <span>
          {t('options_addresses_private')}
          <span class="remark">{t('options_addresses_text')}</span>
        </span>
      </label>
      {receivingAddresses !== undefined && (
        <ListEditor
          id="receiving-addresses"
          items={receivingAddresses}
          empty={t('options_addresses_none')}
          label={t('options_addresses_label', { account })}
          placeholder="192.0.2.0/24"
          clean={cleanNetwork}
          refusal={t('options_bad_network')}
          onChange={(list) => change({ receivingAddresses: list })}
        />
      )}
      <h4>{t('options_below')}</h4>
      <label class="field-row">
        <input
          type="number"
          min={0}
          max={MOST_RESULTS_BELOW}
          data-testid="results-below"
          value={resultsBelowEntry}
          onChange={({ currentTarget: { value } }) => change({ resultsBelowEntry: Number(value) })}
        />
        <span>{t('options_below_text')}</span>
      </label>
    </section>
  );
}
