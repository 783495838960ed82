/** Random additions to a message at places that its sender can reach, and whether they made it look better. */
import { stringToOctets, octetsToString } from '../../../src/bytes/ascii.ts';
import { LEVELS, type Level } from '../../../src/assessment/types.ts';
import type { TrustSettings } from '../../../src/authres/types.ts';
import type { ZoneFile } from '../../../src/dns/zone-file.ts';
import type { BuiltSample } from './corpus.ts';
import { dateOf, OWN_HOST } from './draft.ts';
import { judge, type Verdict } from './judge.ts';
import type { Random } from './random.ts';

/** Lines that somebody adds, and what they arrange in the DNS for them. */
export interface Addition {
  /** Position among the octets of the message as it was. */
  readonly place: number;
  readonly lines: readonly string[];
  readonly zone: ZoneFile;
}

export interface Improvement {
  readonly sample: BuiltSample;
  readonly trust: TrustSettings;
  readonly before: Level;
  readonly after: Level;
  /** As few as do it. */
  readonly additions: readonly Addition[];
  /**
   * They say of mail that nobody confirms that its answer address or its sender is a list's. Old lists that nobody signed for look just
   * like that, so this is by design (docs/judgement.md).
   */
  readonly byDesign: boolean;
}

/** Best first. `unsigned` and `unchecked` may replace each other: neither says that somebody vouches, and neither alarms. */
const RANKS: Readonly<Record<Level, number>> = { ...ranks(LEVELS), unchecked: LEVELS.indexOf('unsigned') };

function ranks(levels: readonly Level[]): Record<Level, number> {
  return Object.fromEntries(levels.map((level, rank) => [level, rank])) as Record<Level, number>;
}

/** Those that could look better than they do, and came from outside. */
export async function improvable(samples: readonly BuiltSample[]): Promise<readonly BuiltSample[]> {
  const kept: BuiltSample[] = [];
  for (const sample of samples.filter(({ raw, ownOctets }) => ownOctets < raw.length)) {
    if ((await verdictBefore(sample, sample.trust)).level !== LEVELS[0]) kept.push(sample);
  }
  return kept;
}

/** One random try; null where nothing looks better for it. */
export async function tryAdditions(sample: BuiltSample, random: Random): Promise<Improvement | null> {
  const trust = randomTrust(sample, random);
  const context = contextOf(sample);
  const additions = Array.from({ length: random.int(1, 3) }, () => randomAddition(context, random));
  const verdict = await verdictBefore(sample, trust);
  const before = verdict.level;
  const improves = async (tried: readonly Addition[]): Promise<Level | null> => {
    const after = await levelAfter(sample, trust, tried);
    return RANKS[after] < RANKS[before] ? after : null;
  };
  let after = await improves(additions);
  if (after === null) return null;
  let fewest: readonly Addition[] = additions;
  for (const addition of additions) {
    const fewer = fewest.filter((kept) => kept !== addition);
    const still = fewer.length > 0 ? await improves(fewer) : null;
    if (still !== null) [fewest, after] = [fewer, still];
  }
  return { sample, trust, before, after, additions: fewest, byDesign: looksLikeList(verdict, after, fewest) };
}

const LIST_LINE = /^(?:list-[a-z]+|mailing-list|x-beenthere|cc):/i;
const LIST_QUESTIONS: ReadonlySet<string> = new Set(['reply-to-differs', 'reply-to-unsigned', 'sender-differs']);

function looksLikeList({ level, findings }: Verdict, after: Level, additions: readonly Addition[]): boolean {
  const alarms = findings.filter((finding) => finding.level === level);
  return (
    level === 'caution' &&
    RANKS[after] >= RANKS.unsigned &&
    alarms.some(({ id }) => LIST_QUESTIONS.has(id)) &&
    additions.some(({ lines }) => LIST_LINE.test(lines[0] ?? ''))
  );
}

const BEFORE = new WeakMap<BuiltSample, Map<string, Promise<Verdict>>>();

function verdictBefore(sample: BuiltSample, trust: TrustSettings): Promise<Verdict> {
  const known = BEFORE.get(sample) ?? new Map<string, Promise<Verdict>>();
  BEFORE.set(sample, known);
  const key = JSON.stringify(trust);
  const verdict = known.get(key) ?? judge({ ...sample, trust });
  known.set(key, verdict);
  return verdict;
}

async function levelAfter(sample: BuiltSample, trust: TrustSettings, additions: readonly Addition[]): Promise<Level> {
  // What the zone says already stays said.
  const arranged = additions.flatMap((addition) => Object.entries(addition.zone));
  const zone: ZoneFile = { ...Object.fromEntries(arranged), ...sample.zone };
  return (await judge({ ...sample, raw: withAdditions(sample.raw, additions), trust, zone })).level;
}

export function withAdditions(raw: Uint8Array, additions: readonly Addition[]): Uint8Array {
  let text = octetsToString(raw);
  for (const { place, lines } of additions.toSorted((left, right) => right.place - left.place)) {
    text = text.slice(0, place) + lines.map((line) => `${line}\r\n`).join('') + text.slice(place);
  }
  return stringToOctets(text);
}

/** Settings that are true of the reader's side, or believe less. */
function randomTrust({ trust, ownOctets }: BuiltSample, random: Random): TrustSettings {
  // Where the reader's servers wrote nothing, believing its name would believe whoever writes it.
  if (ownOctets === 0) return { authservIds: [] };
  return random.pick<TrustSettings>([
    trust,
    trust,
    { authservIds: [] },
    { ...trust, receivingHosts: ['reader.example'] },
    { ...trust, receivingHosts: [OWN_HOST] },
    { ...trust, receivingAddresses: [] },
    { ...trust, forwarders: ['relay.friends.example'] },
  ]);
}

interface Context {
  readonly own: string;
  readonly times: readonly [Date, ...Date[]];
  /** Where fields of the sender begin; the first is where the reader's servers' end. */
  readonly places: readonly [number, ...number[]];
  /** Domains that occur in the message. */
  readonly domains: readonly [string, ...string[]];
  readonly addresses: readonly [string, ...string[]];
  readonly selectors: readonly [string, ...string[]];
  readonly exists: (domain: string) => boolean;
}

const CONTEXTS = new WeakMap<BuiltSample, Context>();

function contextOf(sample: BuiltSample): Context {
  const known = CONTEXTS.get(sample) ?? readContext(sample);
  CONTEXTS.set(sample, known);
  return known;
}

function readContext({ raw, ownOctets, zone, at }: BuiltSample): Context {
  const text = octetsToString(raw);
  const headerEnd = text.indexOf('\r\n\r\n', ownOctets) + 2;
  const starts = [...text.slice(ownOctets, headerEnd).matchAll(/\r\n(?![ \t])/g)].map(
    ({ index }) => ownOctets + index + 2,
  );
  const written = text.slice(ownOctets, headerEnd);
  const addresses = [...written.matchAll(/[\w.+=-]+@[\w-]+(?:\.[\w-]+)+/g)].map(([address]) => address);
  const domains = addresses.map((address) => address.slice(address.lastIndexOf('@') + 1));
  const names = new Set(Object.keys(zone));
  return {
    own: OWN_HOST,
    times: [at, new Date(at.getTime() - 86_400_000), new Date(at.getTime() - 90 * 86_400_000)],
    places: [ownOctets, ...starts],
    domains: ['stranger.example', ...new Set(domains)],
    addresses: ['x@stranger.example', 'y@reader.example', ...new Set(addresses)],
    selectors: [
      'none',
      ...[...names].filter((name) => name.includes('._domainkey.')).map((name) => name.split('.')[0] ?? ''),
    ],
    exists: (domain) => names.has(domain),
  };
}

function randomAddition(context: Context, random: Random): Addition {
  const { lines, zone = {} } = random.pick(GENERATORS)(context, random);
  const isContinuation = /^[ \t]/.test(lines[0] ?? '');
  const place = isContinuation || random.chance(0.3) ? context.places[0] : random.pick(context.places);
  return { place, lines, zone };
}

interface Lines {
  readonly lines: readonly string[];
  readonly zone?: ZoneFile;
}

type Generator = (context: Context, random: Random) => Lines;

/** A domain of the message, one above, below or beside it, or a stranger's. */
function anyDomain({ domains }: Context, random: Random): string {
  const domain = random.pick(domains);
  const shapes = [
    domain,
    domain,
    domain,
    `sub.${domain}`,
    domain.slice(domain.indexOf('.') + 1),
    'stranger.example',
  ] as const;
  const chosen = random.pick(shapes);
  return chosen.includes('.') ? chosen : domain;
}

function anyAddress(context: Context, random: Random): string {
  return random.chance(0.5) ? random.pick(context.addresses) : `a@${anyDomain(context, random)}`;
}

function anyMailbox(context: Context, random: Random): string {
  const address = anyAddress(context, random);
  return random.pick([
    address,
    `<${address}>`,
    `Somebody <${address}>`,
    `"${random.pick(context.addresses)}" <${address}>`,
  ]);
}

function anyResult(context: Context, random: Random): string {
  const [domain, address] = [anyDomain(context, random), anyAddress(context, random)];
  return random.pick([
    `dkim=pass header.d=${domain}`,
    `dkim=pass header.i=@${domain} header.s=${random.pick(context.selectors)}`,
    `spf=pass smtp.mailfrom=${address}`,
    `spf=pass smtp.helo=mail.${domain}`,
    `dmarc=pass header.from=${domain}`,
    'dmarc=pass',
    `dmarc=pass (p=none) d=${domain}`,
    `auth=pass smtp.auth=${address} smtp.mailfrom=${address}`,
    `arc=pass (i=1 dkim=pass dkdomain=${domain})`,
    `dkim=fail header.d=${domain}`,
    `dmarc=fail header.from=${domain}`,
    'iprev=pass policy.iprev=192.0.2.7',
  ]);
}

function anyResults(context: Context, random: Random): string {
  const ids = [
    context.own,
    context.own,
    'reader.example',
    `${context.own}/4F1`,
    'mx.stranger.example',
    'mx.reader.examp1e',
  ] as const;
  const id = random.chance(0.15) ? '' : `${random.pick(ids)}; `;
  const results = Array.from({ length: random.int(1, 3) }, () => anyResult(context, random));
  return id + results.join('; ');
}

function anyReceived(context: Context, random: Random): string {
  const [client, ip] = [
    random.pick([`mail.${anyDomain(context, random)}`, 'localhost', context.own]),
    random.pick(IPS),
  ];
  const by = random.pick([
    context.own,
    context.own,
    'localhost',
    'in.reader.example',
    `mail.${anyDomain(context, random)}`,
  ]);
  const protocol = random.pick(['ESMTPS', 'ESMTPSA', 'ESMTP', 'LMTP', 'local', 'mapi', 'IMAP', 'HTTPS']);
  const from = random.chance(0.15) ? '' : `from ${client} (${client} [${ip}]) `;
  return `${from}by ${by} with ${protocol} id ${random.id(6)}; ${dateOf(random.pick(context.times))}`;
}

const IPS = ['192.0.2.7', '198.51.100.9', '127.0.0.1', '10.0.0.4', '2001:db8::5'] as const;

const HASH = 'nYk0Jx4mB2mQH0Zc4q3k7oM8rP5sT6uV1wX9yZ0aB1c=';

/** A signature that nobody made: its key is missing, another's, or cannot be fetched. */
function anySignature(context: Context, random: Random): Lines {
  const domain = anyDomain(context, random);
  const selector = random.pick([...context.selectors, 'lame', 'lame2']);
  const name = `${selector}._domainkey.${domain}`;
  const answer = random.pick(['SERVFAIL', 'TIMEOUT', null] as const);
  // A name can only fail below one that exists.
  const zone = answer !== null && context.exists(domain) ? { [name]: { TXT: answer } } : {};
  const tags = [
    `v=1; a=${random.pick(['rsa-sha256', 'ed25519-sha256', 'rsa-sha1', 'x-y'])}; c=relaxed/relaxed; d=${domain}; s=${selector};`,
    ` h=${random.pick(['from:to:subject:date', 'from', 'from:from:reply-to:sender', 'subject'])};`,
    ...random.pick([[], [' x=1700000000;'], [' t=1700000000; x=1700000001;'], [' l=0;'], [` i=a@${domain};`]]),
    ...random.pick([[], [` atps=${random.pick(context.domains)}; atpsh=none;`]]),
    ` bh=${HASH}; b=${random.id(60)}${random.id(60)}${random.id(56)}`,
  ];
  return { lines: [`DKIM-Signature: ${tags[0] ?? ''}`, ...tags.slice(1)], zone };
}

function anyChain(context: Context, random: Random): Lines {
  const [domain, i] = [anyDomain(context, random), random.int(1, 3)];
  const b = random.id(60) + random.id(60) + random.id(56);
  const parts = [
    `ARC-Seal: i=${i}; a=rsa-sha256; cv=${i === 1 ? 'none' : 'pass'}; d=${domain}; s=arc; t=1760000000; b=${b}`,
    `ARC-Message-Signature: i=${i}; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=arc; h=from; bh=${HASH}; b=${b}`,
    `ARC-Authentication-Results: i=${i}; ${anyResults(context, random)}`,
  ];
  return { lines: random.chance(0.8) ? parts : [random.pick([parts[0] ?? '', parts[1] ?? '', parts[2] ?? ''])] };
}

function anyList(context: Context, random: Random): string {
  const domain = anyDomain(context, random);
  return random.pick([
    `List-Id: <talk.${domain}>`,
    `List-Post: <mailto:${anyAddress(context, random)}>`,
    `List-Unsubscribe: <mailto:leave@${domain}>`,
    `List-Help: <https://${domain}/help>`,
    `List-Owner: <mailto:owner@${domain}>`,
    `Mailing-list: list talk@${domain}; contact owner@${domain}`,
    'Precedence: list',
    `X-BeenThere: ${anyAddress(context, random)}`,
  ]);
}

function anyContinuation(context: Context, random: Random): string {
  const blank = random.pick([' ', '\t', '  ']);
  const date = dateOf(random.pick(context.times));
  return (
    blank +
    random.pick([
      `; ${date}`,
      `; ${anyResult(context, random)}`,
      anyResult(context, random),
      `with ${random.pick(['IMAP', 'LMTP', 'local', 'ESMTPSA', 'mapi'])}; ${date}`,
      `from localhost ([127.0.0.1]) by ${context.own} with LMTP; ${date}`,
      `(comment) ; ${date}`,
      `for <${random.pick(context.addresses)}>; ${date}`,
      '(unclosed',
      '"unclosed',
      ')',
      `<${random.pick(context.addresses)}>`,
      'word',
    ])
  );
}

const one =
  (line: (context: Context, random: Random) => string): Generator =>
  (context, random) => ({ lines: [line(context, random)] });

const GENERATORS: readonly [Generator, ...Generator[]] = [
  one((context, random) => `Return-Path: <${random.chance(0.2) ? '' : anyAddress(context, random)}>`),
  one((context, random) => `Authentication-Results: ${anyResults(context, random)}`),
  one((context, random) => `Authentication-Results: ${anyResults(context, random)}`),
  one((context, random) => `Received: ${anyReceived(context, random)}`),
  one((context, random) => `Received: ${anyReceived(context, random)}`),
  one((context, random) => {
    const address = anyAddress(context, random);
    const ip = random.pick(IPS);
    return `Received-SPF: pass (${context.own}: domain of ${address}) receiver=${context.own}; client-ip=${ip}; envelope-from=${address}`;
  }),
  anySignature,
  anySignature,
  anySignature,
  anyChain,
  one(anyContinuation),
  one(anyContinuation),
  one(anyList),
  one((context, random) => `Sender: ${anyMailbox(context, random)}`),
  one((context, random) => `Reply-To: ${anyMailbox(context, random)}`),
  one(
    (context, random) =>
      `${random.pick(['Resent-From', 'Resent-Sender', 'Resent-To'])}: ${anyMailbox(context, random)}`,
  ),
  one((context, random) => `Resent-Date: ${dateOf(random.pick(context.times))}`),
  one((_, random) => random.pick(CONTENT)),
  one((context, random) => `${random.pick(['To', 'Cc', 'From', 'Delivered-To'])}: ${anyMailbox(context, random)}`),
  one(
    (context, random) =>
      `${random.pick(['Date', 'Delivery-Date', 'X-Received'])}: ${dateOf(random.pick(context.times))}`,
  ),
  one((context, random) => `${random.pick(OTHER_NAMES)}: ${anyMailbox(context, random)}`),
  one((_, random) => random.pick(OTHERS)),
];

const CONTENT = [
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Type: text/html',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=x',
  'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=x',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: 7bit',
  'Content-Disposition: inline',
] as const;

const OTHER_NAMES = [
  'X-Original-From',
  'X-Original-Sender',
  'Errors-To',
  'Disposition-Notification-To',
  'X-Sender',
  'Mail-Followup-To',
  'X-Envelope-From',
  'X-Authenticated-Sender',
] as const;

const OTHERS = [
  'Subject: Another',
  'Subject: [talk] Another',
  'Message-ID: <1@stranger.example>',
  'In-Reply-To: <1@stranger.example>',
  'References: <1@stranger.example>',
  'Auto-Submitted: auto-replied',
  'X-Failed-Recipients: a@stranger.example',
  'X-MS-Exchange-Organization-AuthAs: Internal',
  'X-MS-Exchange-CrossTenant-AuthAs: Internal',
  'X-Spam-Status: No, score=-5',
  'X-Forwarded-For: me@reader.example',
  'Solicitation: com.example:ADV',
  'No header field at all',
  'X-Any: thing',
] as const;
