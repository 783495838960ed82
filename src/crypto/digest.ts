/** SHA (FIPS 180-4) through WebCrypto. */

/** The digest of the bytes, which are copied before this returns, so they may be changed right after the call. */
export function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', bytes);
}

/** SHA-1 where a standard that cannot be had otherwise wants it (NSEC3 owner names, old DS records), and the longer ones. */
export async function digest(
  algorithm: 'SHA-1' | 'SHA-256' | 'SHA-384',
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
}
