/** Trust anchors as text: DS records in presentation form (RFC 4034 §5.3), one a line, such as IANA publishes them. */
import type { Ds } from './records.ts';
import { ROOT_ANCHOR_TEXT } from './root-anchors.ts';

/** The digest of a key that is believed beforehand. */
export type TrustAnchor = Ds;

/** Reads the DS records of the root; undefined where a line is none. Empty lines and comments after `;` do not count. */
export function parseTrustAnchors(text: string): readonly TrustAnchor[] | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/;.*/, '').trim())
    .filter((line) => line !== '');
  const anchors = lines.flatMap((line) => readLine(line) ?? []);
  return anchors.length > 0 && anchors.length === lines.length ? anchors : undefined;
}

const LINE = /^\.\s+(?:\d+\s+)?(?:IN\s+)?DS\s+(\d{1,5})\s+(\d{1,3})\s+(\d{1,3})\s+((?:[0-9a-f]{2}|\s)+)$/i;

function readLine(line: string): TrustAnchor | undefined {
  const [, keyTag, algorithm, digestType, digest = ''] = LINE.exec(line) ?? [];
  const octets = digest.replaceAll(/\s/g, '').match(/../g);
  if (octets === null || keyTag === undefined) return undefined;
  return {
    keyTag: Number(keyTag),
    algorithm: Number(algorithm),
    digestType: Number(digestType),
    digest: Uint8Array.from(octets, (octet) => parseInt(octet, 16)),
  };
}

/** IANA's anchors of the root zone. */
export const ROOT_ANCHORS: readonly TrustAnchor[] = parseTrustAnchors(ROOT_ANCHOR_TEXT) ?? [];
