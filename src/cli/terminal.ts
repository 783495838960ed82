/** What commands print to. */

/** Where output goes: standard output and error in the program, memory in tests. */
export interface Terminal {
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Whether colour may be used. */
  readonly colour: boolean;
  /** Marks the run as having met an input that could not be read (exit 1). */
  readonly fail: () => void;
}
