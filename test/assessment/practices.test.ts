/** RFC 5016 §3 in a whole check: an unsigned message is odd under one practice and very wrong under the other, and nothing dictates. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/assessment/assess.ts';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Report } from '../../src/report/types.ts';
import { recordQuestions } from '../support/recording-resolver.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const UNSIGNED = 'From: a@alice.example\r\nSubject: hello\r\n\r\nHello.\r\n';
/** From a host that no record of the author domain permits, as the reader's server wrote it down. */
const ENVELOPE =
  'Return-Path: <x@other.example>\r\n' +
  'Received: from out.other.example (out.other.example [192.0.2.25]) by mx.home.example with ESMTPS id 1;\r\n' +
  '\tSun, 22 Nov 2026 07:59:00 +0000\r\n';
const HOST = { 'alice.example': { A: ['192.0.2.1'] } };
const ADSP = '_adsp._domainkey.alice.example';
const DMARC = '_dmarc.alice.example';

function check(zone: ZoneFile, older?: boolean): Promise<Report> {
  return checkMessage(utf8ToBytes(ENVELOPE + UNSIGNED), {
    resolver: createZoneResolver({ ...HOST, ...zone }),
    now: NOW,
    older,
    trust: { authservIds: ['mx.home.example'] },
  });
}

const decisive = ({ findings, headline }: Report): Finding | undefined => findings.find(({ id }) => id === headline);

describe('RFC 5016 §3 in a whole check', () => {
  it('scenario 1: all mail is signed, nothing is promised about arrival: odd', async () => {
    const report = await check({ [ADSP]: { TXT: ['dkim=all'] } });
    expect(report.level).toBe('caution');
    expect(decisive(report)).toMatchObject({
      id: 'practice-signs-all',
      level: 'caution',
      params: { domain: 'alice.example' },
      evidence: [{ kind: 'dns', name: ADSP, record: 'dkim=all' }],
    });
  });

  it.each<[string, ZoneFile, string]>([
    ['ADSP discardable', { [ADSP]: { TXT: ['dkim=discardable'] } }, 'practice-discardable'],
    ['DMARC reject', { [DMARC]: { TXT: ['v=DMARC1; p=reject'] } }, 'practice-reject'],
  ])('scenario 2: and it should arrive so (%s): very wrong', async (_name, zone, id) => {
    const report = await check(zone);
    expect(report.level).toBe('warning');
    expect(decisive(report)).toMatchObject({ id, level: 'warning' });
  });

  it.each([
    ['nobody is believed', ENVELOPE + UNSIGNED, NOW, []],
    ['the header does not say who sent it', UNSIGNED, NOW, ['mx.home.example']],
    ['it came so long ago that records have changed', ENVELOPE + UNSIGNED, new Date('2026-12-22'), ['mx.home.example']],
  ])('is odd and no more where %s, so that the sending host is not known', async (_why, raw, now, authservIds) => {
    const resolver = createZoneResolver({ ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject'] } });
    const report = await checkMessage(utf8ToBytes(raw), { resolver, now, trust: { authservIds } });
    expect(report).toMatchObject({ level: 'caution', headline: 'policy-unconfirmed' });
  });

  it('neither: unsigned, and no practice is broken', async () => {
    const report = await check({});
    expect(report).toMatchObject({ level: 'unsigned', headline: 'no-signature' });
    expect(report.findings.filter(({ id }) => id.startsWith('practice'))).toEqual([]);
  });

  it('scenario 2 outweighs scenario 1 where both are published', async () => {
    const report = await check({ [ADSP]: { TXT: ['dkim=all'] }, [DMARC]: { TXT: ['v=DMARC1; p=reject'] } });
    expect(report).toMatchObject({ level: 'warning', headline: 'practice-reject' });
    expect(report.findings.map(({ id }) => id)).toContain('practice-signs-all');
  });

  it('a record that cannot be fetched makes it unchecked, never unsigned (§6/1)', async () => {
    const report = await check({ [ADSP]: { TXT: 'SERVFAIL' } });
    expect(report.level).toBe('unchecked');
  });
});

describe('older forms', () => {
  const OLDER: ZoneFile = {
    '_domainkey.alice.example': { TXT: ['o=-'] },
    '_ssp._domainkey.alice.example': { TXT: ['dkim=strict'] },
  };

  it('are not asked for unless the reader wants them', async () => {
    const resolver = recordQuestions(createZoneResolver({ ...HOST, ...OLDER }));
    const report = await checkMessage(utf8ToBytes(UNSIGNED), { resolver, now: NOW });
    expect(resolver.questions.map(({ name }) => name)).not.toContain('_domainkey.alice.example');
    expect(report.practices.statements.map(({ source }) => source)).toEqual(['dmarc', 'adsp']);
  });

  it('are statements and a hint, and move the level nowhere', async () => {
    const report = await check(OLDER, true);
    expect(report.practices.statements.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['domainkeys-all', 'ssp-strict']),
    );
    const hints = report.findings.filter(({ id }) => id === 'older-practice-signs-all');
    expect(hints).toMatchObject([
      { level: 'note', evidence: [{ name: '_domainkey.alice.example', record: 'o=-' }] },
      { level: 'note', evidence: [{ name: '_ssp._domainkey.alice.example', record: 'dkim=strict' }] },
    ]);
    expect(report.level).toBe((await check({})).level);
  });
});
