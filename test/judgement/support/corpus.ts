/** The corpus of this project: honest and deceptive messages by kind, built anew and alike each time. */
import { DELIVERY_KINDS } from '../kinds/delivery.ts';
import { FORM_KINDS } from '../kinds/form.ts';
import { GREEN_KINDS } from '../kinds/green.ts';
import { LIST_KINDS } from '../kinds/lists.ts';
import { PEOPLE_KINDS } from '../kinds/people.ts';
import { REPORT_KINDS } from '../kinds/reports.ts';
import { SERVICE_KINDS } from '../kinds/services.ts';
import { SPOOF_KINDS } from '../kinds/spoofs.ts';
import { TIME_KINDS } from '../kinds/time.ts';
import { Draft } from './draft.ts';
import type { Sample } from './judge.ts';
import type { Kind } from './kind.ts';

/** A message of this corpus: with how much of it the reader's servers wrote. */
export interface BuiltSample extends Sample {
  /** Octets at its beginning. */
  readonly ownOctets: number;
}

export const KINDS: readonly Kind[] = [
  ...LIST_KINDS,
  ...PEOPLE_KINDS,
  ...SERVICE_KINDS,
  ...REPORT_KINDS,
  ...DELIVERY_KINDS,
  ...TIME_KINDS,
  ...FORM_KINDS,
  ...GREEN_KINDS,
  ...SPOOF_KINDS,
];

export function buildCorpus(kinds: readonly Kind[] = KINDS): readonly BuiltSample[] {
  return kinds.flatMap((kind) => Array.from({ length: kind.count }, (_, n) => buildSample(kind, n)));
}

function buildSample({ id, label, allowed, forbidden, visible, make }: Kind, n: number): BuiltSample {
  const name = `${id} ${n}`;
  const draft = new Draft(name);
  make(draft, n);
  const { raw, ownOctets, zone, trust, at } = draft;
  return { kind: id, name, label, allowed, forbidden, visible, raw, ownOctets, zone, trust, at };
}
