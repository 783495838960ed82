/**
 * Body hashes of a message (RFC 6376 §3.7): one pass over the body per canonicalization, one digest per canonicalization and
 * length, however many signatures ask, be they DKIM's or ARC's.
 */
import { sha256 } from '../crypto/digest.ts';
import type { Message } from '../message/types.ts';
import { canonicalizeBody, guessCanonicalBody, type CanonicalBody } from './canonicalize-body.ts';
import type { Canonicalization } from './types.ts';

export interface BodyHash {
  /** undefined where `length` asks for more octets than there are (RFC 6376 §3.5 l=). */
  readonly digest: Uint8Array | undefined;
  /** Octets of the canonicalized body. */
  readonly canonicalLength: number;
  /** A line of the body ended with LF alone. */
  readonly bareLf: boolean;
}

/**
 * Starts hashing the body, or joins a hash already started.
 * @param length l=: octets of the canonicalized body to hash; undefined for all
 */
export type BodyHasher = (canonicalization: Canonicalization, length: number | undefined) => Promise<BodyHash>;

/** Digests by message: a message does not change, and its DKIM and ARC signatures mostly ask for the same. */
const started = new WeakMap<Message, Map<string, Promise<BodyHash>>>();

function digestsOf(message: Message): Map<string, Promise<BodyHash>> {
  const earlier = started.get(message);
  if (earlier) return earlier;
  const hashes = new Map<string, Promise<BodyHash>>();
  started.set(message, hashes);
  return hashes;
}

const keyOf = (canonicalization: Canonicalization, length: number | undefined): string =>
  `${canonicalization} ${length ?? ''}`;

/** Whether that hash was asked for before, so that asking again costs nothing. */
export function hasBodyHash(message: Message, canonicalization: Canonicalization, length: number | undefined): boolean {
  return started.get(message)?.has(keyOf(canonicalization, length)) === true;
}

/** The hasher keeps the canonicalized bodies for as long as it is kept itself. */
export function createBodyHasher(message: Message): BodyHasher {
  const bodies: Partial<Record<Canonicalization, ReadBody>> = {};
  return (canonicalization, length) => {
    const hashes = digestsOf(message);
    const key = keyOf(canonicalization, length);
    const earlier = hashes.get(key);
    if (earlier) return earlier;
    const body = (bodies[canonicalization] ??= readBody(message.raw.subarray(message.bodyStart), canonicalization));
    const hash = hashUpTo(body, length);
    hashes.set(key, hash);
    return hash;
  };
}

interface ReadBody extends CanonicalBody {
  /** The digest of all of it, where hashing began before reading ended. */
  readonly digest: Promise<ArrayBuffer> | undefined;
}

/** Long bodies that seem to be canonical are hashed while they are read: WebCrypto hashes on another thread. */
function readBody(body: Uint8Array<ArrayBuffer>, canonicalization: Canonicalization): ReadBody {
  const guess = guessCanonicalBody(body, canonicalization);
  const digest = guess && sha256(guess);
  const canonical = canonicalizeBody(body, canonicalization);
  const isUnchanged = canonical.bytes.buffer === body.buffer;
  return { ...canonical, digest: isUnchanged ? digest : undefined };
}

async function hashUpTo({ bytes, bareLf, digest: whole }: ReadBody, length = bytes.length): Promise<BodyHash> {
  const canonicalLength = bytes.length;
  if (length > canonicalLength) return { digest: undefined, canonicalLength, bareLf };
  const started = length === canonicalLength ? whole : undefined;
  return { digest: new Uint8Array(await (started ?? sha256(bytes.subarray(0, length)))), canonicalLength, bareLf };
}
