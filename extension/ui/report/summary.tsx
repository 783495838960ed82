/** Verdict, facts and findings in one glance: the same in the pop-up, in the details and beside saved messages. */
import { Icon, type IconName } from '../icon.tsx';
import { LevelIcon } from '../level-icon.tsx';
import { counted, t } from '../words.ts';
import type { FactView, Mark, OddAddress } from './facts.ts';
import type { SummaryView } from './summary-view.ts';
import './summary.css';

interface HeroProps {
  readonly view: Pick<SummaryView, 'look' | 'lookWord' | 'headline' | 'advice'>;
  /** The DNS has not answered yet. */
  readonly checking?: boolean;
  /** On a page whose title is something else, this is a part of it. */
  readonly heading?: 'h1' | 'h2';
}

export function Hero({
  view: { look, lookWord, headline, advice },
  checking = false,
  heading: Heading = 'h1',
}: HeroProps) {
  return (
    <header class="hero" data-level={look} data-checking={checking}>
      {checking ? <img class="level-icon large" src="/icons/checking.svg" alt="" /> : <LevelIcon level={look} large />}
      <div>
        <p class="level-word" data-testid="level">
          {lookWord}
        </p>
        <Heading data-testid="headline">{headline}</Heading>
        <p class="advice" data-testid="advice">
          {advice}
        </p>
      </div>
    </header>
  );
}

const MARK_ICONS: Readonly<Record<Mark, IconName>> = { yes: 'check', none: 'none', no: 'no', unknown: 'unknown' };

export function FactMark({ mark, word }: { readonly mark: Mark; readonly word: string }) {
  return (
    <span class="mark" data-mark={mark}>
      <Icon name={MARK_ICONS[mark]} />
      <span class="visually-hidden">{word}: </span>
    </span>
  );
}

export function Facts({ facts }: { readonly facts: readonly FactView[] }) {
  return (
    <dl class="facts">
      {facts.map(({ id, mark, markWord, label, value, detail, odd }) => (
        <div key={id} class="fact" data-testid={`fact-${id}`} data-mark={mark}>
          <dt>
            <FactMark mark={mark} word={markWord} />
            <span class="fact-label">{label}</span>
          </dt>
          <dd>
            <b>
              <Name text={value} />
            </b>
            {odd !== null ? (
              <Odd address={odd} />
            ) : (
              detail !== '' && (
                <small>
                  <Name text={detail} />
                </small>
              )
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Names stay whole as long as they may; long ones break after dots. */
function Name({ text }: { readonly text: string }) {
  if (text.length <= 32 || text.includes(' ')) return <bdi>{text}</bdi>;
  const parts = text.split(/(?<=\.)/);
  return <bdi>{parts.flatMap((part, index) => (index === 0 ? [part] : [<wbr key={index} />, part]))}</bdi>;
}

function Odd({ address: { runs, note, label } }: { readonly address: OddAddress }) {
  return (
    <small>
      <bdi class="mono" dir="ltr" role="img" aria-label={label} data-testid="odd-address">
        {runs.map(({ text, odd }, index) =>
          odd ? (
            <mark key={index} class="odd">
              {text}
            </mark>
          ) : (
            text
          ),
        )}
      </bdi>{' '}
      · <bdi>{note}</bdi>
    </small>
  );
}

interface LinesProps {
  readonly view: Pick<SummaryView, 'lines' | 'more'>;
  /** Address of the details, up to the fragment that names a finding. */
  readonly details: string;
  readonly open: (address: string) => void;
}

export function Lines({ view: { lines, more }, details, open }: LinesProps) {
  if (lines.length === 0) return null;
  const link = (fragment: string) => ({
    href: `${details}#${fragment}`,
    onClick: (event: Event) => {
      event.preventDefault();
      open(`${details}#${fragment}`);
    },
  });
  return (
    <ul class="lines" aria-label={t('summary_also_found')}>
      {lines.map(({ id, level, levelWord, title }) => (
        <li key={`${id} ${title}`}>
          <a {...link(`finding-${id}`)} data-testid={`line-${id}`}>
            <LevelIcon level={level} />
            <span class="line-title" title={title}>
              <span class="visually-hidden">{levelWord}: </span>
              {title}
            </span>
            <Icon name="right" />
          </a>
        </li>
      ))}
      {more > 0 && (
        <li>
          <a {...link('findings')} data-testid="line-more">
            <span />
            <span>{counted(t, 'summary_more', more)}</span>
            <Icon name="right" />
          </a>
        </li>
      )}
    </ul>
  );
}
