/** What follows from earlier mail of the author domain: odd at most, and never more than what the domain publishes. */
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage, type CheckContext } from '../../src/check.ts';
import { LIMITS } from '../../src/limits.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Report } from '../../src/report/types.ts';
import { ed25519Key, keyRecord, signMessage } from '../dkim/support/signer.ts';
import { memoryArchive, memoryOf, observation } from '../support/memory.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const key = ed25519Key();
const ZONE: ZoneFile = {
  'shop.example': { A: ['192.0.2.80'] },
  's._domainkey.shop.example': { TXT: [keyRecord(key)] },
  's._domainkey.list.example': { TXT: [keyRecord(key)] },
};
const MESSAGE = 'From: Shop <a@shop.example>\r\nSubject: Your order\r\n\r\nIt is on its way.\r\n';
const sign = (domain: string, message = MESSAGE): string =>
  signMessage(message, { key, domain, headers: ['From', 'Subject'] });
const KNOWN = observation('shop.example');

function check(message: string, context: Partial<CheckContext> = {}, zone: ZoneFile = {}): Promise<Report> {
  return checkMessage(utf8ToBytes(message), {
    resolver: createZoneResolver({ ...ZONE, ...zone }),
    now: NOW,
    observed: memoryOf(KNOWN),
    ...context,
  });
}

const ids = ({ findings }: Report): readonly string[] => findings.map(({ id }) => id);
const trust = { authservIds: ['mx.home.example'] };
const received = (time: string): string =>
  `Received: from out.shop.example ([192.0.2.1]) by mx.home.example with ESMTPS; ${time}\r\n`;

describe('an unsigned message of a domain whose mail was always signed', () => {
  it('is odd even where the domain publishes nothing', async () => {
    const report = await check(MESSAGE);
    expect(report.level).toBe('caution');
    expect(report.headline).toBe('unsigned-unlike-before');
    const { messages, signed } = KNOWN;
    expect(report.headlineParams).toEqual({
      domain: 'shop.example',
      messages: String(messages),
      signed: String(signed),
      since: '2026-01-01',
    });
    expect(report.observed?.messages).toBe(LIMITS.observedMessages);
    expect(report.observed).not.toHaveProperty('counted');
  });

  it('is no better off with a signature that does not verify, or somebody else’s', async () => {
    for (const message of [sign('shop.example').replace('way', 'weigh'), sign('gone.example'), sign('list.example')]) {
      expect((await check(message)).headline).toBe('unsigned-unlike-before');
    }
  });

  it('is no better off with marks of a list, which anybody can write', async () => {
    expect((await check(`List-Id: <walks.list.example>\r\n${MESSAGE}`)).level).toBe('caution');
  });

  it('weighs less than what the domain publishes', async () => {
    const report = await check(MESSAGE, {}, { '_dmarc.shop.example': { TXT: ['v=DMARC1; p=reject'] } });
    expect(report.headline).toBe('policy-unconfirmed');
    expect(ids(report)).toContain('unsigned-unlike-before');
  });

  it('is only noted where the domain says that it may leave mail unsigned (RFC 5617 §4.2.1)', async () => {
    const report = await check(MESSAGE, {}, { '_adsp._domainkey.shop.example': { TXT: ['dkim=unknown'] } });
    expect(report.level).toBe('unsigned');
    expect(ids(report)).toContain('unsigned-unlike-usual');
  });

  it('is only noted where a server of the reader vouches', async () => {
    const vouched = `Authentication-Results: mx.home.example; spf=pass smtp.mailfrom=a@shop.example\r\n${received(
      'Sun, 22 Nov 2026 07:00:00 +0000',
    )}${MESSAGE}`;
    const report = await check(vouched, { trust });
    expect(report.level).toBe('signed');
    expect(ids(report)).toContain('unsigned-unlike-usual');
  });

  it('is nothing odd where it is older than what was observed, on the word of the reader’s own server only', async () => {
    const old = received('Mon, 22 Dec 2025 07:00:00 +0000') + MESSAGE;
    expect((await check(old, { trust })).level).toBe('unsigned');
    expect((await check(old)).level).toBe('caution');
  });

  it('is nothing odd where it was signed with a key that was in use then', async () => {
    const archived = { record: keyRecord(key), firstSeen: KNOWN.since, lastSeen: NOW.toISOString() };
    const archive = memoryArchive({ 'old._domainkey.shop.example': [{ ...archived, dnssec: 'insecure' }] });
    const message = signMessage(MESSAGE, {
      key,
      domain: 'shop.example',
      selector: 'old',
      headers: ['From', 'Subject'],
    });
    expect((await check(message)).headline).toBe('unsigned-unlike-before');
    expect((await check(message, { archive })).headline).toBe('archived-key-signature');
  });

  it('is not judged where signatures were not looked at', async () => {
    expect(ids(await check(MESSAGE, { checks: { dkim: false } }))).not.toContain('unsigned-unlike-before');
  });
});

describe('a signed message', () => {
  it('stays what it is', async () => {
    const report = await check(sign('shop.example'));
    expect(report.level).toBe('verified');
    expect(ids(report)).toEqual(ids(await check(sign('shop.example'), { observed: undefined })));
  });

  it('tells of a signing domain that is new', async () => {
    const observed = memoryOf(observation('shop.example', { signers: [] }));
    const report = await check(sign('shop.example'), { observed });
    expect(report.level).toBe('verified');
    expect(report.findings.find(({ id }) => id === 'new-signing-domain')).toMatchObject({
      level: 'note',
      params: { signer: 'shop.example' },
    });
  });
});

it('an observation of another domain is not looked at', async () => {
  const report = await check(MESSAGE, { observed: memoryOf(observation('other.example')) });
  expect(report.observed).toBeNull();
  expect(report.level).toBe('unsigned');
});
