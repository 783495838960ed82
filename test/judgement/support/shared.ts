/** Messages kept beside the repository, in `../shared`, where that folder is there: single cases, and a corpus shaped like real mail. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LEVELS, type Level } from '../../../src/assessment/types.ts';
import type { TrustSettings } from '../../../src/authres/types.ts';
import type { ZoneFile } from '../../../src/dns/zone-file.ts';
import type { Sample } from './judge.ts';

const SHARED = resolve(import.meta.dirname, '../../../../shared');
export const CASES_FOLDER = join(SHARED, 'cases');
export const CORPUS_FOLDER = join(SHARED, 'corpus');

interface CaseFile {
  readonly trust: readonly string[] | TrustSettings;
  readonly at: string;
  readonly allowed: readonly Level[];
  readonly forbidden: readonly string[];
}

interface ExpectedMessage {
  readonly label: string;
  readonly allowed: readonly Level[];
  readonly forbidden_findings: readonly string[];
  readonly truth: { readonly kind?: string; readonly visible?: Sample['visible']; readonly impersonated?: boolean };
}

/** Undefined where the folder is missing. A case is a deception where only an alarm is allowed. */
export function readCases(): readonly Sample[] | undefined {
  if (!existsSync(CASES_FOLDER)) return undefined;
  const names = readdirSync(CASES_FOLDER).filter((name) => existsSync(join(CASES_FOLDER, name, 'case.json')));
  return names.sort().map((name) => {
    const file = (part: string): string => join(CASES_FOLDER, name, part);
    const { trust, at, allowed, forbidden } = readJson(file('case.json')) as CaseFile;
    const demandsAlarm = allowed.every((level) => LEVELS.indexOf(level) >= LEVELS.indexOf('caution'));
    return {
      kind: name,
      name,
      raw: readFileSync(file('message.eml')),
      zone: readJson(file('zone.json')) as ZoneFile,
      trust: 'authservIds' in trust ? trust : { authservIds: trust },
      at: new Date(at),
      allowed,
      forbidden,
      label: demandsAlarm ? 'deceptive' : 'honest',
      visible: demandsAlarm ? 'level' : 'no',
    };
  });
}

/** Undefined where the folder is missing. */
export function readCorpus(): readonly Sample[] | undefined {
  if (!existsSync(CORPUS_FOLDER)) return undefined;
  const file = (part: string): string => join(CORPUS_FOLDER, part);
  const zone = readJson(file('zone.json')) as ZoneFile;
  const at = new Date(readFileSync(file('at'), 'utf8').trim());
  const expected = readJson(file('expected.json')) as Readonly<Record<string, ExpectedMessage>>;
  return Object.entries(expected).map(([name, { label, allowed, forbidden_findings: forbidden, truth }]) => ({
    kind: truth.kind === undefined ? label : `deceptive/${truth.kind}`,
    name,
    raw: readFileSync(file(name)),
    zone,
    trust: { authservIds: ['mx.reader.example'] },
    at,
    allowed,
    forbidden,
    label: truth.kind === undefined ? 'honest' : 'deceptive',
    visible: truth.visible ?? 'no',
    impersonates: truth.impersonated ?? false,
  }));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
