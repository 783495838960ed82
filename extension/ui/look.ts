/** How a verdict looks: the level, but for a broken signature, which has a word, an icon and a color of its own. */
import type { Report } from '../../src/report/types.ts';
import type { ShownLevel } from './level-icon.tsx';

/** Findings by which something harmless accounts for a signature that no longer matches. */
const ACCOUNTS = ['explained-by-', 'altered-after-receipt', 'server-vouches'];

/** In rules and reports the level of a broken signature stays `unsigned`: it is worth as much as none. */
export function lookOf({ level, headline, findings }: Pick<Report, 'level' | 'headline' | 'findings'>): ShownLevel {
  const isBroken = level === 'unsigned' && headline === 'signature-broken';
  return isBroken && !findings.some(({ id }) => ACCOUNTS.some((start) => id.startsWith(start))) ? 'broken' : level;
}
