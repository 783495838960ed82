/** The list of checked messages: what of it is shown, in which order, and as a file. Computed without a browser. */
import type { CheckedMessage } from '../../judging/checked-message.ts';
import type { SavedMessage } from '../../judging/saved-messages.ts';
import { SHOWN_LEVELS, type ShownLevel } from '../../ui/level-icon.tsx';
import { lookOf } from '../../ui/look.ts';
import { headlineWords, type Translate } from '../../ui/words.ts';

export interface CheckedEntry extends SavedMessage {
  readonly checked: CheckedMessage;
}

export const ORDERS = ['file', 'worst', 'author'] as const;
export type Order = (typeof ORDERS)[number];

export interface Choice {
  /** null: every level. */
  readonly level: ShownLevel | null;
  readonly order: Order;
}

export function shownEntries<E extends CheckedEntry>(entries: readonly E[], { level, order }: Choice): readonly E[] {
  const shown = entries.filter(({ checked }) => level === null || lookOf(checked.report) === level);
  switch (order) {
    case 'file':
      return shown;
    case 'worst':
      return shown.toSorted((left, right) => rank(right) - rank(left));
    case 'author':
      return shown.toSorted((left, right) => left.author.localeCompare(right.author));
  }
}

/** The levels that occur, best first. */
export function levelsIn(entries: readonly CheckedEntry[]): readonly ShownLevel[] {
  const found = new Set(entries.map(({ checked }) => lookOf(checked.report)));
  return SHOWN_LEVELS.filter((level) => found.has(level));
}

function rank({ checked }: CheckedEntry): number {
  return SHOWN_LEVELS.indexOf(lookOf(checked.report));
}

/** RFC 4180, for spreadsheets: a value that one would take for a formula begins with an apostrophe. */
export function toCsv(entries: readonly CheckedEntry[], t: Translate): string {
  const rows = entries.map(({ label, subject, author, checked: { report } }) => [
    label,
    author,
    report.identities.from.map(({ address }) => address).join(' '),
    subject,
    t(`level_${lookOf(report)}`),
    headlineWords(report, t).title,
  ]);
  const head = ['file', 'author', 'address', 'subject', 'level', 'finding'].map((name) => t(`viewer_csv_${name}`));
  return [head, ...rows].map((row) => `${row.map(csvValue).join(',')}\r\n`).join('');
}

function csvValue(text: string): string {
  const plain = text.replaceAll(/[\u2068\u2069]/g, '');
  const value = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return `"${value.replaceAll('"', '""')}"`;
}

/** One Report for each message, with the place it came from. */
export function toJson(entries: readonly CheckedEntry[]): string {
  return JSON.stringify(
    entries.map(({ label, checked: { report } }) => ({ file: label, report })),
    null,
    2,
  );
}
