/**
 * Ed25519 public keys that nobody should use: points of small order, under which signatures exist that fit many messages, or every
 * eighth one (RFC 8032 §5.1.7 leaves the check to the protocol; RFC 7748 §6.1 and §7 tell of the same points on the other form of the
 * curve).
 */

/** The y coordinates of the eight points whose order divides 8, in the encodings of RFC 8032 §5.1.2, two of them not reduced. */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/** @param key the 32 octets of RFC 8032 §5.1.5 */
export function isSmallOrder(key: Uint8Array): boolean {
  // The highest bit is the sign of x, which either point of a pair has.
  const y = [...key].map((octet, at) => (at === key.length - 1 ? octet & 0x7f : octet));
  return SMALL_ORDER.has(y.map((octet) => octet.toString(16).padStart(2, '0')).join(''));
}
