/**
 * One message under way: written, signed, passed on and delivered as mail programs and servers do it, with the zone that answers for
 * it. Everything depends on the seed alone, keys aside.
 */
import { octetsToString, stringToOctets, utf8ToBytes } from '../../../src/bytes/ascii.ts';
import type { TrustSettings } from '../../../src/authres/types.ts';
import { ed25519Key, keyRecord, rsaKey, sealMessage, signMessage, type SigningKey } from '../../dkim/support/signer.ts';
import { DOMAIN_ENDS, DOMAIN_STARTS, FIRST_NAMES, LAST_NAMES, LIST_TOPICS, SENTENCES, SUBJECTS } from './names.ts';
import { Random } from './random.ts';

export interface Domain {
  readonly name: string;
  /** Its mail server. */
  readonly host: string;
  readonly ip: string;
}

export interface Person {
  readonly name: string;
  readonly address: string;
  /** `Name <address>`. */
  readonly mailbox: string;
  readonly domain: Domain;
}

export interface List {
  readonly domain: Domain;
  readonly topic: string;
  readonly address: string;
}

export interface DomainOptions {
  readonly name?: string;
  /** p= of its DMARC record; none is published where absent or null. */
  readonly policy?: 'none' | 'quarantine' | 'reject' | null;
  /** Further tags of that record. */
  readonly tags?: string;
  /** Its SPF record; its own server and no other may send where absent. */
  readonly spf?: string | null;
}

export interface LetterParts {
  readonly from: string;
  readonly to?: string;
  readonly subject?: string;
  readonly body?: string;
  /** Further fields above From. */
  readonly fields?: readonly string[];
  /** Names of the usual fields to leave out. */
  readonly without?: readonly string[];
}

export interface SignOptions {
  readonly selector?: string;
  /** Names in h=; every field worth signing that is there where absent. */
  readonly headers?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly key?: SigningKey;
  /** The key record; none is published where null. */
  readonly record?: string | null;
  readonly canonicalization?: string;
  readonly length?: number;
}

export interface Delivery {
  readonly from: Domain;
  /** Recorded as Return-Path, empty for a null one; nothing is recorded where absent. */
  readonly mailFrom?: string;
  /** What the own server reports; it writes no such field where absent. */
  readonly results?: readonly string[];
  /** The name before the results. */
  readonly authservId?: string;
  /** The results are below the own Received field, as some servers write them. */
  readonly below?: boolean;
  readonly protocol?: string;
  readonly style?: (typeof STYLES)[number];
}

const STYLES = ['postfix', 'exim', 'sendmail'] as const;

/** The reader's own server: the one name that is believed where a kind says nothing else. */
export const OWN_HOST = 'mx.reader.example';
export const READER = 'me@reader.example';

const DAY = 86_400_000;
const SIGNED_FIELDS = [
  'From',
  'Sender',
  'Reply-To',
  'To',
  'Cc',
  'Subject',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
];

export class Draft {
  readonly random: Random;
  readonly zone: Record<string, Record<string, unknown>> = {};
  trust: TrustSettings = { authservIds: [OWN_HOST] };
  readonly sent: Date;
  /** The time to judge by. */
  at: Date;
  /** Octets. */
  #message = '';
  /** How many of them, from the start, the reader's servers wrote. */
  #own = 0;
  #names = 0;

  constructor(seed: string) {
    this.random = new Random(seed);
    this.sent = new Date(Date.UTC(2026, 1, 1) + this.random.int(0, 240 * 24 * 60) * 60_000);
    this.at = new Date(this.sent.getTime() + this.random.int(1, 20) * DAY);
    this.domain({ name: 'reader.example', spf: 'v=spf1 mx -all' });
  }

  get raw(): Uint8Array<ArrayBuffer> {
    return stringToOctets(this.#message);
  }

  /** Octets at the beginning of `raw` that the reader's servers wrote; the rest was handed to it. */
  get ownOctets(): number {
    return this.#own;
  }

  later(days: number): Date {
    return new Date(this.sent.getTime() + days * DAY);
  }

  /** A domain that exists, has a mail server and says what it says. */
  domain({ name, policy = null, tags = '', spf }: DomainOptions = {}): Domain {
    const number = ++this.#names;
    const made = name ?? `${this.random.pick(DOMAIN_STARTS)}${this.random.pick(DOMAIN_ENDS)}${number}.example`;
    const block = this.random.pick(['192.0.2', '198.51.100', '203.0.113']);
    const ip = `${block}.${20 + number * 10 + this.random.int(0, 9)}`;
    const host = `mail.${made}`;
    this.zone[made] = { A: [ip], MX: [`10 ${host}`] };
    if (spf !== null) this.zone[made]['TXT'] = [spf ?? `v=spf1 ip4:${ip} -all`];
    this.zone[host] = { A: [ip] };
    if (policy !== null) this.zone[`_dmarc.${made}`] = { TXT: [`v=DMARC1; p=${policy}${tags}`] };
    return { name: made, host, ip };
  }

  person(domain = this.domain()): Person {
    const [first, last] = [this.random.pick(FIRST_NAMES), this.random.pick(LAST_NAMES)];
    const local = this.random.pick([first, `${first}.${last}`, `${first.charAt(0)}${last}`]).toLowerCase();
    const [name, address] = [`${first} ${last}`, `${local}@${domain.name}`];
    return { name, address, mailbox: `${name} <${address}>`, domain };
  }

  /** A mailbox of a role or a service. */
  role(domain: Domain, local: string, name: string): Person {
    const address = `${local}@${domain.name}`;
    return { name, address, mailbox: `${name} <${address}>`, domain };
  }

  list(options: DomainOptions = {}): List {
    const domain = this.domain(options);
    const topic = this.random.pick(LIST_TOPICS);
    return { domain, topic, address: `${topic}@${domain.name}` };
  }

  write({ from, to = READER, subject, body, fields = [], without = [] }: LetterParts): void {
    const sentence = (): string => this.random.pick(SENTENCES);
    const lines = [
      ...fields,
      `From: ${from}`,
      `To: ${to}`,
      `Subject: ${subject ?? this.random.pick(SUBJECTS)}`,
      `Date: ${dateOf(this.sent)}`,
      `Message-ID: <${this.random.id(16)}@${from.slice(from.lastIndexOf('@') + 1).replace(/[^\w.-].*$/su, '')}>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
    ].filter((line) => !without.includes(line.slice(0, line.indexOf(':'))));
    const text = body ?? `${sentence()}\r\n\r\n${sentence()} ${sentence()}\r\n`;
    this.#message = octets([...lines, '', text].join('\r\n'));
    this.#own = 0;
  }

  /** Lines on top of what is there. */
  put(...lines: readonly string[]): void {
    this.#message = octets(lines.map((line) => `${line}\r\n`).join('')) + this.#message;
  }

  /** Lines of the reader's servers on top of what is there. */
  putOwn(...lines: readonly string[]): void {
    const before = this.#message.length;
    this.put(...lines);
    this.#own += this.#message.length - before;
  }

  /** The message never left the reader's servers: all of it is its own. */
  keepInside(): void {
    this.#own = this.#message.length;
  }

  /** Fields at the end of the header. */
  append(...lines: readonly string[]): void {
    this.edit((message) => message.replace('\r\n\r\n', `\r\n${octets(lines.join('\r\n'))}\r\n\r\n`));
  }

  /** Changes what was handed over so far. */
  edit(change: (message: string) => string): void {
    this.#message = this.#message.slice(0, this.#own) + change(this.#message.slice(this.#own));
  }

  sign(domain: string, options: SignOptions = {}): void {
    const selector = options.selector ?? `s${this.random.int(1, 9)}`;
    const key = options.key ?? commonKey('rsa');
    const name = `${selector}._domainkey.${domain}`;
    const { record = keyRecord(key) } = options;
    if (record !== null) this.zone[name] ??= { TXT: [record] };
    this.#message = signMessage(this.#message, {
      key,
      domain,
      selector,
      headers: options.headers ?? SIGNED_FIELDS.filter((field) => this.#has(field)),
      tags: { t: String(Math.floor(this.sent.getTime() / 1000)), ...options.tags },
      ...(options.canonicalization === undefined ? {} : { canonicalization: options.canonicalization }),
      ...(options.length === undefined ? {} : { length: options.length }),
    });
  }

  /** An ARC set of somebody who passes the message on. */
  seal(domain: string, results: string): void {
    const key = commonKey('rsa');
    this.zone[`arc._domainkey.${domain}`] = { TXT: [keyRecord(key)] };
    const t = String(Math.floor(this.sent.getTime() / 1000));
    const tags = { tags: { t }, sealTags: { t } };
    this.#message = sealMessage(this.#message, {
      key,
      domain,
      selector: 'arc',
      instance: 1,
      cv: 'none',
      results,
      ...tags,
    });
  }

  /** A signature nobody made. */
  forgeSignature(domain: string, selector: string, answer: 'SERVFAIL' | 'TIMEOUT' | readonly string[] | null): void {
    if (answer !== null) this.zone[`${selector}._domainkey.${domain}`] = { TXT: answer };
    const { publicKey } = commonKey('ed25519');
    this.put(
      `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector};`,
      ` h=from:to:subject:date:message-id; bh=${publicKey};`,
      ` b=${this.random.id(60)}${this.random.id(60)}${this.random.id(56)}`,
    );
  }

  /** Somebody else's server on the way. */
  relay(from: Domain, by: string): void {
    this.put(
      `Received: from ${from.host} (${from.host} [${from.ip}])`,
      `\tby ${by} (Postfix) with ESMTPS id ${this.random.id()}; ${dateOf(this.sent)}`,
    );
  }

  /** Handed to the reader's own server. */
  deliver(delivery: Delivery): void {
    const { mailFrom, results, below = false, authservId = OWN_HOST } = delivery;
    const written =
      results === undefined ? [] : [`Authentication-Results: ${[authservId, ...results].join(';\r\n\t')}`];
    const trace = this.#received(delivery);
    this.putOwn(
      ...(mailFrom === undefined ? [] : [`Return-Path: <${mailFrom}>`]),
      ...(below ? [trace, ...written] : [...written, trace]),
    );
  }

  /** What lists do to a text. */
  addFooter(list: List): void {
    this.edit(
      (message) =>
        `${message}_______________________________________________\r\n` +
        `${list.topic} mailing list\r\nhttps://${list.domain.name}/${list.topic}\r\n`,
    );
  }

  addSubjectTag(list: List): void {
    this.edit((message) => message.replace(/^Subject: /m, `Subject: [${list.topic}] `));
  }

  #has(field: string): boolean {
    const header = this.#message.slice(0, this.#message.indexOf('\r\n\r\n') + 2).toLowerCase();
    return `\r\n${header}`.includes(`\r\n${field.toLowerCase()}:`);
  }

  #received({ from, mailFrom, protocol = 'ESMTPS', style = this.random.pick(STYLES) }: Delivery): string {
    const [id, date] = [this.random.id(), dateOf(new Date(this.sent.getTime() + this.random.int(2, 90) * 1000))];
    switch (style) {
      case 'postfix':
        return (
          `Received: from ${from.host} (${from.host} [${from.ip}])\r\n\tby ${OWN_HOST} (Postfix) with ${protocol} id ${id}\r\n` +
          `\tfor <${READER}>; ${date}`
        );
      case 'exim':
        return (
          `Received: from ${from.host} ([${from.ip}])\r\n\tby ${OWN_HOST} with ${protocol.toLowerCase()}\r\n` +
          `\t(Exim 4.97)\r\n\t(envelope-from <${mailFrom ?? ''}>)\r\n\tid 1r${id}; ${date}`
        );
      case 'sendmail':
        return (
          `Received: from ${from.host} (${from.host} [${from.ip}])\r\n\tby ${OWN_HOST} (8.18.1/8.18.1) with ${protocol} id ${id}\r\n` +
          `\t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NOT);\r\n\t${date}`
        );
    }
  }
}

const KEYS = new Map<SigningKey['type'], SigningKey>();

/** One key of each type for all: making them is what takes time. */
export function commonKey(type: SigningKey['type']): SigningKey {
  const key = KEYS.get(type) ?? (type === 'rsa' ? rsaKey(2048) : ed25519Key());
  KEYS.set(type, key);
  return key;
}

export function dateOf(time: Date): string {
  return time.toUTCString().replace('GMT', '+0000');
}

/** What a mail program writes for a name that is not ASCII (RFC 2047). */
export function encodedWord(text: string): string {
  return `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;
}

function octets(text: string): string {
  return octetsToString(utf8ToBytes(text));
}
