/** What both kinds of denial of existence share. */

/** What a response says is not there: the type at a name (RFC 2308 §2.2), or the name (§2.1). */
export type DeniedKind = 'no-data' | 'nxdomain';

export interface Denial {
  /** The proof passes over names that are delegated without signatures, so it says nothing of them. */
  readonly optOut: boolean;
  /** The name is there and is delegated. */
  readonly delegation: boolean;
}
