/** Deceptions that want to be vouched for: trust that nobody earned. */
import { Buffer } from 'node:buffer';
import { keyRecord, rsaKey } from '../../dkim/support/signer.ts';
import { commonKey, dateOf, OWN_HOST, READER, type Domain, type Draft, type Person } from '../support/draft.ts';
import { ALARM, deceptive, undeserved, type Kind } from '../support/kind.ts';

/** Anything but green: the header shows nothing that must alarm. */
const NOT_VERIFIED = ['signed', 'unsigned', 'unchecked', ...ALARM] as const;
const NOT_VOUCHED = ['unsigned', 'unchecked', ...ALARM] as const;

/** A boss whose domain asks for protection, and a stranger who writes in their name. */
function stage(
  d: Draft,
  policy: 'reject' | 'quarantine' | 'none' | null = 'reject',
  tags = '',
): { boss: Person; evil: Domain } {
  return { boss: d.person(d.domain({ policy, tags })), evil: d.domain() };
}

function arrive(d: Draft, evil: Domain, results?: readonly string[]): void {
  d.deliver({ from: evil, mailFrom: `x@${evil.name}`, ...(results ? { results } : {}) });
}

/** What the own server wrote before the sender's first line, which goes on with a blank. */
function arriveContinued(d: Draft, evil: Domain, ...lines: readonly string[]): void {
  d.put(...lines);
  arrive(d, evil);
}

export const GREEN_KINDS: readonly Kind[] = [
  deceptive({
    id: 'green/child-although-strict',
    count: 6,
    make: (d) => {
      const { boss, evil } = stage(d, 'reject', '; adkim=s');
      d.write({ from: boss.mailbox });
      d.sign(`benefits.${boss.domain.name}`);
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'green/child-although-discardable',
    count: 6,
    make: (d) => {
      const { boss, evil } = stage(d, null);
      d.zone[`_adsp._domainkey.${boss.domain.name}`] = { TXT: [`dkim=${d.random.pick(['discardable', 'all'])}`] };
      d.write({ from: boss.mailbox });
      d.sign(`lab.${boss.domain.name}`);
      arrive(d, evil);
    },
  }),
  undeserved({
    id: 'green/child-without-any-record',
    count: 6,
    allowed: NOT_VERIFIED,
    make: (d) => {
      const { boss, evil } = stage(d, null);
      d.write({ from: boss.mailbox });
      d.sign(`lab.${boss.domain.name}`);
      arrive(d, evil);
    },
  }),
  undeserved({
    id: 'green/sibling-without-any-record',
    count: 4,
    allowed: NOT_VERIFIED,
    make: (d) => {
      const organization = d.domain();
      const boss = d.person(d.domain({ name: `office.${organization.name}` }));
      d.write({ from: boss.mailbox });
      d.sign(`guests.${organization.name}`);
      arrive(d, d.domain());
    },
  }),
  undeserved({
    id: 'green/public-suffix-as-organization',
    count: 8,
    allowed: NOT_VERIFIED,
    make: (d, n) => {
      const suffix = ['co.uk', 'com.au', 'co.jp', 'com.br'][n % 4] ?? '';
      const [bank, evil] = [
        d.domain({ name: `quillbank${n}.${suffix}` }),
        d.domain({ name: `zestfield${n}.${suffix}` }),
      ];
      d.zone[`_dmarc.${suffix}`] = { TXT: [`v=DMARC1; p=${n % 2 === 0 ? 'none' : 'reject'}`] };
      d.write({ from: d.role(bank, 'service', 'Service').mailbox });
      d.sign(evil.name);
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'green/return-path-of-the-sender',
    count: 8,
    make: (d, n) => {
      // A host that sends for many: SPF would pass for the boss, had the envelope named them.
      const shared = d.domain();
      const boss = d.person(d.domain({ policy: 'reject', spf: `v=spf1 ip4:${shared.ip} -all` }));
      d.write({ from: boss.mailbox });
      if (n % 2 === 0) d.append(`Return-Path: <${boss.address}>`);
      else d.put(`Return-Path: <${boss.address}>`);
      d.deliver({ from: shared });
    },
  }),
  deceptive({
    id: 'green/received-spf-of-the-sender',
    count: 4,
    make: (d) => {
      const { boss, evil } = stage(d);
      d.write({ from: boss.mailbox });
      d.put(
        `Received-SPF: pass (${OWN_HOST}: domain of ${boss.address} designates ${boss.domain.ip} as permitted sender)`,
        `\treceiver=${OWN_HOST}; client-ip=${boss.domain.ip}; envelope-from=${boss.address}; helo=${boss.domain.host};`,
      );
      arrive(d, evil);
    },
  }),
  undeserved({
    id: 'green/continued-date',
    count: 6,
    allowed: NOT_VERIFIED,
    make: (d, n) => {
      // A replay of what expired long ago, re-dated by what is behind the own server's date.
      const { boss, evil } = stage(d, null);
      d.write({ from: boss.mailbox });
      d.sign(boss.domain.name, { tags: { x: String(Math.floor(d.later(7).getTime() / 1000)) } });
      const signed = dateOf(d.sent);
      d.put([` ; ${signed}`, `\t(was) ; ${signed}`, ` for <a@b>; ${signed}`][n % 3] ?? '');
      const late = d.later(100);
      d.putOwn(
        `Return-Path: <x@${evil.name}>`,
        `Received: from ${evil.host} (${evil.host} [${evil.ip}])`,
        `\tby ${OWN_HOST} (Postfix) with ESMTPS id ${d.random.id()}; ${dateOf(late)}`,
      );
      d.at = d.later(101);
    },
  }),
  deceptive({
    id: 'green/continued-clauses',
    count: 6,
    make: (d, n) => {
      const { boss, evil } = stage(d);
      d.write({ from: boss.mailbox });
      d.put(
        `Authentication-Results: ${OWN_HOST}; dkim=pass header.d=${boss.domain.name}; dmarc=pass header.from=${boss.domain.name}`,
        `Received: from ${boss.domain.host} (${boss.domain.host} [${boss.domain.ip}])`,
        `\tby ${OWN_HOST} (Postfix) with ESMTPS id ${d.random.id()}; ${dateOf(d.sent)}`,
      );
      const clause =
        [' with IMAP', ' from localhost ([127.0.0.1]) with LMTP', '\twith MAPI id 1', ' with POP3'][n % 4] ?? '';
      arriveContinued(d, evil, `${clause}; ${dateOf(d.sent)}`);
    },
  }),
  deceptive({
    id: 'green/continued-results',
    count: 6,
    make: (d, n) => {
      // The own server's results are below its trace, so that the sender's first line goes on with them.
      const { boss, evil } = stage(d);
      d.trust = { authservIds: [OWN_HOST], resultsBelowEntry: 1 };
      d.write({ from: boss.mailbox });
      const passed =
        [`dkim=pass header.d=${boss.domain.name}`, `dmarc=pass header.from=${boss.domain.name}`][n % 2] ?? '';
      d.put(` ; ${passed}`);
      d.deliver({ from: evil, mailFrom: `x@${evil.name}`, results: ['dkim=none'], below: true });
    },
  }),
  deceptive({
    id: 'green/results-in-a-spent-place',
    count: 8,
    make: (d, n) => {
      // The own server's field is unreadable or goes by another name; one in its name follows.
      const { boss, evil } = stage(d);
      d.trust = { authservIds: [OWN_HOST], resultsBelowEntry: 1 };
      d.write({ from: boss.mailbox });
      d.put(
        `Authentication-Results: ${OWN_HOST}; dkim=pass header.d=${boss.domain.name}; dmarc=pass header.from=${boss.domain.name}`,
      );
      const authservId = ['mx2.reader.example', OWN_HOST, 'edge.elsewhere.example', OWN_HOST][n % 4] ?? '';
      const results = n % 4 === 1 ? ['dkim=fail (unclosed header.d=a.example'] : ['dkim=none'];
      if (n % 4 === 3) results.push('what is this');
      d.deliver({ from: evil, mailFrom: `x@${evil.name}`, authservId, results, below: true });
    },
  }),
  deceptive({
    id: 'green/stray-part-in-results',
    count: 6,
    make: (d, n) => {
      const { boss, evil } = stage(d);
      d.write({ from: boss.mailbox });
      const mailFrom = [
        `any@${boss.domain.name};.${evil.name}`,
        `any@${boss.domain.name};x`,
        `a@${boss.domain.name};b@${evil.name}`,
      ][n % 3];
      d.deliver({ from: evil, results: [`spf=pass smtp.mailfrom=${mailFrom ?? ''}`] });
    },
  }),
  undeserved({
    id: 'green/spf-for-everyone',
    count: 10,
    allowed: NOT_VOUCHED,
    make: (d, n) => {
      const spf =
        [
          'v=spf1 +all',
          'v=spf1 all',
          'v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all',
          'v=spf1 ip4:0.0.0.0/0 -all',
          'v=spf1 ip4:192.0.0.0/2 ip4:64.0.0.0/2 -all',
        ][n % 5] ?? '';
      const open = d.person(d.domain({ spf }));
      d.write({ from: open.mailbox });
      const results = [`spf=pass smtp.mailfrom=${open.address}`];
      // Found here, or as the own server found it.
      d.deliver({ from: d.domain(), mailFrom: open.address, ...(n < 5 ? {} : { results }) });
    },
  }),
  deceptive({
    id: 'green/answers-unsigned',
    count: 10,
    make: (d, n) => {
      // A genuine message sent again, with one line more.
      const { boss, evil } = stage(d, ([null, 'none', 'reject'] as const)[n % 3] ?? null);
      d.write({ from: boss.mailbox });
      d.sign(boss.domain.name);
      const line = `Reply-To: ${boss.name} <${boss.address.slice(0, boss.address.indexOf('@'))}@${evil.name}>`;
      if (n % 2 === 0) d.put(line);
      else d.append(line);
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'green/content-type-unsigned',
    count: 6,
    make: (d, n) => {
      const { boss, evil } = stage(d, 'none');
      d.write({ from: boss.mailbox, without: ['Content-Type', 'MIME-Version'] });
      d.sign(boss.domain.name);
      const lines = ['Content-Type: text/html; charset=utf-8', 'Content-Type: multipart/mixed; boundary="x"'];
      d.put('MIME-Version: 1.0', lines[n % 2] ?? '');
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'green/transfer-encoding-unsigned',
    count: 4,
    make: (d) => {
      const { boss, evil } = stage(d, 'none');
      d.write({ from: boss.mailbox, body: `${Buffer.from('Pay to the other account.').toString('base64')}\r\n` });
      d.sign(boss.domain.name);
      d.put('Content-Transfer-Encoding: base64');
      arrive(d, evil);
    },
  }),
  undeserved({
    id: 'green/sender-unsigned',
    count: 6,
    // Honest mail has the same form: the note says that nobody signed the line.
    allowed: ['verified', 'signed', ...ALARM],
    make: (d) => {
      const { boss, evil } = stage(d, 'none');
      d.write({ from: boss.mailbox });
      d.sign(boss.domain.name);
      d.put(`Sender: ${d.role(evil, 'office', boss.name).mailbox}`);
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'green/made-up-signature-and-failing-key',
    count: 8,
    make: (d, n) => {
      const { boss, evil } = stage(d, n % 2 === 0 ? 'reject' : 'quarantine');
      d.write({ from: boss.mailbox });
      d.forgeSignature(boss.domain.name, 'lame', n % 4 < 2 ? 'SERVFAIL' : 'TIMEOUT');
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'green/made-up-signature-hides-answers',
    count: 6,
    make: (d) => {
      const { boss, evil } = stage(d, null);
      d.write({ from: boss.mailbox, fields: [`Reply-To: ${d.role(evil, 'boss', boss.name).mailbox}`] });
      d.forgeSignature(boss.domain.name, 'lame', d.random.pick(['SERVFAIL', 'TIMEOUT']));
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'green/made-up-signature-hides-sender',
    count: 4,
    make: (d) => {
      const boss = d.person(d.domain({ spf: null }));
      const evil = d.domain({ spf: null });
      d.write({ from: boss.mailbox, fields: [`Sender: ${d.role(evil, 'boss', boss.name).mailbox}`] });
      d.forgeSignature(d.random.pick([boss.domain.name, evil.name]), 'lame', 'SERVFAIL');
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'green/two-senders-and-resent',
    count: 6,
    make: (d) => {
      const boss = d.person(d.domain({ spf: null }));
      const evil = d.domain({ spf: null });
      d.write({
        from: boss.mailbox,
        fields: [
          `Resent-From: ${d.role(evil, 'mail', 'Mail').mailbox}`,
          `Sender: ${d.role(evil, 'one', 'One').mailbox}`,
          `Sender: ${d.role(evil, 'two', 'Two').mailbox}`,
        ],
      });
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'green/unsigned-tail',
    count: 6,
    make: (d) => {
      const { boss, evil } = stage(d, d.random.pick([null, 'none', 'reject']));
      const body = 'The meeting is moved.\r\n';
      d.write({ from: boss.mailbox, body });
      d.sign(boss.domain.name, { length: body.length });
      d.edit((message) => `${message}Please pay the bill at once.\r\n`);
      arrive(d, evil);
    },
  }),
  undeserved({
    id: 'green/small-order-key',
    count: 6,
    allowed: NOT_VOUCHED,
    make: (d, n) => {
      const { boss, evil } = stage(d, null);
      // RFC 8032: points of small order, for which a signature of nothing can verify whatever was signed.
      const points = [
        '0100000000000000000000000000000000000000000000000000000000000000',
        'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
        '0000000000000000000000000000000000000000000000000000000000000000',
        'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
      ];
      const point = Buffer.from(points[n % points.length] ?? '', 'hex');
      const signature = Buffer.concat([Buffer.from(points[0] ?? '', 'hex'), Buffer.alloc(32)]).toString('base64');
      const record = `v=DKIM1; k=ed25519; p=${point.toString('base64')}`;
      d.write({ from: boss.mailbox });
      d.sign(boss.domain.name, { key: commonKey('ed25519'), selector: 'ed', record });
      d.edit((message) => message.replace(/ b=[^;]*?(?=\r\n\S)/, ` b=${signature}`));
      arrive(d, d.domain({ name: `spare.${evil.name}` }));
    },
  }),
  undeserved({
    id: 'green/key-nobody-should-use',
    count: 4,
    allowed: NOT_VOUCHED,
    make: (d, n) => {
      const { boss, evil } = stage(d, null);
      d.write({ from: boss.mailbox });
      if (n % 2 === 0) d.sign(boss.domain.name, { key: shortKey() });
      else d.sign(boss.domain.name, { record: `${keyRecord(commonKey('rsa'))}; t=y` });
      d.deliver({ from: evil, mailFrom: `x@${evil.name}` });
    },
  }),
  undeserved({
    id: 'green/replay-of-an-expired-message',
    count: 4,
    allowed: NOT_VERIFIED,
    make: (d) => {
      const { boss, evil } = stage(d, null);
      d.write({ from: boss.mailbox, to: 'many@others.example' });
      d.sign(boss.domain.name, { tags: { x: String(Math.floor(d.later(7).getTime() / 1000)) } });
      d.putOwn(
        `Return-Path: <x@${evil.name}>`,
        `Received: from ${evil.host} (${evil.host} [${evil.ip}])`,
        `\tby ${OWN_HOST} (Postfix) with ESMTPS id ${d.random.id()}`,
        `\tfor <${READER}>; ${dateOf(d.later(60))}`,
      );
      d.at = d.later(61);
    },
  }),
  deceptive({
    id: 'green/replay-long-after-signing',
    count: 4,
    make: (d) => {
      const { boss, evil } = stage(d, null);
      d.write({ from: boss.mailbox, to: 'many@others.example' });
      d.sign(boss.domain.name);
      d.putOwn(
        `Return-Path: <x@${evil.name}>`,
        `Received: from ${evil.host} (${evil.host} [${evil.ip}])`,
        `\tby ${OWN_HOST} (Postfix) with ESMTPS id ${d.random.id()}; ${dateOf(d.later(60))}`,
      );
      d.at = d.later(61);
    },
  }),
];

let short: ReturnType<typeof rsaKey> | undefined;

function shortKey(): ReturnType<typeof rsaKey> {
  short ??= rsaKey(768);
  return short;
}
