/** The verdict as text to hand on: what a reader would write down, in the order of the page. */
import { visibleText } from '../../../src/bytes/visible.ts';
import type { Translate } from '../words.ts';
import type { PanelView } from './view-model.ts';

export function summaryText({ subject, summary, findings, cost }: PanelView, t: Translate): string {
  const { lookWord, headline, advice, facts } = summary;
  const rows = facts.map(({ label, value, detail, markWord, odd }) => {
    const more = odd === null ? detail : `${odd.label} (${odd.note})`;
    return `${markWord}: ${label}: ${value}${more === '' ? '' : ` (${more})`}`;
  });
  const found = findings.map(({ levelWord, title }) => `- ${levelWord}: ${title}`);
  const paragraphs = [
    [...(subject === '' ? [] : [`${t('field_subject')}: ${subject}`]), `${lookWord}: ${headline}`, advice],
    rows,
    [`${t('panel_section_findings')}:`, ...found],
    [cost],
  ];
  return `${paragraphs.map((lines) => lines.map(visibleText).join('\n')).join('\n\n')}\n`;
}
