/** What a delivery report says, and whether the mail that came back was the reader's. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../../src/bytes/ascii.ts';
import { checkMessage } from '../../../src/check.ts';
import type { ZoneFile } from '../../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../../src/dns/zone.ts';
import { LIMITS } from '../../../src/limits.ts';
import { parseMessage } from '../../../src/message/parse.ts';
import { readStructure } from '../../../src/message/structure.ts';
import { checkDeliveryReport } from '../../../src/trace/delivery/check.ts';
import { findReport } from '../../../src/trace/delivery/parse.ts';
import type { DeliveryReport, OwnershipReason } from '../../../src/trace/delivery/types.ts';
import { keyRecord, rsaKey, signMessage } from '../../dkim/support/signer.ts';
import { preparedGrowthExponent } from '../../support/growth.ts';
import { FAILED, headerOf, reportMessage } from './support.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const key = rsaKey(2048);
const ZONE: ZoneFile = {
  's._domainkey.home.example': { TXT: [keyRecord(key)] },
  'test._domainkey.home.example': { TXT: [keyRecord(key, 't=y; ')] },
  'slow._domainkey.home.example': { TXT: 'SERVFAIL' },
  's._domainkey.github.io': { TXT: [keyRecord(key)] },
  's._domainkey.list.example': { TXT: [keyRecord(key)] },
};

async function check(
  text: string,
  options: { readonly own?: readonly string[]; readonly verify?: boolean } = {},
): Promise<DeliveryReport | null> {
  return checkDeliveryReport(readStructure(parseMessage(utf8ToBytes(text))), {
    resolver: createZoneResolver(ZONE),
    now: NOW,
    ownAddresses: options.own ?? ['ann@home.example'],
    verify: options.verify ?? true,
  });
}

const mail = (from = 'Ann <ann@home.example>', ...more: readonly string[]): string =>
  [
    ...more,
    `From: ${from}`,
    'To: bob@far.example',
    'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
    'Message-ID: <1@home.example>',
    '',
    'Hello',
    '',
  ].join('\r\n');
const signed = (message: string, selector = 's', domain = 'home.example'): string =>
  signMessage(message, { key, domain, selector });
const bounce = (returned: string, returnedType = 'message/rfc822'): string =>
  reportMessage({ type: 'delivery-status', status: FAILED, returned, returnedType });

describe('a delivery status report (RFC 3464)', () => {
  it('says for each recipient what became of the message, and who says so', async () => {
    const second = ['Final-Recipient: rfc822;cid@far.example', 'Action: Delayed', 'Status: 4.4.7 (too late)'];
    const report = await check(reportMessage({ type: 'delivery-status', status: [...FAILED, ...second] }));
    expect(report).toMatchObject({
      kind: 'delivery-status',
      reporter: 'mx.far.example',
      receivedFrom: 'out.home.example',
      originalMessageId: null,
      recipients: [
        {
          address: 'bob@inner.far.example',
          action: 'failed',
          status: '5.1.1',
          diagnostic: '550 5.1.1 <bob@inner.far.example>: no such user',
          remoteMta: 'inner.far.example',
        },
        { address: 'cid@far.example', action: 'delayed', status: '4.4.7', diagnostic: null, remoteMta: null },
      ],
      returned: null,
    });
  });

  it.each(['5.1', '1.1.1', '5.1.1234', 'five', '5.1.'])('has no status code in %j (RFC 3463 §2)', async (status) => {
    const report = await check(
      reportMessage({
        type: 'delivery-status',
        status: ['Reporting-MTA: dns;a', '', 'Final-Recipient: rfc822;b', `Status: ${status}`],
      }),
    );
    expect(report?.recipients[0]?.status).toBeNull();
  });

  it('is known by its status part, whatever the multipart calls itself, and inside a list’s wrapping', async () => {
    const plain = bounce(mail()).replace('multipart/report; report-type=delivery-status', 'multipart/mixed');
    expect((await check(plain))?.kind).toBe('delivery-status');
    const [head = '', body = ''] = plain.split(/\r\n\r\n(.*)/s);
    const wrapped = [
      'Content-Type: multipart/mixed; boundary=w',
      '',
      '--w',
      `${head}\r\n\r\n${body}`,
      '--w',
      '',
      'Footer',
      '--w--',
    ].join('\r\n');
    expect((await check(wrapped))?.kind).toBe('delivery-status');
  });

  it('is not seen in other messages', async () => {
    expect(await check(mail())).toBeNull();
    expect(await check(bounce(mail()).replace('message/delivery-status', 'text/plain'))).toBeNull();
    expect(await check(FAILED.join('\r\n'))).toBeNull();
  });

  it('is not looked for in the message that came back: one level and no further', async () => {
    const report = await check(bounce(bounce(mail())));
    expect(report?.returned?.from[0]?.address).toBe('mailer-daemon@mx.far.example');
  });

  it('tells a bounded number of recipients and hops, and bounded texts', async () => {
    const one = ['', `Final-Recipient: rfc822;${'x'.repeat(2000)}@far.example`];
    const many = Array.from({ length: LIMITS.deliveryRecipients + 5 }, () => one).flat();
    const hops = Array.from({ length: LIMITS.returnedHops + 5 }, (_, index) => `Received: from a by b${index}`);
    const report = await check(
      reportMessage({
        type: 'delivery-status',
        status: ['Reporting-MTA: dns;a', ...many],
        returned: mail(undefined, ...hops),
      }),
    );
    expect(report?.recipients).toHaveLength(LIMITS.deliveryRecipients);
    expect(report?.recipients[0]?.address.length).toBeLessThanOrEqual(LIMITS.deliveryTextCharacters);
    expect(report?.returned?.path).toHaveLength(LIMITS.returnedHops);
  });
});

describe('hostile reports', () => {
  it('are read without a throw, whatever stands in them', async () => {
    const piece = fc.constantFrom(
      ...[
        '--=_r',
        '--=_r--',
        '\r\n',
        '\r\n\r\n',
        'Status: 5.1.1',
        'Final-Recipient: rfc822;',
        ';',
        '\u0000',
        'From: <',
        'x',
      ],
      ...[
        'Content-Type: message/rfc822',
        'Content-Type: message/delivery-status',
        'DKIM-Signature: v=1; d=home.example',
      ],
      ...['Content-Transfer-Encoding: base64', 'Content-Type: multipart/report; boundary="=_r"', 'Received: from a by'],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const report = await check(
          reportMessage({ type: 'delivery-status', status: pieces, returned: pieces.join('') }),
        );
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      }),
    );
  });

  it('take linear work to take apart', () => {
    const statusOf = (size: number) => (): unknown => {
      const found = findReport(
        readStructure(
          parseMessage(
            utf8ToBytes(reportMessage({ type: 'delivery-status', status: FAILED, returned: '--=\r\n'.repeat(size) })),
          ),
        ),
      );
      return found?.returned;
    };
    expect(preparedGrowthExponent(statusOf, 20_000)).toBeLessThan(1.6);
  });
});

describe('other reports', () => {
  it('tell that a message was read (RFC 8098)', async () => {
    const report = await check(
      reportMessage({
        type: 'disposition-notification',
        status: [
          'Reporting-UA: joes-pc.cs.example; Foomail 97.1',
          'Original-Recipient: rfc822;joe@far.example',
          'Final-Recipient: rfc822;joe@far.example',
          'Original-Message-ID: <199509192301.23456@home.example>',
          'Disposition: manual-action/MDN-sent-manually; Displayed/error',
        ],
      }),
    );
    expect(report).toMatchObject({
      kind: 'disposition-notification',
      originalMessageId: '<199509192301.23456@home.example>',
      recipients: [{ address: 'joe@far.example', action: 'displayed' }],
      ownership: { result: 'unclear', reason: 'nothing-returned' },
    });
  });

  it('are complaints (RFC 5965), about which nobody is asked whether they are his', async () => {
    const report = await check(
      reportMessage({
        type: 'feedback-report',
        status: [
          'Feedback-Type: abuse',
          'User-Agent: SomeGenerator/1.0',
          'Version: 1',
          'Original-Rcpt-To: <user@far.example>',
        ],
        returned: signed(mail('Eve <eve@other.example>')),
      }),
    );
    expect(report).toMatchObject({
      kind: 'feedback-report',
      reporter: 'SomeGenerator/1.0',
      recipients: [{ address: 'user@far.example', action: 'abuse' }],
      ownership: null,
    });
  });
});

describe('the message that came back', () => {
  it('is read like any other', async () => {
    const report = await check(
      bounce(
        signed(
          mail(
            undefined,
            'Return-Path: <bounces@home.example>',
            'Received: from out.home.example by mx.far.example; Sun, 22 Nov 2026 07:00:00 +0000',
            'OPES-System: https://filter.example/policy',
            'Sender: Secretary <office@home.example>',
          ),
        ),
      ),
    );
    expect(report?.returned).toEqual({
      headerOnly: false,
      from: [{ displayName: 'Ann', address: 'ann@home.example' }],
      sender: 'office@home.example',
      returnPath: 'bounces@home.example',
      messageId: '<1@home.example>',
      subject: 'Grüße',
      date: null,
      signatures: [{ domain: 'home.example', relation: 'domain', outcome: 'valid' }],
      path: [{ from: 'out.home.example', by: 'mx.far.example', time: '2026-11-22T07:00:00.000Z' }],
    });
    expect(report?.intermediaries).toEqual([{ kind: 'opes', name: 'https://filter.example/policy' }]);
  });

  it('may have been handled by systems that only the report names (draft-ietf-opes-smtp-security-02 §3.1)', async () => {
    const [about = '', ...others] = FAILED;
    const report = await check(
      reportMessage({ type: 'delivery-status', status: [about, 'OPES-Via: https://filter.example/', ...others] }),
    );
    expect(report?.intermediaries).toEqual([{ kind: 'opes', name: 'https://filter.example/' }]);
  });

  it.each<[string, string, string]>([
    ['whole', bounce(signed(mail())), 'valid'],
    ['its header alone', bounce(headerOf(signed(mail())), 'text/rfc822-headers'), 'valid-header'],
    ['cut short', bounce(signed(mail()).replace('Hello', 'Hel')), 'valid-header'],
    [
      'in base64',
      bounce(`QUJD`).replace(
        'Content-Type: message/rfc822\r\n\r\nQUJD',
        `Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(signed(mail())).toString('base64')}`,
      ),
      'valid',
    ],
    ['with another Subject', bounce(signed(mail()).replace('=C3=BC', '=C3=B6')), 'broken'],
    ['signed by a key in test mode', bounce(signed(mail(), 'test')), 'broken'],
    ['signed by a key that does not answer', bounce(signed(mail(), 'slow')), 'unavailable'],
  ])('has its signatures verified: %s', async (_, text, outcome) => {
    expect((await check(text))?.returned?.signatures.map((one) => one.outcome)).toEqual([outcome]);
  });
});

describe('whether it was the reader’s', () => {
  const own = ['ann@home.example', 'ann@free.example'];
  it.each<[string, string, OwnershipReason]>([
    ['his address and a valid signature of its domain', signed(mail()), 'signed'],
    ['his address in other letters, with a mark of his own', signed(mail('Ann+far@Home.Example')), 'signed'],
    ['him as Sender', signed(mail('boss@far.example', 'Sender: ann@home.example')), 'signed'],
    ['another of his addresses, not in the domain that signed', signed(mail('ann@free.example')), 'not-signed'],
    ['no signature', mail(), 'not-signed'],
    ['a signature of somebody else', signed(mail(), 's', 'list.example'), 'not-signed'],
    ['a signature that does not verify', signed(mail()).replace('bob@', 'bot@'), 'signature-broken'],
    ['a signature whose key does not answer', signed(mail(), 'slow'), 'signature-unavailable'],
    ['another address of his domain', signed(mail('team@home.example')), 'same-domain'],
    ['another author', signed(mail('eve@other.example')), 'other-author'],
    ['a neighbour’s domain', mail('ann@xhome.example'), 'other-author'],
    ['no author', 'Subject: x\r\n\r\n', 'nothing-returned'],
    ['an author without domain', mail('root'), 'nothing-returned'],
  ])('is told by %s', async (_, returned, reason) => {
    expect((await check(bounce(returned), { own }))?.ownership?.reason).toBe(reason);
  });

  it('counts a signature of a parent domain, but not of a public suffix (RFC 6376 §8.14)', async () => {
    const below = signed(mail('ann@mail.home.example'));
    expect((await check(bounce(below), { own: ['ann@mail.home.example'] }))?.ownership?.reason).toBe('signed');
    const registered = signed(mail('ann@me.github.io'), 's', 'github.io');
    expect((await check(bounce(registered), { own: ['ann@me.github.io'] }))?.ownership?.reason).toBe('not-signed');
  });

  it('is not told where the addresses are not known, or signatures are not looked at', async () => {
    expect((await check(bounce(signed(mail())), { own: [] }))?.ownership).toEqual({
      result: 'unclear',
      reason: 'own-addresses-unknown',
    });
    expect((await check(bounce(signed(mail())), { verify: false }))?.ownership).toEqual({
      result: 'unclear',
      reason: 'switched-off',
    });
  });

  it.each([
    ['his', signed(mail()), 'bounce-of-own-mail', 'note'],
    ['another’s', mail('eve@other.example'), 'bounce-of-foreign-mail', 'caution'],
    ['anybody’s', mail(), 'bounce-unclear', 'note'],
  ])('becomes a finding: %s', async (_, returned, id, level) => {
    const { findings } = await checkMessage(utf8ToBytes(bounce(returned)), {
      resolver: createZoneResolver(ZONE),
      now: NOW,
      ownAddresses: own,
    });
    expect(findings.filter((finding) => finding.id.startsWith('bounce-'))).toMatchObject([{ id, level }]);
  });
});
