/** The way a message came: Received fields, and who handled it (RFC 5321 §4.4, RFC 5322 §3.6.7). */

/** What could not be read of a Received field; the rest of it was. */
export type ReceivedProblem =
  'no-date' | 'unreadable-date' | 'comment-too-deep' | 'unclosed' | 'too-long' | 'no-clauses';

/** One Received field by itself. Every text is as written: claims of whoever wrote the field. */
export interface ParsedReceived {
  /** First word after `from`. */
  readonly from: string | null;
  /** What the client called itself, and the address the receiving server saw, where it wrote them. */
  readonly helo: string | null;
  /** In its shortest form, IPv4-mapped addresses as IPv4. Never taken from what the client said. */
  readonly ip: string | null;
  /** The name the server found for that address. */
  readonly reverseName: string | null;
  readonly by: string | null;
  readonly with: string | null;
  readonly via: string | null;
  readonly id: string | null;
  /** Without angle brackets. */
  readonly for: string | null;
  /** ISO time, or null where the date cannot be read. */
  readonly time: string | null;
  /** `TLS1.3` where the protocol keyword or a comment says so; true where only "encrypted" is known. */
  readonly tls: string | boolean;
  /** Well-formed SOLICIT= keywords recorded in the `with` clause (RFC 3865 §2.6). */
  readonly solicit: readonly string[];
  /** The comment a field begins with that has no clause before it: `qmail 123 invoked from network`. */
  readonly note: string | null;
  readonly problems: readonly ReceivedProblem[];
}

/** A Received field in its place. */
export interface TracedReceived extends ParsedReceived {
  /** Position of the field in the header. */
  readonly field: number;
}

/** Hops are listed topmost (latest) first. */
export interface Hop extends TracedReceived {
  /** Seconds since the hop before (below); negative where clocks disagree. */
  readonly delay: number | null;
  /** Written by the reader's own receiving side (above the trust boundary, or the field of entry itself). */
  readonly trusted: boolean;
}

export type IntermediaryKind = 'list' | 'resender' | 'sealer' | 'opes' | 'scanner';

export interface Intermediary {
  readonly kind: IntermediaryKind;
  /** What it calls itself: a List-Id, an address, a URI. */
  readonly name: string;
  /** Positions of the fields it was read from. */
  readonly fields: readonly number[];
}
