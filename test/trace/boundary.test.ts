import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrustBoundary, TrustSettings } from '../../src/authres/types.ts';
import { findTrustBoundary } from '../../src/trace/boundary.ts';
import { readReceived } from '../../src/trace/received.ts';
import { messageOf } from '../support/message.ts';

const TRUST: TrustSettings = { authservIds: ['mx.mine.example'] };
const DATE = '; Mon, 2 Nov 2026 10:00:00 +0100';

/** The boundary of a message whose Received fields, topmost first, have these values. */
function boundaryOf(values: readonly string[], trust = TRUST): TrustBoundary {
  const message = messageOf(...values.map((value) => `Received: ${value}${DATE}`), 'From: a@a.example');
  return findTrustBoundary(message, readReceived(message), trust);
}

/** Position of the field of entry, the reason, and the client. */
function inWords({ entryField, reason, clientIp, helo }: TrustBoundary): string {
  return [entryField ?? '-', reason, ...(clientIp === null ? [] : [clientIp, helo])].join(' ');
}

const ENTRY = 'from m.a.example (m.a.example [192.0.2.1]) by mx.mine.example (Postfix) with ESMTPS id 1';
const FORGED = 'from bank.example (bank.example [198.51.100.9]) by mx.mine.example (Postfix) with ESMTPS id 2';

describe('the Received field of entry', () => {
  it.each([
    ['one server', [ENTRY], '0 entry 192.0.2.1 m.a.example'],
    [
      'another server of the same domain',
      ['from m (m [192.0.2.1]) by mx2.mine.example with SMTP'],
      '0 entry 192.0.2.1 m',
    ],
    [
      'LMTP to a mail store',
      ['from mx.mine.example ([10.0.0.2]) by imap.mine.example with LMTP id 1', ENTRY],
      '1 entry 192.0.2.1 m.a.example',
    ],
    [
      'LMTP over a socket',
      ['from mx.mine.example by imap.mine.example (Dovecot) with LMTP id 1', ENTRY],
      '1 entry 192.0.2.1 m.a.example',
    ],
    [
      'Cyrus',
      ['from mx.mine.example ([unix socket]) by sloti1 (Cyrus 3.8) with LMTPA', ENTRY],
      '1 entry 192.0.2.1 m.a.example',
    ],
    [
      'a content filter on the same machine',
      [
        'from localhost (localhost [127.0.0.1]) by mx.mine.example (Postfix) with ESMTP id 3',
        'from mx.mine.example ([127.0.0.1]) by localhost (mx.mine.example [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id 2',
        ENTRY,
      ],
      '2 entry 192.0.2.1 m.a.example',
    ],
    [
      'two relays on private addresses',
      [
        'from gw.mine.example (gw.mine.example [IPv6:fd00::2]) by store.mine.example (Postfix) with ESMTP id 3',
        'from mx.mine.example (unknown [172.20.1.1]) by gw.mine.example (Postfix) with ESMTP id 2',
        ENTRY,
      ],
      '2 entry 192.0.2.1 m.a.example',
    ],
    [
      'qmail',
      [
        '(qmail 12 invoked by uid 89)',
        '(qmail 11 invoked from network)',
        'from unknown (HELO m.a.example) (192.0.2.1) by mx.mine.example with SMTP',
      ],
      '2 entry 192.0.2.1 m.a.example',
    ],
    [
      'Exchange',
      [
        'from EX1.corp.local (10.0.0.5) by EX2.corp.local (10.0.0.6) with Microsoft SMTP Server id 15.1',
        'from m.a.example (192.0.2.1) by EX1.mine.example (10.0.0.5) with Microsoft SMTP Server id 15.1',
      ],
      '1 entry 192.0.2.1 m.a.example',
    ],
    [
      'a mailbox that was fetched',
      ['from pop.mine.example [203.0.113.5] by localhost with POP3 (fetchmail-6.4) for <u@localhost>', ENTRY],
      '1 entry 192.0.2.1 m.a.example',
    ],
  ])('is found behind %s', (_what, values, expected) => {
    expect(inWords(boundaryOf(values))).toBe(expected);
  });

  it('is found for Gmail, whose own hops are by 6to4 addresses of 10/8', () => {
    const values = [
      'by 2002:a05:7300:1234:b0:11e:aaaa:bbbb with SMTP id x1csp',
      'from m.a.example (m.a.example. [192.0.2.1]) by mx.google.com with ESMTPS id 1',
    ];
    expect(inWords(boundaryOf(values, { authservIds: ['mx.google.com'] }))).toBe('1 entry 192.0.2.1 m.a.example');
  });

  it('is found for Yahoo, which names itself by a private address', () => {
    const values = ['from 192.0.2.1 (EHLO m.a.example) by 10.197.36.10 with SMTPs'];
    expect(inWords(boundaryOf(values, { authservIds: ['*.yahoo.com'] }))).toBe('0 entry 192.0.2.1 m.a.example');
  });

  const OUTLOOK = [
    'from BB2P223MB0001.EXAMP223.PROD.OUTLOOK.COM (::1) by AA1P223MB0001.EXAMP223.PROD.OUTLOOK.COM with HTTPS',
    'from CC3PR01CA0001.example01.prod.outlook.com (2603:10b6:a03:2c1::9) by BB2P223MB0001.EXAMP223.PROD.OUTLOOK.COM (2603:10b6:806:3ca::18) with Microsoft SMTP Server id 15.20',
    'from DD4PEPF00001CE6.example01.prod.outlook.com (2603:10a6:803::62) by CC3PR01CA0001.outlook.office365.com (2603:10b6:a03:2c1::9) with Microsoft SMTP Server id 15.20 via Frontend Transport',
    'from m.a.example (192.0.2.1) by DD4PEPF00001CE6.mail.protection.outlook.com (10.167.242.22) with Microsoft SMTP Server id 15.20',
  ];

  it('is found for Exchange Online behind its own hops, which have public addresses, no reverse names and several domains', () => {
    const trust = { authservIds: ['protection.outlook.com'] };
    expect(inWords(boundaryOf(OUTLOOK, trust))).toBe('3 entry 192.0.2.1 m.a.example');
    const declared = { ...trust, receivingAddresses: ['2603:10a6::/32', '2603:10b6::/32', '::1'] };
    expect(inWords(boundaryOf(OUTLOOK, declared))).toBe('3 entry 192.0.2.1 m.a.example');
  });

  it('is never one of its own hops where they are not known, and then has no client', () => {
    const trust = { authservIds: ['protection.outlook.com'], receivingAddresses: ['::1'] };
    expect(inWords(boundaryOf(OUTLOOK, trust))).toBe('1 entry-from-own-name');
  });

  it('is not passed by a stranger who calls itself a server of Exchange Online', () => {
    const stranger =
      'from CC3PR01CA0001.example01.prod.outlook.com (203.0.113.66) by DD4PEPF00001CE6.mail.protection.outlook.com (10.167.242.22) with Microsoft SMTP Server id 15.20';
    const trust = { authservIds: ['protection.outlook.com'] };
    expect(inWords(boundaryOf([stranger, ...OUTLOOK.slice(2)], trust))).toBe('0 entry-from-own-name');
    const claiming = OUTLOOK[2]?.replace('(2603:10b6:a03:2c1::9)', '(203.0.113.66)') ?? '';
    expect(boundaryOf([stranger, claiming], trust).entryField).toBe(0);
  });

  it.each([
    ['the same site', '2001:db8:10:42::24', '2001:db8:10::7', '1 entry 192.0.2.1 m.a.example'],
    ['another site', '2001:db8:11:42::24', '2001:db8:10::7', '0 entry-from-own-name'],
    ['a site of which the server says nothing', '2001:db8:10:42::24', '10.0.0.1', '0 entry-from-own-name'],
    ['an address next to that of the server', '203.0.113.8', '203.0.113.7', '0 entry-from-own-name'],
  ])('is found behind an own name at %s', (_what, client, server, expected) => {
    const inside = `from edge1.mine.example (${client}) by hub2.mine.example (${server}) with Microsoft SMTP Server id 15`;
    expect(inWords(boundaryOf([inside, ENTRY]))).toBe(expected);
    const stranger = inside.replace('edge1.mine.example', 'edge1.other.example');
    expect(boundaryOf([stranger, ENTRY])).toMatchObject({ entryField: 0, reason: 'entry', clientIp: client });
  });

  it('has no client under an own name, however far below another own name stands', () => {
    const hop = 'from mx2.mine.example (mx2.mine.example [203.0.113.7]) by mx.mine.example with SMTP';
    const between = 'from x ([10.0.0.1]) by gw.other.example with SMTP';
    expect(inWords(boundaryOf([hop, between, ENTRY]))).toBe('0 entry-from-own-name');
  });

  it('is not passed for want of a client that a comment names, or that stands behind what is no date', () => {
    expect(inWords(boundaryOf(['from ([192.0.2.1]) by mx.mine.example (IceWarp) with SMTP id 1', FORGED]))).toBe(
      '0 entry 192.0.2.1 ',
    );
    expect(inWords(boundaryOf(['from () by mx.mine.example with SMTP id 1', FORGED]))).toBe('0 entry-without-address');
    expect(inWords(boundaryOf(['by mx.mine.example with SMTP; at noon', FORGED]))).toBe('0 entry-without-address');
  });

  it('says where the next Received field stands, or the end of the header', () => {
    expect(boundaryOf([ENTRY, FORGED])).toMatchObject({ entryField: 0, nextReceived: 1 });
    expect(boundaryOf([ENTRY])).toMatchObject({ entryField: 0, nextReceived: 2 });
  });
});

describe('where the search ends', () => {
  it.each([
    ['nobody is trusted', [ENTRY], { authservIds: [] }, '- nobody-trusted'],
    [
      'the only trusted id is no domain and no host is declared',
      [ENTRY],
      { authservIds: ['our server'] },
      '- nobody-trusted',
    ],
    ['there is no Received field', [], TRUST, '- no-received'],
    [
      'the topmost field is by a stranger',
      ['from m (m [192.0.2.1]) by mx.other.example with SMTP'],
      TRUST,
      '- undeclared-host',
    ],
    [
      'the topmost field is by a look-alike',
      ['from m (m [192.0.2.1]) by mx.mine.example.other.example with SMTP'],
      TRUST,
      '- undeclared-host',
    ],
    [
      'the topmost field is by a name that ends the same',
      ['from m (m [192.0.2.1]) by notmine.example with SMTP'],
      TRUST,
      '- undeclared-host',
    ],
    ['the topmost field says nothing', ['hello'], TRUST, '- undeclared-host'],
    [
      'the way leads to an undeclared host',
      [
        'from gw.mine.example ([10.0.0.2]) by imap.mine.example with LMTP',
        'from m (m [192.0.2.1]) by gw.vendor.example with SMTP',
      ],
      TRUST,
      '0 left-own-hosts',
    ],
    [
      'all hops are inside',
      ['from pc.mine.example ([10.0.0.9]) by mx.mine.example with ESMTPA', 'by pc.mine.example id 1'],
      TRUST,
      '1 internal',
    ],
    [
      'the server wrote no address',
      ['from m.a.example by mx.mine.example with SMTP'],
      TRUST,
      '0 entry-without-address',
    ],
    [
      'the server wrote no address of a client under an own name',
      ['from mx2.mine.example by mx.mine.example with SMTP', FORGED],
      TRUST,
      '0 entry-without-address',
    ],
    [
      'a stranger comes from a private address',
      ['from m.a.example (unknown [172.17.0.1]) by mx.mine.example with SMTP', FORGED],
      TRUST,
      '0 entry-from-private-address',
    ],
    [
      'a public address goes under an own name, and an own name stands below',
      ['from mx2.mine.example (mx2.mine.example [203.0.113.7]) by mx.mine.example with SMTP', FORGED],
      TRUST,
      '0 entry-from-own-name',
    ],
    [
      'a public address goes under an own name, and a stranger stands below',
      ['from mx2.mine.example (x [192.0.2.1]) by mx.mine.example with SMTP', 'by other.example id 1'],
      TRUST,
      '0 entry 192.0.2.1 mx2.mine.example',
    ],
  ])('when %s', (_what, values, trust, expected) => {
    expect(inWords(boundaryOf(values, trust))).toBe(expected);
  });
});

describe('declared hosts and addresses', () => {
  const relayed = [
    'from out.forward.example (out.forward.example [203.0.113.7]) by mx.mine.example with ESMTPS id 2',
    'from m.a.example (m.a.example [192.0.2.1]) by in.forward.example with ESMTPS id 1',
  ];

  it('ends at a forwarder that is not declared', () => {
    expect(inWords(boundaryOf(relayed))).toBe('0 entry 203.0.113.7 out.forward.example');
  });

  it('passes a forwarder whose hosts and addresses are declared', () => {
    const trust = {
      ...TRUST,
      receivingHosts: ['mx.mine.example', 'forward.example'],
      receivingAddresses: ['203.0.113.0/24'],
    };
    expect(inWords(boundaryOf(relayed, trust))).toBe('1 entry 192.0.2.1 m.a.example');
  });

  it('takes declared hosts instead of the domains of authserv-ids, and subdomains with them', () => {
    const values = ['from m (m [192.0.2.1]) by in1.eu.store.example with SMTP'];
    expect(inWords(boundaryOf(values, { ...TRUST, receivingHosts: ['Store.Example.'] }))).toBe('0 entry 192.0.2.1 m');
    expect(inWords(boundaryOf([ENTRY], { ...TRUST, receivingHosts: ['store.example'] }))).toBe('- undeclared-host');
  });

  it('takes declared addresses instead of the private ones, whatever the client calls itself', () => {
    const inside = ['from whatever (x [10.9.9.9]) by mx.mine.example with SMTP', ENTRY];
    expect(inWords(boundaryOf(inside, { ...TRUST, receivingAddresses: ['10.9.0.0/16'] }))).toBe(
      '1 entry 192.0.2.1 m.a.example',
    );
    const loopback = ['from mx.mine.example ([127.0.0.1]) by mx.mine.example with ESMTP', ENTRY];
    expect(inWords(boundaryOf(loopback, { ...TRUST, receivingAddresses: ['10.9.0.0/16'] }))).toBe(
      '0 entry-from-private-address',
    );
  });

  it('ignores declarations that cannot be read', () => {
    const trust = {
      ...TRUST,
      receivingHosts: ['not a host'],
      receivingAddresses: ['10.0.0.0/33', '10.0.0.0/8/8', 'x', '1.2.3'],
    };
    expect(inWords(boundaryOf([ENTRY], trust))).toBe('0 entry 192.0.2.1 m.a.example');
  });
});

describe('declared forwarders', () => {
  const by = (client: string): string => `from ${client} by mx.mine.example with ESMTPS id 2`;
  const atForwarder = 'from m.a.example (m.a.example [192.0.2.1]) by in.fwd.example with ESMTPS id 1';
  const trust: TrustSettings = { ...TRUST, forwarders: ['fwd.example'] };

  it.each([
    ['the own server wrote the name of its address', by('x (out.fwd.example [203.0.113.7])')],
    ['the name is the domain itself', by('x (fwd.example [203.0.113.7])')],
    ['the name ends in a dot', by('x (out.fwd.example. [203.0.113.7])')],
    ['the name stands behind an ident answer', by('x (IDENT:u@out.fwd.example [203.0.113.7])')],
  ])('are passed where %s', (_what, entry) => {
    expect(inWords(boundaryOf([entry, atForwarder], trust))).toBe('1 entry 192.0.2.1 m.a.example');
  });

  it.each([
    ['only the HELO name says so', by('out.fwd.example ([203.0.113.7])')],
    ['no name was found', by('out.fwd.example (unknown [203.0.113.7])')],
    ['the name may be forged', by('x (out.fwd.example [203.0.113.7] (may be forged))')],
    ['the name was not checked (qmail)', by('out.fwd.example (HELO out.fwd.example) (203.0.113.7)')],
    ['the name stands in the words of the client', by('x ([203.0.113.7] helo=out.fwd.example [203.0.113.7])')],
    ['the name only ends the same', by('x (out.notfwd.example [203.0.113.7])')],
    ['the name goes on', by('x (out.fwd.example.other.example [203.0.113.7])')],
  ])('are not passed where %s', (_what, entry) => {
    expect(boundaryOf([entry, atForwarder], trust)).toMatchObject({ entryField: 0, reason: 'entry', forwarders: [] });
  });

  it.each([
    ['a stranger', 'from m.a.example (m.a.example [192.0.2.1]) by other.example with SMTP'],
    ['a local name', 'from m.a.example (m.a.example [192.0.2.1]) by localhost with SMTP'],
    ['nobody', 'hello'],
  ])('are not passed where the next field is by %s', (_what, next) => {
    expect(boundaryOf([by('x (out.fwd.example [203.0.113.7])'), next], trust).entryField).toBe(0);
  });

  it('are known by their networks alone where these are declared', () => {
    const networks = { ...TRUST, forwarders: ['fwd.example', '203.0.113.0/24'] };
    expect(boundaryOf([by('x ([203.0.113.7])'), atForwarder], networks).entryField).toBe(1);
    expect(boundaryOf([by('x (out.fwd.example [192.0.2.7])'), atForwarder], networks).entryField).toBe(0);
  });

  it('may hand over inside their own side, and to one another', () => {
    const values = [
      by('x (out.fwd.example [203.0.113.7])'),
      'from in.fwd.example ([10.0.0.3]) by out.fwd.example with ESMTP id 3',
      'from l (lists.second.example [198.51.100.3]) by in.fwd.example with ESMTPS id 2',
      'from m.a.example (m.a.example [192.0.2.1]) by lists.second.example with ESMTPS id 1',
    ];
    const both = { ...TRUST, forwarders: ['*.fwd.example', 'second.example'] };
    expect(boundaryOf(values, both)).toMatchObject({
      entryField: 3,
      clientIp: '192.0.2.1',
      forwarders: ['fwd.example', 'second.example'],
    });
    expect(boundaryOf(values, trust)).toMatchObject({ entryField: 2, clientIp: '198.51.100.3' });
  });

  it('change nothing without a trusted server, or where they cannot be read', () => {
    expect(inWords(boundaryOf([atForwarder], { authservIds: [], forwarders: ['fwd.example'] }))).toBe(
      '- nobody-trusted',
    );
    const odd = { ...TRUST, forwarders: ['not a host', '10.0.0.0/99', ''] };
    expect(boundaryOf([ENTRY, FORGED], odd)).toEqual(boundaryOf([ENTRY, FORGED]));
  });

  it('are never believed on the word of a sender', () => {
    const forged = fc.constantFrom(
      atForwarder,
      by('x (out.fwd.example [203.0.113.7])'),
      'from out.fwd.example (out.fwd.example [203.0.113.7]) by in.fwd.example with ESMTP',
      'by in.fwd.example id 1',
      'by localhost id 1',
    );
    const helo = fc.constantFrom('out.fwd.example', 'in.fwd.example', '[203.0.113.7]', 'by', 'localhost');
    fc.assert(
      fc.property(helo, fc.array(forged, { maxLength: 4 }), (name, below) => {
        for (const client of [`${name} (m.a.example [192.0.2.66])`, `${name} (HELO ${name}) (192.0.2.66)`]) {
          const boundary = boundaryOf([by(client), ...below], trust);
          expect(boundary.entryField).toBe(0);
          expect(boundary.forwarders).toEqual([]);
        }
      }),
    );
  });
});

describe('a sender who prepares Received fields in the look of the own side', () => {
  it.each([
    ['a copy of an entry', [FORGED]],
    ['a copy of a whole way', ['from mx.mine.example ([127.0.0.1]) by imap.mine.example with LMTP', FORGED]],
    ['process notes', ['(qmail 1 invoked from network)', FORGED]],
    ['a hop without a client', ['by mx.mine.example id 1', FORGED]],
  ])('gains nothing by %s', (_what, forged) => {
    expect(inWords(boundaryOf([ENTRY, ...forged]))).toMatch(/^0 entry 192\.0\.2\.1 /);
  });

  it('known limit: behind a network that hides clients, an own name passes for an own server until addresses are declared', () => {
    const hidden = ['from mx.mine.example (gateway [172.17.0.1]) by mx.mine.example with SMTP', FORGED];
    expect(inWords(boundaryOf(hidden))).toBe('1 entry 198.51.100.9 bank.example');
    expect(inWords(boundaryOf(hidden, { ...TRUST, receivingAddresses: [] }))).toBe('0 entry-from-private-address');
  });

  /** What a client can choose: its HELO argument and, with a zone of its own, the name of its address. */
  const claimed = fc.constantFrom(
    'mx.mine.example',
    'localhost',
    '[127.0.0.1]',
    '[10.0.0.1]',
    '127.0.0.1',
    'imap',
    'm.a.example',
    'by',
    'with',
    'LMTP',
    'qmail',
    'helo=localhost',
  );
  const genuine = fc
    .tuple(claimed, claimed)
    .chain(([helo, reverse]) =>
      fc.constantFrom(
        `from ${helo} (${reverse} [192.0.2.66]) by mx.mine.example (Postfix) with ESMTPS id 1`,
        `from ${helo} (unknown [192.0.2.66]) by mx.mine.example (Postfix) with SMTP id 1`,
        `from ${helo} ([192.0.2.66]) by mx.mine.example with esmtp (Exim 4.96) id 1`,
        `from ${reverse} ([192.0.2.66] helo=${helo}) by mx.mine.example with esmtp (Exim 4.96) id 1`,
        `from [192.0.2.66] (port=1 helo=${helo}) by mx.mine.example with esmtp (Exim 4.96) id 1`,
        `from ${helo} (IDENT:[10.0.0.1]@${reverse} [192.0.2.66] (may be forged)) by mx.mine.example (8.17/8.17) with ESMTP id 1`,
        `from ${reverse} (HELO ${helo}) (192.0.2.66) by mx.mine.example with SMTP`,
        `from ${helo} (192.0.2.66) by mx.mine.example (10.0.0.2) with Microsoft SMTP Server id 15`,
        `from 192.0.2.66 (EHLO ${helo}) by 10.0.0.2 with SMTPs`,
      ),
    );
  const own = fc.constantFrom(
    'from mx.mine.example ([127.0.0.1]) by imap.mine.example with LMTP id 9',
    'from localhost (localhost [127.0.0.1]) by mx.mine.example (Postfix) with ESMTP id 9',
    'by mx.mine.example with SMTP id 9',
    '(qmail 9 invoked from network)',
  );
  const forged = fc.constantFrom(
    FORGED,
    ENTRY,
    'from mx.mine.example ([127.0.0.1]) by imap.mine.example with LMTP id 9',
    'by mx.mine.example with SMTP id 9',
    '(qmail 9 invoked from network)',
    'from pop.mine.example [10.0.0.1] by localhost with POP3 (fetchmail-6.4)',
    'garbage',
  );

  it('never moves the boundary below the field in which the own server received the message', () => {
    fc.assert(
      fc.property(
        fc.array(own, { maxLength: 3 }),
        genuine,
        fc.array(forged, { maxLength: 4 }),
        fc.constantFrom('', '10.0.0.1', 'x', '('),
        (above, entry, below, tail) => {
          const boundary = boundaryOf([...above, entry, ...below]);
          expect(boundary.entryField).toBe(above.length);
          expect([null, '192.0.2.66']).toContain(boundary.clientIp);
          const continued = `${entry}${DATE}\r\n\twith IMAP by imap.mine.example (${tail})`;
          expect(boundaryOf([...above, continued, ...below])).toEqual(boundary);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
