/** What the button says in each situation: an icon of its own shape, one word and a sentence. Color is never the only signal. */
import type { FindingId } from '../../src/assessment/table.ts';
import type { Report } from '../../src/report/types.ts';
import { lookOf } from '../ui/look.ts';
import { headlineWords, type Translate } from '../ui/words.ts';

export type BadgeState =
  /** `pending`: another message was chosen, and nothing is known of it yet. */
  | { readonly kind: 'idle' | 'several' | 'pending' | 'checking' | 'unreadable' | 'broken' }
  | { readonly kind: 'level'; readonly report: Judged };

/** What of a Report the button tells. */
export type Judged = Pick<Report, 'level' | 'headline' | 'headlineParams' | 'findings' | 'identities'>;

export interface Badge {
  /** Path of the icon inside the package. */
  readonly icon: string;
  /** One short word; empty while nothing is to be said. */
  readonly label: string;
  readonly title: string;
}

const ICONS = {
  idle: 'idle',
  several: 'several',
  pending: 'blank',
  checking: 'checking',
  unreadable: 'unchecked',
  broken: 'error',
} as const;

export function badgeFor(state: BadgeState, t: Translate): Badge {
  if (state.kind !== 'level') {
    const words = state.kind === 'pending' ? 'checking' : state.kind;
    return {
      icon: `icons/${ICONS[state.kind]}.svg`,
      label: state.kind === 'pending' ? '' : t(`badge_${state.kind}`),
      title: t(`badge_${words}_title`),
    };
  }
  const look = lookOf(state.report);
  const title = `${t(`level_${look}`)}: ${headlineWords(state.report, t).title}`;
  return { icon: `icons/${look}.svg`, label: t(`badge_level_${look}`), title };
}

/**
 * Warnings that rest on names and form alone, so that no answer from the DNS could take them back: several authors may each be confirmed,
 * and a signature may explain an address in a name.
 */
const EARLY: ReadonlySet<string> = new Set<FindingId>([
  'several-from-fields',
  'no-author',
  'look-alike-domain',
  'deceptive-characters',
]);

/** What the button may say before the DNS has answered; null where it has to wait. */
export function earlyState(report: Judged): BadgeState | null {
  return report.level === 'warning' && EARLY.has(report.headline) ? { kind: 'level', report } : null;
}

/** Keys of every word the button may bear. */
export const BADGE_WORDS = [
  ...['verified', 'signed', 'unsigned', 'broken', 'unchecked', 'caution', 'warning'].map(
    (look) => `badge_level_${look}`,
  ),
  ...['idle', 'several', 'checking', 'unreadable', 'broken'].map((state) => `badge_${state}`),
];
