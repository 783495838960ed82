/** Whom the reader believes for one account: a list he edits, and a proposal from what his newest mail carries on top. */
import { useState } from 'preact/hooks';
import type { AuthservIdProposal } from '../../src/authres/propose.ts';
import type { HostAccount } from '../hosts/host.ts';
import { ask } from '../messaging/ask.ts';
import { cleanAuthservId, type AccountTrust } from '../settings/settings.ts';
import { Foreign } from '../ui/text.tsx';
import { t } from '../ui/words.ts';

interface EditorProps {
  readonly account: HostAccount;
  readonly trust: AccountTrust | undefined;
  readonly onChange: (trust: AccountTrust) => void;
}

const NOBODY: AccountTrust = { authservIds: [], resultsBelowEntry: 0 };

export function AccountTrustEditor({ account, trust = NOBODY, onChange }: EditorProps) {
  const [text, setText] = useState('');
  const [proposals, setProposals] = useState<readonly AuthservIdProposal[]>();
  const [problem, setProblem] = useState('');

  function add(authservId: string, resultsBelowEntry = trust.resultsBelowEntry): void {
    const [name] = cleanAuthservId(authservId);
    if (name === undefined) {
      setProblem(t('options_trust_bad_name'));
      return;
    }
    setProblem('');
    setText('');
    onChange({ authservIds: [...new Set([...trust.authservIds, name])], resultsBelowEntry });
  }

  const remove = (name: string): void =>
    onChange({ ...trust, authservIds: trust.authservIds.filter((other) => other !== name) });
  const open = (proposals ?? []).filter(({ authservId }) => !trust.authservIds.includes(authservId));

  return (
    <section data-testid={`trust-${account.id}`} aria-label={account.name}>
      <h2>
        <Foreign text={account.name} />
      </h2>
      <ul class="plain">
        {trust.authservIds.map((name) => (
          <li key={name} class="field-row">
            <Foreign text={name} />
            <button
              type="button"
              aria-label={t('options_trust_remove_name', { server: name })}
              onClick={() => remove(name)}
            >
              {t('options_trust_remove')}
            </button>
          </li>
        ))}
        {trust.authservIds.length === 0 && <li class="remark">{t('options_trust_nobody')}</li>}
      </ul>
      <form
        class="field-row"
        onSubmit={(event) => {
          event.preventDefault();
          add(text);
        }}
      >
        <input
          type="text"
          aria-label={t('options_trust_label', { account: account.name })}
          placeholder="mx.example.org"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit">{t('options_trust_add')}</button>
        <button type="button" onClick={() => void ask('propose-trust', { accountId: account.id }).then(setProposals)}>
          {t('options_trust_propose')}
        </button>
      </form>
      <p role="status" class="outcome" data-ok={problem === '' ? undefined : false}>
        {problem || (proposals !== undefined && open.length === 0 ? t('options_trust_no_proposal') : '')}
      </p>
      {open.map(({ authservId, count, samples, resultsBelowEntry }) => (
        <div key={authservId} class="field-row">
          <span>
            {t('options_trust_proposal', { server: authservId, count: String(count), samples: String(samples) })}
          </span>
          <button type="button" onClick={() => add(authservId, Math.max(trust.resultsBelowEntry, resultsBelowEntry))}>
            {t('options_trust_accept')}
          </button>
        </div>
      ))}
    </section>
  );
}
