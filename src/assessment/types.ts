/** Findings and levels: the judgement, kept apart from the facts it is drawn from. */
import type { Evidence } from '../message/evidence.ts';
import type { FindingId } from './table.ts';

/** Best to worst. Nothing is ever called safe. */
export const LEVELS = ['verified', 'signed', 'unsigned', 'unchecked', 'caution', 'warning'] as const;
export type Level = (typeof LEVELS)[number];

/** A `note` is worth telling and moves the level nowhere. */
export type FindingLevel = Level | 'note';

/** Values for the placeholders of a finding's text, by placeholder name. Taken from the message or DNS: shown as text only. */
export type FindingParams = Readonly<Record<string, string>>;

export interface Finding {
  readonly id: FindingId;
  readonly level: FindingLevel;
  readonly params: FindingParams;
  readonly evidence: readonly Evidence[];
}
