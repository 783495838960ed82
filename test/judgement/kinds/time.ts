/** Honest mail read long after it came: signatures expire, keys go, scanners rewrite. */
import { keyRecord } from '../../dkim/support/signer.ts';
import { commonKey, OWN_HOST, type Draft, type Person } from '../support/draft.ts';
import { honest, QUIET, UNVERIFIED, VOUCHED, type Kind } from '../support/kind.ts';

const NO_POLICY = ['practice-reject', 'practice-quarantine'];
const NO_ACCUSATION = ['forged-server-result', 'reply-to-differs', 'sender-differs'];

function expiring(d: Draft): Readonly<Record<string, string>> {
  return { x: String(Math.floor(d.later(d.random.int(2, 7)).getTime() / 1000)) };
}

function passed({ address, domain }: Person): readonly string[] {
  return [
    `dkim=pass header.d=${domain.name}`,
    `spf=pass smtp.mailfrom=${address}`,
    `dmarc=pass (p=reject dis=none) header.from=${domain.name}`,
  ];
}

export const TIME_KINDS: readonly Kind[] = [
  honest({
    id: 'time/expired-since-arrival',
    count: 10,
    allowed: VOUCHED,
    forbidden: NO_POLICY,
    make: (d) => {
      const author = d.person(d.domain({ policy: d.random.pick([null, 'none', 'reject']) }));
      d.write({ from: author.mailbox });
      d.sign(author.domain.name, { tags: expiring(d) });
      d.deliver({ from: author.domain, mailFrom: author.address });
      d.at = d.later(200);
    },
  }),
  honest({
    id: 'time/expired-arrival-unknown',
    count: 8,
    allowed: QUIET,
    forbidden: NO_POLICY,
    make: (d) => {
      const author = d.person(d.domain({ policy: d.random.pick([null, 'none', 'reject']) }));
      d.write({ from: author.mailbox });
      d.sign(author.domain.name, { tags: expiring(d) });
      d.trust = { authservIds: [] };
      d.at = d.later(200);
    },
  }),
  honest({
    id: 'time/expired-of-a-third-party',
    count: 4,
    allowed: UNVERIFIED,
    make: (d) => {
      const [author, mailer] = [d.person(), d.domain()];
      d.write({ from: author.mailbox });
      d.sign(mailer.name, { tags: expiring(d) });
      d.deliver({ from: mailer, mailFrom: `b@${mailer.name}` });
      d.at = d.later(200);
    },
  }),
  honest({
    id: 'time/key-gone-pass-recorded',
    count: 8,
    allowed: ['signed'],
    forbidden: [...NO_POLICY, ...NO_ACCUSATION],
    make: (d) => {
      const author = d.person(d.domain({ policy: 'reject' }));
      d.write({ from: author.mailbox, fields: [`Reply-To: ${d.person().mailbox}`] });
      d.sign(author.domain.name, { record: null });
      d.deliver({ from: author.domain, mailFrom: author.address, results: passed(author) });
      d.at = d.later(400);
    },
  }),
  honest({
    id: 'time/key-gone-results-below-own-trace',
    count: 8,
    allowed: UNVERIFIED,
    forbidden: NO_ACCUSATION,
    make: (d, n) => {
      const author = d.person(d.domain({ policy: d.random.pick([null, 'none']) }));
      const records = [null, 'v=DKIM1; p=', keyRecord(commonKey('ed25519'))];
      d.write({ from: author.mailbox });
      d.sign(author.domain.name, { record: records[n % records.length] ?? null });
      d.deliver({ from: author.domain, results: passed(author), below: true });
      d.at = d.later(400);
    },
  }),
  honest({
    id: 'time/expired-results-below-own-trace',
    count: 6,
    allowed: QUIET,
    forbidden: NO_ACCUSATION,
    make: (d) => {
      const author = d.person(d.domain({ policy: 'none' }));
      d.write({ from: author.mailbox });
      d.sign(author.domain.name, { tags: expiring(d) });
      d.deliver({ from: author.domain, results: passed(author), below: true });
      d.at = d.later(400);
    },
  }),
  honest({
    id: 'time/key-gone',
    count: 6,
    allowed: UNVERIFIED,
    make: (d) => {
      const author = d.person(d.domain({ policy: d.random.pick([null, 'none']), spf: null }));
      d.write({ from: author.mailbox });
      d.sign(author.domain.name, { record: d.random.pick([null, 'v=DKIM1; p=']) });
      d.deliver({ from: author.domain, mailFrom: author.address });
      d.at = d.later(400);
    },
  }),
  honest({
    id: 'time/key-gone-although-enforced',
    count: 6,
    allowed: ['unchecked', 'unsigned', 'caution'],
    make: (d) => {
      const author = d.person(d.domain({ policy: d.random.pick(['quarantine', 'reject']) }));
      d.write({ from: author.mailbox });
      d.sign(author.domain.name, { record: null });
      d.trust = { authservIds: [] };
      d.at = d.later(400);
    },
  }),
  honest({
    id: 'time/spf-alone-although-enforced',
    count: 6,
    allowed: ['unchecked', 'unsigned', 'caution'],
    make: (d) => {
      const author = d.person(d.domain({ policy: 'reject' }));
      d.write({ from: author.mailbox });
      d.relay(author.domain, 'gateway.elsewhere.example');
      d.trust = { authservIds: [] };
    },
  }),
  honest({
    id: 'time/altered-after-receipt',
    count: 10,
    allowed: UNVERIFIED,
    forbidden: [...NO_POLICY, ...NO_ACCUSATION],
    make: (d, n) => {
      const author = d.person(d.domain({ policy: d.random.pick([null, 'none', 'reject']) }));
      const replyTo = n % 2 === 0 ? [`Reply-To: ${d.person().mailbox}`] : [];
      d.write({ from: author.mailbox, fields: replyTo, body: 'See https://papers.example/7 for the plan.\r\n' });
      d.sign(author.domain.name);
      d.edit((message) => message.replace('https://papers.example/7', 'https://scan.reader.example/?papers.example/7'));
      d.deliver({ from: author.domain, mailFrom: author.address, results: passed(author) });
    },
  }),
  honest({
    id: 'time/altered-signed-by-others',
    count: 8,
    allowed: UNVERIFIED,
    forbidden: [...NO_POLICY, ...NO_ACCUSATION],
    make: (d, n) => {
      // By the organization, or by a service in the name of the author.
      const organization = d.domain({ policy: n % 2 === 0 ? 'reject' : 'none' });
      const author = n % 2 === 0 ? d.person(d.domain({ name: `staff.${organization.name}` })) : d.person();
      const sender = n % 2 === 0 ? [] : [`Sender: post@${organization.name}`];
      d.write({ from: author.mailbox, fields: sender, body: 'See https://papers.example/7 for the plan.\r\n' });
      d.sign(organization.name);
      d.edit((message) => message.replace('https://papers.example/7', 'https://scan.reader.example/?papers.example/7'));
      d.deliver({
        from: organization,
        mailFrom: `b@${organization.name}`,
        results: [`dkim=pass header.d=${organization.name}`, `spf=pass smtp.mailfrom=b@${organization.name}`],
      });
    },
  }),
  honest({
    id: 'time/old-path-through-own-server',
    count: 6,
    allowed: VOUCHED,
    forbidden: NO_ACCUSATION,
    make: (d) => {
      // Went out through the own server, to a list, and came back.
      const [author, list] = [d.person(d.domain({ policy: 'none' })), d.list()];
      d.write({ from: author.mailbox, to: list.address });
      d.sign(author.domain.name);
      d.put(
        `Authentication-Results: ${OWN_HOST}; dkim=pass header.d=${author.domain.name}`,
        `Received: from ${author.domain.host} (${author.domain.host} [${author.domain.ip}])`,
        `\tby ${OWN_HOST} (Postfix) with ESMTPS id ${d.random.id()}; ${d.sent.toUTCString()}`,
      );
      d.put(`List-Id: <${list.topic}.${list.domain.name}>`, `List-Post: <mailto:${list.address}>`);
      d.deliver({ from: list.domain, mailFrom: `${list.topic}-bounces@${list.domain.name}` });
    },
  }),
];
