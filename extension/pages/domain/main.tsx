/** The profiler: a domain is typed, its records are asked for with the reader's resolver, and shown with what is wrong with them. */
import browser from 'webextension-polyfill';
import { useEffect, useRef, useState } from 'preact/hooks';
import { profileDomain } from '../../../src/profile/profile.ts';
import { resolverFor } from '../../adapters/resolver.ts';
import { loadSettings } from '../../adapters/settings-store.ts';
import { PageHead, startShellPage } from '../../ui/shell.tsx';
import { t } from '../../ui/words.ts';
import { Profile } from './profile.tsx';
import { domainOf, readRequest, splitSelectors, writeRequest, type ProfileRequest } from '../../ui/domain-request.ts';
import { viewProfile, type ProfileView } from './view-model.ts';
import './domain.css';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking'; readonly domain: string }
  | { readonly kind: 'not-a-domain' }
  | { readonly kind: 'broken'; readonly error: string }
  | { readonly kind: 'done'; readonly view: ProfileView };

async function lookAt({ domain, selectors }: ProfileRequest, signal: AbortSignal): Promise<ProfileView> {
  const settings = await loadSettings();
  const { older } = settings;
  const options = { resolver: await resolverFor(settings), now: new Date(), signal, selectors, older };
  return viewProfile(await profileDomain(domain, options), t);
}

function ProfilerPage() {
  const asked = readRequest(location.search);
  const [domain, setDomain] = useState(asked.domain);
  const [selectors, setSelectors] = useState(asked.selectors.join(' '));
  const [state, setState] = useState<State>({ kind: 'idle' });
  const running = useRef<AbortController | undefined>(undefined);

  function look(): void {
    running.current?.abort();
    const name = domainOf(domain);
    if (name === undefined) {
      setState({ kind: 'not-a-domain' });
      return;
    }
    const request = { domain: name, selectors: splitSelectors(selectors) };
    history.replaceState(null, '', writeRequest(request));
    const mine = new AbortController();
    running.current = mine;
    // What was given up for another domain must not show itself under that one.
    const show = (next: State): void => {
      if (!mine.signal.aborted) setState(next);
    };
    setState({ kind: 'asking', domain });
    lookAt(request, mine.signal).then(
      (view) => show({ kind: 'done', view }),
      (error: unknown) => show({ kind: 'broken', error: String(error) }),
    );
  }
  useEffect(() => {
    if (asked.domain !== '') look();
  }, []);

  return (
    <main class="page">
      <PageHead title={t('nav_domain')} text={t('profiler_text')} />
      <form
        class="ask"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          look();
        }}
      >
        <label>
          <span>{t('profiler_domain')}</span>
          <input
            type="text"
            data-testid="profiler-domain"
            placeholder="example.org"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            aria-invalid={state.kind === 'not-a-domain'}
            aria-describedby="profiler-state"
            value={domain}
            onInput={(event) => setDomain(event.currentTarget.value)}
          />
        </label>
        <label>
          <span>{t('profiler_selectors')}</span>
          <input
            type="text"
            data-testid="profiler-selectors"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            aria-describedby="profiler-selectors-hint"
            value={selectors}
            onInput={(event) => setSelectors(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="primary" data-testid="profiler-look">
          {t('profiler_look')}
        </button>
        <p id="profiler-selectors-hint" class="remark">
          {t('profiler_selectors_hint')}
        </p>
      </form>
      <p
        id="profiler-state"
        role="status"
        class="outcome"
        data-testid="profiler-state"
        data-ok={isWrong(state) ? false : undefined}
      >
        {statusText(state)}
      </p>
      {state.kind === 'done' && state.view.blocked !== '' && (
        <button type="button" onClick={() => void browser.runtime.openOptionsPage()}>
          {t('panel_open_options')}
        </button>
      )}
      {state.kind === 'done' && state.view.blocked === '' && <Profile view={state.view} />}
    </main>
  );
}

function isWrong(state: State): boolean {
  return (
    state.kind === 'not-a-domain' || state.kind === 'broken' || (state.kind === 'done' && state.view.blocked !== '')
  );
}

function statusText(state: State): string {
  switch (state.kind) {
    case 'idle':
      return '';
    case 'asking':
      return t('profiler_asking', { domain: state.domain });
    case 'not-a-domain':
      return t('profiler_not_a_domain');
    case 'broken':
      return t('profiler_broken', { error: state.error });
    case 'done':
      return state.view.blocked || t('profiler_done', { domain: state.view.domain });
  }
}

startShellPage('domain', <ProfilerPage />);
