/** Banners the reader does not want to see again: of one finding, on mail of one sender. Warnings are always shown. */
import { FINDINGS, type FindingId } from '../../src/assessment/table.ts';
import { asciiLower } from '../../src/bytes/ascii.ts';
import type { Report } from '../../src/report/types.ts';
import { lookOf } from '../ui/look.ts';

export interface MutedBanner {
  /** Address in From, in lower case. */
  readonly sender: string;
  readonly finding: FindingId;
}

/** What is kept; the oldest go first. */
const MOST_MUTED = 500;

/** What muting the banner of a message would keep away; null where it cannot be muted. */
export function mutedBy(report: Report): MutedBanner | null {
  const [from, ...others] = report.identities.from;
  if (from === undefined || others.length > 0 || from.address === '' || lookOf(report) === 'warning') return null;
  return { sender: asciiLower(from.address), finding: report.headline };
}

export function isMuted(muted: readonly MutedBanner[], report: Report): boolean {
  const wanted = mutedBy(report);
  return wanted !== null && muted.some((one) => isSame(one, wanted));
}

export function addMuted(muted: readonly MutedBanner[], added: MutedBanner): readonly MutedBanner[] {
  return [...muted.filter((one) => !isSame(one, added)), added].slice(-MOST_MUTED);
}

export function removeMuted(muted: readonly MutedBanner[], removed: MutedBanner): readonly MutedBanner[] {
  return muted.filter((one) => !isSame(one, removed));
}

/** Out of whatever storage held. */
export function repairMuted(stored: unknown): readonly MutedBanner[] {
  const entries: readonly unknown[] = Array.isArray(stored) ? stored : [];
  return entries.filter(isEntry).slice(-MOST_MUTED);
}

function isEntry(entry: unknown): entry is MutedBanner {
  if (typeof entry !== 'object' || entry === null || !('sender' in entry) || !('finding' in entry)) return false;
  const { sender, finding } = entry;
  return typeof sender === 'string' && typeof finding === 'string' && Object.hasOwn(FINDINGS, finding);
}

function isSame(one: MutedBanner, other: MutedBanner): boolean {
  return one.sender === other.sender && one.finding === other.finding;
}
