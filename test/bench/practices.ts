/**
 * `npx tsx test/bench/practices.ts`: what practices and SPF add to a check whose answers are all in the cache, in microseconds. The same
 * unsigned message is checked with and without them in turn, so that a slow moment of the machine meets both.
 */
import { checkMessage, type CheckContext } from '../../src/check.ts';
import { withCache } from '../../src/dns/cache.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';

const ROUNDS = 3_000;
/** The first ones, in which the engine still compiles. */
const WARM_UP = 300;

const SENDERS = Array.from({ length: 8 }, (_, index) => `_spf${index}.shop.example`);

/** A domain with everything: practices in every form, and an SPF record that uses most of its look-ups. */
const ZONE: ZoneFile = {
  'shop.example': {
    A: ['192.0.2.1'],
    MX: ['10 mx.shop.example'],
    TXT: [`v=spf1 ${SENDERS.map((name) => `include:${name}`).join(' ')} mx -all`],
  },
  'mx.shop.example': { A: ['192.0.2.2'] },
  '_dmarc.shop.example': { TXT: ['v=DMARC1; p=reject; sp=quarantine; rua=mailto:dmarc@shop.example'] },
  '_adsp._domainkey.shop.example': { TXT: ['dkim=all'] },
  ...Object.fromEntries(
    SENDERS.map((name, index) => [
      name,
      { TXT: [`v=spf1 ip4:198.51.${100 + index}.0/24 ip6:2001:db8:${index}::/48 ?all`] },
    ]),
  ),
};

const MESSAGE = new TextEncoder().encode(
  [
    'Return-Path: <orders@shop.example>',
    'Received: from out.shop.example (out.shop.example [203.0.113.7]) by mx.home.example with ESMTP id 1;',
    '\tSun, 22 Nov 2026 07:00:00 +0000',
    'From: The Shop <orders@shop.example>',
    'To: reader@home.example',
    'Subject: Your order',
    'Date: Sun, 22 Nov 2026 06:59:58 +0000',
    'Message-ID: <1@shop.example>',
    '',
    'It is on its way.',
    '',
  ].join('\r\n'),
);

const context: CheckContext = {
  resolver: withCache(createZoneResolver(ZONE)),
  now: new Date('2026-11-22T08:00:00Z'),
  trust: { authservIds: ['mx.home.example'] },
};

const CONTESTANTS: Readonly<Record<string, CheckContext['checks']>> = {
  neither: { practices: false, spf: false },
  practices: { practices: true, spf: false },
  'practices and SPF': { practices: true, spf: true },
};

const times = new Map(Object.keys(CONTESTANTS).map((name): [string, number[]] => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, checks] of Object.entries(CONTESTANTS)) {
    const start = performance.now();
    const { cost } = await checkMessage(MESSAGE, { ...context, checks });
    const spent = performance.now() - start;
    if (round >= WARM_UP) times.get(name)?.push(spent);
    if (round >= WARM_UP && cost.queries > 0) throw new Error('a question was asked although the cache is warm');
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? NaN;
}

const medians = new Map([...times].map(([name, values]) => [name, median(values) * 1000]));
const least = medians.get('neither') ?? NaN;
console.log(`Node ${process.version}; medians of ${ROUNDS - WARM_UP} checks of one unsigned message, cache warm`);
for (const [name, microseconds] of medians) {
  console.log(
    `${name.padEnd(18)} ${microseconds.toFixed(0).padStart(5)} µs, adds ${(microseconds - least).toFixed(0)} µs`,
  );
}
