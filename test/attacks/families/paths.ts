/** Trace fields that a sender wrote, to look as if the message had come another way. */
import { dateOf, OWN_HOST, type Draft } from '../../judgement/support/draft.ts';
import { ALARM, arrive, stage, type Attack, type Family, type Stage } from '../support/attack.ts';

function path(id: string, what: string, lines: (d: Draft, s: Stage) => readonly string[]): Attack {
  return {
    id: `paths/${id}`,
    what,
    accepted: ALARM,
    make: (d) => {
      const s = stage(d);
      d.write({ from: s.target.mailbox });
      d.put(...lines(d, s).map((line) => `${line}; ${dateOf(d.sent)}`));
      arrive(d, s.evil);
    },
  };
}

export const PATHS: Family = {
  title: 'Forged paths',
  about: 'Whoever sends can write any trace field below the one of the reader’s server.',
  sources: ['RFC 5321 §7.6', 'RFC 5321 §4.4'],
  attacks: [
    path(
      'from-the-target',
      'The reader’s server is said to have got it from the server of the target.',
      (_d, { target }) => [
        `Received: from ${target.domain.host} (${target.domain.host} [${target.domain.ip}]) by ${OWN_HOST} (Postfix) with ESMTPS id 1`,
      ],
    ),
    path('submitted', 'The reader’s server is said to have taken it from one of its own people.', (_d, { target }) => [
      `Received: from laptop ([192.168.1.2]) (Authenticated sender: ${target.address}) by ${OWN_HOST} (Postfix) with ESMTPSA id 1`,
    ]),
    path('local', 'The reader’s server is said to have taken it from itself.', () => [
      `Received: from localhost (localhost [127.0.0.1]) by ${OWN_HOST} (Postfix) with ESMTP id 1`,
      `Received: by ${OWN_HOST} (Postfix, from userid 0) id 1`,
    ]),
    path('mailbox', 'The reader’s server is said to have put it into the mailbox already.', (_d, { target }) => [
      `Received: from ${OWN_HOST} ([127.0.0.1]) by ${OWN_HOST} with LMTP id 1`,
      `Received: from ${target.domain.host} ([${target.domain.ip}]) by ${OWN_HOST} with ESMTPS id 2`,
    ]),
    path('exchange', 'An organization on Exchange is said to have handed it over inside.', () => [
      `Received: from BOX1.reader.example (10.0.0.1) by BOX2.reader.example (10.0.0.2) with Microsoft SMTP Server id 15.20.8100.9 via Mailbox Transport`,
    ]),
    {
      id: 'paths/own-name',
      what: 'The attacker’s server greets with the name of the reader’s server.',
      accepted: ALARM,
      make: (d) => {
        const s = stage(d);
        d.write({ from: s.target.mailbox });
        d.deliver({ from: { ...s.evil, host: OWN_HOST }, mailFrom: `any@${s.evil.name}` });
      },
    },
    {
      id: 'paths/private-address-in-name',
      what: 'The attacker’s server greets with a private address.',
      accepted: ALARM,
      make: (d) => {
        const s = stage(d);
        d.write({ from: s.target.mailbox });
        d.deliver({ from: { ...s.evil, host: '[127.0.0.1]' }, mailFrom: `any@${s.evil.name}`, style: 'exim' });
      },
    },
    {
      id: 'paths/continued-clauses',
      what: 'The first line begins with a blank and goes on with the field of the reader’s server.',
      accepted: ALARM,
      make: (d) => {
        const s = stage(d);
        d.write({ from: s.target.mailbox });
        d.put(` from localhost ([127.0.0.1]) with LMTP; ${dateOf(d.sent)}`);
        arrive(d, s.evil);
      },
    },
    {
      id: 'paths/return-path',
      what: 'A Return-Path of the sender’s own names the target, from a host the target lists in SPF.',
      accepted: ALARM,
      make: (d) => {
        const shared = d.domain();
        const target = d.person(d.domain({ policy: 'reject', spf: `v=spf1 ip4:${shared.ip} -all` }));
        d.write({ from: target.mailbox });
        d.append(`Return-Path: <${target.address}>`);
        d.deliver({ from: shared });
      },
    },
    {
      id: 'paths/received-spf',
      what: 'A Received-SPF of the sender’s own says pass.',
      accepted: ALARM,
      make: (d) => {
        const s = stage(d);
        d.write({ from: s.target.mailbox });
        d.put(
          `Received-SPF: pass (${OWN_HOST}: domain of ${s.target.address} designates ${s.target.domain.ip}) receiver=${OWN_HOST}`,
        );
        arrive(d, s.evil);
      },
    },
  ],
};
