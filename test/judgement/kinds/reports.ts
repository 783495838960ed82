/** Honest mail about mail: bounces, automatic answers. */
import { OWN_HOST, READER, type Domain, type Draft } from '../support/draft.ts';
import { honest, QUIET, UNVERIFIED, VOUCHED, type Kind } from '../support/kind.ts';

const NOT_ODD = ['sender-differs', 'reply-to-differs', 'no-author', 'author-domain-nonexistent'];

/** RFC 3464, with the mail of the reader that came back. */
function bounce(d: Draft, server: Domain, from: string): void {
  const lost = `nobody@${server.name}`;
  d.write({
    from,
    subject: d.random.pick(['Undelivered Mail Returned to Sender', 'Mail delivery failed', 'Returned mail']),
    fields: [
      'Auto-Submitted: auto-replied',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"',
    ],
    without: ['Content-Type'],
    body: [
      ...['--=_b', 'Content-Type: text/plain', '', 'Your message could not be delivered.', ''],
      ...['--=_b', 'Content-Type: message/delivery-status', '', `Reporting-MTA: dns; ${server.host}`, ''],
      ...[`Final-Recipient: rfc822; ${lost}`, 'Action: failed', 'Status: 5.1.1', ''],
      ...['--=_b', 'Content-Type: text/rfc822-headers', '', `From: ${READER}`, `To: ${lost}`, 'Subject: Hello', ''],
      ...['--=_b--', ''],
    ].join('\r\n'),
  });
}

export const REPORT_KINDS: readonly Kind[] = [
  honest({
    id: 'report/bounce',
    count: 10,
    allowed: UNVERIFIED,
    forbidden: NOT_ODD,
    make: (d) => {
      const server = d.domain({ policy: d.random.pick([null, 'none']) });
      bounce(d, server, `Mail Delivery System <${d.random.pick(['MAILER-DAEMON', 'postmaster'])}@${server.name}>`);
      d.deliver({ from: server, mailFrom: '' });
    },
  }),
  honest({
    id: 'report/bounce-signed',
    count: 6,
    allowed: VOUCHED,
    forbidden: NOT_ODD,
    make: (d) => {
      const server = d.domain({ policy: 'reject' });
      bounce(d, server, `Mail Delivery System <mailer-daemon@${server.name}>`);
      d.sign(server.name);
      d.deliver({ from: server, mailFrom: '' });
    },
  }),
  honest({
    id: 'report/bounce-helo-passes',
    count: 8,
    allowed: ['signed'],
    forbidden: NOT_ODD,
    make: (d, n) => {
      const server = d.domain({ policy: 'reject' });
      d.zone[server.host] = { A: [server.ip], TXT: ['v=spf1 a -all'] };
      bounce(d, server, `Mail Delivery System <mailer-daemon@${server.name}>`);
      // Checked here with the recorded client, or as the own server reports.
      const results = [`spf=pass smtp.helo=${server.host}`];
      d.deliver({ from: server, mailFrom: '', ...(n % 2 === 0 ? {} : { results }) });
    },
  }),
  honest({
    id: 'report/bounce-of-own-server',
    count: 6,
    allowed: QUIET,
    forbidden: [...NOT_ODD, 'practice-reject'],
    make: (d) => {
      const own: Domain = { name: 'reader.example', host: OWN_HOST, ip: '192.0.2.10' };
      d.zone['_dmarc.reader.example'] = { TXT: ['v=DMARC1; p=reject'] };
      bounce(d, own, `Mail Delivery System <MAILER-DAEMON@${d.random.pick([OWN_HOST, 'reader.example'])}>`);
      d.putOwn(
        'Return-Path: <>',
        `Received: by ${OWN_HOST} (Postfix)`,
        `\tid ${d.random.id()}; ${d.sent.toUTCString()}`,
      );
      d.keepInside();
    },
  }),
  honest({
    id: 'report/bounce-without-author',
    count: 6,
    allowed: [...UNVERIFIED, 'caution'],
    make: (d) => {
      const server = d.domain();
      bounce(d, server, d.random.pick(['<>', 'MAILER-DAEMON (Mail Delivery System)', 'Mail Delivery <MAILER-DAEMON>']));
      d.deliver({ from: server, mailFrom: '' });
    },
  }),
  honest({
    id: 'report/away',
    count: 6,
    allowed: VOUCHED,
    make: (d, n) => {
      const author = d.person(d.domain({ policy: 'quarantine' }));
      d.write({
        from: author.mailbox,
        subject: 'Automatic answer: Hello',
        fields: ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All'],
      });
      if (n % 2 === 0) d.sign(author.domain.name);
      else d.zone[author.domain.host] = { A: [author.domain.ip], TXT: ['v=spf1 a -all'] };
      d.deliver({ from: author.domain, mailFrom: '' });
    },
  }),
];
