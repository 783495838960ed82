/** The way of a message as words, oldest server first: the model of the picture of the path. */
import type { Report } from '../../../src/report/types.ts';
import { isPrivate } from '../../../src/trace/networks.ts';
import type { Hop } from '../../../src/trace/types.ts';
import type { Translate } from '../words.ts';
import { row, timeText, type Row } from './rows.ts';

/** What a server noted of the connection it took the message over: RFC 3848 tells a plain one from one nobody wrote about. */
export type Encryption = 'encrypted' | 'plain' | 'unknown';

export interface PathStep {
  /** What the server calls itself. */
  readonly name: string;
  /** Written by the reader's own receiving side. */
  readonly own: boolean;
  /** There the reader's servers received the message. */
  readonly entry: boolean;
  /** Where it came from, in one line; null where nothing is written. */
  readonly from: string | null;
  /** What kind of address that is. */
  readonly address: string | null;
  readonly encryption: Encryption;
  readonly encryptionWord: string;
  /** Time since the server before; null where it cannot be told. */
  readonly delay: string | null;
  /** How long that was, from 0 to 1 on a logarithmic scale; null where it cannot be told. */
  readonly delayShare: number | null;
  /** Longer than mail usually waits. */
  readonly slow: boolean;
  /** The clocks of this server and the one before disagree. */
  readonly clock: string | null;
  /** SOLICIT= keywords it recorded. */
  readonly keywords: readonly string[];
  readonly rows: readonly Row[];
}

export interface PathView {
  readonly steps: readonly PathStep[];
  /** Steps left out of a long path until they are asked for. */
  readonly folded: { readonly start: number; readonly count: number; readonly label: string } | null;
  readonly remark: string;
}

/** Steps that are always shown at the beginning, and at the end. */
const SHOWN_FIRST = 3;
const SHOWN_LAST = 5;

/** A delay that fills its bar: servers give up after some days (RFC 5321 §4.5.4.1). */
const LONGEST_SECONDS = 5 * 86_400;
const SLOW_SECONDS = 300;

export function viewPath({ path }: Pick<Report, 'path'>, t: Translate): PathView {
  const oldestFirst = path.toReversed();
  const entry = oldestFirst.findIndex(({ trusted }) => trusted);
  const steps = oldestFirst.map((hop, at) => viewStep(hop, at === entry, t));
  return { steps, folded: fold(steps.length, entry, t), remark: path.length === 0 ? '' : remarkOn(entry, t) };
}

function remarkOn(entry: number, t: Translate): string {
  return t(entry < 0 ? 'panel_path_nobody_own' : 'panel_path_legend');
}

/** The middle of a path too long to look at. What the reader's servers wrote, and the step before it, are never folded away. */
function fold(steps: number, entry: number, t: Translate): PathView['folded'] {
  const end = Math.min(steps - SHOWN_LAST, entry < 0 ? steps : entry - 1);
  const count = end - SHOWN_FIRST;
  return count < 2 ? null : { start: SHOWN_FIRST, count, label: t('panel_path_folded', { count: String(count) }) };
}

function viewStep(hop: Hop, entry: boolean, t: Translate): PathStep {
  const { by, trusted, ip, delay, solicit, note } = hop;
  const encryption = encryptionOf(hop);
  return {
    name: by ?? note ?? t('panel_server_unnamed'),
    own: trusted,
    entry,
    from: [hop.reverseName ?? hop.helo ?? hop.from, ip].filter((part) => part !== null).join(', ') || null,
    address: ip === null ? null : t(isPrivate(ip) ? 'panel_hop_private' : 'panel_hop_public'),
    encryption,
    encryptionWord: typeof hop.tls === 'string' ? hop.tls : t(`panel_hop_${encryption}`),
    delay: delay === null || delay < 0 ? null : t('panel_hop_later', { time: durationText(delay, t) }),
    delayShare: delay === null || delay < 0 ? null : shareOf(delay),
    slow: delay !== null && delay > SLOW_SECONDS,
    clock: delay === null || delay >= 0 ? null : t('panel_hop_clock', { time: durationText(-delay, t) }),
    keywords: solicit,
    rows: detailRows(hop, t),
  };
}

/** Seconds on a logarithmic scale: a second is seen beside days. */
function shareOf(delay: number): number {
  return Math.min(1, Math.log1p(delay) / Math.log1p(LONGEST_SECONDS));
}

/** Everything that is written there. */
function detailRows(hop: Hop, t: Translate): readonly Row[] {
  return [
    ...row(t('panel_hop_from'), hop.from),
    ...row(t('panel_hop_helo'), hop.helo === hop.from ? null : hop.helo),
    ...row(t('panel_hop_name'), hop.reverseName),
    ...row(t('panel_hop_address'), hop.ip),
    ...row(t('panel_hop_with'), hop.with),
    ...row(t('panel_hop_via'), hop.via),
    ...row(t('panel_hop_id'), hop.id),
    ...row(t('panel_hop_for'), hop.for),
    ...row(t('panel_hop_time'), timeText(hop.time, t)),
    ...row(
      t('panel_hop_problems'),
      hop.problems.map((problem) => t(`panel_hop_problem_${problem.replaceAll('-', '_')}`)).join(' ') || null,
    ),
  ];
}

/** RFC 3848: without an S after it, the keyword says that TLS was not used; plain SMTP is also written by servers that never say. */
function encryptionOf({ tls, with: protocol }: Hop): Encryption {
  if (tls !== false) return 'encrypted';
  return /^(?:ESMTPA?|UTF8SMTPA?)$/i.test(protocol ?? '') ? 'plain' : 'unknown';
}

/** The largest unit of which there are two at least: 90 s, 5 min, 26 h, 3 days. */
function durationText(seconds: number, t: Translate): string {
  const [unit, length] = UNITS.find(([, size]) => seconds >= 2 * size) ?? (['second', 1] as const);
  const format = new Intl.NumberFormat(t('language_tag'), { style: 'unit', unit, unitDisplay: 'short' });
  return format.format(Math.round(seconds / length));
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;
