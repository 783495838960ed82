/** What is known of one DKIM signature. Independent facts first; `result` and `reason` are the judgement drawn from them once. */
import type { DnssecState } from '../dns/resolver.ts';
import type { ArchivedKey } from './archive.ts';
import type { DkimOutcome } from './reasons.ts';

/**
 * How a signature relates to the author address (RFC 5016 §2, RFC 6376 §3.11, RFC 9989 §4.4), closest first: `exact` i= is the From
 * address; `domain` d= is the From domain; `parent` d= is above it and no public suffix; `aligned` DMARC counts it, known only after
 * the tree walk; `child` d= is below it, which says nothing of the domain above (RFC 5016 §5.3 requirement 6); else `third-party`.
 */
export type Relation = 'exact' | 'domain' | 'parent' | 'aligned' | 'child' | 'third-party';

/** One fact that was or was not established. `unknown`: could not be looked at (no key, say). */
export type Fact = 'good' | 'bad' | 'unknown';

/** Something worth telling about a signature whatever its result. */
export type DkimNote =
  | 'body-length-limited'
  | 'unsigned-tail'
  | 'weak-key'
  | 'testing-key'
  | 'several-key-records'
  | 'oversigned-from'
  | 'no-dnssec'
  | 'line-ends-normalised'
  | 'expired-after-delivery'
  /** Key carries g= of RFC 4871, which RFC 6376 dropped: it restricts nothing any more. */
  | 'historic-granularity'
  /** d= is a public suffix: it signs for no name below it (RFC 6376 §8.14). */
  | 'public-suffix-domain';

/** One field of z= (RFC 6376 §3.5): what the signer says it saw. Diagnostic only, never compared for a result. */
export interface CopiedHeader {
  readonly name: string;
  /** Decoded, one character per octet. */
  readonly value: string;
}

/** What an intermediary is known to do to a message (RFC 6377 §5.2). */
export type KnownChange = 'list-footer' | 'subject-tag' | 're-encoded';

export type Canonicalization = 'simple' | 'relaxed';

export interface DkimFacts {
  /** The signature field's tag list is well formed and has every required tag (RFC 6376 §6.1.1). */
  readonly syntax: Fact;
  /** A usable key record was found (RFC 6376 §6.1.2). */
  readonly key: Fact;
  /** bh= is the hash of the canonicalized body (RFC 6376 §3.7). */
  readonly bodyHash: Fact;
  /** b= verifies over the signed headers, computed even where the body hash fails. */
  readonly signature: Fact;
  /** Neither expired nor from the future at the time judged (RFC 6376 §3.5 t=, x=). */
  readonly time: Fact;
  /** From is signed, no field was added above a signed one, no unsigned tail. */
  readonly coverage: Fact;
}

/** What became of a key this machine saw in DNS: no key there, another one, or withdrawn by an empty p= (RFC 6376 §3.6.1). */
export type KeyWithdrawal = 'gone' | 'replaced' | 'revoked';

/** A key seen at this name before, which DNS no longer holds. It never changes the signature's result. */
export interface ArchivedKeyReport extends ArchivedKey {
  readonly withdrawal: KeyWithdrawal;
  /** ISO time the key in its place was first seen; null where there is none. */
  readonly successorSince: string | null;
  /** With this key the signature would pass. Tried only where it does not pass with a key in DNS. */
  readonly verifies: boolean;
}

export interface DkimSignatureEvidence {
  /** Position of the DKIM-Signature field in the header. */
  readonly field: number;
  /** d=, in A-label form where it is a domain, else as written; null where missing. */
  readonly domain: string | null;
  readonly selector: string | null;
  /** i=, or its default `@d=`. */
  readonly identity: string | null;
  /** a= as written, lower case: `rsa-sha256`. */
  readonly algorithm: string | null;
  /** c= with both halves: `relaxed/simple`. */
  readonly canonicalization: string | null;
  readonly relation: Relation;
  /** Size of the public key in bits; null where no key was found. */
  readonly keyBits: number | null;
  /** h= as written, lower case, in order. */
  readonly signedHeaders: readonly string[];
  /** Indexes of the header fields h= selects, bottom up (RFC 6376 §5.4.2). */
  readonly signedFields: readonly number[];
  /** l= where given: octets of canonicalized body that are signed. */
  readonly bodyLength?: number;
  /** Octets of canonicalized body after l=. */
  readonly unsignedTail?: number;
  /** Key carries t=y (RFC 6376 §3.6.1). */
  readonly testing: boolean;
  readonly dnssec: DnssecState;
  /** false where a limit left this signature unverified. */
  readonly checked: boolean;
  readonly facts: DkimFacts;
  readonly notes: readonly DkimNote[];
  /** t= and x= as ISO times, where given. */
  readonly signedAt: string | null;
  readonly expiresAt: string | null;
  /** Key record and the name it was found at, as evidence. */
  readonly keyName: string | null;
  readonly keyRecord: string | null;
  /** Seconds the key record may be kept. */
  readonly keyTtl: number | null;
  /** The key archive knows another key of this name. */
  readonly archivedKey?: ArchivedKeyReport;
  /** Base64 of the body hash computed here, where it differs from bh=. */
  readonly computedBodyHash?: string;
  /** Positions of fields h= names that were added above the signed ones: shown to a reader, but not signed (RFC 6376 §8.15). */
  readonly addedAbove: readonly number[];
  /** Lower-case names of fields that are present and matter to a reader, but that h= does not name (RFC 6376 §5.4.1). */
  readonly unsignedImportant: readonly string[];
  /** z= where given. */
  readonly copiedHeaders?: readonly CopiedHeader[];
  /** Changes of known kinds without which the signature would verify: an explanation, never a pass. Absent where none was found. */
  readonly explainedBy?: readonly KnownChange[];
}

/** Exactly what the Report carries of one signature. */
export type DkimSignatureReport = DkimSignatureEvidence & DkimOutcome;
