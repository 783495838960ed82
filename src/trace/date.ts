/**
 * Dates of header fields. Implements RFC 5322 §3.3 and the obsolete forms of §4.3: two and three digit years, comments between any two
 * tokens, alphabetic zones. For Received also what servers write instead: fractions of seconds, RFC 3339, the forms of Go, of `ctime` and of
 * `date`, and the name of a zone behind its offset.
 *
 * Known differences: the day of the week is not compared with the date, since nothing would follow from a mismatch.
 */
import { asciiLower, trimWsp } from '../bytes/ascii.ts';
import { skipCfws } from '../syntax/cfws.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY_NAMES: ReadonlySet<string> = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

/** RFC 5322 §4.3, minutes east of Greenwich. Every other alphabetic zone says nothing about the offset and counts as -0000. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['ut', 0],
  ['gmt', 0],
  ['edt', -240],
  ['est', -300],
  ['cdt', -300],
  ['cst', -360],
  ['mdt', -360],
  ['mst', -420],
  ['pdt', -420],
  ['pst', -480],
]);

/** After comments are gone and white space is single: day-name, day, month, year, hour, minute, second, zone. */
const DATE_TIME =
  /^(?:([a-z]{3}) ?, ?)?(\d{1,2}) ([a-z]{3}) (\d{2,6}) (\d{2}) ?: ?(\d{2})(?: ?: ?(\d{2}))?( ?[+-]\d{4}| [a-z]{1,5})$/;

/** The clock as servers write it, and a zone as an offset with or without a colon, as a name, or as both (`GMT+0100`). */
const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?`;
const ZONE = String.raw`(?<zone>z|(?:gmt|utc)?[+-]\d{2}:?\d{2}|[a-z]{1,5})`;

/** What servers write in Received instead of a date of RFC 5322. */
const SERVER_FORMS: readonly RegExp[] = [
  // SendGrid: Sat, 26 Oct 2024 11:34:00.581 +0000
  new RegExp(
    String.raw`^(?:[a-z]{3,9} ?, ?)?(?<day>\d{1,2})[ -](?<month>[a-z]{3})[ -](?<year>\d{2,4}) ${CLOCK} ?${ZONE}$`,
  ),
  // RFC 3339, and Go: 2026-11-30 10:00:00.123456789 +0000
  new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[t ]${CLOCK} ?${ZONE}$`),
  // ctime and date: Mon Nov 30 10:00:00 2026 +0100, Mon Nov 30 10:00:00 CET 2026
  new RegExp(String.raw`^[a-z]{3},? (?<month>[a-z]{3}) (?<day>\d{1,2}) ${CLOCK} (?<year>\d{4}) ${ZONE}$`),
  new RegExp(String.raw`^[a-z]{3},? (?<month>[a-z]{3}) (?<day>\d{1,2}) ${CLOCK} ${ZONE} (?<year>\d{4})$`),
];

/** The longest date without comments has some 40 characters. */
const LONGEST = 100;

/** Milliseconds since 1970, or null where the text is no date of RFC 5322. */
export function parseDate(text: string): number | null {
  const { words, complete } = wordsOf(text, '');
  return complete ? readDateTime(words.join(' ')) : null;
}

/** A date as it is at the start of a text. */
export interface LeadingDate {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Whether more follows than comments, the name of the zone and the clock that Go adds. */
  readonly followed: boolean;
}

/**
 * The date at the start of what a server wrote behind the `;` of a Received field, in any of the forms known; undefined where there is none.
 * The shortest that can be read counts, so what somebody adds behind a date never makes another one of it.
 */
export function readLeadingDate(text: string): LeadingDate | undefined {
  const { words, complete } = wordsOf(text, ';');
  let read = '';
  for (const [index, word] of words.entries()) {
    read = index === 0 ? word : `${read} ${word}`;
    const time = readDateTime(read) ?? readServerForm(read);
    if (time === null) continue;
    const rest = words.slice(index + 1);
    if (/^[a-z][a-z/_]*$/i.test(rest[0] ?? '')) rest.shift();
    if (/^m=[+-][\d.]+$/.test(rest[0] ?? '')) rest.shift();
    return { time, followed: rest.length > 0 || !complete };
  }
  return undefined;
}

/** RFC 5322 §3.3 and §4.3. */
function readDateTime(text: string): number | null {
  const parts = DATE_TIME.exec(asciiLower(text));
  if (!parts) return null;
  const [, dayName, day = '', month = '', year = '', hour = '', minute = '', second, zone = ''] = parts;
  if (dayName !== undefined && !DAY_NAMES.has(dayName)) return null;
  return timeOf({ day, month, year, hour, minute, second, zone: trimWsp(zone) });
}

function readServerForm(text: string): number | null {
  const plain = asciiLower(text);
  for (const form of SERVER_FORMS) {
    const parts = form.exec(plain)?.groups;
    if (!parts) continue;
    const { day = '', month = '', year = '', hour = '', minute = '', second, fraction, zone = '' } = parts;
    return timeOf({
      day,
      month,
      year,
      hour,
      minute,
      second,
      fraction,
      zone: zone.replace(/^(?:gmt|utc)(?=[+-])|:/g, ''),
    });
  }
  return null;
}

interface DateParts {
  readonly day: string;
  /** A name of three letters, or a number from 01. */
  readonly month: string;
  readonly year: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string | undefined;
  readonly fraction?: string | undefined;
  readonly zone: string;
}

function timeOf({
  day,
  month,
  year: digits,
  hour,
  minute,
  second = '0',
  fraction = '',
  zone,
}: DateParts): number | null {
  const index = /^\d/.test(month) ? Number(month) - 1 : MONTHS.indexOf(month);
  const year = fullYear(digits);
  const offset = zoneOffset(zone);
  if (index < 0 || index > 11 || year === undefined || offset === undefined) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const lastOfMonth = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
  if (Number(day) < 1 || Number(day) > lastOfMonth) return null;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const local = Date.UTC(year, index, Number(day), Number(hour), Number(minute), Number(second), milliseconds);
  return local - offset * 60_000;
}

/** The words that white space and comments separate, as far as a date can go, and whether the text ends with them. */
function wordsOf(text: string, stop: string): { readonly words: readonly string[]; readonly complete: boolean } {
  const words: string[] = [];
  let length = 0;
  let at = skipCfws(text, 0).end;
  for (; at < text.length && length <= LONGEST && text[at] !== stop; at = skipCfws(text, at).end) {
    const start = at;
    while (at < text.length && !' \t('.includes(text[at] ?? '') && text[at] !== stop) at++;
    words.push(text.slice(start, at));
    length += at - start + 1;
  }
  return { words, complete: at >= text.length && length <= LONGEST };
}

/** RFC 5322 §4.3: 00 to 49 are 2000 to 2049, 50 to 99 and three digits count from 1900. Years before 1900 are none (§3.3). */
function fullYear(digits: string): number | undefined {
  const year = Number(digits);
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  if (digits.length === 3) return 1900 + year;
  return year >= 1900 && year < 275_000 ? year : undefined; // ECMAScript dates end in 275760
}

/** Minutes east of Greenwich. */
function zoneOffset(zone: string): number | undefined {
  if (!/^[+-]/.test(zone)) return ZONES.get(zone) ?? 0;
  const minutes = Number(zone.slice(3));
  if (minutes > 59) return undefined; // RFC 5322 §3.3: the last two digits lie between 00 and 59
  const offset = Number(zone.slice(1, 3)) * 60 + minutes;
  return zone.startsWith('-') ? -offset : offset;
}
