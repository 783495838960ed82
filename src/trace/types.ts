/** The way a message came: Received fields, and who handled it (RFC 5321 §4.4, RFC 5322 §3.6.7). */
import type { KnownChange } from '../dkim/types.ts';

/** What could not be read of a Received field; the rest of it was. */
export type ReceivedProblem =
  | 'no-date'
  | 'unreadable-date'
  /** More than the date is behind it: not written by the server, and not read. */
  | 'text-after-date'
  | 'comment-too-deep'
  | 'unclosed'
  | 'too-long'
  | 'no-clauses';

/** One Received field by itself. Every text is as written: claims of whoever wrote the field. */
export interface ParsedReceived {
  /** First word after `from`, or the comment that is in its place; empty where the clause is. */
  readonly from: string | null;
  /** What the client called itself, and the address the receiving server saw, where it wrote them. */
  readonly helo: string | null;
  /** In its shortest form, IPv4-mapped addresses as IPv4. Never taken from what the client said. */
  readonly ip: string | null;
  /** The name the server found for that address. */
  readonly reverseName: string | null;
  readonly by: string | null;
  /** The address by which the server named itself, where it wrote one (Exchange). In its shortest form. */
  readonly byIp: string | null;
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

export type IntermediaryKind =
  | 'list'
  /** Somebody who sent it on as it was, and said so in Resent fields (RFC 5322 §3.6.6). */
  | 'resender'
  /** A mailbox or service that passed it on by itself. */
  | 'forwarder'
  /** A filter that takes mail in for others and passes it on. */
  | 'gateway'
  | 'sealer'
  | 'opes'
  | 'scanner';

/** What an intermediary wrote of its own doing: a claim, as written, cut after `LIMITS.intermediaryCharacters`. */
export interface IntermediaryStatement {
  /** Position of the field. */
  readonly field: number;
  /** Name of the field as written. */
  readonly name: string;
  readonly text: string;
}

/** How a change is known to be this intermediary's, surest first. */
export type ChangeProof =
  /** Its ARC signature verifies over the changed message, the one sealed before it does not (RFC 8617 §5.2). */
  | 'arc-signatures'
  /** The chain recorded a pass of the signature up to this sealer, whose own signature verifies over the changed message. */
  | 'arc-results'
  /** Its own DKIM signature, put on top of the broken one, verifies over the changed message. */
  | 'own-signature'
  /** The signature verifies once what lists do is undone, and one list handled the message. */
  | 'known-change';

/** A change that can be shown: a signature verified before it and does not now. */
export interface ShownChange {
  readonly method: 'dkim' | 'arc';
  /** Position of the signature that the change broke. */
  readonly signature: number;
  readonly domain: string;
  readonly body: boolean;
  readonly header: boolean;
  /** Lower-case names of the header fields known to differ. */
  readonly headerFields: readonly string[];
  /** What is known to have been done. */
  readonly changes: readonly KnownChange[];
  readonly proof: ChangeProof;
}

export interface Intermediary {
  readonly kind: IntermediaryKind;
  /** What it calls itself: a List-Id, an address, a URI. */
  readonly name: string;
  /** Positions of the fields it was read from. */
  readonly fields: readonly number[];
  readonly says: readonly IntermediaryStatement[];
  /** Empty where nothing can be shown, which does not mean that nothing was changed. */
  readonly changed: readonly ShownChange[];
  /** http(s) URI it names for reading about it: an OPES URI, List-Help, List-Owner. Never opened without being asked to. */
  readonly policy: string | null;
}
