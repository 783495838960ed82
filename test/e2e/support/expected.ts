/**
 * What the button has to say of a message: the core's judgement with answers straight from the zone file, so by another way
 * than through the extension, DNS over HTTPS and unbound.
 */
import { checkMessage } from '../../../src/check.ts';
import { words } from '../../../src/cli/words.ts';
import { createZoneResolver } from '../../../src/dns/zone.ts';
import { LEVELS } from '../../../src/assessment/types.ts';
import type { Level } from '../../../src/assessment/types.ts';
import type { Report } from '../../../src/report/types.ts';
import { headlineWords } from '../../../src/words/finding.ts';
import type { Demo } from '../../fixtures/build/demo.ts';
import type { Button } from './session.ts';

/** One sign per level, told apart without colour. */
const SIGNS: Readonly<Record<Level, string>> = {
  verified: '✓',
  signed: '~',
  unsigned: '–',
  unchecked: '?',
  caution: '!',
  warning: '✕',
};

export function expectedReport(eml: Uint8Array, { zone, trust }: Demo, now: Date): Promise<Report> {
  return checkMessage(eml, { resolver: createZoneResolver(zone), now, trust });
}

export function expectedHeadline(report: Report): string {
  return headlineWords(report, words).title;
}

export function expectedButton(report: Report): Button {
  const { level } = report;
  const label = words(`level_${level}`);
  const title = `${label}: ${expectedHeadline(report)}`;
  return { label, title, badge: SIGNS[level], icon: `${level}.svg` };
}

/**
 * Whether icon, sign, word and sentence tell one and the same level. Thunderbird takes them one by one, so that for a moment
 * those of two messages stand together.
 */
export function tellsLevel({ label, title, badge, icon }: Button): boolean {
  return LEVELS.some((level) => {
    const word = words(`level_${level}`);
    return icon === `${level}.svg` && badge === SIGNS[level] && label === word && title.startsWith(`${word}: `);
  });
}

/** The button as it is read: without the marks that keep foreign text from reordering the sentence (UAX #9 §2.4). */
export function plainButton({ label, title, badge, icon }: Button): Button {
  return { label, title: title.replaceAll(/[\u2068\u2069]/g, ''), badge, icon };
}
