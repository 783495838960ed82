/**
 * A DKIM signer and ARC sealer for tests: it follows the words of RFC 6376 §3.4 on strings, however slow, and shares nothing with the verifier.
 * Any tag can be overridden, so that wrong signatures can be made as well.
 */
import { createHash, generateKeyPairSync, sign as signBytes, type KeyObject } from 'node:crypto';

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** p= of the key record. */
  readonly publicKey: string;
  readonly type: 'rsa' | 'ed25519';
}

export function rsaKey(bits = 2048, form: 'spki' | 'pkcs1' = 'spki'): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return { privateKey, publicKey: publicKey.export({ type: form, format: 'der' }).toString('base64'), type: 'rsa' };
}

export function ed25519Key(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const bytes = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  return { privateKey, publicKey: bytes.toString('base64'), type: 'ed25519' };
}

export function keyRecord(key: SigningKey, tags = ''): string {
  return `v=DKIM1; k=${key.type}; ${tags}p=${key.publicKey}`;
}

export interface SignOptions {
  readonly key: SigningKey;
  readonly domain?: string;
  readonly selector?: string;
  readonly canonicalization?: string;
  readonly headers?: readonly string[];
  /** Tags to add or override; null leaves one out. */
  readonly tags?: Readonly<Record<string, string | null>>;
  /** Octets of the canonical body to sign. */
  readonly length?: number;
}

/** Puts a DKIM-Signature on top of a message, which is a string of octets with CRLF line ends. */
export function signMessage(message: string, options: SignOptions): string {
  return `${signatureField('DKIM-Signature', message, { ...options, tags: { v: '1', ...options.tags } })}\r\n${message}`;
}

export interface SealOptions extends SignOptions {
  readonly instance: number;
  readonly cv: string;
  /** Tags to add to or override in the ARC-Seal; `tags` are those of the ARC-Message-Signature. */
  readonly sealTags?: Readonly<Record<string, string | null>>;
  /** What the ARC-Authentication-Results say. */
  readonly results?: string;
}

/** Puts an ARC set on top of a message (RFC 8617 §5.1), whatever is there already. */
export function sealMessage(message: string, options: SealOptions): string {
  const { key, domain = 'example.com', selector = 's', instance, cv, results: found = 'dkim=pass' } = options;
  const i = String(instance);
  const results = `ARC-Authentication-Results: i=${i}; ${domain}; ${found}`;
  const signature = signatureField('ARC-Message-Signature', message, { ...options, tags: { i, ...options.tags } });
  const arc = splitFields(message).filter((field) => /^arc-/i.test(field));
  const tags = { i, a: `${key.type}-sha256`, cv, d: domain, s: selector, ...options.sealTags };
  // Older sets stand below newer ones, each with its seal on top: bottom up is the order they are sealed in.
  const seal = signedField('ARC-Seal', tags, [...arc.toReversed(), results, signature], 'relaxed', key);
  return `${seal}\r\n${signature}\r\n${results}\r\n${message}`;
}

function signatureField(name: string, message: string, options: SignOptions): string {
  const { key, domain = 'example.com', selector = 's', canonicalization = 'relaxed/relaxed' } = options;
  const [headerForm = 'simple', bodyForm = 'simple'] = canonicalization.split('/');
  const names = options.headers ?? ['From', 'To', 'Subject', 'Date'];
  const body = canonicalBody(message.slice(message.indexOf('\r\n\r\n') + 4), bodyForm);
  const signed = options.length === undefined ? body : body.slice(0, options.length);
  const tags = {
    a: `${key.type}-sha256`,
    c: canonicalization,
    d: domain,
    s: selector,
    h: names.join(':'),
    bh: createHash('sha256').update(signed, 'latin1').digest('base64'),
    ...(options.length === undefined ? {} : { l: String(options.length) }),
    ...options.tags,
  };
  return signedField(name, tags, selectFields(splitFields(message), names), headerForm, key);
}

/** A field with the given tags and, last, b= over the covered fields and itself. */
function signedField(
  name: string,
  tags: Readonly<Record<string, string | null>>,
  covered: readonly string[],
  headerForm: string,
  key: SigningKey,
): string {
  const list = Object.entries(tags)
    .filter(([, value]) => value !== null)
    .map(([tag, value]) => `${tag}=${value ?? ''}`)
    .join(';\r\n ');
  const unsigned = `${name}: ${list};\r\n b=`;
  const input = covered.map((field) => `${canonicalField(field, headerForm)}\r\n`);
  const data = Buffer.from(input.join('') + canonicalField(unsigned, headerForm), 'latin1');
  const value =
    key.type === 'rsa'
      ? signBytes('sha256', data, key.privateKey)
      : signBytes(null, createHash('sha256').update(data).digest(), key.privateKey);
  return `${unsigned}${value.toString('base64').replace(/(.{70})(?=.)/g, '$1\r\n ')}`;
}

function splitFields(message: string): readonly string[] {
  const header = message.slice(0, message.indexOf('\r\n\r\n') + 2);
  return header.split(/\r\n(?![ \t])/).slice(0, -1);
}

function selectFields(fields: readonly string[], names: readonly string[]): readonly string[] {
  const left = [...fields];
  return names.flatMap((name) => {
    const at = left.findLastIndex(
      (field) => field.slice(0, field.indexOf(':')).trim().toLowerCase() === name.toLowerCase(),
    );
    return at < 0 ? [] : left.splice(at, 1);
  });
}

function canonicalField(field: string, form: string): string {
  if (form === 'simple') return field;
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ');
  return `${field.slice(0, colon).trim().toLowerCase()}:${value.replace(/^ | $/g, '')}`;
}

/** RFC 6376 §3.4.3, §3.4.4, sentence by sentence. */
export function canonicalBody(body: string, form: string): string {
  let text = body.replace(/(?<!\r)\n/g, '\r\n');
  if (form === 'relaxed') {
    text = text
      .split('\r\n')
      .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
      .join('\r\n');
  }
  while (text.endsWith('\r\n')) text = text.slice(0, -2);
  return form === 'relaxed' && text === '' ? '' : `${text}\r\n`;
}
