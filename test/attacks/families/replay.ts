/** Genuine signatures on what their makers did not send: replayed, added to, cut short. */
import { Buffer } from 'node:buffer';
import { dateOf, OWN_HOST, READER, type Draft } from '../../judgement/support/draft.ts';
import { ALARM, ANY, arrive, stage, UNVERIFIED, type Attack, type Family, type Stage } from '../support/attack.ts';

/** What the reader's server wrote so many days after the message was signed. */
function arriveLate(d: Draft, { evil }: Stage, days: number): void {
  d.putOwn(
    `Return-Path: <any@${evil.name}>`,
    `Received: from ${evil.host} (${evil.host} [${evil.ip}])`,
    `\tby ${OWN_HOST} (Postfix) with ESMTPS id ${d.random.id()}`,
    `\tfor <${READER}>; ${dateOf(d.later(days))}`,
  );
  d.at = d.later(days + 1);
}

function attack(id: string, what: string, make: (d: Draft, s: Stage) => void): Attack {
  return { id: `replay/${id}`, what, accepted: ALARM, make: (d) => make(d, stage(d, 'none')) };
}

/** A genuine signed message sent again with one more line on top. */
function added(id: string, what: string, lines: (s: Stage) => readonly string[]): Attack {
  return attack(`added-${id}`, what, (d, s) => {
    d.write({ from: s.target.mailbox });
    d.sign(s.target.domain.name);
    d.put(...lines(s));
    arrive(d, s.evil);
  });
}

/** What l= leaves unsigned, after a first part that it covers. */
function tail(id: string, what: string, change: (d: Draft, s: Stage, length: number) => void): Attack {
  return attack(`tail-${id}`, what, (d, s) => {
    const body = 'The meeting is moved.\r\n';
    d.write({ from: s.target.mailbox, body });
    change(d, s, body.length);
    arrive(d, s.evil);
  });
}

export const REPLAY: Family = {
  title: 'DKIM replay, additions and `l=`',
  about:
    'The signature is genuine and verifies. What it does not cover, and when and to whom it was made, is left to the attacker.',
  sources: [
    'Wei Chuang, Bron Gondwana: _DKIM Replay Problem Statement_, draft-ietf-dkim-replay-problem',
    'RFC 6376 §8.2 (`l=`), §8.6 (replay), §8.15 (fields added above signed ones)',
  ],
  attacks: [
    {
      id: 'replay/at-once',
      what: 'A genuine message to somebody else is sent to many within the hour, unchanged.',
      accepted: ANY,
      byDesign: 'It is what forwarding does. Its author did write it, and To says to whom.',
      make: (d) => {
        const s = stage(d);
        d.write({ from: s.target.mailbox, to: 'somebody@others.example' });
        d.sign(s.target.domain.name);
        arrive(d, s.evil);
      },
    },
    {
      id: 'replay/weeks-later',
      what: 'A genuine message without an expiry is sent to many two months later.',
      accepted: ALARM,
      alone: { accepted: ['verified'], why: 'Only a believed server tells when it came.' },
      make: (d) => {
        const s = stage(d);
        d.write({ from: s.target.mailbox, to: 'somebody@others.example' });
        d.sign(s.target.domain.name);
        arriveLate(d, s, 60);
      },
    },
    {
      id: 'replay/expired',
      what: 'A genuine message is sent to many after its signature expired.',
      accepted: UNVERIFIED,
      byDesign:
        'Without a policy an expired signature is no proof of a forgery; it no longer makes the message verified.',
      make: (d) => {
        const s = stage(d, null);
        d.write({ from: s.target.mailbox, to: 'somebody@others.example' });
        d.sign(s.target.domain.name, { tags: { x: String(Math.floor(d.later(7).getTime() / 1000)) } });
        arriveLate(d, s, 60);
      },
    },
    added('subject', 'A second Subject on top of the signed one.', () => ['Subject: Your account is closed']),
    added('to', 'A second To that names the reader.', () => [`To: ${READER}`]),
    added('from', 'A second From on top of the signed one.', ({ evil }) => [`From: Boss <boss@${evil.name}>`]),
    added('date', 'A second Date on top of the signed one.', () => ['Date: Mon, 1 Jun 2026 08:00:00 +0000']),
    added('reply-to', 'An answer address that no signature covers.', ({ target, evil }) => [
      `Reply-To: ${target.name} <admin@${evil.name}>`,
    ]),
    added('content-type', 'A second Content-Type makes other parts of the text visible.', () => [
      'Content-Type: multipart/mixed; boundary="x"',
    ]),
    attack('unsigned-subject', 'The signature covers no Subject, and it was exchanged.', (d, s) => {
      d.write({ from: s.target.mailbox });
      d.sign(s.target.domain.name, { headers: ['From', 'Date', 'To', 'Message-ID'] });
      d.edit((message) => message.replace(/^Subject: .*$/m, 'Subject: Your account is closed'));
      arrive(d, s.evil);
    }),
    attack('unsigned-encoding', 'A transfer encoding is put on top, so that a signed text reads otherwise.', (d, s) => {
      d.write({ from: s.target.mailbox, body: `${Buffer.from('Pay to the other account.').toString('base64')}\r\n` });
      d.sign(s.target.domain.name);
      d.put('Content-Transfer-Encoding: base64');
      arrive(d, s.evil);
    }),
    tail('appended', 'A text behind the part that l= covers.', (d, s, length) => {
      d.sign(s.target.domain.name, { length });
      d.edit((message) => `${message}Please pay the bill at once.\r\n`);
    }),
    tail('nothing-covered', 'l=0 covers no text at all, and all of it was exchanged.', (d, s) => {
      d.sign(s.target.domain.name, { length: 0 });
      d.edit((message) => message.replace('The meeting is moved.', 'Please pay the bill at once.'));
    }),
    tail(
      'other-boundary',
      'A text behind what l= covers, and an unsigned Content-Type that hides the rest.',
      (d, s, length) => {
        d.edit((message) => message.replace(/^Content-Type: .*\r\n/m, ''));
        d.sign(s.target.domain.name, { length });
        d.edit(
          (message) => `Content-Type: multipart/mixed; boundary="x"\r\n${message}--x\r\n\r\nPay at once.\r\n--x--\r\n`,
        );
      },
    ),
  ],
};
