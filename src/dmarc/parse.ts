/**
 * DMARC records: text to value. Implements RFC 9989 §4.7 and §4.8, and the repair of unusable policies in §4.10.1.
 *
 * Not built on the tag lists of DKIM (RFC 6376 §3.2), whose one error spoils the list: here errors after `v=DMARC1` are "discarded
 * in favor of default values (if any) or ignored outright" (RFC 9989 §4.8), and names are ABNF strings, so their case is free.
 *
 * Known differences: white space before `v` is skipped; of a repeated tag the last one counts. RFC 9989 is silent about both, and
 * this is what deployed evaluators do.
 */
import { asciiLower, trimWsp } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import type { AlignmentMode, DmarcPolicy, DmarcRecord } from './types.ts';

export type DmarcProblemCode =
  /** The text does not begin with `v=DMARC1`: no DMARC record at all (RFC 9989 §4.7 v=). */
  | 'not-dmarc'
  | 'too-long'
  | 'missing-equals'
  | 'repeated-tag'
  | 'invalid-value'
  | 'missing-policy'
  /** pct=, rf=, ri= of RFC 7489, which RFC 9989 §C.5.2 removed. */
  | 'removed-tag';

export interface DmarcProblem {
  readonly code: DmarcProblemCode;
  readonly tag: string | null;
  /** Offset in the record's text. */
  readonly at: number;
}

/** `notes` are problems that do not keep the record from counting. */
export type DmarcParse =
  | { readonly ok: true; readonly value: DmarcRecord; readonly notes: readonly DmarcProblem[] }
  | { readonly ok: false; readonly problem: DmarcProblem };

interface Tag {
  readonly value: string;
  readonly at: number;
}

const KNOWN_TAGS = new Set(['v', 'p', 'sp', 'np', 'adkim', 'aspf', 'psd', 't', 'rua', 'ruf', 'fo']);
const REMOVED_TAGS = new Set(['pct', 'rf', 'ri']);

const POLICIES: ReadonlyMap<string, DmarcPolicy> = new Map([
  ['none', 'none'],
  ['quarantine', 'quarantine'],
  ['reject', 'reject'],
]);
const MODES: ReadonlyMap<string, AlignmentMode> = new Map([
  ['r', 'relaxed'],
  ['s', 'strict'],
]);
const PSD: ReadonlyMap<string, 'y' | 'n' | 'u'> = new Map([
  ['y', 'y'],
  ['n', 'n'],
  ['u', 'u'],
]);
const YES_OR_NO: ReadonlyMap<string, boolean> = new Map([
  ['y', true],
  ['n', false],
]);

/** RFC 9989 §4.7 v=: first in the record, name in any case, value exactly so. */
const VERSION = /^[ \t]*[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/;
/** What a publisher surely meant as a DMARC record, though it does not count. */
const NEARLY_VERSION = /v[ \t]*=[ \t]*dmarc/i;

/** A reporting address: RFC 3986 §3, with the commas and exclamation points of RFC 9989 §4.8 encoded. */
const REPORT_URI = /^[a-z][a-z0-9+.-]*:(?:[a-z0-9\-._~:/?#[\]@$&'()*+=]|%[0-9a-f]{2})+$/i;
/** RFC 9989 §4.8 obs-dmarc-report-size, after its exclamation point. */
const REPORT_SIZE = /^[ \t]*\d+[ \t]*[kmgt]?$/i;

/** Whether the text begins as a DMARC record must (RFC 9989 §4.10 step 2). */
export function isDmarcRecord(text: string): boolean {
  return VERSION.test(text);
}

/** Whether someone meant to publish a DMARC record here, although it does not count as one. */
export function resemblesDmarcRecord(text: string): boolean {
  return NEARLY_VERSION.test(text.slice(0, 256));
}

/** Reads a DMARC record: one TXT record, its strings joined, one character per octet. */
export function parseDmarcRecord(text: string): DmarcParse {
  if (!isDmarcRecord(text)) return { ok: false, problem: { code: 'not-dmarc', tag: null, at: 0 } };
  if (text.length > LIMITS.txtRecordBytes) {
    return { ok: false, problem: { code: 'too-long', tag: null, at: LIMITS.txtRecordBytes } };
  }
  const notes: DmarcProblem[] = [];
  const note = (code: DmarcProblemCode, tag: string | null, at: number): void => {
    if (notes.length < LIMITS.recordNotes) notes.push({ code, tag, at });
  };
  const tags = readTags(text, note);

  /** The value of a tag with a fixed set of values; undefined where it is missing or none of them. */
  const choose = <V>(name: string, values: ReadonlyMap<string, V>): V | undefined => {
    const tag = tags.get(name);
    if (tag === undefined) return undefined;
    const value = values.get(asciiLower(tag.value));
    if (value === undefined) note('invalid-value', name, tag.at);
    return value;
  };
  const uris = (name: string): readonly string[] => {
    const tag = tags.get(name);
    if (tag === undefined) return [];
    const found = readReportUris(tag.value);
    if (found.length === 0) note('invalid-value', name, tag.at);
    return found;
  };

  const p = choose('p', POLICIES);
  const sp = choose('sp', POLICIES);
  const np = choose('np', POLICIES);
  if (!tags.has('p')) note('missing-policy', 'p', 0);
  const reportUris = uris('rua');
  // RFC 9989 §4.10.1: p missing or invalid, or sp or np there but invalid, makes the whole policy `none`, or nothing at all.
  const sound = p !== undefined && (sp !== undefined || !tags.has('sp')) && (np !== undefined || !tags.has('np'));
  const policy = sound ? p : 'none';
  const subdomainPolicy = (sound ? sp : undefined) ?? policy;
  return {
    ok: true,
    notes,
    value: {
      policy,
      subdomainPolicy,
      nonexistentPolicy: (sound ? np : undefined) ?? subdomainPolicy,
      processable: sound || reportUris.length > 0,
      dkimAlignment: choose('adkim', MODES) ?? 'relaxed',
      spfAlignment: choose('aspf', MODES) ?? 'relaxed',
      psd: choose('psd', PSD) ?? 'u',
      testing: choose('t', YES_OR_NO) ?? false,
      reportUris,
      failureReportUris: uris('ruf'),
      failureOptions: tags.get('fo')?.value.split(':', LIMITS.reportUris).map(trimWsp) ?? [],
    },
  };
}

type Note = (code: DmarcProblemCode, tag: string | null, at: number) => void;

/** Splits at semicolons and keeps the tags RFC 9989 §4.7 knows; "unknown tags MUST be ignored", and so cost no memory. */
function readTags(text: string, note: Note): ReadonlyMap<string, Tag> {
  const tags = new Map<string, Tag>();
  for (let at = 0; at < text.length;) {
    const semicolon = text.indexOf(';', at);
    const end = semicolon < 0 ? text.length : semicolon;
    const piece = text.slice(at, end);
    const equals = piece.indexOf('=');
    const name = asciiLower(trimWsp(equals < 0 ? piece : piece.slice(0, equals)));
    if (equals < 0 && name !== '') note('missing-equals', null, at);
    if (equals >= 0 && REMOVED_TAGS.has(name)) note('removed-tag', name, at);
    if (equals >= 0 && KNOWN_TAGS.has(name)) {
      if (tags.has(name)) note('repeated-tag', name, at);
      tags.set(name, { value: trimWsp(piece.slice(equals + 1)), at });
    }
    at = end + 1;
  }
  return tags;
}

/** The valid addresses of a list (RFC 9989 §4.8 dmarc-urilist), without their obsolete size limits. */
function readReportUris(list: string): readonly string[] {
  const uris: string[] = [];
  for (let at = 0; at < list.length && uris.length < LIMITS.reportUris;) {
    const comma = list.indexOf(',', at);
    const end = comma < 0 ? list.length : comma;
    const uri = withoutSize(trimWsp(list.slice(at, end)));
    if (REPORT_URI.test(uri)) uris.push(uri);
    at = end + 1;
  }
  return uris;
}

/** RFC 9989 §4.8: the obsolete size limit is ignored where it is found. */
function withoutSize(uri: string): string {
  const mark = uri.lastIndexOf('!');
  return mark >= 0 && REPORT_SIZE.test(uri.slice(mark + 1)) ? trimWsp(uri.slice(0, mark)) : uri;
}
