/** What the button says in each situation: an icon of its own shape, a word, a sign and a sentence. Colour is never the only signal. */
import type { FindingId } from '../../src/assessment/table.ts';
import type { FindingParams, Level } from '../../src/assessment/types.ts';
import type { IdentitiesReport } from '../../src/identity/types.ts';
import { headlineWords, type Translate } from '../ui/words.ts';

export type BadgeState =
  | { readonly kind: 'idle' | 'several' | 'checking' | 'unreadable' | 'broken' }
  | {
      readonly kind: 'level';
      readonly level: Level;
      readonly headline: FindingId;
      readonly headlineParams: FindingParams;
      readonly identities: IdentitiesReport;
    };

export interface Badge {
  /** Path of the icon inside the package. */
  readonly icon: string;
  readonly label: string;
  readonly title: string;
  /** One sign on the icon, or none. */
  readonly text: string;
  /** Background of the sign. */
  readonly color: string;
}

const LEVEL_SIGNS: Readonly<Record<Level, { readonly text: string; readonly color: string }>> = {
  verified: { text: '✓', color: '#1a7f37' },
  signed: { text: '~', color: '#0b6e99' },
  unsigned: { text: '–', color: '#57606a' },
  unchecked: { text: '?', color: '#6639ba' },
  caution: { text: '!', color: '#8a5d00' },
  warning: { text: '✕', color: '#c11c28' },
};
const NO_SIGN = { text: '', color: '#57606a' };

export function badgeFor(state: BadgeState, t: Translate): Badge {
  switch (state.kind) {
    case 'level': {
      const label = t(`level_${state.level}`);
      const title = `${label}: ${headlineWords(state, t).title}`;
      return { icon: `icons/${state.level}.svg`, label, title, ...LEVEL_SIGNS[state.level] };
    }
    case 'idle':
    case 'several':
    case 'checking':
    case 'unreadable':
    case 'broken':
      return {
        icon: `icons/${state.kind === 'unreadable' ? 'unchecked' : state.kind}.svg`,
        label: t(`badge_${state.kind}`),
        title: t(`badge_${state.kind}_title`),
        ...NO_SIGN,
      };
  }
}
