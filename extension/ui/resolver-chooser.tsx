/** The choice of a DNS service in plain words. One is recommended; nothing is used before the button is pressed and it has answered. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { requestOrigin, adoptResolver } from '../adapters/resolver-choice.ts';
import { hostOf, parseResolverUrl, resolverName, RESOLVER_PRESETS } from '../settings/resolvers.ts';
import { Icon } from './icon.tsx';
import { keyOf, numberText, t } from './words.ts';

interface ChooserProps {
  /** The address in use; null where none is. */
  readonly current: string | null;
  /** @param said that it answered, and how fast */
  readonly onAccepted: (url: string, said: string) => void;
  /** Further buttons. */
  readonly children?: ComponentChildren;
}

const OWN = 'own';
const RECOMMENDED = 'quad9';
const PROGRAMS = { thunderbird: 'Thunderbird', chrome: 'Chrome', firefox: 'Firefox' } as const;

export function answered(url: string, milliseconds: number): string {
  return t('resolver_answered', { service: resolverName(url), time: numberText(t, milliseconds) });
}

export function ResolverChooser({ current, onAccepted, children }: ChooserProps) {
  const preset = RESOLVER_PRESETS.find(({ url }) => url === current);
  const [choice, setChoice] = useState<string>(preset?.id ?? (current === null ? RECOMMENDED : OWN));
  const [ownUrl, setOwnUrl] = useState(preset || current === null ? '' : current);
  const [isBusy, setBusy] = useState(false);
  /** Why the service was not accepted. */
  const [problem, setProblem] = useState('');

  const wanted = choice === OWN ? parseResolverUrl(ownUrl) : RESOLVER_PRESETS.find(({ id }) => id === choice)?.url;

  function accept(): void {
    if (isBusy) return;
    if (wanted === undefined) return setProblem(t('resolver_bad_url'));
    const permission = requestOrigin(wanted);
    setBusy(true);
    setProblem('');
    void finish(permission, wanted)
      .catch((error: unknown) => t('resolver_not_allowed', { error: String(error) }))
      .then((trouble) => {
        setBusy(false);
        setProblem(trouble);
      });
  }

  /** What went wrong; empty where nothing did. */
  async function finish(permission: Promise<boolean>, url: string): Promise<string> {
    if (!(await permission)) return t('resolver_not_permitted');
    const outcome = await adoptResolver(url, current);
    if (!outcome.ok) return t(keyOf('resolver_failed', outcome.failure), { detail: outcome.detail });
    onAccepted(url, answered(url, outcome.milliseconds));
    return '';
  }

  return (
    <form
      noValidate
      class="stack wide"
      onSubmit={(event) => {
        event.preventDefault();
        accept();
      }}
    >
      <fieldset class="plain stack">
        <legend class="visually-hidden">{t('resolver_service')}</legend>
        {[...RESOLVER_PRESETS.map(({ id, name }) => [id, name] as const), [OWN, t('resolver_own')] as const].map(
          ([id, name]) => (
            <label key={id} class="choice boxed">
              <input
                type="radio"
                name="resolver"
                value={id}
                data-testid={`resolver-${id}`}
                checked={choice === id}
                onChange={() => setChoice(id)}
              />
              <span class="grow">
                <b>{name}</b>
                <span class="remark">{t(`resolver_note_${id}`)}</span>
              </span>
              {id === RECOMMENDED && <span class="chip accent">{t('resolver_recommended')}</span>}
            </label>
          ),
        )}
        {choice === OWN && (
          <label class="field">
            <span>{t('resolver_url_label')}</span>
            <input
              type="url"
              dir="ltr"
              data-testid="resolver-url"
              value={ownUrl}
              placeholder="https://dns.example/dns-query"
              aria-invalid={problem !== ''}
              aria-describedby="resolver-outcome"
              onInput={(event) => setOwnUrl(event.currentTarget.value)}
            />
          </label>
        )}
      </fieldset>
      {wanted !== undefined && wanted !== current && (
        <p class="callout" data-testid="resolver-announce">
          <Icon name="info" />
          <span class="grow">{t('resolver_announce', { program: PROGRAMS[__TARGET__], host: hostOf(wanted) })}</span>
        </p>
      )}
      <p
        id="resolver-outcome"
        role="status"
        class="outcome"
        data-testid="resolver-outcome"
        data-ok={problem === '' ? undefined : false}
      >
        {isBusy ? t('resolver_trying') : problem}
      </p>
      <div class="toolbar">
        <button type="submit" class="primary" data-testid="resolver-accept" aria-disabled={isBusy}>
          {choice === OWN || wanted === undefined
            ? t('resolver_use_own')
            : t('resolver_use', { service: resolverName(wanted) })}
        </button>
        {children}
      </div>
    </form>
  );
}
