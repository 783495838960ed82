/** Which DNS service is in use; to change, to test, to stop. */
import { useEffect, useState } from 'preact/hooks';
import { measureResolver, stopLookups } from '../../adapters/resolver-choice.ts';
import { hostOf, resolverName } from '../../settings/resolvers.ts';
import { answered, ResolverChooser } from '../../ui/resolver-chooser.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Foreign } from '../../ui/text.tsx';
import { keyOf, t } from '../../ui/words.ts';

interface DnsSectionProps {
  readonly current: string | null;
  readonly onChanged: () => void;
}

interface Said {
  readonly text: string;
  readonly isProblem: boolean;
}

export function DnsSection({ current, onChanged }: DnsSectionProps) {
  const [isOpen, setOpen] = useState(current === null);
  const [said, setSaid] = useState<Said>();
  useEffect(() => setOpen(current === null), [current]);

  async function test(url: string): Promise<void> {
    setSaid({ text: t('resolver_trying'), isProblem: false });
    const outcome = await measureResolver(url);
    setSaid(
      outcome.ok
        ? { text: answered(url, outcome.milliseconds), isProblem: false }
        : { text: t(keyOf('resolver_failed', outcome.failure), { detail: outcome.detail }), isProblem: true },
    );
  }

  async function stop(): Promise<void> {
    await stopLookups(current);
    setSaid({ text: t('resolver_stopped'), isProblem: false });
    document.getElementById('dns-title')?.focus(); // the button that had it goes away
    onChanged();
  }

  return (
    <section class="card stack" id="dns" aria-labelledby="dns-title" data-setting>
      <div class="row">
        <h2 id="dns-title" class="grow" tabIndex={-1}>
          {t('resolver_service')}
        </h2>
        <span class="chip" data-level={current === null ? 'unchecked' : undefined}>
          {current !== null && <Icon name="check" />}
          {t(current === null ? 'settings_dns_off' : 'settings_dns_in_use')}
        </span>
      </div>
      {current === null ? (
        <p>{t('settings_dns_none')}</p>
      ) : (
        <p data-testid="resolver-current">
          <b>
            <Foreign text={resolverName(current)} />
          </b>{' '}
          <span class="soft">
            · <Foreign text={hostOf(current)} />
          </span>
        </p>
      )}
      <p class="soft">{t('settings_dns_text')}</p>
      <p
        role="status"
        class="outcome"
        data-testid="resolver-state"
        data-ok={said === undefined ? undefined : !said.isProblem}
      >
        {said?.text}
      </p>
      {current !== null && (
        <div class="toolbar">
          <button type="button" data-testid="resolver-change" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('settings_change')}
          </button>
          <button type="button" data-testid="resolver-test" onClick={() => void test(current)}>
            {t('settings_dns_test')}
          </button>
          <button type="button" class="ghost" data-testid="resolver-stop" onClick={() => void stop()}>
            {t('settings_dns_stop')}
          </button>
        </div>
      )}
      {isOpen && (
        <ResolverChooser
          current={current}
          onAccepted={(_url, text) => {
            setSaid({ text, isProblem: false });
            setOpen(false);
            document.getElementById('dns-title')?.focus(); // the button that had it goes away
            onChanged();
          }}
        >
          {current !== null && (
            <button type="button" onClick={() => setOpen(false)}>
              {t('settings_cancel')}
            </button>
          )}
        </ResolverChooser>
      )}
    </section>
  );
}
