/** The frame of every page: the rail with all of them, and what is always true beside it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { loadRules, onRulesChanged } from '../adapters/rules-store.ts';
import { loadSettings, onSettingsChanged } from '../adapters/settings-store.ts';
import { resolverName } from '../settings/resolvers.ts';
import { Icon, type IconName } from './icon.tsx';
import { startPage } from './page.ts';
import './shell.css';
import { t } from './words.ts';

export type ShellPage = 'overview' | 'rules' | 'activity' | 'senders' | 'domain' | 'file' | 'settings' | 'help';

const PAGES: readonly { readonly page: ShellPage; readonly icon: IconName }[] = [
  { page: 'overview', icon: 'overview' },
  { page: 'rules', icon: 'rules' },
  { page: 'activity', icon: 'activity' },
  { page: 'senders', icon: 'senders' },
  { page: 'domain', icon: 'globe' },
  { page: 'file', icon: 'file' },
  { page: 'settings', icon: 'settings' },
  { page: 'help', icon: 'help' },
];

/** Rules act on mail in Thunderbird only, so nothing else has anything to list. */
const SHOWN = PAGES.filter(({ page }) => __TARGET__ === 'thunderbird' || page !== 'activity');

/** Starts one of the pages that the rail leads to. */
export function startShellPage(page: ShellPage, content: ComponentChildren): void {
  startPage(
    t('page_title', { page: t(`nav_${page}`) }),
    <div class="shell">
      <Rail current={page} />
      {content}
    </div>,
  );
}

interface RailState {
  /** The service that gets the questions, as people know it. */
  readonly service: string | null;
  /** There are rules, and they do nothing by themselves. */
  readonly isOff: boolean;
}

async function readState(): Promise<RailState> {
  const [settings, { rules }] = await Promise.all([loadSettings(), loadRules()]);
  return {
    service: settings.resolver === null ? null : resolverName(settings.resolver),
    isOff: __TARGET__ === 'thunderbird' && rules.length > 0 && !settings.runRules,
  };
}

function Rail({ current }: { readonly current: ShellPage }) {
  const [state, setState] = useState<RailState>();
  useEffect(() => {
    const load = (): void => void readState().then(setState).catch(console.error);
    load();
    onSettingsChanged(load);
    onRulesChanged(load);
  }, []);
  return (
    <nav class="rail" aria-label="Countersign">
      <div class="brand">
        <Logo />
        <span class="name">Countersign</span>
      </div>
      <ul>
        {SHOWN.map(({ page, icon }) => (
          <li key={page}>
            <a
              href={`../${page}/index.html`}
              title={t(`nav_${page}`)}
              aria-current={page === current ? 'page' : undefined}
              data-testid={`nav-${page}`}
            >
              <Icon name={icon} />
              <span class="name">{t(`nav_${page}`)}</span>
              {page === 'rules' && state?.isOff && (
                <>
                  <span class="dot" title={t('nav_rules_off')} />
                  <span class="visually-hidden">{t('nav_rules_off')}</span>
                </>
              )}
            </a>
          </li>
        ))}
      </ul>
      {state && (
        <p class="end small soft" data-testid="nav-promise">
          {state.service === null ? t('nav_nothing_leaves') : t('nav_only_dns_leaves', { service: state.service })}
        </p>
      )}
    </nav>
  );
}

export function Logo({ large = false }: { readonly large?: boolean }) {
  return (
    <svg class={large ? 'logo large' : 'logo'} viewBox="0 0 24 24" aria-hidden="true">
      <g fill="currentColor">
        <rect x="4" y="4" width="16" height="16" rx="4.5" />
        <rect x="4" y="4" width="16" height="16" rx="4.5" transform="rotate(45 12 12)" />
      </g>
      <path
        d="M7 15.5c2.5-6 5-8 6-7s-3 6-1.5 6.6 2-2.6 3-2.6.2 2.3 2.5 1.6"
        fill="none"
        class="cut"
        stroke-width="1.7"
        stroke-linecap="round"
      />
    </svg>
  );
}

interface PageHeadProps {
  readonly title: string;
  readonly text?: ComponentChildren;
  /** Buttons, at the end of the line. */
  readonly children?: ComponentChildren;
}

export function PageHead({ title, text, children }: PageHeadProps) {
  return (
    <header class="page-head">
      <div>
        <h1>{title}</h1>
        {text !== undefined && <p class="soft">{text}</p>}
      </div>
      {children !== undefined && <div class="toolbar">{children}</div>}
    </header>
  );
}
