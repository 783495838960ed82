/**
 * What the button has to say of a message: the core's judgement with answers straight from the zone file, so by another way
 * than through the extension, DNS over HTTPS and unbound.
 */
import { checkMessage } from '../../../src/check.ts';
import { words } from '../../../src/cli/words.ts';
import { createZoneResolver } from '../../../src/dns/zone.ts';
import { lookOf } from '../../../extension/ui/look.ts';
import type { ShownLevel } from '../../../extension/ui/level-icon.tsx';
import { LEVELS } from '../../../src/assessment/types.ts';
import type { Report } from '../../../src/report/types.ts';
import { headlineWords } from '../../../src/words/finding.ts';
import type { Demo } from '../../fixtures/build/demo.ts';
import type { Button } from './session.ts';

export function expectedReport(eml: Uint8Array, { zone, trust }: Demo, now: Date): Promise<Report> {
  return checkMessage(eml, { resolver: createZoneResolver(zone), now, trust });
}

export function expectedHeadline(report: Report): string {
  return headlineWords(report, words).title;
}

export function expectedButton(report: Report): PlainButton {
  const look = lookOf(report);
  const title = `${words(`level_${look}`)}: ${expectedHeadline(report)}`;
  return { label: words(`badge_level_${look}`), title, icon: `${look}.svg` };
}

const LOOKS: readonly ShownLevel[] = [...LEVELS, 'broken'];

/**
 * Whether icon, word and sentence tell one and the same level. Thunderbird takes them one by one, so that for a moment those of two
 * messages stand together.
 */
export function tellsLevel(button: PlainButton): boolean {
  const { label, title, icon } = plainButton(button);
  return LOOKS.some(
    (look) =>
      icon === `${look}.svg` &&
      label === words(`badge_level_${look}`) &&
      title.startsWith(`${words(`level_${look}`)}: `),
  );
}

/** What a button says. */
export type PlainButton = Pick<Button, 'label' | 'title' | 'icon'>;

/** The button as it is read: without the marks that keep foreign text from reordering the sentence (UAX #9 §2.4). */
export function plainButton({ label, title, icon }: PlainButton): PlainButton {
  return { label, title: title.replaceAll(/[\u2068\u2069]/g, ''), icon };
}
