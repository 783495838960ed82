/**
 * Each requirement of RFC 5016 that a reader's side can meet or break, by its number. The same numbers stand in
 * draft-ietf-dkim-ssp-requirements-04 (2007); where it asks for more, a test says so. docs/rfc5016.md has the whole list.
 */
import { describe, expect, it } from 'vitest';
import type { DkimSignatureReport } from '../../src/dkim/types.ts';
import { withCache } from '../../src/dns/cache.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { discoverPractices } from '../../src/practices/discover.ts';
import { evaluateAuthor } from '../../src/practices/evaluate.ts';
import type { AuthorEvaluation, AuthorEvaluationInput } from '../../src/practices/evaluate.ts';
import { asking } from '../dmarc/asking.ts';
import type { Asking } from '../dmarc/asking.ts';

const HOST = { 'alice.example': { MX: ['10 mx.alice.example'] } };
const DMARC = '_dmarc.alice.example';
const ADSP = '_adsp._domainkey.alice.example';
const NOW = new Date('2026-11-22T12:00:00Z');

type Signature = NonNullable<AuthorEvaluationInput['dkim']>[number];

function signature(domain: string, result: DkimSignatureReport['result'] = 'pass'): Signature {
  return { domain, result, testing: false };
}

interface Outcome extends AuthorEvaluation {
  readonly texts: readonly string[];
  readonly asking: Asking;
}

async function look(zone: ZoneFile, input: Partial<AuthorEvaluationInput> = {}, older = false): Promise<Outcome> {
  const asked = asking(zone);
  const found = await evaluateAuthor(
    { authorDomain: 'alice.example', ...input },
    { resolver: asked.resolver, now: NOW, older },
  );
  return { ...found, texts: found.practices.statements.map((statement) => statement.text), asking: asked };
}

describe('RFC 5016 §3: the two problem scenarios', () => {
  it('3.1 scenario 1: all mail is signed, nothing is promised about arrival', async () => {
    const { adsp, texts } = await look({ ...HOST, [ADSP]: { TXT: ['dkim=all'] } });
    expect(adsp).toMatchObject({ result: 'fail', practice: 'all' });
    expect(texts).toContain('adsp-all');
  });

  it('3.2 scenario 2: and it should arrive signed; told apart from scenario 1 by word and result', async () => {
    const { adsp, dmarc, texts } = await look({
      ...HOST,
      [ADSP]: { TXT: ['dkim=discardable'] },
      [DMARC]: { TXT: ['v=DMARC1; p=reject'] },
    });
    expect(adsp).toMatchObject({ result: 'discard', practice: 'discardable' });
    expect(dmarc).toMatchObject({ result: 'fail', effectivePolicy: 'reject' });
    expect(texts).toEqual(['dmarc-reject', 'adsp-discardable']);
  });
});

describe('RFC 5016 §5.1: discovery', () => {
  it('5.1/1 the author is the domain of From: no name outside its own branch of the tree is asked', async () => {
    const { asking: asked } = await look(HOST, { dkim: [signature('list.bob.example')] }, true);
    for (const question of asked.asked) expect(question).toMatch(/(?:^| |\.)alice\.example$|^TXT _dmarc\.example$/);
    const none = await look(HOST, { authorDomain: null });
    expect(none.practices).toMatchObject({ lookedUp: false, why: 'no-author-domain' });
    expect(none.asking.asked).toEqual([]);
  });

  it('5.1/2 a definitive answer in a small, deterministic number of exchanges', async () => {
    const first = await look(HOST);
    const second = await look(HOST);
    expect(second.asking.asked).toEqual(first.asking.asked);
    expect(first.asking.asked).toHaveLength(4);
    expect(first.asking.cost().roundTrips).toBe(1);
    expect(first.texts).toEqual(['dmarc-absent', 'adsp-absent']);
  });

  it('5.1/3 records of other protocols at the domain do not mix with practices', async () => {
    const { texts } = await look({
      'alice.example': { TXT: ['v=spf1 -all', 'v=DMARC1; p=reject', 'dkim=all'] },
      [DMARC]: { TXT: ['v=spf1 -all', 'v=DMARC1; p=quarantine'] },
    });
    expect(texts).toEqual(['dmarc-quarantine', 'adsp-absent']);
  });

  it('5.1/4 a fictitious subdomain does not escape the parent’s practices', async () => {
    const zone = { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject'] } };
    for (const authorDomain of ['fictitious.alice.example', 'a.b.c.d.e.f.g.h.i.j.k.l.alice.example']) {
      const { dmarc, texts } = await look(zone, { authorDomain });
      expect(dmarc).toMatchObject({ result: 'fail', policy: 'reject', organizationalDomain: 'alice.example' });
      expect(texts).toEqual(['domain-nonexistent', 'dmarc-reject', 'adsp-absent']);
    }
  });

  it('5.1/4 of the 2007 draft: the parent is found in a deterministic number of steps', async () => {
    const deep = `${'x.'.repeat(60)}alice.example`;
    const { asking: asked } = await look({ ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject'] } }, { authorDomain: deep });
    expect(asked.asked.filter((question) => question.startsWith('TXT _dmarc.'))).toHaveLength(8);
    expect(asked.cost().roundTrips).toBe(1);
  });
});

describe('RFC 5016 §5.2: transport', () => {
  it('5.2/1 nothing but DNS is needed, and no unusual record type', async () => {
    const { asking: asked } = await look(HOST, {}, true);
    expect(new Set(asked.asked.map((question) => question.split(' ')[0]))).toEqual(new Set(['MX', 'TXT']));
  });

  it('5.2/2 fewer than three exchanges (the 2007 draft: one or two), also in the worst case', async () => {
    const dkim = ['a.alice.example', 'alice.net.example', 'bob.example'].map((each) => signature(each));
    const { asking: asked } = await look({ '_dmarc.example': { TXT: ['v=DMARC1; p=reject'] } }, { dkim }, true);
    expect(asked.cost().roundTrips).toBeLessThan(3);
  });

  it('5.2/3 positive and negative answers are cached (§4.5)', async () => {
    const inner = asking({ ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject'] } });
    const resolver = withCache(inner.resolver, { now: () => NOW });
    const first = await discoverPractices('alice.example', { resolver, now: NOW });
    const questions = inner.asked.length;
    expect(await discoverPractices('alice.example', { resolver, now: NOW })).toEqual(first);
    expect(inner.asked).toHaveLength(questions);
  });
});

describe('RFC 5016 §5.3: practices and expectations', () => {
  const promising = { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject'] }, [ADSP]: { TXT: ['dkim=all'] } };

  it('5.3/1 statements are about the domain of From and no other', async () => {
    const { practices } = await look(promising, { dkim: [signature('bob.example')] }, true);
    expect(new Set(practices.statements.map((statement) => statement.domain))).toEqual(new Set(['alice.example']));
  });

  it('5.3/2 what qualifies as first party: the author domain; a subdomain does not by itself', async () => {
    const { practices: own } = await look(promising, { dkim: [signature('alice.example')] });
    expect(own.why).toBe('first-party-signature');
    for (const domain of ['mail.alice.example', 'bob.example']) {
      const { practices, adsp } = await look(promising, { dkim: [signature(domain)] });
      expect(practices.why).toBe('no-valid-first-party-signature');
      expect(adsp.result).toBe('fail');
    }
  });

  it('5.3/2 the same organization is its own, weaker kind, known after the walk', async () => {
    const dkim = [signature('mail.alice.example')];
    const { dmarc } = await look(promising, { dkim });
    expect(dmarc).toMatchObject({ result: 'pass', alignableDkim: ['mail.alice.example'] });
  });

  it('5.3/3 "DKIM signing complete" is understood', async () => {
    expect((await look({ ...HOST, [ADSP]: { TXT: ['dkim=all'] } })).texts).toContain('adsp-all');
    const older = await look({ ...HOST, '_domainkey.alice.example': { TXT: ['o=-'] } }, {}, true);
    expect(older.texts).toContain('domainkeys-all');
  });

  it('5.3/4 the expectation that a verifiable signature arrives is understood', async () => {
    expect((await look({ ...HOST, [ADSP]: { TXT: ['dkim=discardable'] } })).texts).toContain('adsp-discardable');
    expect((await look({ ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject'] } })).texts).toContain('dmarc-reject');
    const older = await look({ ...HOST, '_ssp._domainkey.alice.example': { TXT: ['dkim=strict'] } }, {}, true);
    expect(older.texts).toContain('ssp-strict');
  });

  it('5.3/5 statements are words, and carry the record as the publisher wrote it', async () => {
    const { practices } = await look(promising, {}, true);
    for (const { text } of practices.statements) expect(text).toMatch(/^[a-z]+-[a-z]+$/);
    expect(practices.statements[0]?.record).toBe('v=DMARC1; p=reject');
  });

  it('5.3/6 what is delegated in DNS is followed', async () => {
    const { texts } = await look({
      ...HOST,
      [DMARC]: { CNAME: 'policy.provider.example' },
      'policy.provider.example': { TXT: ['v=DMARC1; p=reject'] },
      [ADSP]: { CNAME: 'adsp.provider.example' },
      'adsp.provider.example': { TXT: ['dkim=all'] },
    });
    expect(texts).toEqual(['dmarc-reject', 'adsp-all']);
  });

  it('5.3/7 statements are information: they carry evidence and no order to do anything', async () => {
    const { practices } = await look(promising);
    for (const statement of practices.statements) {
      const fields = ['dnssec', 'domain', 'name', 'record', 'source', 'text', 'ttl'];
      expect(Object.keys(statement).toSorted()).toEqual(fields);
    }
  });

  it('5.3/8 who must not sign is never stated', async () => {
    const atps = [{ signature: { domain: 'bob.example', result: 'pass' }, atps: 'alice.example', atpsh: 'none' }];
    const { practices } = await look(promising, { atps });
    expect(practices.statements.filter((statement) => statement.signer !== undefined)).toEqual([]);
  });

  it('5.3/9 nothing is asked where a valid first party signature was found', async () => {
    const { practices, asking: asked } = await look(promising, { dkim: [signature('alice.example')] });
    expect(practices).toMatchObject({ lookedUp: false, why: 'first-party-signature', statements: [] });
    expect(asked.asked).toEqual([]);
  });

  it('5.3/10 third party signatures change no statement, and no statement speaks of them', async () => {
    const without = await look(promising);
    const with_ = await look(promising, {
      dkim: [signature('bob.example'), signature('carol.example', 'fail')],
    });
    expect(with_.practices).toEqual(without.practices);
    expect(with_.adsp).toEqual(without.adsp);
    expect(JSON.stringify(with_)).not.toMatch(/bob|carol/);
  });
});

describe('RFC 5016 §5.4: extensibility', () => {
  it('5.4/1 practices of another protocol (SPF in DMARC) count beside DKIM and change no DKIM practice', async () => {
    const zone = { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject'] }, [ADSP]: { TXT: ['dkim=all'] } };
    const { dmarc, adsp } = await look(zone, { spf: [{ domain: 'alice.example', result: 'pass' }] });
    expect(dmarc).toMatchObject({ result: 'pass', alignedSpf: 'alice.example' });
    expect(adsp.result).toBe('fail');
  });

  it('5.4/2 practices invented later do not break the ones known', async () => {
    const { texts } = await look({
      ...HOST,
      [DMARC]: { TXT: ['v=DMARC1; p=reject; future=1; adkim=quantum'] },
      [ADSP]: { TXT: ['dkim=notarized; x=y'] },
    });
    expect(texts).toEqual(['dmarc-reject', 'adsp-unknown']);
  });
});

describe('RFC 5016 §6: security', () => {
  const promising = { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject'] }, [ADSP]: { TXT: ['dkim=all'] } };

  it.each([
    ['the DMARC record', { [DMARC]: { TXT: 'SERVFAIL' } }, 'dmarc-unsure'],
    ['a name above it', { [DMARC]: {}, '_dmarc.example': { TXT: 'TIMEOUT' } }, 'dmarc-unsure'],
    ['the ADSP record', { [ADSP]: { TXT: 'SERVFAIL' } }, 'adsp-unsure'],
    [
      'the domain itself',
      { 'alice.example': { MX: 'SERVFAIL' }, [DMARC]: { TXT: 'SERVFAIL' }, [ADSP]: { TXT: 'SERVFAIL' } },
      'domain-unsure',
    ],
  ])('6/1 withholding %s does not make an unsigned message look better', async (_name, fault, expected) => {
    const { texts, dmarc, adsp } = await look({ ...promising, ...fault });
    expect(texts).toContain(expected);
    expect(texts.filter((text) => text === expected.replace('unsure', 'absent'))).toEqual([]);
    const open = expected.startsWith('dmarc') ? dmarc : adsp;
    expect(open.result).toBe('temperror');
  });

  it('6/1 no failure anywhere ever reads "none published"', async () => {
    const names = ['alice.example', DMARC, '_dmarc.example', ADSP];
    for (const name of names) {
      const { dmarc, adsp } = await look({ ...HOST, [name]: { TXT: 'SERVFAIL', MX: 'SERVFAIL' } });
      expect([dmarc.reason, adsp.reason].filter((reason) => reason !== 'no-record')).not.toEqual([]);
    }
  });

  it('6/2 the work does not grow with what an attacker writes', async () => {
    const flood = Array.from({ length: 1000 }, (_, at) => `s${at}.alice.example`);
    const { asking: asked } = await look(
      { ...HOST, [DMARC]: { TXT: [[`v=DMARC1; p=reject; ${'x=y; '.repeat(40)}`]] } },
      {
        authorDomain: `${'x.'.repeat(40)}alice.example`,
        dkim: flood.map((domain) => signature(domain)),
        atps: flood.map((domain) => ({ signature: { domain, result: 'pass' }, atps: 'alice.example', atpsh: 'none' })),
      },
      true,
    );
    expect(asked.asked.length).toBeLessThanOrEqual(40);
    expect(asked.cost().roundTrips).toBeLessThan(3);
  });

  it('6/3 how authentic each statement is can be seen', async () => {
    const secure = Object.fromEntries(
      Object.entries(promising).map(([name, node]) => [name, { ...node, _secure: true }]),
    );
    for (const [zone, expected] of [
      [promising, 'insecure'],
      [secure, 'secure'],
    ] as const) {
      const { practices } = await look(zone);
      expect(practices.statements.map((statement) => statement.dnssec)).toEqual([expected, expected]);
    }
    const { practices } = await look({ ...promising, [DMARC]: { TXT: 'SERVFAIL' } });
    expect(practices.statements[0]).toMatchObject({ text: 'dmarc-unsure', dnssec: 'indeterminate' });
  });
});
