/**
 * The choice of a resolver: nothing is chosen beforehand, the permission is asked for in the click that chooses, and a resolver is
 * accepted only after it answered a real question.
 */
import browser from 'webextension-polyfill';
import { useState } from 'preact/hooks';
import { parseDohUrl } from '../../src/dns/doh.ts';
import { tryResolver } from '../adapters/resolver.ts';
import { updateSettings } from '../adapters/settings-store.ts';
import { originPatternOf, RESOLVER_PRESETS } from '../settings/resolvers.ts';
import { keyOf, t } from './words.ts';

interface Outcome {
  readonly ok: boolean;
  readonly text: string;
}

interface ChooserProps {
  /** The address in use; null where none is. */
  readonly current: string | null;
  readonly onChanged: (url: string | null) => void;
}

const OWN = 'own';

export function ResolverChooser({ current, onChanged }: ChooserProps) {
  const preset = RESOLVER_PRESETS.find(({ url }) => url === current);
  const [choice, setChoice] = useState<string>(preset?.id ?? (current === null ? '' : OWN));
  const [ownUrl, setOwnUrl] = useState(preset || current === null ? '' : current);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();

  const wanted = choice === OWN ? parseDohUrl(ownUrl)?.href : RESOLVER_PRESETS.find(({ id }) => id === choice)?.url;

  function accept(): void {
    if (wanted === undefined) {
      setOutcome({ ok: false, text: t(choice === OWN ? 'resolver_bad_url' : 'resolver_choose_first') });
      return;
    }
    setBusy(true);
    setOutcome({ ok: true, text: t('resolver_trying') });
    // First thing in the click: browsers ask for a permission only in direct answer to one.
    const permission = browser.permissions.request({ origins: [originPatternOf(wanted)] });
    finish(permission, wanted).then(setOutcome, (error: unknown) => setOutcome({ ok: false, text: String(error) }));
  }

  async function finish(permission: Promise<boolean>, url: string): Promise<Outcome> {
    try {
      if (!(await permission)) return { ok: false, text: t('resolver_not_permitted') };
      const trial = await tryResolver(url);
      if (!trial.ok) return { ok: false, text: t(keyOf('resolver_failed', trial.failure), { detail: trial.detail }) };
      await updateSettings(() => ({ resolver: url }));
      onChanged(url);
      return { ok: true, text: t('resolver_accepted', { host: new URL(url).host }) };
    } finally {
      setBusy(false);
    }
  }

  async function stop(): Promise<void> {
    await updateSettings(() => ({ resolver: null }));
    setChoice('');
    setOutcome({ ok: true, text: t('resolver_stopped') });
    onChanged(null);
  }

  return (
    <fieldset>
      <legend>{t('resolver_legend')}</legend>
      <p>{t('resolver_learns')}</p>
      {RESOLVER_PRESETS.map(({ id, name, url }) => (
        <label key={id} class="choice">
          <input
            type="radio"
            name="resolver"
            value={id}
            data-testid={`resolver-${id}`}
            checked={choice === id}
            onChange={() => setChoice(id)}
          />
          <span>
            {name}
            <span class="remark">{url}</span>
          </span>
        </label>
      ))}
      <label class="choice">
        <input
          type="radio"
          name="resolver"
          value={OWN}
          data-testid="resolver-own"
          checked={choice === OWN}
          onChange={() => setChoice(OWN)}
        />
        <span>
          {t('resolver_own')}
          <span class="remark">{t('resolver_own_hint')}</span>
        </span>
      </label>
      {choice === OWN && (
        <label class="field-row">
          <span class="visually-hidden">{t('resolver_url_label')}</span>
          <input
            type="url"
            data-testid="resolver-url"
            value={ownUrl}
            placeholder="https://dns.example/dns-query"
            onInput={(event) => setOwnUrl(event.currentTarget.value)}
          />
        </label>
      )}
      <div class="field-row">
        <button type="button" class="primary" data-testid="resolver-accept" disabled={busy} onClick={accept}>
          {t('resolver_accept')}
        </button>
        {current !== null && (
          <button type="button" data-testid="resolver-stop" disabled={busy} onClick={() => void stop()}>
            {t('resolver_stop')}
          </button>
        )}
      </div>
      <p class="outcome" role="status" data-testid="resolver-outcome" data-ok={outcome?.ok}>
        {outcome?.text}
      </p>
    </fieldset>
  );
}
