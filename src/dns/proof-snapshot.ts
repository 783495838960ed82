/** A proof read back from storage. Nothing stored is trusted; what is odd is no proof. */
import { LIMITS } from '../limits.ts';
import { DNSSEC_REASONS, type DnssecProof, type DnssecReason, type ProvedSignature, type ProvedZone } from './proof.ts';

const ANSWERS = ['records', 'no-data', 'nxdomain'] as const;
const MOST_SIGNATURES = LIMITS.dnssecVerifications;

export function readProof(value: unknown): DnssecProof | undefined {
  if (!isObject(value)) return undefined;
  const { name, type, reason, at, zones, signatures, questions } = value;
  const answer = ANSWERS.find((each) => each === value['answer']);
  if (!isText(name) || !isText(type) || answer === undefined) return undefined;
  if (reason !== null && !isReason(reason)) return undefined;
  if (at !== null && !isText(at)) return undefined;
  const readZones = readAll(zones, LIMITS.dnssecProofZones, readZone);
  const readSignatures = readAll(signatures, MOST_SIGNATURES, readSignature);
  if (readZones === undefined || readSignatures === undefined || !isCount(questions)) return undefined;
  const state = reason === null ? 'secure' : DNSSEC_REASONS[reason];
  return { name, type, state, reason, at, zones: readZones, signatures: readSignatures, answer, questions };
}

function readZone(value: unknown): ProvedZone | undefined {
  if (!isObject(value) || !isText(value['zone'])) return undefined;
  const signature = readSignature(value['signature']);
  return signature && { zone: value['zone'], signature };
}

function readSignature(value: unknown): ProvedSignature | undefined {
  if (!isObject(value)) return undefined;
  const { algorithm, keyTag, validFrom, validUntil } = value;
  if (!isCount(algorithm) || !isCount(keyTag) || !isCount(validFrom) || !isCount(validUntil)) return undefined;
  return { algorithm, keyTag, validFrom, validUntil };
}

function readAll<T>(value: unknown, most: number, read: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const whole = value.flatMap((item: unknown) => read(item) ?? []);
  return whole.length === value.length ? whole : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A name or a type, each of its at most 255 octets written with at most four characters. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x20-\x7e]{1,1020}$/.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isReason(value: unknown): value is DnssecReason {
  return typeof value === 'string' && Object.hasOwn(DNSSEC_REASONS, value);
}
