/** How much one response may make this machine do: KeyTrap (CVE-2023-50387) and its NSEC3 relative (CVE-2023-50868) end here. */
import { LIMITS } from '../limits.ts';

/** More was asked for than any honest answer needs. Thrown and caught inside this folder only. */
export class TooMuchWork extends Error {}

export class Work {
  #verifications: number = LIMITS.dnssecVerifications;
  #digests: number = LIMITS.dnssecDigests;

  /** @throws {TooMuchWork} */
  spendVerification(): void {
    if (--this.#verifications < 0) throw new TooMuchWork('too many signatures to verify');
  }

  /** @throws {TooMuchWork} */
  spendDigests(count: number): void {
    if ((this.#digests -= count) < 0) throw new TooMuchWork('too many names to hash');
  }
}
