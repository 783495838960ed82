import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { parseReceived, readReceived } from '../../src/trace/received.ts';
import { growthExponent } from '../support/growth.ts';
import { messageOf } from '../support/message.ts';

const DATE = 'Mon, 2 Nov 2026 10:00:00 +0100';

/** `from` (and what differs from it), then each clause that is there. The date is checked by itself. */
function inWords(value: string): string {
  const {
    from,
    helo,
    ip,
    reverseName,
    by,
    with: protocol,
    via,
    id,
    for: recipient,
    tls,
    solicit,
    note,
    problems,
    time,
  } = parseReceived(value);
  const named: readonly (readonly [string, string | null])[] = [
    ['from', from],
    ['helo', helo === from ? null : helo],
    ['ip', ip],
    ['rev', reverseName],
    ['by', by],
    ['with', protocol],
    ['via', via],
    ['id', id],
    ['for', recipient],
    ['tls', tls === false ? null : String(tls)],
    ['solicit', solicit.length === 0 ? null : solicit.join(',')],
    ['note', note],
    ['time', time === '2026-11-02T09:00:00.000Z' ? null : String(time)],
  ];
  return [
    ...named.flatMap(([name, text]) => (text === null ? [] : [`${name}=${text}`])),
    ...problems.map((problem) => `!${problem}`),
  ].join(' ');
}

type Row = readonly [what: string, value: string, expected: string];

const SERVERS: readonly Row[] = [
  [
    'Postfix',
    'from m.a.example (m.a.example [192.0.2.1]) by mx.b.example (Postfix) with ESMTP id 4Xyz12 for <u@b.example>',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example with=ESMTP id=4Xyz12 for=u@b.example',
  ],
  [
    'Postfix with TLS',
    'from m.a.example (m.a.example [192.0.2.1]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits)) (No client certificate requested) by mx.b.example (Postfix) with ESMTPS id 4Xyz12',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example with=ESMTPS id=4Xyz12 tls=TLS1.3',
  ],
  [
    'Postfix, name not found',
    'from m.a.example (unknown [192.0.2.1]) by mx.b.example (Postfix) with SMTP id 1',
    'from=m.a.example ip=192.0.2.1 by=mx.b.example with=SMTP id=1',
  ],
  [
    'Postfix, IPv6',
    'from m.a.example (m.a.example [IPv6:2001:DB8:0:0::1]) by mx.b.example (Postfix) with ESMTPS id 1',
    'from=m.a.example ip=2001:db8::1 rev=m.a.example by=mx.b.example with=ESMTPS id=1 tls=true',
  ],
  [
    'Postfix, submission',
    'from [10.1.2.3] (dsl.a.example [192.0.2.1]) (Authenticated sender: ann) by mx.b.example (Postfix) with ESMTPSA id 1',
    'from=[10.1.2.3] ip=192.0.2.1 rev=dsl.a.example by=mx.b.example with=ESMTPSA id=1 tls=true',
  ],
  [
    'Postfix, old TLS',
    'from m (m [192.0.2.1]) (using TLSv1 with cipher DHE-RSA-AES256-SHA (256/256 bits)) by mx.b.example (Postfix) with ESMTP id 1',
    'from=m ip=192.0.2.1 rev=m by=mx.b.example with=ESMTP id=1 tls=TLS1.0',
  ],
  [
    'Postfix, with port',
    'from m.a.example (m.a.example [192.0.2.1]:40123) by mx.b.example (Postfix) with SMTP id 1',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example with=SMTP id=1',
  ],
  ['Postfix, pick-up', 'by mx.b.example (Postfix, from userid 1000) id 7F1', 'by=mx.b.example id=7F1'],
  [
    'Postfix, re-injection',
    'from localhost (localhost [127.0.0.1]) by mx.b.example (Postfix) with ESMTP id 1',
    'from=localhost ip=127.0.0.1 rev=localhost by=mx.b.example with=ESMTP id=1',
  ],
  [
    'amavis',
    'from mx.b.example ([127.0.0.1]) by localhost (mx.b.example [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id aBc for <u@b.example>',
    'from=mx.b.example ip=127.0.0.1 by=localhost with=ESMTP id=aBc for=u@b.example',
  ],
  [
    'Exim, name equals HELO',
    'from m.a.example ([192.0.2.1]) by mx.b.example with esmtp (Exim 4.96) (envelope-from <x@a.example>) id 1abC-0001-AA for u@b.example',
    'from=m.a.example ip=192.0.2.1 by=mx.b.example with=esmtp id=1abC-0001-AA for=u@b.example',
  ],
  [
    'Exim, other HELO',
    'from out.a.example ([192.0.2.1] helo=m.a.example) by mx.b.example with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <x@a.example>) id 1abC',
    'from=out.a.example helo=m.a.example ip=192.0.2.1 rev=out.a.example by=mx.b.example with=esmtps id=1abC tls=TLS1.3',
  ],
  [
    'Exim, no name',
    'from [192.0.2.1] (helo=m.a.example) by mx.b.example with esmtp (Exim 4.94) id 1abC',
    'from=[192.0.2.1] helo=m.a.example ip=192.0.2.1 by=mx.b.example with=esmtp id=1abC',
  ],
  [
    'Exim, port and literal HELO',
    'from [192.0.2.1] (port=51234 helo=[10.1.2.3]) by mx.b.example with esmtpsa (TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256) (Exim 4.92) id 1abC',
    'from=[192.0.2.1] helo=[10.1.2.3] ip=192.0.2.1 by=mx.b.example with=esmtpsa id=1abC tls=TLS1.2',
  ],
  [
    'Exim, ident answer',
    'from out.a.example ([192.0.2.1] ident=[10.1.2.3]) by mx.b.example with smtp (Exim 4.90) id 1abC',
    'from=out.a.example ip=192.0.2.1 by=mx.b.example with=smtp id=1abC',
  ],
  [
    'Exim, local',
    'from ann by mx.b.example with local (Exim 4.96) (envelope-from <ann@b.example>) id 1abC',
    'from=ann by=mx.b.example with=local id=1abC',
  ],
  [
    'Exim, IPv6',
    'from m.a.example ([2001:db8::1]) by mx.b.example with esmtps id 1abC',
    'from=m.a.example ip=2001:db8::1 by=mx.b.example with=esmtps id=1abC tls=true',
  ],
  [
    'Sendmail',
    'from m.a.example (m.a.example [192.0.2.1]) by mx.b.example (8.17.1/8.17.1) with ESMTPS id 2A1 (version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NOT) for <u@b.example>',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example with=ESMTPS id=2A1 for=u@b.example tls=TLS1.2',
  ],
  [
    'Sendmail, may be forged',
    'from m.a.example (out.c.example [192.0.2.1] (may be forged)) by mx.b.example (8.14.4/8.14.4) with ESMTP id 2A1',
    'from=m.a.example ip=192.0.2.1 rev=out.c.example by=mx.b.example with=ESMTP id=2A1',
  ],
  [
    'Sendmail, ident answer that looks like an address',
    'from m.a.example (IDENT:[10.1.2.3]@out.a.example [192.0.2.1]) by mx.b.example (8.12.8/8.12.8) with SMTP id 2A1',
    'from=m.a.example ip=192.0.2.1 rev=out.a.example by=mx.b.example with=SMTP id=2A1',
  ],
  [
    'Sendmail, submission',
    '(from ann@localhost) by mx.b.example (8.15.2/8.15.2/Submit) id 2A1',
    'by=mx.b.example id=2A1',
  ],
  [
    'qmail, from the network',
    'from unknown (HELO m.a.example) (192.0.2.1) by mx.b.example with SMTP',
    'from=unknown helo=m.a.example ip=192.0.2.1 by=mx.b.example with=SMTP',
  ],
  [
    'qmail, name equals HELO',
    'from m.a.example (192.0.2.1) by mx.b.example with SMTP',
    'from=m.a.example ip=192.0.2.1 by=mx.b.example with=SMTP',
  ],
  [
    'qmail, other HELO',
    'from out.a.example (HELO m.a.example) (192.0.2.1) by 0 with SMTP',
    'from=out.a.example helo=m.a.example ip=192.0.2.1 rev=out.a.example by=0 with=SMTP',
  ],
  [
    'qmail, HELO that is an address',
    'from unknown (HELO [10.1.2.3]) (192.0.2.1) by mx.b.example with SMTP',
    'from=unknown helo=[10.1.2.3] ip=192.0.2.1 by=mx.b.example with=SMTP',
  ],
  [
    'qmail, ident answer',
    'from out.a.example (HELO m.a.example) (ann@192.0.2.1) by mx.b.example with SMTP',
    'from=out.a.example helo=m.a.example ip=192.0.2.1 rev=out.a.example by=mx.b.example with=SMTP',
  ],
  ['qmail, process note', '(qmail 4321 invoked from network)', 'note=qmail 4321 invoked from network'],
  ['qmail, local note', '(qmail 4321 invoked by uid 89)', 'note=qmail 4321 invoked by uid 89'],
  [
    'Exchange',
    'from m.a.example (192.0.2.1) by EX1.b.example (10.0.0.5) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.1.2507.6 via Frontend Transport',
    'from=m.a.example ip=192.0.2.1 by=EX1.b.example with=Microsoft SMTP Server via=Frontend Transport id=15.1.2507.6 tls=TLS1.2',
  ],
  [
    'Exchange, inside',
    'from EX2.b.example ([fe80::1]) by EX1.b.example ([fe80::2%12]) with mapi id 15.01.2507.006',
    'from=EX2.b.example ip=fe80::1 by=EX1.b.example with=mapi id=15.01.2507.006',
  ],
  [
    'Exchange Online',
    'from VE1PR01.eurprd01.prod.outlook.com (2603:10a6:803:0:0:0:0:14) by AM0PR02.eurprd02.prod.outlook.com with HTTPS',
    'from=VE1PR01.eurprd01.prod.outlook.com ip=2603:10a6:803::14 by=AM0PR02.eurprd02.prod.outlook.com with=HTTPS tls=true',
  ],
  [
    'Microsoft SMTPSVC',
    'from m.a.example ([192.0.2.1]) by EX1.b.example with Microsoft SMTPSVC(6.0.3790.4675)',
    'from=m.a.example ip=192.0.2.1 by=EX1.b.example with=Microsoft SMTPSVC',
  ],
  [
    'Gmail, entry',
    'from m.a.example (m.a.example. [192.0.2.1]) by mx.google.com with ESMTPS id ab12 for <u@b.example> (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128)',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.google.com with=ESMTPS id=ab12 for=u@b.example tls=TLS1.3',
  ],
  [
    'Gmail, between its own',
    'from mail-sor-f41.google.com (mail-sor-f41.google.com. [192.0.2.1]) by mx.google.com with SMTPS id ab12 for <u@b.example> (Google Transport Security)',
    'from=mail-sor-f41.google.com ip=192.0.2.1 rev=mail-sor-f41.google.com by=mx.google.com with=SMTPS id=ab12 for=u@b.example tls=true',
  ],
  [
    'Gmail, inside',
    'by 2002:a05:7300:1234:b0:11e:aaaa:bbbb with SMTP id x1csp',
    'by=2002:a05:7300:1234:b0:11e:aaaa:bbbb with=SMTP id=x1csp',
  ],
  [
    'Yahoo',
    'from 192.0.2.1 (EHLO m.a.example) by 10.197.36.10 with SMTPs (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256)',
    'from=192.0.2.1 helo=m.a.example ip=192.0.2.1 by=10.197.36.10 with=SMTPs tls=TLS1.3',
  ],
  [
    'Yahoo as it was',
    'from 127.0.0.1 (EHLO m.a.example) (192.0.2.1) by mta1.mail.yahoo.com with SMTP',
    'from=127.0.0.1 helo=m.a.example ip=192.0.2.1 by=mta1.mail.yahoo.com with=SMTP',
  ],
  [
    'Dovecot LMTP',
    'from mx.b.example ([127.0.0.1]) by mx.b.example with LMTP id aBc (envelope-from <x@a.example>) for <u@b.example>',
    'from=mx.b.example ip=127.0.0.1 by=mx.b.example with=LMTP id=aBc for=u@b.example',
  ],
  [
    'Dovecot LMTP over a socket',
    'from mx.b.example by imap.b.example (Dovecot) with LMTP id aBc for <u@b.example>',
    'from=mx.b.example by=imap.b.example with=LMTP id=aBc for=u@b.example',
  ],
  [
    'Dovecot LMTP over TLS',
    'from mx.b.example ([10.0.0.2]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) by imap.b.example with LMTPS id aBc',
    'from=mx.b.example ip=10.0.0.2 by=imap.b.example with=LMTPS id=aBc tls=TLS1.3',
  ],
  [
    'Cyrus',
    'from mx.b.example ([unix socket]) by imap.b.example (Cyrus 3.8) with LMTPA',
    'from=mx.b.example by=imap.b.example with=LMTPA',
  ],
  [
    'fetchmail',
    'from pop.a.example [192.0.2.1] by localhost with POP3 (fetchmail-6.4.37) for <u@localhost> (single-drop)',
    'from=pop.a.example ip=192.0.2.1 by=localhost with=POP3 for=u@localhost',
  ],
  [
    'fetchmail, IMAP',
    'from imap.a.example (imap.a.example [192.0.2.1]) by home.b.example with IMAP (fetchmail-6.4.37)',
    'from=imap.a.example ip=192.0.2.1 rev=imap.a.example by=home.b.example with=IMAP',
  ],
  [
    'Courier',
    'from m.a.example (m.a.example [::ffff:192.0.2.1]) (TLS: TLSv1.2,256bits,ECDHE-RSA-AES256-GCM-SHA384) by mx.b.example with ESMTPS',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example with=ESMTPS tls=TLS1.2',
  ],
  [
    'OpenSMTPD',
    'from m.a.example (m.a.example [192.0.2.1]) by mx.b.example (OpenSMTPD) with ESMTPS id ab12 (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO) for <u@b.example>',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example with=ESMTPS id=ab12 for=u@b.example tls=TLS1.3',
  ],
  [
    'Haraka',
    'from m.a.example (m.a.example [192.0.2.1]) by mx.b.example (Haraka/3.0) with ESMTPS id AB12.1 (envelope-from <x@a.example>) tls TLS_AES_256_GCM_SHA384',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example with=ESMTPS id=AB12.1 tls=true',
  ],
  [
    'Stalwart',
    'from m.a.example (m.a.example [192.0.2.1] (AS64500 Example, NL)) (using TLSv1.3 with cipher TLS13_AES_256_GCM_SHA384) by mx.b.example (Stalwart SMTP) with ESMTPS id 2F for <u@b.example>',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example with=ESMTPS id=2F for=u@b.example tls=TLS1.3',
  ],
  [
    'CommuniGate Pro',
    'from [192.0.2.1] (account ann@b.example HELO laptop) by mx.b.example (CommuniGate Pro SMTP 6.3) with ESMTPSA id 123 for u@c.example',
    'from=[192.0.2.1] helo=laptop ip=192.0.2.1 by=mx.b.example with=ESMTPSA id=123 for=u@c.example tls=true',
  ],
  [
    'IceWarp',
    'from ([192.0.2.1]) by mx.b.example (IceWarp 14.0) with SMTP id B6',
    'from=[192.0.2.1] ip=192.0.2.1 by=mx.b.example with=SMTP id=B6',
  ],
  ['PowerMTA', 'by m.a.example id h1abc for <u@b.example>', 'by=m.a.example id=h1abc for=u@b.example'],
  [
    'Momentum',
    'from [192.0.2.1] ([192.0.2.1:54321] helo=m.a.example) by mta.b.example (envelope-from <x@a.example>) (ecelerity 4.4 r(msys)) with ESMTP id AB/12',
    'from=[192.0.2.1] helo=m.a.example ip=192.0.2.1 by=mta.b.example with=ESMTP id=AB/12',
  ],
  [
    'Mimecast',
    'from m.a.example (m.a.example [192.0.2.1]) by relay.mimecast.com with ESMTP with both STARTTLS and AUTH (version=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384) id us-mta-1-abc',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=relay.mimecast.com with=ESMTP id=us-mta-1-abc tls=TLS1.3',
  ],
  [
    'ZMailer',
    'from m.a.example ([192.0.2.1]:57218 "EHLO m.a.example" rhost-flags-OK-OK-OK-OK) by mx.b.example with ESMTP id S1 (ORCPT <rfc822;u@b.example>)',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example with=ESMTP id=S1',
  ],
  [
    'Domino',
    'from m.a.example ([192.0.2.1]) by mx.b.example (HCL Domino Release 12.0.2) with ESMTP id 2026110210000000-12',
    'from=m.a.example ip=192.0.2.1 by=mx.b.example with=ESMTP id=2026110210000000-12',
  ],
  [
    'MDaemon',
    'from m.a.example by mx.b.example (MDaemon PRO v23.0.1) with ESMTPS id md5001.msg',
    'from=m.a.example by=mx.b.example with=ESMTPS id=md5001.msg tls=true',
  ],
  [
    'Amazon SES',
    'from m.a.example (m.a.example [192.0.2.1]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id abc for u@b.example',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=inbound-smtp.eu-west-1.amazonaws.com with=SMTP id=abc for=u@b.example',
  ],
  [
    'majordomo',
    '(majordomo@lists.a.example) by lists.a.example via listexpand id S1 (ORCPT <rfc822;u@b.example>)',
    'by=lists.a.example via=listexpand id=S1',
  ],
  [
    'an SMTPUTF8 server (RFC 6531 §4.3)',
    'from m.a.example (m.a.example [192.0.2.1]) by mx.b.example with UTF8SMTPS id 1',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example with=UTF8SMTPS id=1 tls=true',
  ],
  [
    'SSL',
    'from m (m [192.0.2.1]) by mx.b.example with ESMTP (version=SSLv3 cipher=RC4-SHA) id 1',
    'from=m ip=192.0.2.1 rev=m by=mx.b.example with=ESMTP id=1 tls=SSL3',
  ],
  [
    'the example of RFC 3865 §2.6',
    'from foo-mta.foo.example by bar-mta.bar.example with ESMTP (SOLICIT=net.example:ADV,org.example:ADV:ADLT)',
    'from=foo-mta.foo.example by=bar-mta.bar.example with=ESMTP solicit=net.example:ADV,org.example:ADV:ADLT',
  ],
  [
    'malformed SOLICIT words among good ones',
    'by mx.b.example with ESMTP (solicit=net.example:ADV, 1x, ,org.example)',
    'by=mx.b.example with=ESMTP solicit=net.example:ADV,org.example',
  ],
  [
    'SOLICIT elsewhere than in the with clause',
    'from m.a.example (SOLICIT=net.example:ADV) by mx.b.example with ESMTP',
    'from=m.a.example by=mx.b.example with=ESMTP',
  ],
];

const ODD: readonly Row[] = [
  [
    'clauses in another order',
    'by mx.b.example from m.a.example (m.a.example [192.0.2.1]) for <u@b.example> id 1 with SMTP',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example with=SMTP id=1 for=u@b.example',
  ],
  [
    'words of the client that look like clauses',
    'from m.a.example with LMTP id 9 ([192.0.2.1]) by mx.b.example with SMTP id 1',
    'from=m.a.example by=mx.b.example with=SMTP id=1',
  ],
  ['a from clause with nothing in it', 'from by mx.b.example', 'from=by'],
  ['a from clause with a comment that says nothing', 'from () by mx.b.example', 'from= by=mx.b.example'],
  [
    'upper-case names of clauses',
    'FROM m.a.example BY mx.b.example WITH smtp ID 1',
    'from=m.a.example by=mx.b.example with=smtp id=1',
  ],
  [
    'a client that calls itself by',
    'from by (m.a.example [192.0.2.1]) by mx.b.example with SMTP id 1',
    'from=by ip=192.0.2.1 rev=m.a.example by=mx.b.example with=SMTP id=1',
  ],
  [
    'the first of two clauses of one name',
    'from m.a.example by mx.b.example with SMTP id 1 by forged.example id 2',
    'from=m.a.example by=mx.b.example with=SMTP id=1',
  ],
  [
    'an address in the HELO that the server did not see',
    'from [10.1.2.3] by mx.b.example with SMTP',
    'from=[10.1.2.3] by=mx.b.example with=SMTP',
  ],
  [
    'a second word after from that no collector wrote',
    'from m.a.example [10.1.2.3] by mx.b.example with SMTP',
    'from=m.a.example by=mx.b.example with=SMTP',
  ],
  [
    'an address that stands only behind words of the client',
    'from [10.1.2.3] (helo=localhost [192.0.2.1]) by mx.b.example',
    'from=[10.1.2.3] helo=localhost by=mx.b.example',
  ],
  [
    'an address in a later comment',
    'from m.a.example (m.a.example [192.0.2.1]) (x [10.1.2.3]) by mx.b.example',
    'from=m.a.example ip=192.0.2.1 rev=m.a.example by=mx.b.example',
  ],
  [
    'TLS in the client name only',
    'from tls1.3.a.example (tls1.3.a.example [192.0.2.1]) by mx.b.example with SMTP',
    'from=tls1.3.a.example ip=192.0.2.1 rev=tls1.3.a.example by=mx.b.example with=SMTP',
  ],
  [
    'brackets that hold no address',
    'from m.a.example (m.a.example [somewhere]) by mx.b.example',
    'from=m.a.example by=mx.b.example',
  ],
  [
    'an address out of range',
    'from m.a.example (m.a.example [192.0.2.256]) by mx.b.example',
    'from=m.a.example by=mx.b.example',
  ],
  ['a trailing dot', 'from m.a.example. by mx.b.example. with SMTP', 'from=m.a.example. by=mx.b.example with=SMTP'],
  ['a quoted local part', 'by mx.b.example for <"a b;c"@b.example>', 'by=mx.b.example for="a b;c"@b.example'],
  ['a semicolon in a comment', 'from m.a.example (x; y) by mx.b.example', 'from=m.a.example by=mx.b.example'],
];

describe('Received (RFC 5321 §4.4)', () => {
  it.each(SERVERS)('reads what is written by %s', (_what, value, expected) => {
    expect(inWords(`${value}; ${DATE}`)).toBe(expected);
  });

  it.each(ODD)('reads %s', (_what, value, expected) => {
    expect(inWords(`${value}; ${DATE}`)).toBe(expected);
  });

  it.each([
    ['no date', 'by mx.b.example', 'by=mx.b.example time=null !no-date'],
    ['a broken date', 'by mx.b.example; yesterday', 'by=mx.b.example time=null !unreadable-date'],
    ['an empty value', '', 'time=null !no-clauses !no-date'],
    ['an unclosed comment', `by mx.b.example (x; ${DATE}`, 'by=mx.b.example time=null !unclosed !no-date'],
    [
      'an unclosed quoted string',
      `from "x by mx.b.example; ${DATE}`,
      `from="x by mx.b.example; ${DATE} time=null !unclosed !no-date`,
    ],
    ['text without clauses', `hello world; ${DATE}`, '!no-clauses'],
    [
      'a date that does not stand behind the first semicolon',
      `by mx.b.example id 1; 2; ${DATE}`,
      'by=mx.b.example id=1 time=null !unreadable-date',
    ],
    ['a comment after the date', `by mx.b.example; ${DATE} (envelope-from <x@a.example>)`, 'by=mx.b.example'],
  ])('names the problem: %s', (_what, value, expected) => {
    expect(inWords(value)).toBe(expected);
  });

  it('undoes folding itself', () => {
    expect(inWords(`from m.a.example\r\n\tby mx.b.example\r\n with SMTP;\r\n ${DATE}\r\n`)).toBe(
      'from=m.a.example by=mx.b.example with=SMTP',
    );
  });
});

describe('hostile Received fields', () => {
  it('reads no more fields than the limit', () => {
    const message = messageOf(...Array.from({ length: 5000 }, (_, n) => `Received: by h${n}.example; ${DATE}`));
    const received = readReceived(message);
    expect(received).toHaveLength(LIMITS.receivedFields);
    expect(received[0]).toMatchObject({ field: 0, by: 'h0.example' });
  });

  it('says of a field in a message that it was too long', () => {
    const message = messageOf(`Received: by mx.b.example id ${'x'.repeat(LIMITS.fieldValueBytes)}; ${DATE}`);
    expect(readReceived(message)[0]?.problems).toEqual(['no-date', 'too-long']);
  });

  it('ends at comments nested 10,000 deep and says so', () => {
    const { by, problems } = parseReceived(`by mx.b.example ${'('.repeat(10_000)}x${')'.repeat(10_000)}; ${DATE}`);
    expect(by).toBe('mx.b.example');
    expect(problems).toEqual(['comment-too-deep', 'no-date']);
  });

  it.each([
    ['words', 'from m by x '],
    ['comments', '(a) '],
    ['open brackets', '['],
    ['address literals', '[192.0.2.1] '],
    ['quotes', '"'],
    ['HELO claims', 'helo=x helo '],
    ['blanks', ' '],
    ['semicolons', ';'],
  ])('takes linear time for 1 MB of %s', (_what, unit) => {
    const run = (size: number): void => {
      parseReceived(`from m (${unit.repeat(Math.ceil(size / unit.length))}`);
      parseReceived(`from m (x) ${unit.repeat(Math.ceil(size / unit.length))}`);
    };
    expect(growthExponent(run, 30_000)).toBeLessThan(1.8);
    expect(parseReceived(`from m ${unit.repeat(1 << 20)}`).problems).toContain('too-long');
  });

  it('never throws, and every result survives JSON', () => {
    const unit = fc.constantFrom(
      'from ',
      'by ',
      'with ',
      'id ',
      'for ',
      '(',
      ')',
      '[',
      ']',
      '192.0.2.1',
      'helo=',
      'HELO ',
      ';',
      '"',
      '\\',
      '@',
      '<a@b>',
      'x',
      ' ',
      DATE,
      'é',
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit, maxLength: 40 }), fc.string()), (value) => {
        const parsed = parseReceived(value);
        expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
      }),
      { numRuns: 500 },
    );
  });

  it('never takes an address from what the client said of itself', () => {
    const claim = fc.string({
      unit: fc.constantFrom('10.1.2.3', '[10.1.2.3]', 'helo=', '@', '.', '-', 'x', ':', '='),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(claim, (helo) => {
        // The forms in which servers write a HELO argument without changing it, spaces and parentheses excepted.
        for (const value of [
          `from ${helo} (unknown [192.0.2.1]) by mx.b.example`,
          `from ${helo} ([192.0.2.1]) by mx.b.example`,
          `from unknown (HELO ${helo}) (192.0.2.1) by mx.b.example`,
          `from [192.0.2.1] (helo=${helo}) by mx.b.example`,
          `from m.a.example ([192.0.2.1] helo=${helo}) by mx.b.example`,
          `from 192.0.2.1 (EHLO ${helo}) by mx.b.example`,
        ]) {
          expect([value, parseReceived(value).ip]).toEqual([value, '192.0.2.1']);
        }
      }),
    );
  });
});

/** A first line of DATA that begins with a blank continues the field that some servers put on top of the message. */
describe('what somebody adds behind the date', () => {
  const SERVER_WROTE = [
    `from m.a.example (m.a.example [192.0.2.1]) by mx.b.example (Postfix) with ESMTP id 1; ${DATE}`,
    `from m.a.example ([192.0.2.1]) by mx.b.example id 1; ${DATE} (CET)`,
    'by mx.b.example (Postfix, from userid 1000) id 7F1; 2026-11-30 10:00:00.1 +0000 UTC m=+0.1',
    `from m.a.example ([192.0.2.1]) by mx.b.example; ${DATE}`,
  ];
  const added = fc.constantFrom(
    ...[
      '; Tue, 1 Dec 2020 10:00:00 +0000',
      'with IMAP',
      'with ESMTPA id 2',
      'by imap.b.example',
      'from x ([10.0.0.1])',
      ';',
    ],
    ...[
      'Tue, 1 Dec 2020 10:00:00 +0000',
      '(comment)',
      '(',
      '"',
      'for <u@b.example>',
      'tls TLS1.3',
      '+1400',
      'via x',
      'PST',
      '\\',
    ],
  );

  it('changes nothing of what the server wrote', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SERVER_WROTE), fc.array(added, { minLength: 1, maxLength: 6 }), (value, more) => {
        const { problems: _before, ...alone } = parseReceived(value);
        const { problems: _after, ...continued } = parseReceived(`${value}\r\n ${more.join(' ')}`);
        expect(continued).toEqual(alone);
      }),
      { numRuns: 1000 },
    );
  });

  it('is named', () => {
    expect(parseReceived(`by mx.b.example; ${DATE}\r\n with IMAP; 1 Dec 2020 10:00:00 +0000`).problems).toEqual([
      'text-after-date',
    ]);
    expect(parseReceived(`by mx.b.example; ${DATE} (a comment)`).problems).toEqual([]);
  });

  it('adds no clause where the date cannot be read', () => {
    expect(
      parseReceived('from m ([192.0.2.1]) by mx.b.example; at noon; with IMAP; 1 Dec 2020 10:00:00 +0000'),
    ).toMatchObject({
      with: null,
      ip: '192.0.2.1',
    });
  });

  it('costs linear time', () => {
    for (const piece of ['; ', ';(x)', ';"(" ', '; 1 Nov ', ';((', 'by;']) {
      expect(growthExponent((size) => parseReceived(`by mx.b.example ${piece.repeat(size)}`), 2_000)).toBeLessThan(1.5);
    }
  });
});
