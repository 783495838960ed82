/**
 * Sentences in the reader's language. A view asks for a key and gives the values; what differs by language beyond the words themselves
 * (plurals, numbers, dates, durations) is decided here, by the tag of the language the words are in.
 */

/** Values of the placeholders of a message, by their names. */
export type Params = Readonly<Record<string, string>>;

/** The message of a key, with its placeholders (`{name}`) filled. */
export type Translate = (key: string, params?: Params) => string;

/** Message keys hold no hyphens. */
export function keyOf(prefix: string, id: string): string {
  return `${prefix}_${id.replaceAll('-', '_')}`;
}

/**
 * A sentence about a number: the catalogue holds one message for each plural category of its language (CLDR; `key_one`, `key_other`).
 * The number is the value of `{count}` unless another placeholder is named.
 */
export function counted(t: Translate, key: string, count: number, params: Params = {}, placeholder = 'count'): string {
  const form = pluralRules(localeOf(t)).select(count);
  return t(`${key}_${form}`, { ...params, [placeholder]: numberText(t, count) });
}

/** A number in the reader's digits and separators. */
export function numberText(t: Translate, value: number): string {
  return numberFormat(localeOf(t)).format(value);
}

/** The day of an ISO 8601 time (Nov 30, 2026), in the reader's time zone; a bare day (2026-11-30) is that day everywhere. */
export function dayText(t: Translate, iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return BARE_DAY.test(iso) ? dayFormat(localeOf(t), 'UTC').format(time) : dayFormat(localeOf(t)).format(time);
}

/** Day and minute of an ISO 8601 time, in the reader's time zone. */
export function timeText(t: Translate, iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : timeFormat(localeOf(t)).format(time);
}

/** A length of time in its largest sensible unit: `short` for tables (2 min), `long` for sentences (2 minutes). */
export function durationText(t: Translate, seconds: number, display: 'short' | 'long'): string {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? SMALLEST_UNIT;
  return unitFormat(localeOf(t), unit, display).format(Math.round(seconds / size));
}

const BARE_DAY = /^\d{4}-\d\d-\d\d$/;

type Unit = 'second' | 'minute' | 'hour' | 'day';
const SMALLEST_UNIT: readonly [Unit, number] = ['second', 1];
const UNITS: readonly (readonly [Unit, number])[] = [['day', 86_400], ['hour', 3600], ['minute', 60], SMALLEST_UNIT];

/**
 * The language of the words, in the reader's region where that is known (en-GB writes other dates than en-US). Dates in another
 * language than the sentence around them would read worse than dates of another region.
 */
export function localeOf(t: Translate): string {
  const language = t('language_tag');
  const own = new Intl.DateTimeFormat().resolvedOptions().locale;
  return own.split('-')[0] === language ? own : language;
}

const pluralRules = remember((locale) => new Intl.PluralRules(locale));
const numberFormat = remember((locale) => new Intl.NumberFormat(locale));
const dayFormat = remember(
  (locale, timeZone?: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...(timeZone === undefined ? {} : { timeZone }) }),
);
const timeFormat = remember((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
const unitFormat = remember(
  (locale, unit: Unit, unitDisplay: 'short' | 'long') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }),
);

/** Formatters are dear to make and tables ask for thousands of texts: one of each is kept. */
function remember<Rest extends readonly (string | undefined)[], Made>(
  make: (locale: string, ...rest: Rest) => Made,
): (locale: string, ...rest: Rest) => Made {
  const made = new Map<string, Made>();
  return (locale, ...rest) => {
    const key = [locale, ...rest].join();
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(locale, ...rest);
    made.set(key, fresh);
    return fresh;
  };
}

/** Characters of a value that a sentence bears. */
const LONGEST_VALUE = 80;

/** Values fit for a sentence: of a longer one its beginning and its end, where domains show whose they are. */
export function shortenParams(params: Params): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shorten(value)]));
}

function shorten(text: string): string {
  if (text.length <= LONGEST_VALUE) return text;
  const half = LONGEST_VALUE / 2 - 1;
  // No half of a character that takes two units.
  return `${text.slice(0, half).replace(/[\ud800-\udbff]$/, '')}…${text.slice(-half).replace(/^[\udc00-\udfff]/, '')}`;
}
