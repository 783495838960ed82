/**
 * Dates of header fields. Implements RFC 5322 §3.3 and the obsolete forms of §4.3: two and three digit years, comments between any two
 * tokens, alphabetic zones.
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

/** The longest date without comments has some 40 characters. */
const LONGEST = 100;

/** Milliseconds since 1970, or null where the text is no date of RFC 5322. */
export function parseDate(text: string): number | null {
  const parts = DATE_TIME.exec(asciiLower(withoutCfws(text)));
  if (!parts) return null;
  const [, dayName, day = '', monthName = '', yearDigits = '', hour = '', minute = '', second = '0', zone = ''] = parts;
  if (dayName !== undefined && !DAY_NAMES.has(dayName)) return null;
  const month = MONTHS.indexOf(monthName);
  const year = fullYear(yearDigits);
  const offset = zoneOffset(trimWsp(zone));
  if (month < 0 || year === undefined || offset === undefined) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  if (Number(day) < 1 || Number(day) > lastOfMonth) return null;
  const local = Date.UTC(year, month, Number(day), Number(hour), Number(minute), Number(second));
  return local - offset * 60_000;
}

/** The tokens, one space between those that white space or comments separated. */
function withoutCfws(text: string): string {
  const runs: string[] = [];
  let length = 0;
  for (let at = skipCfws(text, 0).end; at < text.length && length <= LONGEST; at = skipCfws(text, at).end) {
    const start = at;
    while (at < text.length && !' \t('.includes(text[at] ?? '')) at++;
    runs.push(text.slice(start, at));
    length += at - start + 1;
  }
  return length > LONGEST ? '' : runs.join(' ');
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
