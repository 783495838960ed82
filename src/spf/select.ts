/**
 * Which of the TXT records at a name speaks for an identity. Implements RFC 7208 §4.5 and, for `spf2.0` records, the scopes of
 * RFC 4406 §3.1 and §4.4.
 *
 * Known differences:
 * - RFC 4406 §4.4 lets an spf2.0 record with scope "mfrom" take precedence over `v=spf1`. RFC 7208 knows `v=spf1` only and is
 *   the current standard, so for MAIL FROM an spf2.0 record counts only where no `v=spf1` record exists: then the publisher's
 *   intent would be lost otherwise (draft-newton-maawg-spf-considerations §3.3).
 * - HELO has no scope in RFC 4406: only `v=spf1` counts.
 */
import { asciiLower } from '../bytes/ascii.ts';
import type { SpfIdentity, SpfVersion } from './types.ts';

/** Octets a version section may have; scopes are few and short. */
const LONGEST_VERSION = 200;
const MINOR_VERSION = /^[0-9]+$/;
/** RFC 4406 §3.1, scope-id. */
const SCOPE = /^[a-z][a-z0-9._-]*$/;

/** Reads the version section of a TXT record; undefined where the record is no SPF record. */
export function readVersion(text: string): SpfVersion | undefined {
  // The section ends at a space or the end of the record, nothing else (RFC 7208 §4.5): "v=spf10" is another version.
  const space = text.indexOf(' ');
  const word = space < 0 ? text : text.slice(0, space);
  if (word.length > LONGEST_VERSION) return undefined;
  const version = asciiLower(word);
  if (version === 'v=spf1') return { version: 'spf1', scopes: [], length: word.length };
  if (!version.startsWith('spf2.')) return undefined;
  const slash = version.indexOf('/');
  // The minor version must be well formed and is otherwise ignored (RFC 4406 §4.4, step 2).
  if (slash < 0 || !MINOR_VERSION.test(version.slice('spf2.'.length, slash))) return undefined;
  const scopes = version.slice(slash + 1).split(',');
  return scopes.every((scope) => SCOPE.test(scope)) ? { version: 'spf2', scopes, length: word.length } : undefined;
}

export interface SelectedRecord {
  readonly text: string;
  readonly version: SpfVersion;
}

/** The records that remain for this identity: none, one, or several, which is an error (RFC 7208 §4.5, RFC 4406 §4.4). */
export function selectRecords(texts: readonly string[], identity: SpfIdentity): readonly SelectedRecord[] {
  const spf1: SelectedRecord[] = [];
  const spf2: SelectedRecord[] = [];
  for (const text of texts) {
    const version = readVersion(text);
    if (version?.version === 'spf1') spf1.push({ text, version });
    else if (version?.scopes.includes(identity) === true) spf2.push({ text, version });
  }
  switch (identity) {
    case 'pra':
      return spf2.length > 0 ? spf2 : spf1;
    case 'mfrom':
      return spf1.length > 0 ? spf1 : spf2;
    case 'helo':
      return spf1;
  }
}
