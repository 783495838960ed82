/** How often a check waits for the DNS, with a resolver whose every answer takes one tick of its own clock. */
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../src/bytes/ascii.ts';
import { checkMessage } from '../src/check.ts';
import { withCache } from '../src/dns/cache.ts';
import type { Resolver } from '../src/dns/resolver.ts';
import type { ZoneFile } from '../src/dns/zone-file.ts';
import { createZoneResolver } from '../src/dns/zone.ts';
import type { Report } from '../src/report/types.ts';
import { ed25519Key, keyRecord, signMessage } from './dkim/support/signer.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const key = ed25519Key();
const ZONE: ZoneFile = {
  's._domainkey.shop.example': { TXT: [keyRecord(key)] },
  '_dmarc.shop.example': { TXT: ['v=DMARC1; p=none'] },
  'shop.example': { A: ['192.0.2.80'], TXT: ['v=spf1 ip4:192.0.2.1 -all'] },
};
const TRACE =
  'Return-Path: <a@shop.example>\r\n' +
  'Received: from out.shop.example (out.shop.example [192.0.2.1]) by mx.home.example with ESMTPS; Sun, 22 Nov 2026 07:00:00 +0000\r\n';
const MESSAGE = 'From: Shop <a@shop.example>\r\nSubject: Your order\r\n\r\nIt is on its way.\r\n';
const signed = TRACE + signMessage(MESSAGE, { key, domain: 'shop.example', headers: ['From', 'Subject'] });

/** Answers come in waves: all that is asked while nothing is answered is one. */
function inWaves(inner: Resolver): { readonly resolver: Resolver; readonly waves: () => readonly string[][] } {
  const waves: string[][] = [];
  let wave: Promise<void> | undefined;
  const resolver: Resolver = {
    async query(name, type, options) {
      if (!wave) {
        waves.push([]);
        wave = new Promise((resolve) => setTimeout(resolve, 5)).then(() => void (wave = undefined));
      }
      waves.at(-1)?.push(`${type} ${name}`);
      const answer = inner.query(name, type, options);
      await wave;
      return answer;
    },
  };
  return { resolver, waves: () => waves };
}

async function check(message: string, resolver: Resolver): Promise<Report> {
  return checkMessage(utf8ToBytes(message), { resolver, now: NOW, trust: { authservIds: ['mx.home.example'] } });
}

describe('a check waits', () => {
  it('once for mail its author’s domain signed', async () => {
    const { resolver, waves } = inWaves(createZoneResolver(ZONE));
    const report = await check(signed, resolver);
    expect(report.level).toBe('verified');
    expect(waves()).toEqual([['TXT s._domainkey.shop.example']]);
    expect(report.cost).toMatchObject({ queries: 1, roundTrips: 1 });
  });

  it('twice where practices are wanted as well: they do not wait for SPF', async () => {
    const { resolver, waves } = inWaves(createZoneResolver({ ...ZONE, 's._domainkey.shop.example': { TXT: [] } }));
    const report = await check(signed, resolver);
    expect(waves()).toHaveLength(2);
    expect(waves()[1]).toEqual(expect.arrayContaining(['TXT shop.example', 'TXT _dmarc.shop.example']));
    expect(report.cost.roundTrips).toBe(2);
  });

  it('once for mail without a signature, and asks nothing twice', async () => {
    const { resolver, waves } = inWaves(createZoneResolver(ZONE));
    const report = await check(TRACE + MESSAGE, resolver);
    expect(report.vouchers).toMatchObject([{ method: 'spf', state: 'valid' }]);
    expect(waves()).toHaveLength(1);
    expect(new Set(waves().flat()).size).toBe(waves().flat().length);
  });

  it('never where memory has the answers', async () => {
    const { resolver, waves } = inWaves(createZoneResolver(ZONE));
    const cached = withCache(resolver);
    await check(TRACE + MESSAGE, cached);
    const before = waves().length;
    const report = await check(TRACE + MESSAGE, cached);
    expect(waves()).toHaveLength(before);
    expect(report.cost).toMatchObject({ queries: 0, roundTrips: 0 });
  });
});
