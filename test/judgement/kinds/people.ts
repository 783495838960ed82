/** Honest mail that people write to each other. */
import { commonKey, encodedWord, type Draft, type Person } from '../support/draft.ts';
import { honest, QUIET, UNVERIFIED, VERIFIED, VOUCHED, type Kind } from '../support/kind.ts';

const POLICIES = [null, 'none', 'quarantine', 'reject'] as const;

function deliverFrom(d: Draft, author: Person, results?: readonly string[]): void {
  d.deliver({ from: author.domain, mailFrom: author.address, ...(results ? { results } : {}) });
}

/** Names that hold a dot and name no domain. */
const DOTTED_NAMES = [
  'wei.li',
  'Anna.Kim',
  'Dipl.Ing. Karin Berger',
  'M.Sc. Tomas Rask',
  'Invoice_2026.zip',
  'report.pdf',
  'J.R. Holm',
  'Rask.Verwaltung',
  'O.K. Moebel',
  'node.js meetup',
  'asp.net group',
  'St.Gallen',
] as const;

/** Marks that change nothing of what is read. */
const MARKED_NAMES = [
  '\u202ALena Adler\u202C',
  '\u2068Lena Adler\u2069',
  'Lena Adler\u200E',
  '\u200ELena Adler',
  'Kaffee\u00ADhaus Adler',
  'Lena Adler \u2764\uFE0F\uFE0F',
  '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} Adler',
  '\uFEFFLena Adler',
] as const;

export const PEOPLE_KINDS: readonly Kind[] = [
  honest({
    id: 'people/exact',
    count: 10,
    allowed: VERIFIED,
    make: (d) => {
      const author = d.person(d.domain({ policy: d.random.pick(POLICIES) }));
      d.write({ from: author.mailbox });
      d.sign(author.domain.name, { tags: { i: author.address } });
      deliverFrom(d, author);
    },
  }),
  honest({
    id: 'people/domain',
    count: 12,
    allowed: VERIFIED,
    make: (d) => {
      const author = d.person(d.domain({ policy: d.random.pick(POLICIES) }));
      d.write({ from: author.mailbox });
      d.sign(author.domain.name, {
        canonicalization: d.random.pick(['simple/simple', 'relaxed/simple', 'relaxed/relaxed']),
      });
      const passed = [`dkim=pass header.d=${author.domain.name}`, `spf=pass smtp.mailfrom=${author.address}`];
      deliverFrom(d, author, d.random.chance(0.5) ? passed : undefined);
    },
  }),
  honest({
    id: 'people/two-algorithms',
    count: 4,
    allowed: VERIFIED,
    make: (d) => {
      const author = d.person();
      d.write({ from: author.mailbox });
      d.sign(author.domain.name, { selector: 'ed', key: commonKey('ed25519') });
      d.sign(author.domain.name, { selector: 'rsa' });
      deliverFrom(d, author);
    },
  }),
  honest({
    id: 'people/organization-signs',
    count: 8,
    allowed: VERIFIED,
    make: (d) => {
      const organization = d.domain({ policy: d.random.pick(['none', 'quarantine', 'reject']) });
      const author = d.person(d.domain({ name: `staff.${organization.name}` }));
      d.write({ from: author.mailbox });
      d.sign(organization.name);
      deliverFrom(d, author);
    },
  }),
  honest({
    id: 'people/parent-signs-without-policy',
    count: 6,
    allowed: VOUCHED,
    make: (d) => {
      const organization = d.domain();
      const author = d.person(d.domain({ name: `mail.office.${organization.name}` }));
      d.write({ from: author.mailbox });
      d.sign(organization.name);
      deliverFrom(d, author);
    },
  }),
  honest({
    id: 'people/child-signs-aligned',
    count: 6,
    allowed: VERIFIED,
    make: (d) => {
      const author = d.person(d.domain({ policy: 'reject', tags: '; adkim=r' }));
      d.write({ from: author.mailbox });
      d.sign(`out.${author.domain.name}`);
      deliverFrom(d, author);
    },
  }),
  honest({
    id: 'people/unsigned-spf',
    count: 12,
    allowed: ['signed'],
    forbidden: ['practice-reject', 'practice-quarantine'],
    make: (d) => {
      const author = d.person(d.domain({ policy: d.random.pick(POLICIES) }));
      d.write({ from: author.mailbox });
      deliverFrom(d, author);
    },
  }),
  honest({
    id: 'people/unsigned',
    count: 8,
    allowed: UNVERIFIED,
    make: (d, n) => {
      const author = d.person(d.domain({ spf: null }));
      d.write({ from: author.mailbox });
      if (n % 2 === 0) d.trust = { authservIds: [] };
      deliverFrom(d, author);
    },
  }),
  honest({
    id: 'people/answers-elsewhere-signed',
    count: 8,
    allowed: VERIFIED,
    forbidden: ['reply-to-differs'],
    make: (d) => {
      const author = d.person(d.domain({ policy: 'none' }));
      d.write({ from: author.mailbox, fields: [`Reply-To: ${d.person().mailbox}`] });
      d.sign(author.domain.name);
      deliverFrom(d, author);
    },
  }),
  honest({
    id: 'people/answers-to-myself',
    count: 6,
    allowed: QUIET,
    forbidden: ['reply-to-differs'],
    make: (d, n) => {
      const author = d.person();
      const replyTo = n % 2 === 0 ? author.mailbox : `me+${d.random.id(4)}@${author.domain.name}`;
      d.write({ from: author.mailbox, fields: [`Reply-To: ${replyTo}`] });
      deliverFrom(d, author);
    },
  }),
  honest({
    id: 'people/two-authors-one-domain',
    count: 6,
    allowed: VOUCHED,
    forbidden: ['several-authors'],
    make: (d) => {
      const author = d.person();
      d.write({
        from: `${author.mailbox}, ${d.person(author.domain).mailbox}`,
        fields: [`Sender: ${author.mailbox}`],
      });
      d.sign(author.domain.name);
      deliverFrom(d, author);
    },
  }),
  honest({
    id: 'people/two-authors-both-signed',
    count: 6,
    allowed: VOUCHED,
    forbidden: ['several-authors'],
    make: (d) => {
      const [author, other] = [d.person(), d.person(d.domain({ policy: d.random.pick(POLICIES) }))];
      d.write({ from: `${author.mailbox}, ${other.mailbox}`, fields: [`Sender: ${author.mailbox}`] });
      d.sign(author.domain.name);
      d.sign(other.domain.name);
      deliverFrom(d, author);
    },
  }),
  honest({
    id: 'people/dotted-names',
    count: DOTTED_NAMES.length,
    allowed: VERIFIED,
    make: (d, n) => {
      const { domain, address } = d.person();
      d.write({ from: `"${DOTTED_NAMES[n] ?? ''}" <${address}>` });
      d.sign(domain.name);
      d.deliver({ from: domain, mailFrom: address });
    },
  }),
  honest({
    id: 'people/dotted-names-unsigned',
    count: DOTTED_NAMES.length,
    allowed: UNVERIFIED,
    make: (d, n) => {
      const { domain, address } = d.person();
      d.write({ from: `"${DOTTED_NAMES[n] ?? ''}" <${address}>` });
      d.deliver({ from: domain, mailFrom: address });
    },
  }),
  honest({
    id: 'people/harmless-marks-in-names',
    count: MARKED_NAMES.length,
    allowed: QUIET,
    forbidden: ['deceptive-characters'],
    make: (d, n) => {
      const { domain, address } = d.person();
      d.write({ from: `${encodedWord(MARKED_NAMES[n] ?? '')} <${address}>` });
      if (n % 2 === 0) d.sign(domain.name);
      d.deliver({ from: domain, mailFrom: address });
    },
  }),
  honest({
    id: 'people/name-is-own-address',
    count: 6,
    allowed: QUIET,
    forbidden: ['address-in-display-name', 'domain-in-display-name'],
    make: (d, n) => {
      const { domain, address } = d.person();
      const shown = [address, address.slice(0, address.indexOf('@')), domain.name][n % 3] ?? '';
      d.write({ from: `"${shown}" <${address}>` });
      d.deliver({ from: domain, mailFrom: address });
    },
  }),
  honest({
    id: 'people/in-the-name-of-a-colleague',
    count: 6,
    allowed: QUIET,
    forbidden: ['sender-differs'],
    make: (d, n) => {
      const author = d.person();
      const assistant = n % 3 === 0 ? author : d.person(author.domain);
      d.write({ from: author.mailbox, fields: [`Sender: ${assistant.mailbox}`] });
      if (n % 2 === 0) d.sign(author.domain.name);
      deliverFrom(d, assistant);
    },
  }),
  honest({
    id: 'people/forwarded-with-signature',
    count: 10,
    allowed: VERIFIED,
    make: (d, n) => {
      const [author, forwarder] = [d.person(d.domain({ policy: d.random.pick(POLICIES) })), d.domain()];
      d.write({ from: author.mailbox, to: `robin@${forwarder.name}` });
      d.sign(author.domain.name);
      d.relay(author.domain, forwarder.host);
      const local = author.address.slice(0, author.address.indexOf('@'));
      // RFC 7208 Appendix D.3: some rewrite the envelope sender, others leave it, and SPF then fails.
      const rewritten = `SRS0=${d.random.id(4)}=T7=${author.domain.name}=${local}@${forwarder.name}`;
      d.deliver({ from: forwarder, mailFrom: n % 2 === 0 ? rewritten : author.address });
    },
  }),
  honest({
    id: 'people/forwarded-unsigned',
    count: 8,
    allowed: UNVERIFIED,
    make: (d, n) => {
      const [author, forwarder] = [d.person(d.domain({ policy: d.random.pick([null, 'none']) })), d.domain()];
      d.write({ from: author.mailbox, to: `robin@${forwarder.name}` });
      d.relay(author.domain, forwarder.host);
      const rewritten = `SRS0=${d.random.id(4)}=T7=${author.domain.name}=me@${forwarder.name}`;
      d.deliver({ from: forwarder, mailFrom: n % 2 === 0 ? rewritten : author.address });
    },
  }),
  honest({
    id: 'people/resent',
    count: 4,
    allowed: QUIET,
    forbidden: ['sender-differs', 'pra-ill-formed'],
    make: (d) => {
      const [author, other] = [d.person(), d.person()];
      d.write({ from: author.mailbox, to: other.mailbox });
      d.sign(author.domain.name);
      d.put(
        `Resent-From: ${other.mailbox}`,
        'Resent-To: me@reader.example',
        `Resent-Message-ID: <${d.random.id()}@${other.domain.name}>`,
      );
      d.deliver({ from: other.domain, mailFrom: other.address });
    },
  }),
];
