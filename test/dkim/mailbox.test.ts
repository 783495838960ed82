/** What a mailbox costs, not one message: keys are asked for and imported once, however many messages they signed. */
import { afterEach, expect, it, vi } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { verifyDkim } from '../../src/dkim/verify.ts';
import { withCache } from '../../src/dns/cache.ts';
import type { Resolver } from '../../src/dns/resolver.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { recordQuestions } from '../support/recording-resolver.ts';
import { NOW } from './support/check.ts';
import { keyRecord, rsaKey, signMessage } from './support/signer.ts';

const DOMAINS = ['orchard.example', 'harbour.example', 'mill.example'];

afterEach(() => void vi.restoreAllMocks());

it.each([1, 8])(
  'asks for each key and imports it once for 60 messages of three domains, %i at a time',
  async (atOnce) => {
    const keys = DOMAINS.map((domain) => ({ domain, key: rsaKey(1024) }));
    const zone = Object.fromEntries(
      keys.map(({ domain, key }) => [`s._domainkey.${domain}`, { TXT: [keyRecord(key)] }]),
    );
    const messages = Array.from({ length: 20 }, (_, number) =>
      keys.map(({ domain, key }) =>
        stringToOctets(
          signMessage(`From: post@${domain}\r\nSubject: Basket ${number}\r\n\r\nApples.\r\n`, { key, domain }),
        ),
      ),
    ).flat();
    const asked = recordQuestions(createZoneResolver(zone));
    const resolver = withCache(asked, { now: () => NOW });
    const importKey = vi.spyOn(crypto.subtle, 'importKey');
    const results: string[] = [];
    for (let at = 0; at < messages.length; at += atOnce) {
      const batch = messages.slice(at, at + atOnce).map((message) => verifyDkim(message, { resolver, now: NOW }));
      results.push(...(await Promise.all(batch)).flat().map(({ result }) => result));
    }
    expect(results).toEqual(Array<string>(messages.length).fill('pass'));
    expect(asked.questions.map(({ name }) => name).sort()).toEqual(Object.keys(zone).sort());
    expect(importKey).toHaveBeenCalledTimes(DOMAINS.length);
  },
);

it.each([
  ['verifies before it hashes a short body', 'Apples.\r\n', ['answer', 'verify', 'digest']],
  ['hashes a long body before the key is there', 'Apples.\r\n'.repeat(40_000), ['digest', 'answer', 'verify']],
])('%s, where the key was used before', async (_, body, expected) => {
  const key = rsaKey(1024);
  const sign = (subject: string): Uint8Array =>
    stringToOctets(
      signMessage(`From: post@mill.example\r\nSubject: ${subject}\r\n\r\n${body}`, { key, domain: 'mill.example' }),
    );
  const zone = createZoneResolver({ 's._domainkey.mill.example': { TXT: [keyRecord(key)] } });
  await verifyDkim(sign('first'), { resolver: zone, now: NOW });

  const answer = vi.fn();
  const steps = { answer, verify: vi.spyOn(crypto.subtle, 'verify'), digest: vi.spyOn(crypto.subtle, 'digest') };
  const resolver: Resolver = {
    async query(...question) {
      const found = await zone.query(...question);
      answer();
      return found;
    },
  };
  const [report] = await verifyDkim(sign('second'), { resolver, now: NOW });
  expect(report?.result).toBe('pass');
  const order = Object.entries(steps).map(([name, { mock }]) => ({ name, at: mock.invocationCallOrder[0] ?? NaN }));
  expect(order.sort((left, right) => left.at - right.at).map(({ name }) => name)).toEqual(expected);
});
