/** What is told about the way a message came, and about the form of what servers wrote; whole checks. */
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { nameLookAlikes } from '../../src/identity/authserv-ids.ts';
import { readReceivedSpf, readServerResults } from '../../src/authres/trust.ts';
import { findTrustBoundary } from '../../src/trace/boundary.ts';
import { readIntermediaries } from '../../src/trace/intermediaries.ts';
import { readReceived } from '../../src/trace/received.ts';
import { LIMITS } from '../../src/limits.ts';
import type { Finding } from '../../src/assessment/assess.ts';
import type { Report } from '../../src/report/types.ts';
import type { TrustSettings } from '../../src/authres/types.ts';
import { preparedGrowthExponent } from '../support/growth.ts';
import { messageOf } from '../support/message.ts';

const TRUST: TrustSettings = { authservIds: ['mx.mine.example'] };
const FROM = ['From: ann@author.example', ''];

function report(lines: readonly string[], trust = TRUST): Promise<Report> {
  const raw = utf8ToBytes([...lines, ...FROM, 'Hello.', ''].join('\r\n'));
  return checkMessage(raw, { resolver: createZoneResolver({}), now: new Date('2026-11-02T12:00:00Z'), trust });
}

async function find(id: string, lines: readonly string[], trust = TRUST): Promise<readonly Finding[]> {
  return (await report(lines, trust)).findings.filter((finding) => finding.id === id);
}

/** The params of a finding that is once, or undefined where it does not. */
async function paramsOf(id: string, lines: readonly string[], trust = TRUST): Promise<unknown> {
  const found = await find(id, lines, trust);
  expect(found.length).toBeLessThanOrEqual(1);
  if (found[0]) expect(found[0].level).toBe('note');
  return found[0]?.params;
}

const at = (time: string): string => `; Mon, 2 Nov 2026 ${time} +0000`;
const STORED = `Received: from mx.mine.example ([10.0.0.2]) by imap.mine.example with LMTP id 2${at('10:00:05')}`;
function entry(client = 'm.a.example (m.a.example [192.0.2.1])', protocol = 'ESMTPS', time = '10:00:00'): string {
  return `Received: from ${client} by mx.mine.example with ${protocol} id 1${at(time)}`;
}
const SENDER = `Received: by m.a.example id 0${at('09:59:00')}`;

describe('an ordinary way', () => {
  it('gives no cause to say anything', async () => {
    const { findings } = await report([STORED, entry(), SENDER]);
    expect(findings.map(({ id }) => id)).toEqual(['author-domain-nonexistent', 'no-signature']);
  });
});

describe('time', () => {
  it('is told where own servers disagree beyond the tolerance, and nowhere else', async () => {
    const late = entry(undefined, undefined, '10:05:06');
    expect(await paramsOf('clocks-disagree', [STORED, late, SENDER])).toEqual({
      by: 'imap.mine.example',
      seconds: '301',
    });
    expect(
      await paramsOf('clocks-disagree', [STORED, entry(undefined, undefined, '10:05:05'), SENDER]),
    ).toBeUndefined();
    const sender = `Received: by m.a.example id 0${at('11:59:00')}`;
    expect(await paramsOf('clocks-disagree', [STORED, entry(), sender])).toBeUndefined();
    expect(await paramsOf('clocks-disagree', [STORED, late, SENDER], { authservIds: [] })).toBeUndefined();
  });

  it('is told where the way to an own server was long, the longest first, but not for mail that waited to be fetched', async () => {
    const early = `Received: by m.a.example id 0${at('05:59:59')}`;
    expect(await paramsOf('long-delay', [STORED, entry(), early])).toEqual({ by: 'mx.mine.example', hours: '4' });
    expect(await paramsOf('long-delay', [STORED, entry(), `Received: by m id 0${at('06:00:00')}`])).toBeUndefined();
    expect(await paramsOf('long-delay', [STORED, entry(), early], { authservIds: [] })).toBeUndefined();
    const fetched = `Received: from pop.mine.example [203.0.113.5] by localhost with POP3 (fetchmail)${at('11:00:00')}`;
    const overNight = `Received: from m (m [192.0.2.1]) by mx.mine.example with ESMTPS id 1; Sun, 1 Nov 2026 20:00:00 +0000`;
    expect(await paramsOf('long-delay', [fetched, overNight])).toBeUndefined();
  });
});

describe('encryption (RFC 3848)', () => {
  it.each([
    ['ESMTP', true],
    ['ESMTPA', true],
    ['UTF8SMTP', true],
    ['ESMTPS', false],
    ['SMTP', false],
    ['Microsoft SMTP Server', false],
    ['ESMTP (using TLSv1.3 with cipher X)', false],
  ])('over %s', async (protocol, expected) => {
    const params = await paramsOf('unencrypted-hop', [STORED, entry(undefined, protocol), SENDER]);
    expect(params).toEqual(expected ? { by: 'mx.mine.example', address: '192.0.2.1' } : undefined);
  });

  it('is not missed between own servers on private addresses, nor where a stranger says so', async () => {
    const inside = `Received: from mx.mine.example ([10.0.0.2]) by imap.mine.example with ESMTP id 2${at('10:00:05')}`;
    const stranger = `Received: from x (x [198.51.100.9]) by m.a.example with ESMTP id 0${at('09:59:00')}`;
    expect(await paramsOf('unencrypted-hop', [inside, entry(), stranger])).toBeUndefined();
  });
});

describe('who connected', () => {
  it('is hidden where the own server took it from a private address and the way went on below', async () => {
    const hidden = entry('m.a.example (unknown [172.17.0.1])');
    expect(await paramsOf('entry-from-private-address', [hidden, SENDER])).toEqual({
      by: 'mx.mine.example',
      address: '172.17.0.1',
    });
    expect(
      await paramsOf('entry-from-private-address', [entry('pc.mine.example ([10.0.0.9])', 'ESMTPA')]),
    ).toBeUndefined();
    expect(await paramsOf('entry-from-private-address', [STORED, entry(), SENDER])).toBeUndefined();
  });

  it.each([
    ['an own name, from a stranger', 'mx.mine.example (x.other.example [192.0.2.1])', 'ESMTPS', true],
    ['another name of the own domain, without a name found', 'www.mine.example (unknown [192.0.2.1])', 'ESMTPS', false],
    ['its own name', 'm.a.example (m.a.example [192.0.2.1])', 'ESMTPS', false],
    ['an own name, by an own address', 'mx2.mine.example (mx2.mine.example [192.0.2.1])', 'ESMTPS', false],
    ['an own name, with a password', 'pc.mine.example (dsl.other.example [192.0.2.1])', 'ESMTPSA', false],
  ])('called himself %s', async (_what, client, protocol, expected) => {
    const params = await paramsOf('client-uses-own-name', [entry(client, protocol), SENDER]);
    expect(params === undefined).toBe(!expected);
  });
});

describe('the form of what servers wrote', () => {
  it('is told of an own server that departs from the standard', async () => {
    const own = 'Authentication-Results: mx.mine.example; spf=pass smtp.mailfrom=a.example action=none;';
    expect(await paramsOf('server-result-deviates', [own, own, entry()])).toEqual({
      server: 'mx.mine.example',
      deviations: 'untyped-property, empty-part',
    });
    expect(await paramsOf('server-result-deviates', [entry(), SENDER, own])).toBeUndefined();
  });

  it('is told where a field cannot be read without guessing, wherever it stands', async () => {
    const unclosed = 'Authentication-Results: mx.mine.example; spf=pass (';
    expect(await paramsOf('server-result-unreadable', [unclosed, entry(), 'Received-SPF: pass ('])).toEqual({
      count: '2',
    });
    expect(await paramsOf('server-result-unreadable', [entry()])).toBeUndefined();
  });

  it('is told of a name that resembles a trusted one', async () => {
    const claim = 'Authentication-Results: mx.nine.example; dkim=pass header.d=a.example';
    expect(await paramsOf('look-alike-server', [entry(), claim, claim])).toMatchObject({ server: 'mx.nine.example' });
    expect(
      await paramsOf('look-alike-server', [entry(), claim], { authservIds: ['mx.other.example'] }),
    ).toBeUndefined();
  });

  it('is told for a few names only, however many a sender makes up', async () => {
    const letters = Array.from('abcdefghij');
    const claims = letters.map((letter) => `Authentication-Results: mx.${letter}ine.example; spf=pass`);
    expect((await find('look-alike-server', [entry(), ...claims])).length).toBe(5);
  });

  it('is told where the path cannot be read', async () => {
    const broken = ['Received: by mx.mine.example; yesterday', `Received: hello${at('10:00:00')}`];
    expect(await paramsOf('received-unreadable', [...broken, SENDER])).toEqual({ count: '2' });
  });
});

describe('a forged claim that contradicts the recheck', () => {
  const claim = 'Authentication-Results: mx.mine.example; dkim=pass header.d=author.example';

  it.each([
    ['below the boundary', [entry(), SENDER, claim], 'forged-server-result'],
    [
      'directly below the field of entry, where servers may write',
      [entry(), claim, SENDER],
      'contradicted-server-result',
    ],
    [
      'copied below the boundary, while the server wrote a line of its own',
      ['Authentication-Results: mx.mine.example; dkim=none', entry(), SENDER, claim],
      'forged-server-result',
    ],
    ['in the name of a stranger', [entry(), claim.replace('mine', 'other')], 'contradicted-server-result'],
    [
      'in a name that resembles the trusted one',
      [entry(), claim.replace('mine', 'nine')],
      'contradicted-server-result',
    ],
    [
      'in a name with a result in it',
      [entry(), claim.replace('mx.mine.example', '"mx.mine.example; x=y"')],
      'contradicted-server-result',
    ],
  ])('%s', async (_where, lines, id) => {
    const { findings } = await report(lines);
    const found = findings.filter((finding) => /^(?:forged|contradicted)-server-result$/.test(finding.id));
    expect(found.map((finding) => finding.id)).toEqual([id]);
    expect(findings.some((finding) => finding.level === 'signed' || finding.level === 'verified')).toBe(false);
  });
});

describe('bad input', () => {
  const lines = (count: number, line: (at: number) => string): readonly string[] =>
    Array.from({ length: count }, (_, n) => line(n));

  it('is bounded and told: 5,000 Received fields (RFC 5321 §6.3)', async () => {
    const many = [entry(), ...lines(4999, (n) => `Received: by h${n}.example${at('09:00:00')}`)];
    expect(await paramsOf('received-too-many', many)).toEqual({ count: '5000', read: String(LIMITS.receivedFields) });
    expect(await paramsOf('received-too-many', many.slice(0, LIMITS.receivedLoop - 1))).toBeUndefined();
    expect((await report(many)).path).toHaveLength(LIMITS.receivedFields);
  });

  it('is bounded and told: more results than are read', async () => {
    const many = lines(LIMITS.resultFields + 7, () => 'Authentication-Results: x.example; none');
    const spf = lines(LIMITS.resultFields + 1, () => 'Received-SPF: none (x)');
    expect(await paramsOf('server-results-not-read', [entry(), ...many, ...spf])).toEqual({ count: '8' });
  });

  it.each([
    ['comments nested 10,000 deep in Received', `Received: by x ${'('.repeat(10_000)}`, 'received-unreadable'],
    ['500 kB in Received', `Received: by x id ${'y'.repeat(500_000)}`, 'received-unreadable'],
    ['a broken date', 'Received: by x; 99 Foo 20 26:61', 'received-unreadable'],
    [
      'comments nested 10,000 deep in Authentication-Results',
      `Authentication-Results: mx.mine.example; spf=pass ${'('.repeat(10_000)}`,
      'server-result-unreadable',
    ],
    ['500 kB in Received-SPF', `Received-SPF: pass (${'x'.repeat(500_000)})`, 'server-result-unreadable'],
    ['more than 1 MB of Received', `Received: by x id ${'y'.repeat(1 << 20)}`, 'header-too-large'],
  ])('is told: %s', async (_what, line, id) => {
    const { findings } = await report([line, entry()]);
    expect(findings.map((finding) => finding.id)).toContain(id);
  });

  it('takes linear time for many fields of every kind', () => {
    const some = [
      entry(),
      SENDER,
      'Authentication-Results: mx.nine.example; dkim=pass header.d=a.example',
      'Received-SPF: pass (x) receiver=mx.mine.example',
      'X-Spam-Flag: YES',
      'List-Help: <https://l.example/>',
      'Delivered-To: a@b.example',
    ];
    const trust: TrustSettings = { ...TRUST, forwarders: ['a.example', '192.0.2.0/24'] };
    const exponent = preparedGrowthExponent((size) => {
      const message = messageOf(...lines(size, (n) => some[n % some.length] ?? ''));
      return () => {
        const boundary = findTrustBoundary(message, readReceived(message), trust);
        nameLookAlikes(readServerResults(message, trust, boundary), trust);
        readReceivedSpf(message, trust, boundary);
        readIntermediaries(message);
      };
    }, 600);
    expect(exponent).toBeLessThan(1.8);
  });
});
