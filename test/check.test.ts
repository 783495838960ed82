/** The whole way through the house: the demo mailbox, hostile input, and that nothing untrusted ever makes a message look better. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkMessage } from '../src/check.ts';
import { LEVELS } from '../src/assessment/types.ts';
import { createUnavailableResolver } from '../src/dns/unavailable.ts';
import { createZoneResolver } from '../src/dns/zone.ts';
import type { Report } from '../src/report/types.ts';
import { buildDemo, type Demo } from './fixtures/build/demo.ts';
import { recordQuestions } from './support/recording-resolver.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const text = (raw: string): Uint8Array => new TextEncoder().encode(raw);

let demo: Demo;
beforeAll(async () => {
  demo = await buildDemo(NOW);
});

function check(raw: Uint8Array): Promise<Report> {
  return checkMessage(raw, { resolver: createZoneResolver(demo.zone), now: NOW, trust: demo.trust });
}

const rank = (report: Report): number => LEVELS.indexOf(report.level);

describe('the demo mailbox', () => {
  it('shows every level', () => {
    expect(new Set(demo.messages.map(({ expect: { level } }) => level))).toEqual(new Set(LEVELS));
  });

  it('gets the level and the findings each message was made for', async () => {
    const wrong: unknown[] = [];
    for (const message of demo.messages) {
      const report = await check(message.eml);
      const ids = report.findings.map(({ id }) => id);
      const missing = message.expect.findings.filter((id) => !ids.includes(id));
      if (report.level !== message.expect.level || missing.length > 0) {
        wrong.push({ id: message.id, level: report.level, ids, missing });
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has a declared solicitation class that the signature covers', async () => {
    const eml = demo.messages.find(({ id }) => id === 'solicitation')?.eml ?? new Uint8Array();
    expect((await check(eml)).solicitation).toMatchObject({ signed: true, signedBy: ['shop.example'] });
  });

  it('survives JSON unchanged', async () => {
    for (const { eml } of demo.messages) {
      const report = await check(eml);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    }
  });

  it('gives the same Report for the same input', async () => {
    for (const { eml } of demo.messages.slice(0, 5)) expect(await check(eml)).toEqual(await check(eml));
  });
});

describe('the questions asked', () => {
  const first = (id: string): Uint8Array => demo.messages.find((message) => message.id === id)?.eml ?? new Uint8Array();

  it('asks for one key and nothing else where the author’s own signature is valid (RFC 5016 §5.3/9)', async () => {
    const resolver = recordQuestions(createZoneResolver(demo.zone));
    const report = await checkMessage(first('first-party'), { resolver, now: NOW, trust: demo.trust });
    expect(resolver.questions.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'autumn._domainkey.orchard.example TXT',
    ]);
    expect(report.practices).toMatchObject({ lookedUp: false, why: 'first-party-signature' });
    expect(report.cost).toMatchObject({ queries: 1, roundTrips: 1 });
  });

  it('asks for practices in one further round trip where there is none', async () => {
    const report = await checkMessage(first('unsigned'), { resolver: createZoneResolver(demo.zone), now: NOW });
    expect(report.practices.lookedUp).toBe(true);
    expect(report.cost.roundTrips).toBe(1);
  });

  it('asks nothing at all without a resolver, and says so', async () => {
    const report = await checkMessage(first('first-party'), {
      resolver: createUnavailableResolver('not-configured'),
      now: NOW,
    });
    expect(report).toMatchObject({ level: 'unchecked', headline: 'resolver-not-chosen', cost: { queries: 0 } });
  });

  it('says "unchecked" when offline, never "unsigned"', async () => {
    for (const id of ['first-party', 'unsigned', 'discardable']) {
      const report = await checkMessage(first(id), { resolver: createUnavailableResolver('offline'), now: NOW });
      expect(report).toMatchObject({ level: 'unchecked', headline: 'offline' });
    }
  });

  it('does not say that nobody vouches for a Sender whose signature could not be checked', async () => {
    const report = await checkMessage(first('list'), { resolver: createUnavailableResolver('offline'), now: NOW });
    expect(report).toMatchObject({ level: 'unchecked', headline: 'offline' });
  });

  it('gives up when told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const checked = checkMessage(first('unsigned'), { resolver: createZoneResolver(demo.zone), now: NOW, signal });
    await expect(checked).rejects.toThrow('enough');
  });
});

describe('switched-off checks', () => {
  it('are unchecked, not unsigned', async () => {
    const raw = text('From: carol@plain.example\r\n\r\nHello\r\n');
    const resolver = createZoneResolver(demo.zone);
    const off = (checks: Partial<Report['switches']>) => checkMessage(raw, { resolver, now: NOW, checks });
    expect(await off({ dkim: false })).toMatchObject({ level: 'unchecked' });
    expect(await off({ practices: false })).toMatchObject({ level: 'unchecked', headline: 'practices-switched-off' });
  });
});

describe('bad input', () => {
  const long = `From: a@plain.example\r\n${'X-Long: yes\r\n'.repeat(900_000)}\r\nbody`;
  it.each([
    ['nothing', '', 'unchecked'],
    ['no message', '\u0000\u0001\u0002 not a message \r\n', 'unchecked'],
    ['a truncated header', 'From: a@plain.example\r\nSubj', 'caution'],
    ['no From', 'Subject: hello\r\n\r\nbody', 'warning'],
    ['NULs', 'From: a@plain.example\r\nSubject: a\u0000b\r\n\r\nbody', 'caution'],
    ['a lone CR', 'From: a@plain.example\r\nSubject: a\rFrom: b@bank.example\r\n\r\nbody', 'caution'],
    ['10 MB of headers', long, 'unchecked'],
  ])('gives a Report with findings for %s', async (_name, raw, level) => {
    const report = await check(text(raw));
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report.level).toBe(level);
  });

  it('never throws for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const report = await check(bytes);
        expect(LEVELS).toContain(report.level);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws for headers made of hostile pieces', async () => {
    const piece = fc.constantFrom(
      'From',
      'Sender',
      'DKIM-Signature',
      'Authentication-Results',
      'Received',
      'No-Solicit',
      'ARC-Seal',
      'Received-SPF',
      'Reply-To',
      ': ',
      '\r\n',
      '\n ',
      '\r',
      '\u0000',
      ';',
      '=',
      '<a@b.example>',
      '"',
      '(',
      ')',
      'v=1; a=rsa-sha256',
      'b=',
      'd=bank.example',
      '=?utf-8?B?4oCu?=',
      ',',
      '@',
      'by mx.home.example',
      'i=1',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        const report = await check(text(pieces.join('')));
        expect(LEVELS).toContain(report.level);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a signature by a key in test mode', () => {
  it('satisfies no practice of its domain (RFC 6376 §3.6.1)', async () => {
    const eml = demo.messages.find(({ id }) => id === 'testing')?.eml ?? new Uint8Array();
    const zone = { ...demo.zone, '_dmarc.newcomer.example': { TXT: ['v=DMARC1; p=reject'] } };
    const report = await checkMessage(eml, { resolver: createZoneResolver(zone), now: NOW });
    expect(report).toMatchObject({ level: 'caution', headline: 'policy-unconfirmed', dmarc: { result: 'fail' } });
  });
});

describe('several authors', () => {
  it('have the practices of each domain asked for that no signature accounts for', async () => {
    const zone = {
      'one.example': { A: ['192.0.2.1'] },
      '_dmarc.one.example': { TXT: ['v=DMARC1; p=none'] },
      'two.example': { A: ['192.0.2.1'] },
      '_dmarc.two.example': { TXT: ['v=DMARC1; p=reject'] },
    };
    const raw = text('From: a@one.example, b@two.example\r\nSubject: x\r\n\r\n');
    const report = await checkMessage(raw, { resolver: createZoneResolver(zone), now: NOW });
    expect(report.findings).toContainEqual(
      expect.objectContaining({ id: 'policy-unconfirmed', params: { domain: 'two.example' } }),
    );
    expect(report.practices.lookedUp).toBe(true);
    expect(report.practices.statements.map(({ text: said, domain }) => `${domain} ${said}`)).toEqual(
      expect.arrayContaining(['one.example dmarc-none', 'two.example dmarc-reject']),
    );
  });
});

describe('what anyone could have written', () => {
  const untrusted = [
    'Authentication-Results: mx.home.example; dkim=pass header.d=plain.example; dmarc=pass header.from=plain.example; spf=pass smtp.mailfrom=plain.example',
    'Authentication-Results: other.example; dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example',
    'Received-SPF: pass (mx.home.example: ok) client-ip=192.0.2.1; receiver=mx.home.example',
    'ARC-Authentication-Results: i=1; mx.home.example; dkim=pass header.d=bank.example',
    'List-Id: <list.example>',
    'Received: from bank.example (bank.example [192.0.2.1]) by mx.home.example with ESMTPS; Sun, 22 Nov 2026 07:00:00 +0000',
    'DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=x; h=from; bh=AAAA; b=AAAA',
    'No-Solicit: org.example:FRIEND',
    'X-Spam-Status: No',
    'Return-Path: <a@bank.example>',
    'Sender: security@bank.example',
    'Reply-To: security@bank.example',
  ];

  it.each(untrusted)('never improves a message below the line of entry: %s', async (line) => {
    const boundary = 'by mx.home.example';
    for (const { id, eml } of demo.messages) {
      const original = new TextDecoder().decode(eml);
      const entry = original.indexOf(boundary);
      const end = original.indexOf('+0000\r\n', entry) + '+0000\r\n'.length;
      const changed = `${original.slice(0, end)}${line}\r\n${original.slice(end)}`;
      const [before, after] = [await check(eml), await check(text(changed))];
      expect(rank(after), `${id}: ${before.level} became ${after.level}`).toBeGreaterThanOrEqual(rank(before));
    }
  });
});
