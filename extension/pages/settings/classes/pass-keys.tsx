/** Pass keys: making one, handing it out, seeing which mail used it, and taking it back. */
import { useState } from 'preact/hooks';
import { Foreign } from '../../../ui/text.tsx';
import { t } from '../../../ui/words.ts';
import { isName } from '../../../classes/collection.ts';
import { FormField } from './form-field.tsx';
import { keyDomain } from '../../../classes/pass-key.ts';
import type { PassKeyView } from './view-model.ts';

interface PassKeysProps {
  readonly keys: readonly PassKeyView[];
  /** What the domain of a new key is at first; empty where nothing is known. */
  readonly domain: string;
  readonly create: (name: string, domain: string) => void;
  readonly revoke: (keyword: string) => void;
  readonly erase: (key: PassKeyView) => void;
  /** Tells what came of it. */
  readonly say: (words: string) => void;
}

export function PassKeys({ keys, domain, create, revoke, erase, say }: PassKeysProps) {
  return (
    <section aria-labelledby="pass-keys-title" data-testid="pass-keys">
      <h2 id="pass-keys-title">{t('pass_keys')}</h2>
      <p class="remark">{t('pass_keys_text')}</p>
      <PassKeyForm domain={domain} create={create} />
      {keys.length === 0 ? (
        <p>{t('pass_keys_none')}</p>
      ) : (
        <ul class="cards">
          {keys.map((key) => (
            <li key={key.keyword} class="card" data-testid="pass-key" data-revoked={key.isRevoked}>
              <PassKeyCard item={key} revoke={revoke} erase={erase} say={say} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function PassKeyForm({ domain, create }: Pick<PassKeysProps, 'domain' | 'create'>) {
  const [name, setName] = useState('');
  const [typed, setTyped] = useState<string>();
  const [isTried, setTried] = useState(false);
  const own = typed ?? domain;
  const wanted = keyDomain(own);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isName(name) || wanted === undefined) return;
        create(name.trim(), wanted);
        setName('');
        setTried(false);
      }}
    >
      <fieldset>
        <legend>{t('pass_key_new')}</legend>
        <FormField
          id="pass-key-name"
          label={t('pass_key_name')}
          value={name}
          problem={isTried && !isName(name) ? t('class_bad_name') : ''}
          onInput={setName}
        />
        <FormField
          id="pass-key-domain"
          label={t('pass_key_domain')}
          hint={t('pass_key_domain_hint')}
          value={own}
          problem={isTried && wanted === undefined ? t('pass_key_bad_domain') : ''}
          onInput={setTyped}
        />
        <button type="submit" class="primary" data-testid="pass-key-create">
          {t('pass_key_create')}
        </button>
      </fieldset>
    </form>
  );
}

interface CardProps extends Pick<PassKeysProps, 'revoke' | 'erase' | 'say'> {
  readonly item: PassKeyView;
}

function PassKeyCard({ item, revoke, erase, say }: CardProps) {
  const { name, keyword, line, handout, state, isRevoked, summary, warnings, uses } = item;
  const copy = (): void =>
    void navigator.clipboard.writeText(handout).then(
      () => say(t('pass_key_copied', { name })),
      (error: unknown) => say(t('pass_key_copy_failed', { error: String(error) })),
    );
  return (
    <>
      <h3 class="card-title">
        <Foreign text={name} />
      </h3>
      <p>
        <code data-testid="pass-key-line">
          <Foreign text={line} />
        </code>
      </p>
      <p class="remark">
        {state} {summary}
      </p>
      {warnings.map((warning) => (
        <p key={warning} class="outcome" data-ok={false} data-testid="pass-key-warning">
          {warning}
        </p>
      ))}
      {uses.length > 0 && (
        <details class="more">
          <summary>{t('pass_key_uses')}</summary>
          <ul class="plain" data-testid="pass-key-uses">
            {uses.map(({ digest, at, author, signed, isSigned }) => (
              <li key={digest} data-signed={isSigned}>
                {at}: <Foreign text={author} />, {signed}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div class="toolbar">
        {!isRevoked && (
          <>
            <button
              type="button"
              aria-label={t('pass_key_copy_of', { name })}
              data-testid="pass-key-copy"
              onClick={copy}
            >
              {t('pass_key_copy')}
            </button>
            <button
              type="button"
              aria-label={t('pass_key_revoke_of', { name })}
              data-testid="pass-key-revoke"
              onClick={() => revoke(keyword)}
            >
              {t('pass_key_revoke')}
            </button>
          </>
        )}
        <button
          type="button"
          aria-label={t('memory_erase_name', { name })}
          data-testid="pass-key-erase"
          onClick={() => erase(item)}
        >
          {t('memory_erase')}
        </button>
      </div>
    </>
  );
}
