/** What commands print to. */

/** Where output goes: standard output and error in the program, memory in tests. */
export interface Terminal {
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Whether colour may be used. */
  readonly colour: boolean;
  /** Shows how far a long run is, on one line that the next one replaces; nothing where nobody watches. */
  readonly progress: (text: string) => void;
  /** Marks the run as having met an input that could not be read, or is no message (exit 1). */
  readonly fail: () => void;
}
