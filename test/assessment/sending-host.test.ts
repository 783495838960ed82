/** What SPF rechecked at the reader's side becomes: notes with both results, and forwarding explained (draft-newton-maawg-spf-considerations §3.2). */
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Finding } from '../../src/assessment/assess.ts';
import type { Report } from '../../src/report/types.ts';

const ZONE: ZoneFile = {
  'author.example': { A: ['192.0.2.1'], TXT: ['v=spf1 ip4:192.0.2.1 -all'] },
  'doubtful.example': { A: ['192.0.2.1'], TXT: ['v=spf1 ip4:192.0.2.1 ~all'] },
  'list.example': { A: ['192.0.2.9'], TXT: ['v=spf1 ip4:203.0.113.7 -all'] },
  'silent.example': { TXT: 'SERVFAIL', A: ['192.0.2.1'] },
};

/** As the reader's own server mx.home.example received it from 203.0.113.7. */
async function check(options: {
  readonly from?: string;
  readonly returnPath?: string;
  readonly above?: readonly string[];
  readonly fields?: readonly string[];
}): Promise<Report> {
  const { from = 'author.example', returnPath = `a@${from}`, above = [], fields = [] } = options;
  const lines = [
    `Return-Path: <${returnPath}>`,
    ...above,
    'Received: from out.example (out.example [203.0.113.7]) by mx.home.example with ESMTP id 1;',
    '\tSun, 22 Nov 2026 07:00:00 +0000',
    ...fields,
    `From: a@${from}`,
    'Subject: hello',
    '',
    'Hello.',
    '',
  ];
  return checkMessage(utf8ToBytes(lines.join('\r\n')), {
    resolver: createZoneResolver(ZONE),
    now: new Date('2026-11-22T08:00:00Z'),
    trust: { authservIds: ['mx.home.example'] },
  });
}

const spfFindings = ({ findings }: Report): readonly Finding[] => findings.filter(({ id }) => id.startsWith('spf-'));
const ids = (report: Report): readonly string[] => spfFindings(report).map(({ id }) => id);
const reportedAs = (result: string): string =>
  `Authentication-Results: mx.home.example; spf=${result} smtp.mailfrom=a@author.example`;

describe('a host the domain does not permit', () => {
  it('is a note with domain, address and record, once for envelope and responsible sender', async () => {
    const report = await check({});
    expect(spfFindings(report)).toEqual([
      {
        id: 'spf-fail',
        level: 'note',
        params: { domain: 'author.example', address: '203.0.113.7', result: 'fail' },
        evidence: [{ kind: 'dns', name: 'author.example', type: 'TXT', record: 'v=spf1 ip4:192.0.2.1 -all' }],
      },
    ]);
    expect(report.level).toBe('unsigned');
  });

  it('is told once where the trusted server said so too', async () => {
    expect(ids(await check({ above: [reportedAs('fail')] }))).toEqual(['spf-fail-reported']);
  });

  it.each([
    ['a list', ['List-Id: <talk.list.example>'], 'talk.list.example'],
    ['a resender', ['Resent-From: friend@other.example'], 'friend@other.example'],
  ])('is explained by %s, and still told', async (_name, fields, forwarder) => {
    const findings = spfFindings(await check({ fields }));
    expect(findings.map(({ id }) => id)).toEqual(['spf-fail', 'spf-fail-forwarded']);
    expect(findings[1]).toMatchObject({ level: 'note', params: { domain: 'author.example', forwarder } });
    expect(findings[1]?.evidence.length).toBeGreaterThan(0);
  });

  it('is explained where only a server reported it', async () => {
    const report = await check({ above: [reportedAs('softfail')], fields: ['List-Id: <talk.list.example>'] });
    expect(ids(report)).toContain('spf-fail-forwarded');
  });

  it('concerns the author where a list sends in its own name', async () => {
    const fields = ['List-Id: <talk.list.example>'];
    const report = await check({ returnPath: 'bounces@list.example', fields });
    expect(spfFindings(report)).toMatchObject([
      { id: 'spf-fail', params: { domain: 'author.example' } },
      { id: 'spf-fail-forwarded', params: { domain: 'author.example' } },
    ]);
  });

  it('is not explained by marks of the own side', async () => {
    expect(ids(await check({ above: ['List-Id: <inside.home.example>'] }))).toEqual(['spf-fail']);
  });

  it('says nothing of hosts that are permitted, or where nobody could say', async () => {
    expect(ids(await check({ from: 'list.example' }))).toEqual([]);
    expect(ids(await check({ from: 'silent.example' }))).toEqual([]);
  });
});

describe('a difference between the recheck and a trusted server', () => {
  it('is a note with both results', async () => {
    const findings = spfFindings(await check({ above: [reportedAs('pass')] }));
    expect(findings.find(({ id }) => id === 'spf-differs')).toMatchObject({
      level: 'note',
      params: { server: 'mx.home.example', domain: 'author.example', reported: 'pass', result: 'fail' },
      evidence: [{ kind: 'field' }, { kind: 'dns', name: 'author.example' }],
    });
  });

  it('is read from Received-SPF as well', async () => {
    const field =
      'Received-SPF: pass (ok) receiver=mx.home.example; identity=mailfrom; envelope-from="a@author.example"';
    expect(ids(await check({ above: [field] }))).toContain('spf-differs');
  });

  it('is none between hardfail and fail, nor where either could not find out', async () => {
    expect(ids(await check({ above: [reportedAs('hardfail')] }))).toEqual(['spf-fail-reported']);
    expect(ids(await check({ above: [reportedAs('temperror')] }))).not.toContain('spf-differs');
    const silent = 'Authentication-Results: mx.home.example; spf=pass smtp.mailfrom=a@silent.example';
    expect(ids(await check({ from: 'silent.example', above: [silent] }))).not.toContain('spf-differs');
  });

  it('is not looked for in what anyone could have written', async () => {
    expect(ids(await check({ fields: [reportedAs('pass')] }))).toEqual(['spf-fail']);
    const other = 'Authentication-Results: mx.other.example; spf=pass smtp.mailfrom=a@author.example';
    expect(ids(await check({ above: [other] }))).toEqual(['spf-fail']);
  });

  it('compares results for the same name only', async () => {
    const helo = 'Authentication-Results: mx.home.example; spf=pass smtp.helo=out.example';
    const differing = spfFindings(await check({ above: [helo] })).filter(({ id }) => id === 'spf-differs');
    expect(differing.map(({ params }) => params)).toEqual([
      { server: 'mx.home.example', domain: 'out.example', reported: 'pass', result: 'none' },
    ]);
  });
});
