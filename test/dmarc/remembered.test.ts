/** A policy seen before is gone by while its domain does not answer, and never makes a message look better. */
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import type { Resolver } from '../../src/dns/resolver.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Report } from '../../src/report/types.ts';
import { ed25519Key, keyRecord, signMessage } from '../dkim/support/signer.ts';
import { memoryArchive, type MemoryArchive } from '../support/memory.ts';

const DAY = new Date('2026-11-22T08:00:00Z');
const LATER = new Date('2026-11-25T08:00:00Z');
const MESSAGE =
  'Received: from out.bank.example ([192.0.2.1]) by mx.home.example with ESMTPS; Sun, 22 Nov 2026 07:00:00 +0000\r\n' +
  'From: Bank <a@mail.bank.example>\r\nSubject: Your account\r\n\r\nCall us.\r\n';
const POLICY = 'v=DMARC1; p=reject';
const HOST: ZoneFile = { 'mail.bank.example': { A: ['192.0.2.80'] }, 'bank.example': { A: ['192.0.2.80'] } };
const ANSWERS: ZoneFile = { ...HOST, '_dmarc.bank.example': { TXT: [POLICY] } };
const FAILS: ZoneFile = {
  ...HOST,
  '_dmarc.mail.bank.example': { TXT: 'SERVFAIL' },
  '_dmarc.bank.example': { TXT: 'SERVFAIL' },
};

function check(
  zone: ZoneFile | Resolver,
  archive: MemoryArchive | undefined,
  now = LATER,
  message = MESSAGE,
): Promise<Report> {
  const trust = { authservIds: ['mx.home.example'] };
  const resolver = isResolver(zone) ? zone : createZoneResolver(zone);
  return checkMessage(utf8ToBytes(message), { resolver, now, trust, archive });
}

const isResolver = (zone: ZoneFile | Resolver): zone is Resolver => typeof zone['query'] === 'function';

const ids = ({ findings }: Report): readonly string[] => findings.map(({ id }) => id);

describe('a policy seen before', () => {
  it('is remembered where it was found, and used when the domain does not answer', async () => {
    const archive = memoryArchive();
    const before = await check(ANSWERS, archive, DAY);
    expect(archive.keys.get('_dmarc.bank.example')).toMatchObject([{ record: POLICY, lastSeen: DAY.toISOString() }]);
    const report = await check(FAILS, archive);
    expect(report.level).toBe(before.level);
    expect(ids(report)).toContain('policy-remembered');
    expect(report.dmarc).toMatchObject({
      result: 'temperror',
      policy: 'reject',
      recordName: '_dmarc.bank.example',
      rememberedFrom: DAY.toISOString(),
    });
    expect((await check(FAILS, undefined)).level).toBe('unchecked');
  });

  it('is forgotten once the domain says that there is none', async () => {
    const archive = memoryArchive();
    await check(ANSWERS, archive, DAY);
    await check(HOST, archive, new Date('2026-11-23T08:00:00Z'));
    expect((await check(FAILS, archive)).level).toBe('unchecked');
  });

  it('is not held against mail while nothing answers at all', async () => {
    const archive = memoryArchive();
    await check(ANSWERS, archive, DAY);
    const silent: Resolver = {
      query: (name, type) =>
        Promise.resolve({ name, type, cached: false, kind: 'failure', failure: 'timeout', detail: '' }),
    };
    const report = await check(silent, archive);
    expect(ids(report)).not.toContain('policy-remembered');
    expect(report.level).toBe('unchecked');
  });

  it('makes nobody’s signature the author’s', async () => {
    const key = ed25519Key();
    const sibling: ZoneFile = { 's._domainkey.news.bank.example': { TXT: [keyRecord(key)] } };
    const signed = signMessage(MESSAGE, { key, domain: 'news.bank.example', headers: ['From', 'Subject'] });
    const archive = memoryArchive();
    expect((await check({ ...ANSWERS, ...sibling }, archive, DAY, signed)).level).toBe('verified');
    expect((await check({ ...FAILS, ...sibling }, archive, LATER, signed)).level).not.toBe('verified');
  });
});
