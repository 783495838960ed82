/** Honest mail as the reader's servers takes it in: never left it, through a large provider, past servers with habits of their own. */
import { dateOf, OWN_HOST, READER, type Domain, type Draft } from '../support/draft.ts';
import { honest, QUIET, UNVERIFIED, VERIFIED, VOUCHED, type Kind } from '../support/kind.ts';

const NO_POLICY = ['practice-reject', 'practice-quarantine'];
const NOT_ODD = ['sender-differs', 'reply-to-differs', 'client-uses-own-name', 'forged-server-result', 'spf-fail'];

/** A provider with servers of its own names at public addresses, and results that name no server. */
function deliverThroughProvider(d: Draft, from: Domain, mailFrom: string, results: readonly string[]): void {
  const time = dateOf(d.sent);
  const [edge, hub, box] = ['edge3.mail.reader.example', 'hub2.mail.reader.example', 'box9.mail.reader.example'];
  const server = (id: string): readonly string[] => [
    ' Microsoft SMTP Server (version=TLS1_2,',
    ` cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id ${id}; ${time}`,
  ];
  d.putOwn(
    ...[`Received: from ${hub} (2001:db8:40:2::7) by`, ` ${box} with HTTPS; ${time}`],
    ...[`Received: from ${edge} (2001:db8:40:1::24) by`, ` ${hub} (2001:db8:40:2::7) with`, ...server('15.20.8100.9')],
    `Authentication-Results: ${results.join(';')}`,
    ...[`Received: from ${from.host} (${from.ip}) by`, ` ${edge} (10.0.7.12) with`, ...server('15.20.8100.9')],
    `Return-Path: ${mailFrom}`,
  );
}

/** Dates and clauses that servers write and RFC 5321 §4.4 does not know. */
const ODD_TRACES: readonly ((from: Domain, time: Date) => string)[] = [
  (from, time) => `Received: from ([${from.ip}]) by ${OWN_HOST} (IceWarp 14.1.0) with SMTP id B7; ${dateOf(time)}`,
  (from, time) =>
    `Received: from ${from.host} (${from.host} [${from.ip}]) by ${OWN_HOST} with ESMTPS id q1; ${dateOf(time).replace(' +0000', '.581 +0000')} (UTC)`,
  (from, time) =>
    `Received: from ${from.host} (${from.host} [${from.ip}]) by ${OWN_HOST} with ESMTPS id q2; ${goDate(time)}`,
  (from, time) =>
    `Received: from ${from.host} (${from.host} [${from.ip}]) by ${OWN_HOST} with ESMTPS id q3; ${dateOf(time).replace('+0000', 'GMT')}`,
];

function goDate(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')}.581193823 +0000 UTC`;
}

export const DELIVERY_KINDS: readonly Kind[] = [
  honest({
    id: 'delivery/submitted',
    count: 10,
    allowed: QUIET,
    forbidden: [...NO_POLICY, ...NOT_ODD],
    make: (d, n) => {
      const own: Domain = { name: 'reader.example', host: OWN_HOST, ip: '192.0.2.10' };
      const author = d.person(own);
      d.zone['_dmarc.reader.example'] = { TXT: ['v=DMARC1; p=reject'] };
      d.write({ from: author.mailbox });
      const client = [
        `[192.168.1.${n + 10}] (dsl-9.access.example [198.51.100.${n + 100}])`,
        `laptop.lan ([10.8.0.${n + 2}])`,
      ];
      d.putOwn(
        `Return-Path: <${author.address}>`,
        `Received: from ${client[n % 2] ?? ''}`,
        ...(n % 4 < 2 ? [`\t(Authenticated sender: ${author.address})`] : []),
        `\tby ${OWN_HOST} (Postfix) with ${n % 3 === 0 ? 'ESMTPA' : 'ESMTPSA'} id ${d.random.id()}`,
        `\tfor <${READER}>; ${dateOf(d.sent)}`,
      );
    },
  }),
  honest({
    id: 'delivery/submitted-seen-by-own-server',
    count: 6,
    allowed: QUIET,
    forbidden: [...NO_POLICY, ...NOT_ODD],
    make: (d) => {
      const author = d.person({ name: 'reader.example', host: OWN_HOST, ip: '192.0.2.10' });
      d.zone['_dmarc.reader.example'] = { TXT: ['v=DMARC1; p=reject'] };
      d.write({ from: author.mailbox });
      d.putOwn(
        `Authentication-Results: ${OWN_HOST}; auth=pass smtp.auth=${author.address} smtp.mailfrom=${author.address}`,
        `Received: from [192.168.1.20] (dsl-7.access.example [198.51.100.7])`,
        `\tby ${OWN_HOST} (Postfix) with ESMTPSA id ${d.random.id()}; ${dateOf(d.sent)}`,
      );
    },
  }),
  honest({
    id: 'delivery/local',
    count: 10,
    allowed: QUIET,
    forbidden: [...NO_POLICY, ...NOT_ODD],
    make: (d, n) => {
      d.zone['_dmarc.reader.example'] = { TXT: ['v=DMARC1; p=reject'] };
      d.zone[OWN_HOST] = { A: ['192.0.2.10'] };
      d.write({ from: `root@${OWN_HOST} (Cron Daemon)`, subject: 'Cron <root@mx> backup' });
      const trace = [
        `Received: by ${OWN_HOST} (Postfix, from userid 0)\r\n\tid ${d.random.id()}; ${dateOf(d.sent)}`,
        `Received: from root by ${OWN_HOST} with local (Exim 4.97)\r\n\tid 1s${d.random.id()}; ${dateOf(d.sent)}`,
        `Received: from ${OWN_HOST} ([127.0.0.1]) by localhost with LMTP\r\n\tid ${d.random.id()}; ${dateOf(d.sent)}`,
        `Received: from localhost (localhost [127.0.0.1]) by ${OWN_HOST} (Postfix) with ESMTP id ${d.random.id()}; ${dateOf(d.sent)}`,
        `Received: from box2.reader.example ([fe80::a1]) by ${OWN_HOST}\r\n ([fe80::a2%3]) with mapi id 15.01.2507.017; ${dateOf(d.sent)}`,
      ];
      d.putOwn(`Return-Path: <root@${OWN_HOST}>`, trace[n % trace.length] ?? '');
      d.keepInside();
    },
  }),
  honest({
    id: 'delivery/provider-signed',
    count: 8,
    allowed: VERIFIED,
    forbidden: NOT_ODD,
    make: (d) => {
      const author = d.person(d.domain({ policy: d.random.pick([null, 'none', 'reject']) }));
      d.write({ from: author.mailbox });
      d.sign(author.domain.name);
      deliverThroughProvider(d, author.domain, author.address, [
        ` spf=pass (sender IP is ${author.domain.ip})\r\n smtp.mailfrom=${author.domain.name}`,
        ` dkim=pass (signature was verified)\r\n header.d=${author.domain.name}`,
        `dmarc=pass action=none\r\n header.from=${author.domain.name}`,
        'compauth=pass reason=100',
      ]);
    },
  }),
  honest({
    id: 'delivery/provider-unsigned',
    count: 8,
    allowed: UNVERIFIED,
    forbidden: [...NOT_ODD, ...NO_POLICY],
    make: (d) => {
      const author = d.person(d.domain({ policy: d.random.pick([null, 'none']) }));
      d.write({ from: author.mailbox });
      deliverThroughProvider(d, author.domain, author.address, [
        ` spf=pass (sender IP is ${author.domain.ip})\r\n smtp.mailfrom=${author.domain.name}`,
        ' dkim=none (message not signed)\r\n header.d=none',
        `dmarc=none action=none\r\n header.from=${author.domain.name}`,
      ]);
    },
  }),
  honest({
    id: 'delivery/provider-unsigned-although-enforced',
    count: 6,
    allowed: [...UNVERIFIED, 'caution'],
    forbidden: NOT_ODD,
    make: (d) => {
      const author = d.person(d.domain({ policy: 'reject' }));
      d.write({ from: author.mailbox });
      deliverThroughProvider(d, author.domain, author.address, [
        ` spf=pass (sender IP is ${author.domain.ip})\r\n smtp.mailfrom=${author.domain.name}`,
        ' dkim=none (message not signed)\r\n header.d=none',
        `dmarc=pass action=none\r\n header.from=${author.domain.name}`,
      ]);
    },
  }),
  honest({
    id: 'delivery/odd-traces',
    count: 12,
    allowed: VERIFIED,
    forbidden: ['received-unreadable'],
    make: (d, n) => {
      const author = d.person();
      d.write({ from: author.mailbox });
      d.sign(author.domain.name);
      d.putOwn(`Return-Path: <${author.address}>`, ODD_TRACES[n % ODD_TRACES.length]?.(author.domain, d.sent) ?? '');
    },
  }),
  honest({
    id: 'delivery/past-a-scanner',
    count: 6,
    allowed: VERIFIED,
    forbidden: NOT_ODD,
    make: (d) => {
      const author = d.person();
      d.write({ from: author.mailbox });
      d.sign(author.domain.name);
      d.deliver({ from: author.domain, mailFrom: author.address });
      d.putOwn(
        `Received: from localhost (localhost [127.0.0.1])\r\n\tby ${OWN_HOST} (scanner) with ESMTP id ${d.random.id()}; ${dateOf(d.sent)}`,
        'X-Spam-Status: No, score=0.1',
      );
    },
  }),
  honest({
    id: 'delivery/results-below-own-trace',
    count: 8,
    allowed: VOUCHED,
    forbidden: [...NOT_ODD, ...NO_POLICY],
    make: (d, n) => {
      const author = d.person(d.domain({ policy: 'reject' }));
      d.trust = { authservIds: [OWN_HOST], resultsBelowEntry: 1 };
      d.write({ from: author.mailbox });
      if (n % 2 === 0) d.sign(author.domain.name);
      d.deliver({
        from: author.domain,
        mailFrom: author.address,
        results: [
          `spf=pass smtp.mailfrom=${author.address}`,
          `dmarc=pass (p=REJECT) header.from=${author.domain.name}`,
        ],
        below: true,
      });
    },
  }),
];
