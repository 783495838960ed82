/** Which servers are believed for one account: a list to edit, and proposals from what the newest mail all carries. */
import { useState } from 'preact/hooks';
import type { HostAccount } from '../../hosts/host.ts';
import { useAsk } from '../../ui/use-ask.ts';
import type { TrustProposals } from '../../messaging/protocol.ts';
import { cleanAuthservId, NOBODY, type AccountTrust } from '../../settings/account-trust.ts';
import { t } from '../../ui/words.ts';
import { ListEditor } from './list-editor.tsx';
import { openHosts, withHost, withServer } from '../../settings/own-side.ts';

interface EditorProps {
  readonly account: HostAccount;
  readonly trust: AccountTrust | undefined;
  readonly onChange: (trust: AccountTrust) => void;
}

export function AccountTrustEditor({ account, trust = NOBODY, onChange }: EditorProps) {
  const [proposals, setProposals] = useState<TrustProposals>();
  const background = useAsk();
  const servers = (proposals?.servers ?? []).filter(({ authservId }) => !trust.authservIds.includes(authservId));
  const hosts = openHosts(proposals?.hosts ?? [], trust);
  const nothing = proposals !== undefined && servers.length === 0 && hosts.length === 0;

  return (
    <section data-testid={`trust-${account.id}`} aria-label={account.name}>
      <ListEditor
        id="authserv-ids"
        items={trust.authservIds}
        empty={t('options_trust_nobody')}
        label={t('options_trust_label', { account: account.name })}
        placeholder="mx.example.org"
        clean={cleanAuthservId}
        refusal={t('options_trust_bad_name')}
        onChange={(authservIds) => onChange({ ...trust, authservIds })}
      >
        <button
          type="button"
          data-testid="propose"
          onClick={() => void background.ask('propose-trust', { accountId: account.id }).then(setProposals)}
        >
          {t('options_trust_propose')}
        </button>
      </ListEditor>
      <p role="status" class="outcome">
        {background.failure ?? (nothing ? t('options_trust_no_proposal') : '')}
      </p>
      {servers.map(({ authservId, count, samples, resultsBelowEntry }) => (
        <Proposal
          key={authservId}
          text={t('options_trust_proposal', { server: authservId, count: String(count), samples: String(samples) })}
          button={t('options_trust_accept')}
          accept={() => onChange(withServer(trust, { authservId, resultsBelowEntry }, proposals?.hosts ?? []))}
        />
      ))}
      {hosts.map(({ host, count, samples }) => (
        <Proposal
          key={host}
          text={t('options_host_proposal', { host, count: String(count), samples: String(samples) })}
          button={t('options_host_accept')}
          accept={() => onChange(withHost(trust, host))}
        />
      ))}
    </section>
  );
}

interface ProposalProps {
  readonly text: string;
  readonly button: string;
  readonly accept: () => void;
}

function Proposal({ text, button, accept }: ProposalProps) {
  return (
    <div class="field-row" data-testid="proposal">
      <span>{text}</span>
      <button type="button" onClick={accept}>
        {button}
      </button>
    </div>
  );
}
