/** What the panel says of practices and of the sending host: every statement with its record, place, time, TTL and DNSSEC state. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { utf8ToBytes } from '../../../../src/bytes/ascii.ts';
import { checkMessage } from '../../../../src/check.ts';
import type { ZoneFile } from '../../../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../../../src/dns/zone.ts';
import type { Report } from '../../../../src/report/types.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { viewReport } = await import('../../../../extension/ui/report/view-model.ts');
const { practiceRows } = await import('../../../../extension/ui/report/practices.ts');
const { viewSendingHost } = await import('../../../../extension/ui/report/sending-host.ts');
const { readRequest } = await import('../../../../extension/ui/domain-request.ts');
const { fill, timeText } = await import('../../../../extension/ui/words.ts');

const folder = new URL('../../../../extension/public/_locales/', import.meta.url);

function translator(locale: string): (key: string, params?: Readonly<Record<string, string>>) => string {
  const text = readFileSync(new URL(`${locale}/messages.json`, folder), 'utf8');
  const catalogue = new Map(Object.entries(JSON.parse(text) as Record<string, { readonly message: string }>));
  return (key, params = {}) => {
    const entry = catalogue.get(key);
    if (!entry) throw new Error(`no message for ${key} in ${locale}`);
    return fill(entry.message, params);
  };
}

const LOCALES = readdirSync(folder);
const t = translator('en');
const NOW = new Date('2026-11-22T08:00:00Z');

const ZONE: ZoneFile = {
  'news.shop.example': { A: ['192.0.2.1'], TXT: ['v=spf1 include:_spf.shop.example -all'] },
  '_spf.shop.example': { TXT: ['v=spf1 ip4:192.0.2.0/24 -all'] },
  '_dmarc.shop.example': { TXT: ['v=DMARC1; p=reject; t=y; rua=mailto:a@shop.example'], _secure: true },
  '_adsp._domainkey.news.shop.example': { TXT: ['dkim=all'] },
  'broken.example': { A: ['192.0.2.1'], TXT: ['v=spf1 ip4:300.1 -all'] },
  'silent.example': { A: ['192.0.2.1'], TXT: 'SERVFAIL' },
};

function check(domain = 'news.shop.example', trusted = true): Promise<Report> {
  const lines = [
    `Return-Path: <bounce@${domain}>`,
    'Received: from out.example (out.example [203.0.113.7]) by mx.home.example with ESMTP id 1;',
    '\tSun, 22 Nov 2026 07:00:00 +0000',
    `From: Offers <offers@${domain}>`,
    'DKIM-Signature: v=1; a=rsa-sha256; d=news.shop.example; s=gone; h=from; bh=AA==; b=AA==',
    '',
    'Hello.',
    '',
  ];
  return checkMessage(utf8ToBytes(lines.join('\r\n')), {
    resolver: createZoneResolver(ZONE),
    now: NOW,
    trust: { authservIds: trusted ? ['mx.home.example'] : [] },
  });
}

const rowsOf = (rows: readonly { readonly label: string; readonly text: string }[]): ReadonlyMap<string, string> =>
  new Map(rows.map(({ label, text }) => [label, text]));

describe('what the author’s domain says', () => {
  it('tells of DMARC what it makes of the message, whose record applies, and for which organization', async () => {
    const [dmarc] = practiceRows(await check(), t);
    expect(dmarc?.text).toBe("news.shop.example asks receivers to treat mail it doesn't confirm as suspicious.");
    expect(Object.fromEntries(rowsOf(dmarc?.rows ?? []))).toEqual({
      'This message': "The domain doesn't confirm it.",
      Policy: 'reject',
      'Record from': 'its organization',
      Organization: 'shop.example',
      Record: 'v=DMARC1; p=reject; t=y; rua=mailto:a@shop.example',
      'Looked up at': '_dmarc.shop.example',
      'Looked up on': timeText(t, '2026-11-22T08:00:00.000Z'),
      'Valid for': '5 minutes',
      DNSSEC: 'not validated',
    });
    expect(dmarc?.rows.map(({ note }) => note)).toContain('marked as testing, so it applies as quarantine');
  });

  it('tells of ADSP what it makes of the message, and why', async () => {
    const adsp = practiceRows(await check(), t).find(({ text }) => text.includes('signs all its mail'));
    expect(adsp?.rows[0]).toEqual({
      label: 'This message',
      text: "The domain says it signs all its mail, and this isn't validly signed.",
      note: "The domain says it signs all its mail, and this isn't validly signed.",
    });
    expect([...rowsOf(adsp?.rows ?? []).keys()]).toEqual([
      'This message',
      'Record',
      'Looked up at',
      'Looked up on',
      'Valid for',
      'DNSSEC',
    ]);
  });

  it('leads to the profiler with the domain and the selectors it signed with', async () => {
    const { profiler } = viewReport({ report: await check(), header: [], headerCut: false, serverNamed: true }, t);
    expect(readRequest(profiler?.search ?? '')).toEqual({ domain: 'news.shop.example', selectors: ['gone'] });
    expect(profiler?.text).toBe('What news.shop.example publishes');
  });
});

describe('the sending host', () => {
  it('is told with result, reason, the term that decided, record, look-ups, time, TTL and DNSSEC state', async () => {
    const { checks, notChecked } = viewSendingHost(await check(), t);
    expect(notChecked).toBe('');
    const mfrom = checks.find(({ identity }) => identity === 'Return address (SPF)');
    expect(mfrom).toMatchObject({
      result: 'fail',
      text: "news.shop.example doesn't allow 203.0.113.7 to send its mail.",
      reason: "The domain doesn't allow this server to send its mail.",
    });
    expect(Object.fromEntries(rowsOf(mfrom?.rows ?? []))).toEqual({
      'Sent from': '203.0.113.7',
      'Deciding term': '-all',
      Lookups: '1 of 10; 0 of 2 without an answer',
      Record: 'v=spf1 include:_spf.shop.example -all',
      'Looked up at': 'news.shop.example',
      'Looked up on': timeText(t, '2026-11-22T08:00:00.000Z'),
      'Valid for': '5 minutes',
      DNSSEC: 'not validated',
    });
  });

  it('points at the place of a fault in the record', async () => {
    const [mfrom] = viewSendingHost(await check('broken.example'), t).checks;
    expect(mfrom?.rows).toContainEqual({
      label: 'Where the problem is',
      text: 'ip4:300.1',
      note: 'broken.example, byte 11, not a valid address',
    });
  });

  it('says that nobody could say where the DNS failed, never that nothing is published', async () => {
    const [mfrom] = viewSendingHost(await check('silent.example'), t).checks;
    expect(mfrom?.text).toMatch(/^Couldn't check/);
  });

  it('says why SPF could not be rechecked', async () => {
    const { notChecked, checks } = viewSendingHost(await check('news.shop.example', false), t);
    expect(notChecked).toMatch(/^Couldn't be checked/);
    expect(checks).toEqual([]);
  });
});

it.each(LOCALES)('has words for all of it in %s', async (locale) => {
  const words = translator(locale);
  for (const domain of ['news.shop.example', 'broken.example', 'silent.example', 'nowhere.example']) {
    const report = await check(domain);
    expect(JSON.stringify([practiceRows(report, words), viewSendingHost(report, words)])).not.toMatch(/\{[a-zA-Z]+\}/);
  }
});
