/** The path as a picture: an ordered list, drawn as a line of stations from the oldest server to the newest. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Foreign } from '../text.tsx';
import { t } from '../words.ts';
import type { Encryption, PathStep, PathView } from './path.ts';
import { Rows } from './row-list.tsx';

export function PathPicture({ view: { steps, folded, remark } }: { readonly view: PathView }) {
  const [unfolded, setUnfolded] = useState(false);
  const firstUnfolded = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (unfolded) firstUnfolded.current?.focus(); // where the button was
  }, [unfolded]);

  if (steps.length === 0) return <p>{t('panel_no_path')}</p>;
  const hidden = unfolded ? null : folded;
  return (
    <div class="path-frame">
      <p class="why">{remark}</p>
      <ol class="path" aria-label={t('panel_path_label')}>
        {steps.map((step, at) => {
          if (hidden && at > hidden.start && at < hidden.start + hidden.count) return null;
          if (hidden && at === hidden.start) {
            return (
              <li key={at} class="path-more">
                <button type="button" data-testid="path-unfold" onClick={() => setUnfolded(true)}>
                  {hidden.label}
                </button>
              </li>
            );
          }
          const focusable = at === folded?.start;
          return (
            <li
              key={at}
              class="station"
              data-own={step.own}
              data-testid="path-step"
              {...(focusable && { ref: firstUnfolded, tabIndex: -1 })}
            >
              <Station step={step} first={at === 0} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Station({ step, first }: { readonly step: PathStep; readonly first: boolean }) {
  return (
    <>
      <p class="leg" data-encryption={step.encryption}>
        <Lock state={step.encryption} />
        <span>{step.encryptionWord}</span>
        {step.delay !== null && !first && <span>{step.delay}</span>}
        {step.delayShare !== null && !first && <DelayBar share={step.delayShare} slow={step.slow} />}
      </p>
      <div class="stop">
        <p class="card-title">
          <Foreign text={step.name} />
        </p>
        {step.from !== null && (
          <p class="remark">
            {t('panel_hop_came_from')} <Foreign text={step.from} />
            {step.address !== null && ` (${step.address})`}
          </p>
        )}
        <p class="marks">
          {step.entry && <span class="chip mark">{t('panel_hop_entry')}</span>}
          {step.own && <span class="chip">{t('panel_hop_own')}</span>}
          {step.clock !== null && <span class="chip mark">{step.clock}</span>}
          {step.keywords.map((keyword, index) => (
            <span key={index} class="chip">
              SOLICIT=
              <Foreign text={keyword} />
            </span>
          ))}
        </p>
        <details class="more">
          <summary>{t('panel_more')}</summary>
          <Rows rows={step.rows} />
        </details>
      </div>
    </>
  );
}

/** How long the step took, for the eye: the exact time is beside it. */
function DelayBar({ share, slow }: { readonly share: number; readonly slow: boolean }) {
  return (
    <svg
      class="delay-bar"
      data-slow={slow}
      data-testid="delay-bar"
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="delay-all" width="100" height="4" />
      <rect class="delay-part" width={Math.max(1, Math.round(share * 100))} height="4" />
    </svg>
  );
}

/** Closed, open and broken off: distinguished by shape; the word is beside it. */
const SHAPES: Readonly<Record<Encryption, string>> = {
  encrypted: 'M5 7V5a3 3 0 0 1 6 0v2M3 7h10v7H3z',
  plain: 'M5 7V4a3 3 0 0 1 6-1M3 7h10v7H3z',
  unknown: 'M6 5.5a2 2 0 1 1 2 2.5v1.5M8 12v1.5',
};

function Lock({ state }: { readonly state: Encryption }) {
  return (
    <svg class="lock" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[state]} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" />
    </svg>
  );
}
