/** What the panel says of every message of the demo mailbox, computed from Reports and the English words. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { checkParsed } from '../../../../extension/judging/checker.ts';
import type { CheckedMessage } from '../../../../extension/judging/checked-message.ts';
import type { ClassCollection } from '../../../../extension/classes/collection.ts';
import type { PanelView } from '../../../../extension/ui/report/view-model.ts';
import { DEFAULT_SETTINGS } from '../../../../extension/settings/settings.ts';
import { utf8ToBytes } from '../../../../src/bytes/ascii.ts';
import { createUnavailableResolver } from '../../../../src/dns/unavailable.ts';
import { createZoneResolver } from '../../../../src/dns/zone.ts';
import type { Resolver } from '../../../../src/dns/resolver.ts';
import { parseMessage } from '../../../../src/message/parse.ts';
import { buildDemo, type Demo } from '../../../fixtures/build/demo.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { viewReport } = await import('../../../../extension/ui/report/view-model.ts');
const { fill } = await import('../../../../extension/ui/words.ts');

const words = JSON.parse(
  readFileSync(new URL('../../../../extension/public/_locales/en/messages.json', import.meta.url), 'utf8'),
) as Record<string, { readonly message: string }>;
const t = (key: string, params: Readonly<Record<string, string>> = {}): string => {
  const entry = words[key];
  if (!entry) throw new Error(`no message for ${key}`);
  return fill(entry.message, params);
};

const NOW = new Date('2026-11-22T08:00:00Z');
let demo: Demo;
beforeAll(async () => {
  demo = await buildDemo(NOW);
});

function check(id: string, resolver: Resolver = createZoneResolver(demo.zone)): Promise<CheckedMessage> {
  const message = demo.messages.find((one) => one.id === id);
  if (!message) throw new Error(`no demo message ${id}`);
  const trust = { account1: { authservIds: demo.trust.authservIds, resultsBelowEntry: 0 } };
  return checkParsed(parseMessage(message.eml), { ...DEFAULT_SETTINGS, trust }, 'account1', resolver, () => NOW);
}
async function view(id: string, resolver?: Resolver): Promise<PanelView> {
  const { report, header, headerCut } = await check(id, resolver);
  return viewReport({ report, header, headerCut, serverNamed: true }, t);
}

describe('the panel', () => {
  it('has words for everything in every message of the demo mailbox', async () => {
    for (const { id } of demo.messages) expect(JSON.stringify(await view(id))).not.toMatch(/\{[a-zA-Z]+\}/);
  });

  it('tells whose signature it is, and how it relates to the author', async () => {
    const { signatures, summary } = await view('list');
    expect(summary.headline).toBe('Confirmed by lists.example, not by quiet.example');
    expect(signatures).toMatchObject([
      { domain: 'lists.example', resultWord: 'valid', relation: 'another domain', reason: '' },
      { domain: 'quiet.example', resultWord: 'not valid', reason: "The text isn't the text that was signed." },
    ]);
  });

  it('shows a practice with its record, where it was asked for, and its DNSSEC state', async () => {
    const { practices } = await view('reject');
    expect(practices[0]?.rows).toEqual(
      expect.arrayContaining([
        { label: 'Record', text: 'v=DMARC1; p=reject; rua=mailto:dmarc@paybank.example' },
        { label: 'Looked up at', text: '_dmarc.paybank.example' },
        { label: 'DNSSEC', text: expect.any(String) as string },
      ]),
    );
  });

  it('tells times in the words of its language, to the minute', async () => {
    const [hop] = (await view('first-party')).path.steps;
    expect(hop?.rows.find(({ label }) => label === 'Time')?.text).toMatch(/^Nov 2[12], 2026, \d+:\d\d\s[AP]M$/);
  });

  it('says of each server result whether it is believed, and why not', async () => {
    expect((await view('server-vouches')).servers).toMatchObject([{ server: 'mx.home.example', trusted: true }]);
    const [forged] = (await view('forged-result')).servers;
    expect(forged).toMatchObject({ trusted: false });
    expect(forged?.standing).toMatch(/^Doesn't count/);
  });

  it('marks the header lines a valid signature covers, and no others', async () => {
    const { header } = await view('first-party');
    const signed = header.filter(({ signedBy }) => signedBy.length > 0).map(({ name }) => name);
    expect(signed).toContain('From');
    expect(signed).not.toContain('Received');
    expect((await view('broken')).header.every(({ signedBy }) => signedBy.length === 0)).toBe(true);
  });

  it('points from a finding to the header line it was read from', async () => {
    const { findings, header } = await view('two-from');
    const fields = findings.find(({ id }) => id === 'several-from-fields')?.evidence.map(({ field }) => field) ?? [];
    expect(fields.map((field) => header[field ?? -1]?.name)).toEqual(['From', 'From']);
  });

  it('offers to try again exactly where something could not be looked up', async () => {
    expect((await view('dns-failed')).summary.next).toBe('retry');
    expect((await view('unsigned')).summary.next).toBeNull();
    expect((await view('first-party', createUnavailableResolver('offline'))).summary).toMatchObject({
      next: 'retry',
      lookWord: 'Not checked',
      headline: "Can't check: you're offline",
    });
  });

  it('remarks where an identity differs from From', async () => {
    const { who } = await view('sender-differs');
    expect(who.find(({ label }) => label === 'Sender')).toMatchObject({ note: 'not the domain in From' });
    expect(who.find(({ label }) => label === 'Signed by')).toMatchObject({ text: 'no one' });
  });
});

describe('classes of mail in the panel', () => {
  const collection: ClassCollection = {
    version: 1,
    classes: [{ keyword: 'net.example', name: 'Example news', note: 'Ann told me' }],
    passKeys: [{ keyword: 'ORG.example:adv', name: 'Ann', createdAt: NOW.toISOString(), revokedAt: null }],
  };
  const solicitationOf = async (id: string, classes?: ClassCollection) => {
    const { report, header, headerCut } = await check(id);
    return viewReport({ report, header, headerCut, serverNamed: true }, t, classes).solicitation;
  };

  it('tell meaning, owner and who signed, and lead to the owner without going there', async () => {
    const [adv, news] = (await solicitationOf('solicitation')).classes;
    expect(adv).toMatchObject({ keyword: 'org.example:ADV', name: 'advertisement' });
    expect(adv?.source).toMatch(/^read from its letters/);
    expect(adv?.definition).toEqual({
      text: 'Open the website of example.org, which defines this class',
      address: 'https://example.org/',
    });
    expect(adv?.rows).toMatchObject([
      { label: 'Defined by', text: 'example.org', note: expect.stringContaining('not the sender') as string },
      { label: 'Declared by the sender', note: expect.stringMatching(/^covered by .*'s signature$/) as string },
    ]);
    expect(news).toMatchObject({ keyword: 'net.example:newsletter', name: '' });
  });

  it('have the reader’s own words first, and the name of the correspondent for a pass key', async () => {
    const [key, news] = (await solicitationOf('solicitation', collection)).classes;
    expect(key).toMatchObject({ name: 'Ann', source: t('panel_class_pass_key'), definition: null });
    expect(news).toMatchObject({ name: 'Example news', source: t('class_source_own'), note: 'Ann told me' });
    const revoked = {
      ...collection,
      passKeys: collection.passKeys.map((one) => ({ ...one, revokedAt: one.createdAt })),
    };
    expect((await solicitationOf('solicitation', revoked)).classes[0]?.source).toBe(t('panel_class_pass_key_revoked'));
  });

  it('stand apart from labels in the Subject, which show the law behind them, and from marks of bulk mail', async () => {
    const raw = utf8ToBytes(
      'From: a@quiet.example\r\nSubject: =?euc-kr?B?KLGksO0p?= boots\r\nPrecedence: bulk\r\nNo-Solicit: 1x\r\n\r\nx\r\n',
    );
    const { report } = await checkParsed(
      parseMessage(raw),
      DEFAULT_SETTINGS,
      null,
      createZoneResolver(demo.zone),
      () => NOW,
    );
    expect(viewReport({ report, header: [], headerCut: false, serverNamed: true }, t).solicitation).toEqual({
      classes: [],
      others: [
        { label: 'Malformed', text: '1x' },
        { label: 'Label in the subject', text: '(광고)', note: 'asked for by Korean law' },
      ],
      bulk: [{ label: 'Sent in bulk (Precedence)', text: 'bulk' }],
    });
  });
});
