/** Domain names inside a DNS message. Implements RFC 1035 §3.1 and §4.1.4 (compression). */
import { LIMITS } from '../limits.ts';

/** What a message does wrong, and at which octet. Thrown only below `decodeAnswer`, which turns it into a problem. */
export class MalformedMessage extends Error {
  constructor(what: string, at: number) {
    super(`${what} at octet ${at}`);
  }
}

export interface WireName {
  /** Lower case, labels joined with dots, without trailing dot; the root is `.`. */
  readonly name: string;
  /** The octet after the name where it is (not after what a pointer leads to). */
  readonly next: number;
}

/**
 * Reads the name that starts at `start`. Pointers must lead backwards and are counted, so every name ends and reading many names
 * that share one long chain of pointers stays cheap.
 * @throws {MalformedMessage} for anything that is no name
 */
export function readName(message: Uint8Array, start: number): WireName {
  const labels: string[] = [];
  let at = start;
  let next: number | undefined;
  let octets = 1;
  let pointers = 0;
  for (;;) {
    const size = octetAt(message, at);
    if (size === 0) {
      return { name: labels.length === 0 ? '.' : labels.join('.'), next: next ?? at + 1 };
    } else if (size < 64) {
      octets += size + 1;
      if (octets > 255) throw new MalformedMessage('a name longer than 255 octets', start); // RFC 1035 §2.3.4
      if (at + 1 + size > message.length) throw new MalformedMessage('a label past the end', at);
      labels.push(readLabel(message.subarray(at + 1, at + 1 + size)));
      at += size + 1;
    } else if (size >= 0xc0) {
      const target = ((size & 0x3f) << 8) | octetAt(message, at + 1);
      next ??= at + 2;
      // RFC 1035 §4.1.4: a pointer leads to a prior occurrence.
      if (target >= at || ++pointers > LIMITS.dnsNamePointers) throw new MalformedMessage('a bad pointer', at);
      at = target;
    } else {
      throw new MalformedMessage('an unknown kind of label', at); // 0x40 and 0x80: RFC 6891 §5, never in use
    }
  }
}

function octetAt(message: Uint8Array, at: number): number {
  const octet = message[at];
  if (octet === undefined) throw new MalformedMessage('a name past the end', at);
  return octet;
}

/** Lower case; a dot or backslash inside a label, and what is not printable, as `\DDD` (RFC 1035 §5.1), so that names stay distinct. */
function readLabel(octets: Uint8Array): string {
  let label = '';
  for (const octet of octets) {
    if (octet < 0x20 || octet > 0x7e || octet === 0x2e || octet === 0x5c) {
      label += `\\${String(octet).padStart(3, '0')}`;
    } else {
      label += String.fromCharCode(octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet);
    }
  }
  return label;
}

/** The name as octets, uncompressed: the reverse of {@link readName}, so in the canonical form of RFC 4034 §6.2 (lower case, whole). */
export function encodeName(name: string): Uint8Array<ArrayBuffer> {
  const labels = labelsOf(name).map(labelOctets);
  const bytes = new Uint8Array(labels.reduce((sum, label) => sum + label.length + 1, 1));
  let at = 0;
  for (const label of labels) {
    bytes[at++] = label.length;
    for (let index = 0; index < label.length; index++) bytes[at++] = label.charCodeAt(index);
  }
  return bytes;
}

/** The labels of a name in the form of {@link readName}, leftmost first; the root has none. */
export function labelsOf(name: string): readonly string[] {
  return name === '.' ? [] : name.split('.');
}

/** The label's octets, one character each. */
export function labelOctets(label: string): string {
  if (!label.includes('\\')) return label;
  return label.replace(/\\(\d{3})/g, (_, octet: string) => String.fromCharCode(Number(octet)));
}
