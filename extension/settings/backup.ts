/** Everything a reader has set, as one file: settings, rules, classes of mail and pass keys. What is read is made valid or refused. */
import { parseRules } from '../../src/rules/parse.ts';
import type { RuleSet } from '../../src/rules/types.ts';
import { repairCollection, type ClassCollection } from '../classes/collection.ts';
import { repairSettings, type Settings } from './settings.ts';

const FORMAT = 'countersign-backup';

/** Characters of a file that are read: more than the largest one has. */
const LONGEST_FILE = 16 << 20;

export interface Backup {
  readonly settings: Settings;
  readonly rules: RuleSet;
  readonly classes: ClassCollection;
}

export type ReadBackup =
  | { readonly ok: true; readonly backup: Backup }
  | { readonly ok: false; readonly why: 'not-json' | 'other' | 'large' }
  /** JSON Pointer of the first member that is wrong. */
  | { readonly ok: false; readonly why: 'rules'; readonly place: string };

export function writeBackup({ settings, rules, classes }: Backup, now: Date): string {
  const file = { format: FORMAT, version: 1, exportedAt: now.toISOString(), settings, rules, classes };
  return `${JSON.stringify(file, null, 2)}\n`;
}

export function readBackup(json: string): ReadBackup {
  if (json.length > LONGEST_FILE) return { ok: false, why: 'large' };
  let file: unknown;
  try {
    file = JSON.parse(json);
  } catch {
    return { ok: false, why: 'not-json' };
  }
  if (!isRecord(file) || file['format'] !== FORMAT || file['version'] !== 1) return { ok: false, why: 'other' };
  const rules = parseRules(file['rules']);
  if (!rules.ok) return { ok: false, why: 'rules', place: rules.problems[0]?.path ?? '' };
  return {
    ok: true,
    backup: {
      settings: repairSettings(file['settings']),
      rules: rules.value,
      classes: repairCollection(file['classes']),
    },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
