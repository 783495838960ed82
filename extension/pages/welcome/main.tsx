/** The first start in three steps: who answers the lookups, which mail server is the reader's, and the banner. `?step=` opens one. */
import browser from 'webextension-polyfill';
import { useEffect, useState } from 'preact/hooks';
import { loadSettings } from '../../adapters/settings-store.ts';
import type { Settings } from '../../settings/settings.ts';
import { turnBannerOn } from '../../ui/banner-choice.ts';
import { Callout } from '../../ui/callout.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LevelIcon } from '../../ui/level-icon.tsx';
import { LevelTable } from '../../ui/level-table.tsx';
import { startPage } from '../../ui/page.ts';
import { ResolverChooser } from '../../ui/resolver-chooser.tsx';
import { Logo } from '../../ui/shell.tsx';
import { t } from '../../ui/words.ts';
import { ServerStep } from './server-step.tsx';
import './welcome.css';

/** Only Thunderbird has accounts, and messages to draw a banner in. */
const STEPS = __TARGET__ === 'thunderbird' ? (['dns', 'server', 'banner'] as const) : (['dns'] as const);
type Step = (typeof STEPS)[number] | 'done';

function stepInAddress(): Step {
  const wanted = new URLSearchParams(location.search).get('step');
  return STEPS.find((step) => step === wanted) ?? (wanted === 'done' ? 'done' : 'dns');
}

function WelcomePage() {
  const [settings, setSettings] = useState<Settings>();
  const [step, setStep] = useState(stepInAddress);
  /** What the step before did. */
  const [done, setDone] = useState('');
  useEffect(() => void loadSettings().then(setSettings), []);

  /** The next step, with what this one did. */
  function goOn(said: string): void {
    const next = STEPS[STEPS.findIndex((one) => one === step) + 1] ?? 'done';
    history.replaceState(null, '', `?step=${next}`); // a page that is loaded again stays where it was
    setDone(said);
    setStep(next);
    document.querySelector('h1')?.focus();
  }

  return (
    <main class="welcome" aria-busy={settings === undefined}>
      <header>
        <Logo large />
        <div>
          <h1 tabIndex={-1}>{t('welcome_title')}</h1>
          <p class="soft">{t(STEPS.length > 1 ? 'welcome_intro' : 'welcome_intro_browser')}</p>
        </div>
      </header>
      {STEPS.length > 1 && <StepList current={step} />}
      {done !== '' && <Callout title={done} isDone testId="welcome-done" />}
      {settings && step === 'dns' && (
        <>
          <h2>{t('welcome_dns')}</h2>
          <p>{t('welcome_dns_text')}</p>
          <ResolverChooser current={settings.resolver} onAccepted={(_url, said) => goOn(said)}>
            <button type="button" class="ghost" data-testid="welcome-skip" onClick={() => goOn('')}>
              {t('welcome_not_now')}
            </button>
          </ResolverChooser>
        </>
      )}
      {settings && step === 'server' && <ServerStep goOn={goOn} />}
      {step === 'banner' && <BannerStep goOn={goOn} />}
      {step === 'done' && <DonePart />}
    </main>
  );
}

function StepList({ current }: { readonly current: Step }) {
  const at = current === 'done' ? STEPS.length : STEPS.findIndex((step) => step === current);
  return (
    <ol class="steps">
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={index === at ? 'step' : undefined}
          data-done={index < at}
          data-testid={`step-${step}`}
        >
          {index < at ? <Icon name="check" /> : <span>{index + 1}</span>}
          {t(`welcome_step_${step}`)}
        </li>
      ))}
    </ol>
  );
}

function BannerStep({ goOn }: { readonly goOn: (said: string) => void }) {
  const [problem, setProblem] = useState('');

  async function turnOn(): Promise<void> {
    try {
      if (await turnBannerOn()) goOn(t('welcome_banner_on'));
      else setProblem(t('options_banner_refused'));
    } catch (error) {
      setProblem(t('settings_not_saved', { error: String(error) }));
    }
  }

  return (
    <>
      <h2>{t('welcome_banner')}</h2>
      <p>{t('welcome_banner_text')}</p>
      <figure class="card example" aria-label={t('welcome_banner_example')}>
        <div class="example-banner" data-level="warning">
          <LevelIcon level="warning" />
          <div>
            <b>{t('welcome_example_title', { domain: 'bank.example' })}</b>
            <p>{t('welcome_example_advice')}</p>
          </div>
        </div>
        <p class="soft">{t('welcome_example_text')}</p>
      </figure>
      <p class="callout">
        <Icon name="info" />
        <span class="grow">{t('welcome_banner_announce')}</span>
      </p>
      <p role="status" class="outcome" data-ok={problem === '' ? undefined : false} data-testid="banner-outcome">
        {problem}
      </p>
      <div class="toolbar">
        <button type="button" class="primary" data-testid="banner-on" onClick={() => void turnOn()}>
          {t('welcome_banner_turn_on')}
        </button>
        <button type="button" class="ghost" data-testid="welcome-skip" onClick={() => goOn('')}>
          {t('welcome_banner_decline')}
        </button>
      </div>
    </>
  );
}

function DonePart() {
  const leave = async (): Promise<void> => {
    const tab = await browser.tabs.getCurrent();
    if (tab.id !== undefined) await browser.tabs.remove(tab.id);
  };
  return (
    <>
      <h2>{t('help_badges')}</h2>
      <p>{t(__TARGET__ === 'thunderbird' ? 'welcome_where_message' : 'welcome_where_file')}</p>
      <LevelTable />
      <div class="toolbar">
        {__TARGET__ === 'thunderbird' ? (
          <button type="button" class="primary" onClick={() => void leave()}>
            {t('welcome_to_inbox')}
          </button>
        ) : (
          <a class="button primary" href="../file/index.html">
            {t('nav_file')}
          </a>
        )}
        <a class="button" href="../overview/index.html" data-testid="open-overview">
          {t('welcome_open_overview')}
        </a>
      </div>
    </>
  );
}

startPage(t('welcome_title'), <WelcomePage />);
