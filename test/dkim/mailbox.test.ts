/** What a mailbox costs, not one message: keys are asked for and imported once, however many messages they signed. */
import { afterEach, expect, it, vi } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { verifyDkim } from '../../src/dkim/verify.ts';
import { withCache } from '../../src/dns/cache.ts';
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
