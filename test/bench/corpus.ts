/** The messages the benchmark runs on: made here from a fixed seed, so that every run measures the same bytes. */
import { ed25519Key, keyRecord, rsaKey, signMessage, type SigningKey } from '../dkim/support/signer.ts';

export interface Sample {
  readonly name: string;
  readonly messages: readonly Uint8Array<ArrayBuffer>[];
  /** TXT records by name. */
  readonly records: Readonly<Record<string, string>>;
  /** The key of the topmost signature, for the floor. */
  readonly key: SigningKey;
}

const WORDS =
  'the a of to and in that it is was for on with as be by at this have from or one had not but what all were when we there can an your which their said if do will each about how up out them then she many some so these would other into has more her two like him see time could no make than first been its who now people my made over did down only way find use may water long little very after'.split(
    ' ',
  );

/** A small generator of repeatable numbers (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Prose as it is written: lines of up to 76, now and then two spaces, a blank at the end of a line (format=flowed), a tab. */
function prose(size: number, random: () => number): string {
  const lines: string[] = [];
  for (let length = 0; length < size;) {
    let line = '';
    while (line.length < 66) {
      const word = WORDS[Math.floor(random() * WORDS.length)] ?? '';
      line += random() < 0.02 ? `${word}.  ` : random() < 0.005 ? `${word}\t` : `${word} `;
    }
    if (random() < 0.5) line = line.trimEnd();
    lines.push(line, '\r\n');
    length += line.length + 2;
  }
  return lines.join('');
}

/** An attachment: base64 in lines of 76. */
function attachment(size: number, random: () => number): string {
  const bytes = Buffer.alloc(Math.ceil(size * 0.73));
  for (let at = 0; at < bytes.length; at++) bytes[at] = random() * 256;
  return `${bytes.toString('base64').replace(/(.{76})/g, '$1\r\n')}\r\n`;
}

function header(domain: string, random: () => number): string {
  const id = Math.floor(random() * 1e12).toString(36);
  return [
    `Return-Path: <bounce-${id}@${domain}>`,
    `Received: from mail.${domain} (mail.${domain} [192.0.2.7])`,
    `\tby mx.example.net (Postfix) with ESMTPS id ${id}`,
    '\tfor <reader@example.net>; Mon,  1 Jun 2026 09:12:44 +0000 (UTC)',
    `Received: from app.${domain} ([198.51.100.3]) by mail.${domain} with ESMTP; Mon, 1 Jun 2026 09:12:41 +0000`,
    `From: "News of the day" <news@${domain}>`,
    'To: Reader <reader@example.net>',
    `Reply-To: news@${domain}`,
    'Subject: =?utf-8?Q?What_happened_this_week_in_the_world_of_mail?=',
    'Date: Mon, 1 Jun 2026 09:12:40 +0000',
    `Message-ID: <${id}@${domain}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    `List-Unsubscribe: <https://${domain}/u/${id}>`,
    'X-Mailer: Bench',
    '',
    '',
  ].join('\r\n');
}

const SIGNED = ['From', 'To', 'Reply-To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type'];

function bytesOf(message: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(message, 'latin1'));
}

interface Recipe {
  readonly name: string;
  readonly body: string;
  readonly key: SigningKey;
  readonly canonicalization?: string;
  readonly signatures?: number;
}

function sample({ name, body, key, canonicalization = 'relaxed/relaxed', signatures = 1 }: Recipe): Sample {
  const domains = Array.from({ length: signatures }, (_, at) => (at === 0 ? 'example.com' : `signer${at}.example`));
  const unsigned = header('example.com', numbers(1)) + body;
  const message = domains.reduceRight(
    (text, domain) => signMessage(text, { key, domain, canonicalization, headers: SIGNED }),
    unsigned,
  );
  const records = Object.fromEntries(domains.map((domain) => [`s._domainkey.${domain}`, keyRecord(key)]));
  return { name, messages: [bytesOf(message)], records, key };
}

/** Many messages from few domains, as an inbox has them. */
function inbox(count: number, domains: number, key: SigningKey): Sample {
  const random = numbers(2);
  const messages = Array.from({ length: count }, (_, at) => {
    const domain = `sender${at % domains}.example`;
    const size = 1500 + Math.floor(random() ** 3 * 60_000);
    const text = header(domain, random) + prose(size, random);
    return bytesOf(signMessage(text, { key, domain, headers: SIGNED }));
  });
  const names = Array.from({ length: domains }, (_, at) => `s._domainkey.sender${at}.example`);
  return {
    name: `inbox of ${count}`,
    messages,
    records: Object.fromEntries(names.map((name) => [name, keyRecord(key)])),
    key,
  };
}

export const MEGABYTE = 1 << 20;

/** @param large bytes of the large messages */
export function makeCorpus(large = 20 * MEGABYTE): readonly Sample[] {
  const rsa = rsaKey(2048);
  const ed25519 = ed25519Key();
  const text = (size: number): string => prose(size, numbers(3));
  const file = attachment(large, numbers(4));
  const longText = text(large);
  const size = `${large / MEGABYTE} MB`;
  return [
    sample({ name: '2 kB', body: text(1000), key: rsa }),
    sample({ name: '2 kB simple', body: text(1000), key: rsa, canonicalization: 'simple/simple' }),
    sample({ name: '2 kB ed25519', body: text(1000), key: ed25519 }),
    sample({ name: '2 kB, 3 signatures', body: text(1000), key: rsa, signatures: 3 }),
    sample({ name: '20 kB', body: text(19_000), key: rsa }),
    sample({ name: '20 kB, 3 signatures', body: text(19_000), key: rsa, signatures: 3 }),
    sample({ name: '200 kB', body: text(199_000), key: rsa }),
    sample({ name: `${size} base64`, body: file, key: rsa }),
    sample({ name: `${size} base64 simple`, body: file, key: rsa, canonicalization: 'simple/simple' }),
    sample({ name: `${size} base64, 3 signatures`, body: file, key: rsa, signatures: 3 }),
    sample({ name: `${size} prose`, body: longText, key: rsa }),
    sample({ name: `${size} prose simple`, body: longText, key: rsa, canonicalization: 'simple/simple' }),
    inbox(1000, 40, rsa),
  ];
}
