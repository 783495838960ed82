/** The four facts, the headline and the lines: what a reader sees first of every message. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { FactView } from '../../../../extension/ui/report/facts.ts';
import type { SummaryView } from '../../../../extension/ui/report/summary-view.ts';
import { checkParsed } from '../../../../extension/judging/checker.ts';
import { DEFAULT_SETTINGS } from '../../../../extension/settings/settings.ts';
import type { Resolver } from '../../../../src/dns/resolver.ts';
import { createUnavailableResolver } from '../../../../src/dns/unavailable.ts';
import { createZoneResolver } from '../../../../src/dns/zone.ts';
import { parseMessage } from '../../../../src/message/parse.ts';
import type { Report } from '../../../../src/report/types.ts';
import { readCatalogue, wordsOf } from '../../../e2e/support/catalogue.ts';
import { buildDemo, type Demo } from '../../../fixtures/build/demo.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { viewSummary, viewPending } = await import('../../../../extension/ui/report/summary-view.ts');
const { markOddLetters, scriptOf } = await import('../../../../extension/ui/report/odd-letters.ts');

const t = wordsOf(readCatalogue('en'));
const NOW = new Date('2026-11-22T08:00:00Z');
let demo: Demo;
beforeAll(async () => {
  demo = await buildDemo(NOW);
});

async function reportOf(id: string, resolver: Resolver = createZoneResolver(demo.zone)): Promise<Report> {
  const message = demo.messages.find((one) => one.id === id);
  if (!message) throw new Error(`no demo message ${id}`);
  const trust = { account1: { authservIds: demo.trust.authservIds, resultsBelowEntry: 0 } };
  const settings = { ...DEFAULT_SETTINGS, trust };
  return (await checkParsed(parseMessage(message.eml), settings, 'account1', resolver, () => NOW)).report;
}
const summaryOf = async (id: string, resolver?: Resolver): Promise<SummaryView> =>
  viewSummary(await reportOf(id, resolver), { serverNamed: true }, t);
const factsOf = ({ facts }: SummaryView): Record<string, Pick<FactView, 'mark' | 'value' | 'detail'>> =>
  Object.fromEntries(facts.map(({ id, mark, value, detail }) => [id, { mark, value, detail }]));

describe('the four facts', () => {
  it('are the same for every message, in the same order, with words for each mark', async () => {
    for (const { id } of demo.messages) {
      const { facts } = await summaryOf(id);
      expect(facts.map((fact) => fact.id)).toEqual(['from', 'signed', 'sent', 'server']);
      expect(facts.every(({ markWord, value }) => markWord !== '' && value !== '')).toBe(true);
    }
  });

  it('confirm where the sender’s own domain signed', async () => {
    const facts = factsOf(await summaryOf('first-party'));
    expect(facts['from']).toMatchObject({ mark: 'yes', detail: 'alice@orchard.example' });
    expect(facts['signed']).toEqual({ mark: 'yes', value: 'orchard.example', detail: "The sender's own domain" });
  });

  it('say nothing where nothing is signed, and contradict where a signature was promised', async () => {
    expect(factsOf(await summaryOf('unsigned'))['signed']).toEqual({ mark: 'none', value: 'Nobody', detail: '' });
    expect(factsOf(await summaryOf('signs-all'))['signed']).toMatchObject({ mark: 'no' });
  });

  it('confirm a list’s signature for what it is, and contradict by one that is broken', async () => {
    expect(factsOf(await summaryOf('list'))['signed']).toEqual({
      mark: 'yes',
      value: 'lists.example',
      detail: 'A mailing list that handled it',
    });
    expect(factsOf(await summaryOf('broken'))['signed']).toMatchObject({ mark: 'no', value: 'quiet.example' });
  });

  it('never make "not checked" look like "nothing"', async () => {
    const offline = factsOf(await summaryOf('first-party', createUnavailableResolver('offline')));
    expect(offline['from']?.mark).toBe('unknown');
    expect(offline['signed']).toMatchObject({ mark: 'unknown', value: 'orchard.example, not checked' });
    const unnamed = viewSummary(await reportOf('unsigned'), { serverNamed: false }, t);
    expect(factsOf(unnamed)['server']?.mark).toBe('unknown');
    expect(factsOf(await summaryOf('unsigned'))['server']?.mark).toBe('none');
  });

  it('never confirm a sender that only looks like another', async () => {
    const [from] = (await summaryOf('look-alike')).facts;
    expect(from?.mark).toBe('no');
    expect(from?.odd?.runs.filter(({ odd }) => odd).map(({ text }) => text)).toEqual(['а']);
    expect(from?.odd?.note).toMatch(/^\u2068?Cyrillic а\u2069?, really xn--/);
    expect(from?.odd?.label).toMatch(/@xn--/);
  });
});

describe('the lines', () => {
  it('never say the headline twice, and are few', async () => {
    for (const { id } of demo.messages) {
      const { look, headline, lines, more } = await summaryOf(id);
      expect(lines.map(({ title }) => title)).not.toContain(headline);
      expect(new Set(lines.map(({ title }) => title)).size).toBe(lines.length);
      expect(lines.length + (more > 0 ? 1 : 0)).toBeLessThanOrEqual(look === 'warning' || look === 'caution' ? 4 : 2);
    }
  });

  it('leave nothing unsaid: what has no line is counted', async () => {
    const report = await reportOf('two-from');
    const notes = Array.from({ length: 500 }, (_, at) => ({
      id: 'reply-to-differs' as const,
      level: 'note' as const,
      params: { replyTo: `s${at}@b.example`, from: 'a@b.example' },
      evidence: [],
    }));
    const before = viewSummary(report, { serverNamed: true }, t);
    const after = viewSummary({ ...report, findings: [...report.findings, ...notes] }, { serverNamed: true }, t);
    expect(after.lines.length + after.more).toBe(before.lines.length + before.more + 500);
    expect(after.lines).toHaveLength(3);
  });

  it('are one call to act where no resolver was chosen', async () => {
    const { next, lines } = await summaryOf('first-party', createUnavailableResolver('not-configured'));
    expect(next).toBe('choose-resolver');
    expect(lines.filter(({ level }) => level === 'unchecked')).toEqual([]);
  });
});

describe('before the DNS has answered', () => {
  it('tells who it says it is from, and nothing of what is not known', async () => {
    const report = await reportOf('first-party', createUnavailableResolver('offline'));
    const view = viewPending(report, { serverNamed: true }, t);
    expect(view).toMatchObject({ lookWord: 'Checking', lines: [], next: null });
    expect(factsOf(view)).toMatchObject({
      from: { mark: 'none' },
      signed: { mark: 'unknown', value: 'orchard.example' },
      sent: { mark: 'unknown' },
    });
  });
});

describe('odd letters', () => {
  it.each([
    ['bаnk.example', 'bank.example', 'а'],
    ['paypa1.example', 'paypal.example', '1'],
    ['bank.example', 'bank.example', ''],
    ['rnail.example', 'mail.example', 'rn'],
    ['bank-pay.example', 'bank.example', '-pay'],
  ])('of %s beside %s are %s', (shown, model, odd) => {
    const runs = markOddLetters(shown, model);
    expect(runs.map(({ text }) => text).join('')).toBe(shown);
    expect(
      runs
        .filter((run) => run.odd)
        .map(({ text }) => text)
        .join(''),
    ).toBe(odd);
  });

  it('of a text longer than any domain are not looked for', () => {
    expect(markOddLetters('a'.repeat(100_000), 'b')).toEqual([{ text: 'a'.repeat(100_000), odd: false }]);
  });

  it('are called by their alphabet', () => {
    expect(['а', 'ο', 'ա', 'a'].map(scriptOf)).toEqual(['cyrillic', 'greek', 'armenian', 'other']);
  });
});
