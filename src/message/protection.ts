/**
 * End-to-end protection, recognised by its form: S/MIME (RFC 8551 §3), OpenPGP (RFC 3156, and armour in plain text, RFC 9580 §6.2),
 * protected header fields (RFC 9788 §2.1) and the Autocrypt field. Nothing is decrypted and no signature in here is verified: that is
 * the mail program's part. What it tells is which parts those who handled the message on its way could read, and could change unseen
 * (draft-ietf-opes-smtp-security-02 §3.3).
 *
 * Known differences: a signature inside an encrypted part cannot be seen, so `signed` is false there; armour is looked for at the start
 * of text parts only (`LIMITS.armourBytes`).
 */
import { asciiLower, octetsToString } from '../bytes/ascii.ts';
import { decodeBase64 } from '../bytes/base64.ts';
import { LIMITS } from '../limits.ts';
import { parseContentType } from './content-type.ts';
import { fieldText, fieldsNamed } from './parse.ts';
import { bodyOf, type Part } from './structure.ts';
import type { Message } from './types.ts';

export type ProtectionKind = 'smime' | 'openpgp';

export interface ProtectedPart {
  readonly kind: ProtectionKind;
  /** Only those with a key can read it. */
  readonly encrypted: boolean;
  /** It carries a signature of its own that can be seen without decrypting. */
  readonly signed: boolean;
  /** The place of the part, as IMAP counts: empty for the whole body. */
  readonly part: string;
  /** It appears as armour in the text, so text before and after it is not protected. */
  readonly inline: boolean;
  /** The protected part says that it holds the header fields as well (RFC 9788; `legacy`: its unpublished forerunner). */
  readonly headerFields: 'protected' | 'legacy' | null;
}

export interface ProtectionReport {
  /** Outermost first; empty where there is none. */
  readonly parts: readonly ProtectedPart[];
  /** The address of an Autocrypt field: its sender's program offers a key. A hint, no protection; null where there is none. */
  readonly autocrypt: string | null;
}

/** What is protected in a message, and the hint that more could be. */
export function readProtection(message: Message, structure: Part): ProtectionReport {
  const [hint] = fieldsNamed(message, 'autocrypt');
  const address = hint && parseContentType(`hint; ${fieldText(message, hint)}`).parameters.get('addr');
  return { parts: protectedIn(structure).slice(0, LIMITS.protectedParts), autocrypt: address ?? null };
}

/** What is inside a protected part belongs to it, so the search ends there. */
function protectedIn(part: Part): readonly ProtectedPart[] {
  const own = protectionOf(part);
  return own ? [own] : part.parts.flatMap(protectedIn);
}

const NO_MORE = { inline: false, headerFields: null } as const;

function protectionOf(part: Part): ProtectedPart | undefined {
  const { type, place } = part;
  switch (type) {
    case 'multipart/signed': {
      const kind = SIGNATURE_PROTOCOLS.get(asciiLower(part.parameters.get('protocol') ?? ''));
      const [payload] = part.parts;
      return (
        kind && { kind, encrypted: false, signed: true, part: place, inline: false, headerFields: headersOf(payload) }
      );
    }
    case 'multipart/encrypted': // RFC 3156 §4
      return { kind: 'openpgp', encrypted: true, signed: false, part: place, ...NO_MORE };
    case 'application/octet-stream': // RFC 8551 §3.2.1: some gateways know the file name only
      if (!/\.p7m$/i.test(part.parameters.get('name') ?? '')) return undefined;
      return cmsPart(part);
    case 'application/pkcs7-mime':
    case 'application/x-pkcs7-mime':
      return cmsPart(part);
    case 'text/plain':
      return armourIn(part);
    default:
      return undefined;
  }
}

function cmsPart(part: Part): ProtectedPart | undefined {
  const content = cmsContentOf(part);
  const encrypted = content === 'enveloped';
  return content && { kind: 'smime', encrypted, signed: !encrypted, part: part.place, ...NO_MORE };
}

const SIGNATURE_PROTOCOLS: ReadonlyMap<string, ProtectionKind> = new Map([
  ['application/pkcs7-signature', 'smime'],
  ['application/x-pkcs7-signature', 'smime'],
  ['application/pgp-signature', 'openpgp'],
]);

/** RFC 9788 §2.1.1: hp= on the protected part; before it there was protected-headers="v1". */
function headersOf(payload: Part | undefined): ProtectedPart['headerFields'] {
  if (payload?.parameters.has('hp')) return 'protected';
  return payload?.parameters.has('protected-headers') ? 'legacy' : null;
}

/** RFC 8551 §3.2.2 smime-type; where it is left out, the content type identifier that the object begins with (RFC 5652 §3). */
function cmsContentOf(part: Part): 'enveloped' | 'signed' | undefined {
  const named = asciiLower(part.parameters.get('smime-type') ?? '');
  if (named !== '') return CMS_TYPES.get(named);
  const start = octetsToString(bodyOf(part).subarray(0, CMS_START)).replace(/\s/g, '');
  const bytes = decodeBase64(start.slice(0, start.length - (start.length % 4)));
  const text = bytes ? octetsToString(bytes) : '';
  const at = text.indexOf(CMS_ARC);
  return at < 0 ? undefined : CMS_IDENTIFIERS.get(text.charCodeAt(at + CMS_ARC.length));
}

const CMS_START = 100;
/** The object identifier 1.2.840.113549.1.7 without its last number, in DER (RFC 5652 §12). */
const CMS_ARC = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07';
const CMS_IDENTIFIERS: ReadonlyMap<number, 'enveloped' | 'signed'> = new Map([
  [2, 'signed'],
  [3, 'enveloped'],
]);
const CMS_TYPES: ReadonlyMap<string, 'enveloped' | 'signed'> = new Map([
  ['signed-data', 'signed'],
  ['enveloped-data', 'enveloped'],
  ['authenveloped-data', 'enveloped'],
]);

/** RFC 9580 §6.2: armour begins at the start of a line. A line of it holds nothing that quoted-printable changes. */
function armourIn(part: Part): ProtectedPart | undefined {
  const text = startOf(part);
  const found = /^-----BEGIN PGP (MESSAGE|SIGNED MESSAGE)-----[ \t]*\r?$/m.exec(text);
  if (!found) return undefined;
  const encrypted = found[1] === 'MESSAGE' && isEncrypted(text.slice(found.index));
  return { kind: 'openpgp', encrypted, signed: !encrypted, part: part.place, inline: true, headerFields: null };
}

function startOf(part: Part): string {
  const text = octetsToString(bodyOf(part).subarray(0, LIMITS.armourBytes));
  if (part.encoding !== 'base64') return text;
  const packed = text.replace(/\s/g, '');
  const bytes = decodeBase64(packed.slice(0, packed.length - (packed.length % 4)));
  return bytes ? octetsToString(bytes) : '';
}

/**
 * Armour called MESSAGE is encrypted where it begins with a packet of encryption (RFC 9580 §5: 1, 3, 9, 18, 20), else a signed one in a
 * container of its own.
 */
function isEncrypted(armour: string): boolean {
  const blank = /\r?\n[ \t]*\r?\n/.exec(armour);
  const start = blank ? armour.slice(blank.index + blank[0].length) : '';
  const [first = 0] = decodeBase64(start.slice(0, 4)) ?? [];
  // RFC 9580 §4.2: the type is in the lower six bits, or in the four above the length type of the old form.
  const packet = (first & 0x40) === 0 ? (first >> 2) & 0x0f : first & 0x3f;
  return [1, 3, 9, 18, 20].includes(packet);
}
