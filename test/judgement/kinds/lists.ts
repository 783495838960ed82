/** Honest mail of mailing lists, in the shapes that list programs give it. */
import type { Draft, List, Person } from '../support/draft.ts';
import { honest, QUIET, UNVERIFIED, VOUCHED, type Kind } from '../support/kind.ts';

/** The fields of a list program, and who it says sent the message. */
const SHAPES: readonly [ListShape, ...ListShape[]] = [
  ({ topic, address, domain }) => [
    `Sender: "${topic}" <${topic}-bounces@${domain.name}>`,
    `Errors-To: ${topic}-bounces@${domain.name}`,
    `X-BeenThere: ${address}`,
    'X-Mailman-Version: 2.1.39',
    'Precedence: list',
    ...listFields(topic, address, domain.name),
  ],
  ({ topic, address, domain }) => [
    `Sender: ${topic}-request@${domain.name}`,
    `X-Loop: ${address}`,
    `Errors-to: ${topic}-owner@${domain.name}`,
    'X-Sequence: 118',
    'Precedence: list',
    ...listFields(topic, address, domain.name),
  ],
  ({ topic, address, domain }, author) => [
    `Sender: ${address}`,
    `X-Original-Sender: ${author.address}`,
    `Mailing-list: list ${address}; contact ${topic}+owners@${domain.name}`,
    'Precedence: list',
    ...listFields(topic, address, domain.name),
  ],
  ({ topic, address, domain }) => [
    `Sender: ${topic.toUpperCase()} list <${topic}-owner@${domain.name}>`,
    `List-Owner: <mailto:${topic}-request@${domain.name}>`,
    ...listFields(topic, address, domain.name),
  ],
  ({ topic, address, domain }) => [
    `Sender: ${topic}-admin@${domain.name}`,
    'Precedence: bulk',
    ...listFields(topic, address, domain.name),
  ],
];

type ListShape = (list: List, author: Person) => readonly string[];

function listFields(topic: string, address: string, domain: string): readonly string[] {
  return [
    `List-Id: <${topic}.${domain}>`,
    `List-Post: <mailto:${address}>`,
    `List-Unsubscribe: <mailto:${topic}-leave@${domain}>`,
    `List-Help: <mailto:${topic}-request@${domain}?subject=help>`,
  ];
}

/** The three places where lists send answers: nowhere new, to themselves, to the author. */
const REPLIES: readonly [ReplyShape, ...ReplyShape[]] = [
  () => [],
  ({ address }) => [`Reply-To: ${address}`],
  (_, { mailbox }) => [`Reply-To: ${mailbox}`],
  ({ topic, address }) => [`Reply-To: "${topic} list" <${address}>`],
];

type ReplyShape = (list: List, author: Person) => readonly string[];

/** The author's letter to the list, signed by their domain unless that signs nothing. */
function letter(d: Draft, list: List, author: Person, signed = true): void {
  const via = d.random.chance(0.3) ? d.person().mailbox : null;
  d.write({
    from: author.mailbox,
    to: list.address,
    fields: via === null ? [] : [`Cc: ${via}`],
  });
  if (signed) d.sign(author.domain.name);
  d.relay(author.domain, list.domain.host);
}

function passOn(d: Draft, list: List, author: Person, replies = d.random.pick(REPLIES)): void {
  d.put(...d.random.pick(SHAPES)(list, author), ...replies(list, author));
}

function deliverFromList(d: Draft, list: List, results?: readonly string[]): void {
  const mailFrom = `${list.topic}-bounces${d.random.pick(['', '+me=reader.example'])}@${list.domain.name}`;
  d.deliver({ from: list.domain, mailFrom, ...(results ? { results } : {}) });
}

const ANY_POLICY = [null, 'none', 'quarantine', 'reject'] as const;
const MILD_POLICY = [null, 'none'] as const;
const ENFORCING = ['quarantine', 'reject'] as const;
const NOT_ODD = ['sender-differs', 'reply-to-differs', 'forged-server-result'];

export const LIST_KINDS: readonly Kind[] = [
  honest({
    id: 'list/kept',
    count: 14,
    allowed: VOUCHED,
    forbidden: NOT_ODD,
    make: (d) => {
      const [list, author] = [d.list(), d.person(d.domain({ policy: d.random.pick(ANY_POLICY) }))];
      letter(d, list, author);
      passOn(d, list, author);
      deliverFromList(d, list);
    },
  }),
  honest({
    id: 'list/kept-answers-to-list-organization',
    count: 6,
    allowed: VOUCHED,
    forbidden: NOT_ODD,
    make: (d) => {
      const [list, author] = [d.list(), d.person(d.domain({ policy: d.random.pick(MILD_POLICY) }))];
      letter(d, list, author);
      passOn(d, list, author, (of) => [`Reply-To: ${of.topic}-discuss@${of.domain.name}`]);
      d.sign(list.domain.name);
      deliverFromList(d, list);
    },
  }),
  honest({
    id: 'list/changed-and-signed',
    count: 16,
    allowed: ['signed'],
    forbidden: [...NOT_ODD, 'practice-reject', 'practice-quarantine'],
    make: (d) => {
      const [list, author] = [d.list(), d.person(d.domain({ policy: d.random.pick(MILD_POLICY) }))];
      letter(d, list, author);
      d.addFooter(list);
      if (d.random.chance(0.6)) d.addSubjectTag(list);
      passOn(d, list, author);
      d.sign(list.domain.name);
      deliverFromList(d, list);
    },
  }),
  honest({
    id: 'list/changed',
    count: 14,
    allowed: UNVERIFIED,
    forbidden: NOT_ODD,
    make: (d) => {
      const [list, author] = [d.list(), d.person(d.domain({ policy: d.random.pick(MILD_POLICY) }))];
      letter(d, list, author);
      if (d.random.chance(0.5)) d.addFooter(list);
      d.addSubjectTag(list);
      passOn(d, list, author);
      deliverFromList(d, list);
    },
  }),
  honest({
    id: 'list/changed-and-signed-although-enforced',
    count: 12,
    allowed: [...UNVERIFIED, 'caution'],
    forbidden: NOT_ODD,
    make: (d) => {
      const [list, author] = [d.list(), d.person(d.domain({ policy: d.random.pick(ENFORCING) }))];
      letter(d, list, author);
      d.addFooter(list);
      if (d.random.chance(0.5)) d.addSubjectTag(list);
      passOn(d, list, author);
      d.sign(list.domain.name);
      deliverFromList(d, list);
    },
  }),
  honest({
    id: 'list/rewritten-from',
    count: 14,
    allowed: VOUCHED,
    forbidden: [...NOT_ODD, 'address-in-display-name', 'domain-in-display-name'],
    make: (d, n) => {
      const [list, author] = [d.list({ policy: 'none' }), d.person(d.domain({ policy: 'reject' }))];
      const shown = n % 3 === 0 ? `'${author.address}'` : author.name;
      d.write({
        from: `"${shown} via ${list.topic}" <${list.address}>`,
        to: list.address,
        fields: [
          `Sender: "${list.topic}" <${list.topic}-bounces@${list.domain.name}>`,
          `Reply-To: ${author.mailbox}`,
          ...(n % 2 === 0 ? [`X-Original-From: ${author.mailbox}`] : []),
          ...listFields(list.topic, list.address, list.domain.name),
        ],
      });
      d.sign(list.domain.name);
      deliverFromList(d, list);
    },
  }),
  honest({
    id: 'list/rewritten-from-unsigned',
    count: 8,
    allowed: UNVERIFIED,
    forbidden: [...NOT_ODD, 'address-in-display-name', 'domain-in-display-name'],
    make: (d, n) => {
      const [list, author] = [d.list(), d.person()];
      d.write({
        from: `"${n % 2 === 0 ? author.address : author.name} via ${list.topic}" <${list.address}>`,
        to: list.address,
        fields: [`Reply-To: ${author.mailbox}`, ...listFields(list.topic, list.address, list.domain.name)],
      });
      deliverFromList(d, list);
    },
  }),
  honest({
    id: 'list/unsigned',
    count: 12,
    allowed: UNVERIFIED,
    forbidden: NOT_ODD,
    make: (d, n) => {
      const [list, author] = [d.list(n % 2 === 0 ? {} : { spf: null }), d.person(d.domain({ spf: null }))];
      letter(d, list, author, false);
      passOn(d, list, author);
      if (n % 3 === 0) d.trust = { authservIds: [] };
      deliverFromList(d, list);
    },
  }),
  honest({
    id: 'list/own-server-saw-the-list',
    count: 8,
    allowed: UNVERIFIED,
    forbidden: NOT_ODD,
    make: (d) => {
      const [list, author] = [d.list(), d.person(d.domain({ policy: 'none' }))];
      letter(d, list, author);
      d.addFooter(list);
      passOn(d, list, author);
      deliverFromList(d, list, [
        `dkim=fail (body hash did not verify) header.d=${author.domain.name}`,
        `spf=pass smtp.mailfrom=${list.topic}-bounces@${list.domain.name}`,
        `dmarc=fail (p=none dis=none) header.from=${author.domain.name}`,
      ]);
    },
  }),
  honest({
    id: 'list/chain-believed-by-own-server',
    count: 8,
    allowed: ['signed', 'caution'],
    forbidden: NOT_ODD,
    make: (d) => {
      const [list, author] = [d.list(), d.person(d.domain({ policy: 'reject' }))];
      letter(d, list, author);
      d.addFooter(list);
      passOn(d, list, author);
      d.seal(list.domain.name, `dkim=pass header.d=${author.domain.name}`);
      deliverFromList(d, list, [
        `arc=pass (i=1 spf=pass spfdomain=${author.domain.name} dkim=pass dkdomain=${author.domain.name} dmarc=pass)`,
        `dkim=fail header.d=${author.domain.name}`,
        `dmarc=fail (p=REJECT dis=NONE arc=pass) header.from=${author.domain.name}`,
      ]);
    },
  }),
  honest({
    id: 'list/digest',
    count: 6,
    allowed: VOUCHED,
    forbidden: NOT_ODD,
    make: (d) => {
      const list = d.list({ policy: 'none' });
      d.write({
        from: `${list.topic}-request@${list.domain.name}`,
        to: list.address,
        subject: `${list.topic} Digest, Vol ${d.random.int(2, 90)}, Issue ${d.random.int(1, 30)}`,
        fields: [
          `Sender: "${list.topic}" <${list.topic}-bounces@${list.domain.name}>`,
          `Reply-To: ${list.address}`,
          ...listFields(list.topic, list.address, list.domain.name),
        ],
      });
      d.sign(list.domain.name);
      deliverFromList(d, list);
    },
  }),
  honest({
    id: 'list/seen-by-nobody',
    count: 6,
    allowed: QUIET,
    forbidden: NOT_ODD,
    make: (d) => {
      const [list, author] = [d.list(), d.person()];
      letter(d, list, author, d.random.chance(0.5));
      passOn(d, list, author);
      d.trust = { authservIds: [] };
    },
  }),
];
