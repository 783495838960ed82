/**
 * The choice of a resolver: nothing is chosen beforehand, the permission is asked for in the click that chooses, and a resolver is
 * accepted only after it answered a real question.
 */
import browser from 'webextension-polyfill';
import { useRef, useState } from 'preact/hooks';
import { tryResolver } from '../adapters/resolver.ts';
import { updateSettings } from '../adapters/settings-store.ts';
import { originPatternOf, parseResolverUrl, RESOLVER_PRESETS } from '../settings/resolvers.ts';
import { keyOf, t } from './words.ts';

interface Outcome {
  /** Absent while it is open. */
  readonly ok?: boolean;
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
  const acceptButton = useRef<HTMLButtonElement>(null);

  const wanted = choice === OWN ? parseResolverUrl(ownUrl) : RESOLVER_PRESETS.find(({ id }) => id === choice)?.url;

  function accept(): void {
    if (busy) return;
    if (wanted === undefined) {
      setOutcome({ ok: false, text: t(choice === OWN ? 'resolver_bad_url' : 'resolver_choose_first') });
      return;
    }
    setBusy(true);
    setOutcome({ text: t('resolver_trying') });
    // First thing in the click: browsers ask for a permission only in direct answer to one.
    const permission = browser.permissions.request({ origins: [originPatternOf(wanted)] });
    void finish(permission, wanted).then((outcome) => {
      setOutcome(outcome);
      setBusy(false);
    });
  }

  async function finish(permission: Promise<boolean>, url: string): Promise<Outcome> {
    try {
      if (!(await permission)) return { ok: false, text: t('resolver_not_permitted') };
    } catch (error) {
      return { ok: false, text: t('resolver_not_allowed', { error: String(error) }) };
    }
    const trial = await tryResolver(url);
    if (!trial.ok) {
      await giveBack(url, current);
      return { ok: false, text: t(keyOf('resolver_failed', trial.failure), { detail: trial.detail }) };
    }
    await updateSettings(() => ({ resolver: url }));
    await giveBack(current, url);
    onChanged(url);
    return { ok: true, text: t('resolver_accepted', { host: new URL(url).host }) };
  }

  async function stop(): Promise<void> {
    if (busy) return;
    await updateSettings(() => ({ resolver: null }));
    await giveBack(current, null);
    setChoice('');
    setOutcome({ ok: true, text: t('resolver_stopped') });
    acceptButton.current?.focus(); // the button that had it goes away
    onChanged(null);
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        accept();
      }}
    >
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
              aria-invalid={outcome?.ok === false}
              aria-describedby="resolver-outcome"
              onInput={(event) => setOwnUrl(event.currentTarget.value)}
            />
          </label>
        )}
        <div class="field-row">
          <button ref={acceptButton} type="submit" class="primary" data-testid="resolver-accept" aria-disabled={busy}>
            {t('resolver_accept')}
          </button>
          {current !== null && (
            <button type="button" data-testid="resolver-stop" aria-disabled={busy} onClick={() => void stop()}>
              {t('resolver_stop')}
            </button>
          )}
        </div>
        <p id="resolver-outcome" class="outcome" role="status" data-testid="resolver-outcome" data-ok={outcome?.ok}>
          {outcome?.text}
        </p>
      </fieldset>
    </form>
  );
}

/** Hands back the permission to reach `url`, unless the same host is still needed. */
async function giveBack(url: string | null, needed: string | null): Promise<void> {
  if (url === null) return;
  const origin = originPatternOf(url);
  if (needed === null || originPatternOf(needed) !== origin) await browser.permissions.remove({ origins: [origin] });
}
