/** Small makers of instances and evidence, shared by the rows. */
import { fieldEvidence, type Evidence } from '../../message/evidence.ts';
import type { Message } from '../../message/types.ts';
import type { Facts } from '../facts.ts';
import type { FindingParams, Instance } from '../types.ts';

/** A single instance. */
export function one(params: FindingParams = {}, evidence: readonly Evidence[] = []): readonly Instance[] {
  return [{ params, evidence }];
}

/** Evidence for a field by its position; empty for a position that does not exist. */
export function fieldAt(message: Message, index: number): readonly Evidence[] {
  const field = message.fields[index];
  return field ? [fieldEvidence(field)] : [];
}

/** All fields of that lower-case name as evidence. */
export function fieldsAsEvidence(message: Message, key: string): readonly Evidence[] {
  return message.fields.filter((field) => field.key === key).map(fieldEvidence);
}

export function evidenceOf(name: string, type: string, record: string | null): readonly Evidence[] {
  return [{ kind: 'dns', name, type, record }];
}

/** The day of an ISO time, as readers read it in every language: 2026-03-01. */
export function dayOf(time: string | null | undefined): string {
  return time?.slice(0, time.indexOf('T')) ?? '';
}

/** Whether there is a message at all. */
export function isMessage({ problems }: Facts): boolean {
  return !problems.includes('empty-message') && !problems.includes('not-a-message');
}
