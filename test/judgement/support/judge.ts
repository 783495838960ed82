/** Judges messages, and holds the verdicts against what a careful expert would accept. */
import { IDENTITY_ROWS } from '../../../src/assessment/rows/identity.ts';
import type { FindingId } from '../../../src/assessment/table.ts';
import type { FindingLevel, Level } from '../../../src/assessment/types.ts';
import type { TrustSettings } from '../../../src/authres/types.ts';
import { checkMessage } from '../../../src/check.ts';
import type { Resolver } from '../../../src/dns/resolver.ts';
import type { ZoneFile } from '../../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../../src/dns/zone.ts';
import type { Expectation } from './kind.ts';

/** A message with all that judging it needs, and how it should be judged. */
export interface Sample extends Expectation {
  readonly kind: string;
  readonly name: string;
  readonly raw: Uint8Array;
  readonly zone: ZoneFile;
  readonly trust: TrustSettings;
  readonly at: Date;
  /** False where a deception goes under the sender's own domain, which may well have signed it. */
  readonly impersonates?: boolean;
}

export interface Verdict {
  readonly level: Level;
  readonly headline: FindingId;
  readonly findings: readonly { readonly id: FindingId; readonly level: FindingLevel }[];
}

export interface Judged {
  readonly sample: Sample;
  readonly verdict: Verdict;
  /** What is wrong with the verdict, in words; empty where nothing is. */
  readonly faults: readonly string[];
}

export async function judge({ raw, trust, at, zone }: Pick<Sample, 'raw' | 'trust' | 'at' | 'zone'>): Promise<Verdict> {
  const { level, headline, findings } = await checkMessage(raw, { resolver: resolverOf(zone), now: at, trust });
  return { level, headline, findings };
}

export async function judgeAll(samples: readonly Sample[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const sample of samples) {
    const verdict = await judge(sample);
    judged.push({ sample, verdict, faults: faultsOf(verdict, sample) });
  }
  return judged;
}

const RESOLVERS = new WeakMap<ZoneFile, Resolver>();

function resolverOf(zone: ZoneFile): Resolver {
  const resolver = RESOLVERS.get(zone) ?? createZoneResolver(zone);
  RESOLVERS.set(zone, resolver);
  return resolver;
}

function faultsOf({ level, headline, findings }: Verdict, { allowed, forbidden }: Expectation): readonly string[] {
  const outside = allowed.includes(level) ? [] : [`${level} by ${headline} (allowed: ${allowed.join(', ')})`];
  const said = findings.filter((finding) => finding.level !== 'note' && isForbidden(finding, forbidden));
  return [...outside, ...new Set(said.map((finding) => `${finding.id} at ${finding.level}`))];
}

/** `-warning-` stands for every finding at that level. */
function isForbidden({ id, level }: Verdict['findings'][number], forbidden: readonly string[]): boolean {
  return forbidden.includes(id) || (level === 'warning' && forbidden.includes('-warning-'));
}

export function isAlarm(level: FindingLevel): boolean {
  return level === 'caution' || level === 'warning';
}

/** Findings beside those on identity that say who a message is, or is not, from. */
const ABOUT_IDENTITY: ReadonlySet<string> = new Set([
  ...Object.keys(IDENTITY_ROWS),
  'practice-discardable',
  'practice-reject',
  'practice-quarantine',
  'author-domain-nonexistent',
  'dmarc-fail-reported',
  'field-added-above-signed',
  'forged-server-result',
  'repeated-field',
]);

export interface Rates {
  readonly honest: number;
  readonly falseAlarms: number;
  readonly deceptive: number;
  /** Deceptions in another's name that are shown as `verified`, or as `signed`, and must not be. */
  readonly undeservedVerified: number;
  readonly undeservedSigned: number;
  /** Deceptions that the header shows, and how many of them are told. */
  readonly visible: number;
  readonly told: number;
  /** Messages with anything wrong about their verdict. */
  readonly faulty: number;
}

export function ratesOf(judged: readonly Judged[]): Rates {
  const honest = judged.filter(({ sample }) => sample.label === 'honest');
  const deceptive = judged.filter(({ sample }) => sample.label === 'deceptive');
  const visible = deceptive.filter(({ sample }) => sample.visible !== 'no');
  return {
    honest: honest.length,
    falseAlarms: honest.filter(isFalseAlarm).length,
    deceptive: deceptive.length,
    undeservedVerified: deceptive.filter(isUndeserved('verified')).length,
    undeservedSigned: deceptive.filter(isUndeserved('signed')).length,
    visible: visible.length,
    told: visible.filter(isTold).length,
    faulty: judged.filter(({ faults }) => faults.length > 0).length,
  };
}

function isFalseAlarm({ sample, verdict: { level } }: Judged): boolean {
  return isAlarm(level) && !sample.allowed.includes(level);
}

function isUndeserved(called: Level) {
  return ({ sample: { allowed, impersonates = true }, verdict: { level } }: Judged): boolean =>
    level === called && impersonates && !allowed.includes(level);
}

function isTold({ sample, verdict: { level, findings } }: Judged): boolean {
  return isAlarm(level) || (sample.visible === 'identity' && findings.some(({ id }) => ABOUT_IDENTITY.has(id)));
}
