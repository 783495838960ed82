/** SHA-256 (FIPS 180-4) through WebCrypto. */

/** The digest of the bytes, which are copied before this returns, so they may be changed right after the call. */
export function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', bytes);
}
