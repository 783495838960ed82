/** SHA-256 (FIPS 180-4) through WebCrypto. */

/** The digest of the bytes, which are copied before this returns, so they may be changed right after the call. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
