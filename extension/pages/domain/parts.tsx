/** Small elements of the profiler: records with their faults marked, findings, counts against limits. */
import type { FindingLevel } from '../../../src/assessment/types.ts';
import type { Segment } from '../../../src/profile/marks.ts';
import type { ProfileSeverity } from '../../../src/profile/types.ts';
import { LevelIcon } from '../../ui/level-icon.tsx';
import { Foreign } from '../../ui/text.tsx';
import { t } from '../../ui/words.ts';
import type { ProblemView } from './findings.ts';
import type { MeterView } from './spf-view.ts';

const ICONS: Readonly<Record<ProfileSeverity, FindingLevel>> = { error: 'warning', warning: 'caution', note: 'note' };

export function SeverityIcon({ severity }: { readonly severity: ProfileSeverity }) {
  return <LevelIcon level={ICONS[severity]} />;
}

/** A record as published. Faults are told to a screen reader as well as underlined. */
export function RecordText({ segments }: { readonly segments: readonly Segment[] }) {
  return (
    <code class="record">
      {segments.map(({ text, faulty }, index) =>
        faulty ? (
          <mark key={index} class="fault">
            <span class="visually-hidden">{t('profiler_fault_begins')}</span>
            <Foreign text={text} />
            <span class="visually-hidden">{t('profiler_fault_ends')}</span>
          </mark>
        ) : (
          <Foreign key={index} text={text} />
        ),
      )}
    </code>
  );
}

export function Problems({ problems }: { readonly problems: readonly ProblemView[] }) {
  if (problems.length === 0) return null;
  return (
    <ul class="problems">
      {problems.map(({ severity, severityWord, text, place }, index) => (
        <li key={index} class="problem" data-severity={severity}>
          <SeverityIcon severity={severity} />
          <div>
            <span class="visually-hidden">{severityWord}: </span>
            {text}
            {place !== '' && (
              <span class="remark">
                <Foreign text={place} />
              </span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Cells drawn beyond a limit; the number beside them tells the rest. */
const MOST_CELLS_OVER = 6;

export function Meter({ meter: { label, text, count, limit } }: { readonly meter: MeterView }) {
  const cells = limit + Math.min(Math.max(count - limit, 0), MOST_CELLS_OVER);
  return (
    <div class="meter" data-over={count > limit}>
      <span class="meter-label">{label}</span>
      <span class="meter-bar" aria-hidden="true">
        {Array.from({ length: cells }, (_, index) => (
          <span key={index} class="cell" data-used={index < count} data-over={index >= limit} />
        ))}
      </span>
      <span class="meter-text">{text}</span>
    </div>
  );
}
