/**
 * Names the known change that broke a signature: a mailing list's footer, a tag in the Subject, another transfer encoding (RFC 6377
 * §5.2 tells what lists do). Each is undone on a copy, and named only where the signature then verifies in full. An explanation and
 * never a pass: what a reader sees is the changed message, which nobody signed.
 *
 * Known differences: of what an intermediary may do, only these are tried, and a re-encoded body only where the field that says so is
 * not signed.
 */
import { LF, octetsToString, stringToOctets } from '../bytes/ascii.ts';
import { decodeBase64 } from '../bytes/base64.ts';
import { LIMITS } from '../limits.ts';
import { fieldOctets, fieldsNamed, parseMessage } from '../message/parse.ts';
import type { HeaderField, Message } from '../message/types.ts';
import { withoutFws } from '../syntax/tag-list.ts';
import { createBodyHasher, hasBodyHash } from './body-hash.ts';
import { signatureInput } from './canonicalize-header.ts';
import { checkBodyHash, checkSignature } from './check.ts';
import { parseKeyRecord } from './key.ts';
import type { KeyLookup } from './key-lookup.ts';
import { parseDkimSignature, type DkimSignature } from './parse.ts';
import { indexFields, selectFields, signatureValue } from './select.ts';
import type { DkimSignatureReport, KnownChange } from './types.ts';

/** The message with one change undone, or as it is. */
interface Variant {
  readonly change: KnownChange | null;
  readonly message: Message;
}

/**
 * The changes without which the signature would verify, body first; none where it verifies, or where nothing tried explains it.
 * @param report what `verifyDkim` said of a signature of this message: its key is used, so nothing is asked
 */
export async function explainFailure(message: Message, report: DkimSignatureReport): Promise<readonly KnownChange[]> {
  const field = message.fields[report.field];
  const record = parseKeyRecord(report.keyRecord ?? '');
  if (report.result !== 'fail' || !field || !record || message.raw.length > LIMITS.explainedBytes) return [];
  const parsed = parseDkimSignature(signatureValue(message, field));
  if (!parsed.ok) return [];
  const { signature } = parsed;
  const attempts = attemptsOn(message);
  const body = await firstOf(attempts.body, (variant) => bodyMatches(attempts, variant, signature));
  if (!body) return [];
  const text = report.keyRecord ?? '';
  const name = signature.parameters.keyName;
  const keys: KeyLookup = {
    name,
    records: [{ text, record }],
    reason: null,
    unreadable: null,
    ttl: null,
    dnssec: report.dnssec,
  };
  const header = await firstOf(attempts.header, (variant) => headerMatches(variant, report.field, signature, keys));
  if (!header) return [];
  return [body.change, header.change].filter((change) => change !== null);
}

async function firstOf(
  variants: readonly Variant[],
  matches: (message: Message) => Promise<boolean>,
): Promise<Variant | undefined> {
  for (const variant of variants) if (await matches(variant.message)) return variant;
  return undefined;
}

/** What is tried on a message, once for all of its signatures. */
interface Attempts {
  readonly body: readonly Variant[];
  readonly header: readonly Variant[];
  /** Octets that may still be hashed. */
  left: number;
}

const begun = new WeakMap<Message, Attempts>();

function attemptsOn(message: Message): Attempts {
  const earlier = begun.get(message);
  if (earlier) return earlier;
  const attempts = { body: bodyVariants(message), header: headerVariants(message), left: LIMITS.explainedWork };
  begun.set(message, attempts);
  return attempts;
}

async function bodyMatches(attempts: Attempts, message: Message, { content }: DkimSignature): Promise<boolean> {
  const { bodyCanonicalization, bodyLength } = content;
  if (!hasBodyHash(message, bodyCanonicalization, bodyLength)) {
    const octets = message.raw.length - message.bodyStart;
    if (octets > attempts.left) return false;
    attempts.left -= octets;
  }
  const hash = await createBodyHasher(message)(bodyCanonicalization, bodyLength);
  return checkBodyHash(content.bodyHash, hash) === null;
}

async function headerMatches(
  message: Message,
  position: number,
  { content, parameters }: DkimSignature,
  keys: KeyLookup,
): Promise<boolean> {
  const field = message.fields[position];
  if (!field) return false;
  const selected = selectFields(indexFields(message), content.signedHeaders, field);
  const input = signatureInput(message, selected, field, parameters.signatureRange, content.headerCanonicalization);
  return (await checkSignature(keys, parameters, input)).signature === 'good';
}

function bodyVariants(message: Message): readonly Variant[] {
  const cuts = footerStarts(message.raw, message.bodyStart);
  const decoded = decodeBody(message);
  return [
    { change: null, message },
    ...cuts.map((cut): Variant => ({
      change: 'list-footer',
      message: { ...message, raw: message.raw.subarray(0, cut) },
    })),
    ...(decoded ? [{ change: 're-encoded', message: withBody(message, decoded) } as const] : []),
  ];
}

/** A line that lists put above what they add: a row of marks, or the two hyphens of a signature. */
const SEPARATOR = /^(?:_{5,}|-{5,}|={5,}|\*{5,}|#{5,}|-- ?\r?$)/;

/** Where a footer may start: at the separators among the last lines, the lowest first. */
function footerStarts(raw: Uint8Array, bodyStart: number): readonly number[] {
  const starts: number[] = [];
  let end = raw.length;
  for (let line = 0; line < LIMITS.footerLines && end > bodyStart; line++) {
    const start = Math.max(raw.lastIndexOf(LF, end - 2) + 1, bodyStart);
    if (SEPARATOR.test(octetsToString(raw.subarray(start, Math.min(end - 1, start + 80))))) starts.push(start);
    end = start;
  }
  return starts;
}

/** The body of a message of one part without its transfer encoding (RFC 2045 §6.7, §6.8). */
function decodeBody(message: Message): Uint8Array | undefined {
  const encoding = fieldsNamed(message, 'content-transfer-encoding')[0];
  const value = encoding ? fieldOctets(message, encoding).trim().toLowerCase() : '';
  const text = octetsToString(message.raw.subarray(message.bodyStart));
  if (value === 'base64') return decodeBase64(withoutFws(text));
  if (value !== 'quoted-printable') return undefined;
  const unfolded = text.replace(/=[ \t]*\r?\n/g, '');
  return stringToOctets(
    unfolded.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  );
}

function withBody(message: Message, body: Uint8Array): Message {
  return { ...message, raw: joined(message.raw.subarray(0, message.bodyStart), body) };
}

/** What lists put in front of a Subject: a name in brackets, sometimes behind `Re:`. */
const SUBJECT_TAG = /^([ \t]*(?:re|aw|fwd?):)?[ \t]*\[[^[\]]{1,80}\]/i;

function headerVariants(message: Message): readonly Variant[] {
  const unchanged: Variant = { change: null, message };
  const subject = fieldsNamed(message, 'subject').at(-1);
  const tag = subject && SUBJECT_TAG.exec(signatureValue(message, subject));
  if (!subject || !tag) return [unchanged];
  return [unchanged, { change: 'subject-tag', message: withoutTag(message, subject, tag[1] ?? '', tag[0].length) }];
}

function withoutTag(message: Message, subject: HeaderField, kept: string, length: number): Message {
  const before = message.raw.subarray(0, subject.valueStart + kept.length);
  const after = message.raw.subarray(subject.valueStart + length, message.bodyStart);
  return parseMessage(joined(before, after));
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
