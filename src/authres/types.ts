/** Server results as written in the header (RFC 8601, RFC 7208 §9.1), and whether this reader has reason to believe them. */

import type { DomainName } from '../domain/name.ts';

/** `smtp`, `header`, `body`, `policy`, or another as written (RFC 8601 §2.3 leaves room). */
export interface AuthenticationProperty {
  /** Lower case; empty where the server wrote a property without one (`action=none`). */
  readonly ptype: string;
  /** Lower case. */
  readonly property: string;
  /** Unquoted where it was one quoted string; as written where only the local part of an address was quoted. */
  readonly value: string;
}

export interface MethodResult {
  /** Lower case: `dkim`, `spf`, `dmarc`, `arc`, or another, which is kept. */
  readonly method: string;
  readonly version: number | null;
  /** Lower case, as written; unknown words are kept. */
  readonly result: string;
  /** reason= or null. */
  readonly reason: string | null;
  readonly properties: readonly AuthenticationProperty[];
  /** What is in comments behind the result, in order; at most `LIMITS.methodProperties`. */
  readonly comments: readonly string[];
}

/** A deviation from the grammar of RFC 8601 §2.2 that was read nevertheless. */
export type AuthenticationDeviation =
  /** The first part is already a result: Exchange and Outlook name no server. */
  | 'no-authserv-id'
  /** A version other than 1 (RFC 8601 §2.2), whose meaning is not known. */
  | 'unknown-version'
  /** Text inside a result that is neither a reason nor a property. */
  | 'unparsable-rest'
  /** Neither a result nor the word `none`. */
  | 'empty'
  | 'comment-too-deep'
  /** A comment or quoted string is not closed. */
  | 'unclosed'
  /** A result starts without the `;` before it. */
  | 'missing-separator'
  /** Nothing between two separators, or after the last one. */
  | 'empty-part'
  /** A part that is one plain domain: older Exchange writes the recipient's so. */
  | 'stray-domain'
  /** A part that is neither a result nor a domain: somebody's address was written without quotes, and what follows may be more of it. */
  | 'stray-part'
  /** A property without a property type: `action=none`, `x-bits=2048`. */
  | 'untyped-property'
  /** More than `LIMITS.methodResults` results, or `LIMITS.methodProperties` properties of one. */
  | 'too-many-results'
  /** The last field of the reader's servers, of which the sender may have continued the end: only what is surely the server's was read. */
  | 'uncertain-end'
  /** Longer than `LIMITS.fieldValueBytes`; the rest was not read. */
  | 'too-long';

export interface ParsedAuthenticationResults {
  /** As written, unquoted; null where the field names none (Exchange). */
  readonly authservId: string | null;
  readonly version: number;
  /** Empty where the field says `none`. */
  readonly methods: readonly MethodResult[];
  /** Each once, in the order met. */
  readonly deviations: readonly AuthenticationDeviation[];
}

/** ARC-Authentication-Results: the same after an instance number (RFC 8617 §4.1.1). */
export interface ParsedArcAuthenticationResults extends ParsedAuthenticationResults {
  /** i=, or null where it is missing or no number from 1 to 50 (RFC 8617 §4.2.1). */
  readonly instance: number | null;
}

/** A deviation from the grammar of RFC 7208 §9.1 that was read nevertheless. */
export type ReceivedSpfDeviation =
  /** Not one of the seven results of RFC 7208 §2.6; the drafts before it also had `unknown` and `error`. */
  | 'unknown-result'
  /** Neither comment nor pairs. */
  | 'no-details'
  /** Pairs stand next to each other without `;`. */
  | 'missing-separator'
  | 'unparsable-rest'
  | 'empty'
  | 'comment-too-deep'
  | 'unclosed'
  | 'too-long'
  | 'too-many-pairs';

export interface ParsedReceivedSpf {
  /** Lower case: `pass`, `fail`, …; as written where unknown. */
  readonly result: string;
  readonly comment: string | null;
  /** Key in lower case to value, unquoted: client-ip, envelope-from, helo, identity, receiver, … The first of several counts. */
  readonly pairs: Readonly<Record<string, string>>;
  readonly deviations: readonly ReceivedSpfDeviation[];
}

/** Why a field is not believed. One reason, the first that applies in this order. */
export type Distrust =
  /** Empty, unclosed, of an unknown version, or so far from the grammar that text could pass for a result. */
  | 'unreadable'
  /** The reader has not named a server to believe. */
  | 'nobody-trusted'
  | 'no-authserv-id'
  /** A name that holds signs of the field's own grammar (`mx.mine.example; dkim=pass` in quotes): made to be misread. */
  | 'malformed-authserv-id'
  /** A name drawn or spelled almost like an accepted one (src/identity/authserv-ids.ts). */
  | 'look-alike-authserv-id'
  /** A name above, below or beside an accepted one, within the same registered domain: perhaps an own server, but not accepted. */
  | 'related-authserv-id'
  | 'unknown-authserv-id'
  /** No Received field of the reader's servers was found. */
  | 'no-boundary'
  /**
   * Between the Received field of entry and the next one: some servers write theirs there, and whatever the sender put on top of the
   * message is there as well.
   */
  | 'next-to-boundary'
  /** Below the boundary, while the server of that name wrote one above: a copy, or left from an earlier way through the server. */
  | 'copied-authserv-id'
  | 'below-boundary';

export interface ServerResult extends ParsedAuthenticationResults {
  /** Position of the field in the header. */
  readonly field: number;
  readonly trusted: boolean;
  readonly distrust: Distrust | null;
  /**
   * Who wrote it, for people: the authserv-id without the number of a job; of a believed field that names nobody, the host that took the
   * message in. Null where neither is known.
   */
  readonly server: string | null;
  /**
   * It is where only the reader's servers write, under an accepted name. Where such a field cannot be read, what it says against the message
   * counts still: otherwise a sender could make it unreadable to be rid of it.
   */
  readonly ownPlace: boolean;
}

export interface ReceivedSpfReport extends ParsedReceivedSpf {
  readonly field: number;
  readonly trusted: boolean;
  readonly distrust: Distrust | null;
}

/** Whom this reader believes, per account (RFC 8601 §5, §7). */
export interface TrustSettings {
  /**
   * authserv-ids the reader accepted, compared as whole domains without regard to case or trailing dot, in A-label form. An entry
   * `*.mail.example` stands for every name below `mail.example`.
   */
  readonly authservIds: readonly string[];
  /**
   * Hosts of the reader's servers, as they name themselves in `by`: each stands for itself and every name below it. Where absent or
   * empty, the registered domains of `authservIds`.
   */
  readonly receivingHosts?: readonly string[];
  /**
   * Addresses and networks (`192.0.2.0/24`) from which own servers hand mail to each other. Where absent, the private ones; where
   * present, only these, so an empty list says that every client is foreign.
   */
  readonly receivingAddresses?: readonly string[];
  /**
   * How many Authentication-Results fields the own server always writes directly *below* its Received field, as Gmail and milters
   * that insert at position 1 do. That many, counted from the top, are believed there. 0 where absent.
   */
  readonly resultsBelowEntry?: number;
  /**
   * The own servers write results without an authserv-id, as Exchange Online does: then the place alone decides of those. False where
   * absent.
   */
  readonly withoutAuthservId?: boolean;
  /**
   * Forwarding services and lists in the reader's own chain: domains, each with every name below it, whose Received fields and results
   * count as those of the reader's servers where an own server recorded taking the message from there. Addresses and networks
   * (`203.0.113.0/24`) may stand among them; then the address alone decides, and no reverse name does.
   */
  readonly forwarders?: readonly string[];
}

/** Why the boundary lies where it does. */
export type BoundaryReason =
  /** One of the reader's servers took the message from a foreign client, whose address it wrote down. */
  | 'entry'
  /** The same, without a usable address: not written, a private one, or one that may belong to an undeclared own server. */
  | 'entry-without-address'
  | 'entry-from-private-address'
  | 'entry-from-own-name'
  /** Every Received field was written on the way inside the reader's servers. */
  | 'internal'
  /** The next Received field is by a host that is not declared. */
  | 'left-own-hosts'
  /** There is no boundary: the topmost Received field is by a host that is not declared. */
  | 'undeclared-host'
  | 'no-received'
  | 'nobody-trusted';

/** Down to where the header was written by the reader's servers. */
export interface TrustBoundary {
  /** Position of the Received field in which the reader's servers received the message; null where there is none. */
  readonly entryField: number | null;
  /** Position of the next Received field below; the number of fields where there is none; null without `entryField`. */
  readonly nextReceived: number | null;
  readonly reason: BoundaryReason;
  /** The connecting client as the reader's servers saw it, in its shortest form; never from below the boundary. */
  readonly clientIp: string | null;
  readonly helo: string | null;
  /** Domains of the declared forwarders the message came through before the reader's servers, the last one first. */
  readonly forwarders: readonly DomainName[];
  /** What the host that wrote the field of entry calls itself. */
  readonly host: string | null;
  /** The domains that the reader's servers name their hosts in. */
  readonly domains: readonly DomainName[];
}
