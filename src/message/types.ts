/** A message as bytes: header fields with their places, and where the body starts. Nothing is decoded or changed. */

export interface HeaderField {
  /** Position counted from the top of the header, from 0. */
  readonly index: number;
  /** The name as written, without the white space that obsolete syntax allows before the colon (RFC 5322 §4.5). */
  readonly name: string;
  /** The name in lower case, for comparison. */
  readonly key: string;
  /** First byte of the field in the message. */
  readonly start: number;
  /** First byte after the colon. */
  readonly valueStart: number;
  /** One past the last byte of the value, the final line end not included. */
  readonly end: number;
}

/** What was odd about the raw message; each becomes a finding of the same name. */
export type MessageProblem =
  | 'empty-message'
  | 'not-a-message'
  | 'no-header-end'
  | 'mbox-from-line'
  | 'text-before-header'
  | 'malformed-header-line'
  | 'header-too-large'
  | 'too-many-fields'
  | 'nul-in-header'
  | 'bare-cr-in-header'
  | 'bare-lf'
  | 'mixed-line-ends';

export interface Message {
  readonly raw: Uint8Array<ArrayBuffer>;
  /** The header as far as it was read, one character per octet: places in it are places in `raw`. */
  readonly header: string;
  readonly fields: readonly HeaderField[];
  /** First byte of the body; `raw.length` where there is none. */
  readonly bodyStart: number;
  readonly problems: readonly MessageProblem[];
}

/** An RFC 5322 mailbox as far as it could be read. */
export interface Mailbox {
  /** Decoded for display; empty where there is none. */
  readonly displayName: string;
  /** `local@domain` as written, without comments; the local part alone for `<root>`; empty where no address could be read. */
  readonly address: string;
  readonly localPart: string;
  /** The domain in A-label form (`DomainName`), or null where it is missing or no domain (an address literal, say). */
  readonly domain: string | null;
  /** Comments that are beside a display name, decoded: no part of it, but some mail programs show them with it. */
  readonly comment?: string;
  /** Made out in a value that is not well formed, where other readers may find it; by the grammar it is no mailbox of its own. */
  readonly conjectured?: true;
}
