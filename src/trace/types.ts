/** The way a message came: Received fields, and who handled it (RFC 5321 §4.4, RFC 5322 §3.6.7). */

export interface Hop {
  /** Position of the Received field in the header; hops are listed topmost (latest) first. */
  readonly field: number;
  readonly from: string | null;
  /** The HELO name and the address the receiving server saw, where it wrote them. */
  readonly helo: string | null;
  readonly ip: string | null;
  readonly reverseName: string | null;
  readonly by: string | null;
  readonly with: string | null;
  readonly via: string | null;
  readonly id: string | null;
  readonly for: string | null;
  /** ISO time, or null where the date cannot be read. */
  readonly time: string | null;
  /** Seconds since the hop before (below); negative where clocks disagree. */
  readonly delay: number | null;
  /** `TLS1.3` where the protocol keyword or a comment says so; true where only "encrypted" is known. */
  readonly tls: string | boolean;
  /** SOLICIT= keywords recorded in the `with` clause (RFC 3865 §4). */
  readonly solicit: readonly string[];
  /** Written by the reader's own receiving side (above the trust boundary). */
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
