/** What is proposed for a rule about mail like a message: it holds for that message, and never rests on a claim alone by itself. */
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { LIMITS } from '../../src/limits.ts';
import type { Report } from '../../src/report/types.ts';
import { evaluateCondition } from '../../src/rules/evaluate.ts';
import { parseRules } from '../../src/rules/parse.ts';
import { proposeConditions, type ConditionProposal, type ProposalKind } from '../../src/rules/propose.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';
import { sampleMessages } from './support/messages.ts';
import { reportOf, reportOfBytes } from './support/subject.ts';

const NOW = new Date('2026-11-22T08:00:00Z');

let demo: Demo;
const reports = new Map<string, Report>();
beforeAll(async () => {
  demo = await buildDemo(NOW);
  const context = { resolver: createZoneResolver(demo.zone), now: NOW, trust: demo.trust };
  for (const { id, eml } of demo.messages) reports.set(id, await reportOfBytes(eml, context));
});

function proposalsFor(id: string): readonly ConditionProposal[] {
  const report = reports.get(id);
  if (report === undefined) throw new Error(`no demo message ${id}`);
  return proposeConditions(report);
}
const ofKind = (id: string, wanted: ProposalKind) => proposalsFor(id).filter(({ kind }) => kind === wanted);
const chosenFor = (id: string) => proposalsFor(id).filter(({ chosen }) => chosen);

function expectUsable(report: Report, proposals: readonly ConditionProposal[]): void {
  for (const { conditions } of proposals) {
    expect(evaluateCondition({ all: conditions }, { report }).holds, JSON.stringify(conditions)).toBe(true);
    const rule = { id: 'x', name: 'x', conditions: { all: conditions } };
    expect(parseRules({ version: 1, rules: [rule] }), JSON.stringify(conditions)).toMatchObject({ ok: true });
  }
}

describe('every proposal', () => {
  it('holds for the message it was made from, and can be written to a rule file', () => {
    for (const report of reports.values()) {
      const proposals = proposeConditions(report);
      expect(proposals.length).toBeGreaterThan(0);
      expectUsable(report, proposals);
    }
  });

  it('does so whatever the message holds', async () => {
    for (const raw of sampleMessages(300, 6)) {
      const report = await reportOfBytes(raw);
      expectUsable(report, proposeConditions(report));
    }
  });

  it('is not chosen where nothing but a claim stands behind it', () => {
    for (const report of reports.values()) {
      const chosen = proposeConditions(report).filter((proposal) => proposal.chosen);
      expect(chosen.length).toBeLessThanOrEqual(1);
      expect(chosen.filter(({ basis }) => basis === 'claimed')).toEqual([]);
    }
  });
});

describe('the author', () => {
  it('is asked for with the signature that proves him, since anyone can write From (RFC 5322 §3.6.2)', () => {
    expect(chosenFor('first-party')).toEqual([
      {
        kind: 'author',
        conditions: [
          { field: 'author-domain', domain: 'orchard.example', subdomains: false },
          { field: 'signature', domain: 'orchard.example', subdomains: false },
        ],
        basis: 'signed',
        chosen: true,
      },
    ]);
  });

  it('is proven by the signature of his organization as well', () => {
    expect(ofKind('aligned', 'author')[0]?.conditions).toEqual([
      { field: 'author-domain', domain: 'shop.example', subdomains: false },
      { field: 'signature', domain: 'news.shop.example', subdomains: false },
    ]);
  });

  it.each(['unsigned', 'broken', 'list'])('is a claim where no valid signature of him is there: %s', (id) => {
    const [author] = ofKind(id, 'author');
    expect(author).toMatchObject({ basis: 'claimed', chosen: false });
    expect(author?.conditions).toHaveLength(1);
  });

  it('is a claim where the signature is only being tested, or is of a public suffix (RFC 6376 §3.6.1, §8.14)', () => {
    const report = reports.get('first-party');
    if (report === undefined) throw new Error('no such message');
    const changed = (change: Partial<Report['dkim'][number]>) =>
      proposeConditions({ ...report, dkim: report.dkim.map((one) => Object.assign({ ...one }, change)) })[0];
    expect(changed({})).toMatchObject({ basis: 'signed' });
    expect(changed({ testing: true })).toMatchObject({ basis: 'claimed' });
    expect(changed({ notes: ['public-suffix-domain'] })).toMatchObject({ basis: 'claimed' });
  });

  it('is not proposed at an address that no rule can name', async () => {
    const proposals = proposeConditions(await reportOf('From: Ann <ann@[192.0.2.1]>'));
    expect(proposals.map(({ kind }) => kind)).not.toContain('author');
  });

  it('is proposed for a few authors only, however many there are', async () => {
    const authors = Array.from({ length: 40 }, (_, at) => `a@d${at}.example`).join(', ');
    const kinds = proposeConditions(await reportOf(`From: ${authors}`, 'Sender: a@d1.example')).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'author')).toHaveLength(LIMITS.ruleProposals);
  });
});

describe('a mailing list', () => {
  it('is asked for with its own signature, and is what is chosen', () => {
    expect(chosenFor('list')).toMatchObject([
      {
        kind: 'list',
        conditions: [
          { field: 'list', id: 'hikers.lists.example', match: 'exact' },
          { field: 'signature', domain: 'lists.example', subdomains: false },
        ],
        basis: 'signed',
      },
    ]);
    expect(ofKind('list', 'signer')[0]?.conditions).toEqual([
      { field: 'signature', domain: 'lists.example', subdomains: false },
    ]);
  });

  it('is a claim without it', async () => {
    const report = await reportOf('From: Ann <ann@a.example>', 'List-Id: <dev.lists.example.org>');
    expect(proposeConditions(report).find(({ kind }) => kind === 'list')).toMatchObject({
      conditions: [{ field: 'list', id: 'dev.lists.example.org' }],
      basis: 'claimed',
      chosen: false,
    });
  });
});

describe('classes and labels', () => {
  it('asks for the class as signed where one signature covers it (RFC 3865 §2)', () => {
    expect(ofKind('solicitation', 'keyword')).toMatchObject([
      { conditions: [{ value: 'org.example:ADV', by: 'signed' }], basis: 'signed' },
      { conditions: [{ value: 'net.example:newsletter', by: 'signed' }], basis: 'signed' },
    ]);
  });

  it('asks for it as declared where none does', async () => {
    const report = await reportOf('From: Ann <ann@a.example>', 'No-Solicit: org.example:ADV');
    expect(proposeConditions(report).filter(({ kind }) => kind === 'keyword')).toMatchObject([
      { conditions: [{ value: 'org.example:ADV', by: 'declared' }], basis: 'claimed' },
    ]);
  });

  it('asks for a pass key as what it is, and says where nobody vouches for it', async () => {
    const raw = utf8ToBytes('From: Bo <bo@a.example>\r\nNo-Solicit: ORG.Example.ann:friends\r\n\r\nHi\r\n');
    const resolver = createZoneResolver({ 'a.example': { A: ['192.0.2.1'] } });
    const report = await reportOfBytes(raw, { resolver, passKeys: ['org.example.ann:friends'] });
    const proposals = proposeConditions(report);
    expect(proposals.filter(({ kind }) => kind === 'keyword')).toEqual([]);
    const unsigned = { conditions: [{ field: 'pass-key', coverage: 'unsigned' }], basis: 'claimed', chosen: false };
    expect(proposals.filter(({ kind }) => kind === 'pass-key')).toMatchObject([unsigned]);
    const signed = { ...report, solicitation: { ...report.solicitation, signed: true } };
    expect(proposeConditions(signed).filter(({ chosen }) => chosen)).toMatchObject([
      { kind: 'pass-key', conditions: [{ value: 'org.example.ann:friends', coverage: 'signed' }] },
    ]);
  });

  it('asks for a label of the Subject, which proves nothing', () => {
    expect(ofKind('subject-label', 'subject-label')).toMatchObject([
      { conditions: [{ field: 'subject-label', label: 'ADV:' }], basis: 'claimed' },
    ]);
  });
});

describe('what was found', () => {
  it('is chosen where something is odd, also where a stranger’s own signature is valid', () => {
    expect(chosenFor('impersonation')).toMatchObject([
      { kind: 'finding', conditions: [{ field: 'finding', id: 'address-in-display-name' }], basis: 'checked' },
    ]);
    expect(ofKind('first-party', 'finding')).toEqual([]);
  });

  it('offers the level, but not that nothing could be found out: rules leave such mail alone', () => {
    expect(ofKind('reject', 'level')).toMatchObject([{ conditions: [{ compare: 'is', level: 'warning' }] }]);
    expect(ofKind('dns-failed', 'level')).toEqual([]);
  });
});
