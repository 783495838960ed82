/**
 * Finds the labels that laws and filters have put into Subjects. Legacy evidence only: draft-malamud-subject-line-03 §3 and §4 show why
 * a Subject cannot carry a label that machines may act on (place, length, charset and other people's text are all open).
 *
 * Works on the decoded Subject (RFC 2047, RFC 2231), so charset and encoding make no difference; full-width letters count as the plain
 * ones, and a tab (senders fold with them) as a space. A label is found anywhere, however long the Subject is, but not inside a word.
 */
import { asciiLower, trimWsp } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import type { SubjectLabel, SubjectLabelLaw } from './types.ts';

export interface LabelRule {
  /** In lower case. */
  readonly label: string;
  readonly law: SubjectLabelLaw;
}

/**
 * Longer labels stand before those they begin with.
 *
 * - `us-states`: Colorado HB00-1309 and like laws (`ADV:`, `ADV:ADLT`), Florida Bar rule 4-7.6(c)(3) (`legal advertisement`); quoted in
 *   draft-malamud-subject-line-03 §1.
 * - `us-sexually-explicit`: 16 CFR §316.4.
 * - `korea`: Act on Promotion of Information and Communication Network Utilization, as KISA explains it (draft §1).
 * - `japan`: Act on Regulation of Transmission of Specified Electronic Mail, as of 2002.
 * - `spam-filter`: what filters and the draft's Freedonia (§3, also in Hebrew letters) write.
 */
export const SUBJECT_LABELS: readonly LabelRule[] = [
  { label: 'adv:adlt', law: 'us-states' },
  { label: 'adv: adlt', law: 'us-states' },
  { label: 'adv:adult', law: 'us-states' },
  { label: 'adv-adult', law: 'us-states' },
  { label: 'adv:', law: 'us-states' },
  { label: 'legal advertisement', law: 'us-states' },
  { label: 'sexually-explicit:', law: 'us-sexually-explicit' },
  { label: '(adult advertisement)', law: 'korea' },
  { label: '(advertisement)', law: 'korea' },
  { label: '(성인광고)', law: 'korea' },
  { label: '(성인 광고)', law: 'korea' },
  { label: '[성인광고]', law: 'korea' },
  { label: '(광고)', law: 'korea' },
  { label: '[광고]', law: 'korea' },
  { label: '未承諾広告※', law: 'japan' },
  { label: '未承諾広告', law: 'japan' },
  { label: '[spam]', law: 'spam-filter' },
  { label: '{spam?}', law: 'spam-filter' },
  { label: '***spam***', law: 'spam-filter' },
  { label: 'spam:', law: 'spam-filter' },
  { label: 'ספאמ:', law: 'spam-filter' },
  { label: 'ספאם:', law: 'spam-filter' },
];

/** The labels in a decoded Subject, in the order they are in, each rule once. `custom` are further labels of the reader's own. */
export function findSubjectLabels(subject: string, custom: readonly string[] = []): readonly SubjectLabel[] {
  // The two foldings keep every character in its place, so that a label can be shown as it is there.
  const text = subject.slice(0, LIMITS.fieldValueBytes).normalize('NFC');
  const folded = foldText(text);
  const own = custom
    .map((label) => ({ label: foldText(trimWsp(label).normalize('NFC')), law: 'custom' as const }))
    .filter(({ label }) => label !== '');
  const found: Found[] = [];
  for (const { label, law } of [...SUBJECT_LABELS, ...own]) {
    const at = findWhole(folded, label);
    if (at === undefined || found.some((other) => other.at <= at && at + label.length <= other.end)) continue;
    found.push({ at, end: at + label.length, law });
  }
  const at = findAtSign(folded, found);
  if (at !== undefined) found.push({ at, end: at + 1, law: 'korea' });
  return found
    .sort((left, right) => left.at - right.at)
    .map(({ at, end, law }) => ({ label: text.slice(at, end), law }));
}

interface Found {
  readonly at: number;
  readonly end: number;
  readonly law: SubjectLabelLaw;
}

/** ASCII lower case, with full-width forms (U+FF01 to U+FF5E) as the ASCII ones and a tab as a space. Length stays. */
export function foldText(text: string): string {
  return asciiLower(
    text
      .replaceAll('\t', ' ')
      .replace(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0)),
  );
}

const WORD_CHARACTER = /[\p{L}\p{N}_]/u;

/** Where a label stands by itself: a letter or digit at its edge has none beside it. */
function findWhole(text: string, label: string): number | undefined {
  for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
    const joinedBefore = WORD_CHARACTER.test(label[0] ?? '') && WORD_CHARACTER.test(text[at - 1] ?? '');
    const joinedAfter = WORD_CHARACTER.test(label.at(-1) ?? '') && WORD_CHARACTER.test(text[at + label.length] ?? '');
    if (!joinedBefore && !joinedAfter) return at;
  }
  return undefined;
}

/** The Korean `@`: at the end of the Subject or as a word of its own, and only after another label, since it means much else. */
function findAtSign(text: string, labels: readonly Found[]): number | undefined {
  const after = Math.min(...labels.map((label) => label.end));
  if (!Number.isFinite(after)) return undefined;
  const trimmed = text.trimEnd();
  if (trimmed.endsWith('@') && trimmed.length > after) return trimmed.length - 1;
  const word = text.indexOf(' @ ', Math.max(0, after - 1));
  return word < 0 ? undefined : word + 1;
}
