/** What follows from a key this machine saw before: less than from one in DNS, and only for mail that came in its time. */
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage, type CheckContext } from '../../src/check.ts';
import { LIMITS } from '../../src/limits.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Report } from '../../src/report/types.ts';
import { ed25519Key, keyRecord, signMessage } from '../dkim/support/signer.ts';
import { memoryArchive } from '../support/memory.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const LAST_SEEN = new Date('2026-03-01T00:00:00Z');
const NAME = 's._domainkey.shop.example';
const key = ed25519Key();

const MESSAGE = 'From: Shop <a@shop.example>\r\nSubject: Your order\r\n\r\nIt is on its way.\r\n';
const signed = signMessage(MESSAGE, { key, domain: 'shop.example', headers: ['From', 'Subject'] });

/** What the reader's own server writes on top. */
const receivedAt = (time: Date): string =>
  `Received: from out.shop.example ([192.0.2.1]) by mx.home.example with ESMTPS; ${time.toUTCString().replace('GMT', '+0000')}\r\n`;
const after = (days: number): Date => new Date(LAST_SEEN.getTime() + days * 86_400_000);
const inTime = receivedAt(after(-10));

function check(message: string, zone: ZoneFile = {}, context: Partial<CheckContext> = {}): Promise<Report> {
  const archived = {
    record: keyRecord(key),
    firstSeen: '2026-01-01T00:00:00.000Z',
    lastSeen: LAST_SEEN.toISOString(),
    dnssec: 'insecure' as const,
  };
  return checkMessage(utf8ToBytes(message), {
    resolver: createZoneResolver({ 'shop.example': { A: ['192.0.2.80'] }, ...zone }),
    now: NOW,
    trust: { authservIds: ['mx.home.example'] },
    archive: memoryArchive({ [NAME]: [archived] }),
    ...context,
  });
}

const ids = ({ findings }: Report): readonly string[] => findings.map(({ id }) => id);

describe('a signature that verifies with an archived key', () => {
  it('vouches, though less than one with a key in DNS, for a message received in its time', async () => {
    const report = await check(inTime + signed);
    expect(report.level).toBe('signed');
    expect(report.headline).toBe('archived-key-signature');
    expect(report.headlineParams).toEqual({ domain: 'shop.example', lastSeen: '2026-03-01' });
    expect(ids(report)).not.toContain('signature-broken');
  });

  it.each([
    ['the last day it counts', after(LIMITS.archivedKeyGraceDays), 'signed'],
    ['a day later', after(LIMITS.archivedKeyGraceDays + 1), 'unsigned'],
  ])('counts by the time of receipt: %s', async (_, time, level) => {
    expect((await check(receivedAt(time) + signed)).level).toBe(level);
  });

  it('does not count where only the sender says when the message came', async () => {
    const report = await check(inTime + signed, {}, { trust: undefined });
    expect(report.level).toBe('unsigned');
    expect(ids(report)).toContain('archived-key-too-late');
  });

  it('counts without any server where the key was seen a short while ago', async () => {
    const report = await check(signed, {}, { trust: undefined, now: after(1) });
    expect(report.headline).toBe('archived-key-signature');
  });

  it('does not count where the key was revoked (RFC 6376 §3.6.1)', async () => {
    const report = await check(inTime + signed, { [NAME]: { TXT: ['v=DKIM1; p='] } });
    expect(report.level).toBe('unsigned');
    expect(ids(report)).toEqual(expect.arrayContaining(['signature-broken', 'archived-key-revoked', 'key-revoked']));
  });

  it('withholds what the domain says of unsigned mail, since this was signed', async () => {
    const reject = { '_dmarc.shop.example': { TXT: ['v=DMARC1; p=reject'] } };
    expect((await check(inTime + signed, reject)).headline).toBe('archived-key-signature');
    expect((await check(inTime + signed, reject, { archive: memoryArchive() })).headline).toBe('policy-unconfirmed');
    expect((await check(signed, reject)).headline).toBe('policy-unconfirmed');
  });

  it('covers no more than any other: what it leaves open is told', async () => {
    const added = `${inTime}Subject: Pay here\r\n${signed}`;
    expect(ids(await check(added))).toContain('field-added-above-signed');
    const tail = signMessage(MESSAGE, { key, domain: 'shop.example', length: 4 });
    expect(ids(await check(inTime + tail))).toContain('unsigned-tail');
    const bare = signMessage(MESSAGE, { key, domain: 'shop.example', headers: ['From'] });
    expect(ids(await check(inTime + bare))).toContain('subject-unsigned');
  });

  it('tells a changed key with both dates', async () => {
    const report = await check(inTime + signed, { [NAME]: { TXT: [keyRecord(ed25519Key())] } });
    expect(report.level).toBe('signed');
    expect(report.findings.find(({ id }) => id === 'key-changed')).toMatchObject({
      level: 'note',
      params: { selector: 's', lastSeen: '2026-03-01', successorSince: '2026-11-22' },
    });
  });

  it('is no alteration after receipt where the own server saw it pass', async () => {
    const vouched = `Authentication-Results: mx.home.example; dkim=pass header.d=shop.example\r\n${inTime}${signed}`;
    const report = await check(vouched, { [NAME]: { TXT: [keyRecord(ed25519Key())] } });
    expect(ids(report)).not.toContain('altered-after-receipt');
    expect(report.headline).toBe('archived-key-signature');
    expect(report.vouchers.map(({ source, state }) => `${source} ${state}`)).toEqual([
      'here valid-at-receipt',
      'server valid-at-receipt',
    ]);
  });
});

describe('an archive', () => {
  it.each([
    ['an unsigned message', MESSAGE],
    ['an altered body', signed.replace('way', 'weigh')],
    ['an altered header', signed.replace('Your order', 'Your debt')],
    ['a signature of somebody else', signMessage(MESSAGE, { key: ed25519Key(), domain: 'shop.example' })],
  ])('changes nothing for %s', async (_, message) => {
    const report = await check(inTime + message);
    const without = await check(inTime + message, {}, { archive: undefined });
    expect(report.level).toBe(without.level);
    expect(ids(report)).toEqual(ids(without));
  });
});
