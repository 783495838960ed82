/** A kind of message: what it shows, how a careful expert would judge it, and how one is made. */
import type { Level } from '../../../src/assessment/types.ts';
import type { Draft } from './draft.ts';

export interface Expectation {
  readonly label: 'honest' | 'deceptive';
  /** Levels a careful expert would accept. */
  readonly allowed: readonly Level[];
  /** Findings that would be false here above the level `note`. */
  readonly forbidden: readonly string[];
  /**
   * Of a deception, what the header shows: `level` that caution or worse is due, `identity` that a finding about identity is, `no`
   * nothing that must be told.
   */
  readonly visible: 'level' | 'identity' | 'no';
}

export interface Kind extends Expectation {
  /** Family and name: `list/footer`. */
  readonly id: string;
  readonly count: number;
  /** Makes the `n`th message of the kind. */
  readonly make: (draft: Draft, n: number) => void;
}

type Judged = Pick<Kind, 'id' | 'count' | 'make' | 'allowed'> & { readonly forbidden?: readonly string[] };

/** Nothing else would do: nobody but the author's own domain signed this. */
export const VERIFIED: readonly Level[] = ['verified'];
/** Somebody vouches. */
export const VOUCHED: readonly Level[] = ['verified', 'signed'];
/** Somebody other than the author's own domain vouches, or nobody: no alarm. */
export const UNVERIFIED: readonly Level[] = ['signed', 'unsigned', 'unchecked'];
/** No alarm. */
export const QUIET: readonly Level[] = ['verified', ...UNVERIFIED];
export const ALARM: readonly Level[] = ['caution', 'warning'];

export function honest(kind: Judged): Kind {
  return { forbidden: [], ...kind, label: 'honest', visible: 'no' };
}

/** A deception that the header shows. */
export function deceptive(kind: Omit<Judged, 'allowed'>): Kind {
  return { forbidden: [], ...kind, allowed: ALARM, label: 'deceptive', visible: 'level' };
}

/** A deception that the header does not show, or that need not be told: only what it must not be called is judged. */
export function undeserved(kind: Judged): Kind {
  return { forbidden: [], ...kind, label: 'deceptive', visible: 'no' };
}
