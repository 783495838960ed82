/** Deceptions in another's name: spoofed domains, look-alikes, names that mislead, answers led away, forged results. */
import { encodedWord, OWN_HOST, type Domain, type Draft, type Person } from '../support/draft.ts';
import { ALARM, deceptive, undeserved, type Kind } from '../support/kind.ts';

const NOT_VERIFIED = ['signed', 'unsigned', 'unchecked', ...ALARM] as const;

function bank(d: Draft, policy: 'reject' | 'quarantine' | 'none' | null = 'reject'): Person {
  return d.role(d.domain({ policy }), d.random.pick(['service', 'security', 'billing']), 'Your bank');
}

function arrive(d: Draft, evil: Domain, results?: readonly string[]): void {
  d.deliver({ from: evil, mailFrom: `bounce@${evil.name}`, ...(results ? { results } : {}) });
}

/** Every part of the own server's words that somebody might copy. */
function forgedResults(target: Person): readonly string[] {
  return [
    `Authentication-Results: ${OWN_HOST};`,
    `\tdkim=pass header.d=${target.domain.name} header.i=@${target.domain.name};`,
    `\tspf=pass smtp.mailfrom=${target.address};`,
    `\tdmarc=pass (p=reject) header.from=${target.domain.name}`,
  ];
}

/** Signed and sent from a domain of the sender's own, under a name that misleads. */
function underName(d: Draft, name: string, n: number): void {
  const evil = d.domain();
  d.write({ from: `${/^[ -~]*$/.test(name) ? `"${name}"` : encodedWord(name)} <x${n}@${evil.name}>` });
  if (n % 2 === 0) d.sign(evil.name);
  arrive(d, evil);
}

export const SPOOF_KINDS: readonly Kind[] = [
  deceptive({
    id: 'spoof/enforced',
    count: 10,
    make: (d, n) => {
      const [target, evil] = [bank(d, n % 2 === 0 ? 'reject' : 'quarantine'), d.domain()];
      d.write({ from: target.mailbox });
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'spoof/enforced-subdomain',
    count: 6,
    make: (d) => {
      const [target, evil] = [bank(d, 'reject'), d.domain()];
      d.write({ from: `Alerts <alerts@nowhere.${target.domain.name}>` });
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'spoof/enforced-signed-by-others',
    count: 8,
    make: (d, n) => {
      const [target, evil] = [bank(d, n % 2 === 0 ? 'reject' : 'quarantine'), d.domain()];
      d.write({ from: target.mailbox });
      d.sign(evil.name);
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'spoof/enforced-with-false-key',
    count: 6,
    make: (d) => {
      const [target, evil] = [bank(d), d.domain()];
      d.write({ from: target.mailbox });
      d.forgeSignature(target.domain.name, 'none', null);
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'spoof/enforced-as-list',
    count: 8,
    make: (d, n) => {
      const [target, evil] = [bank(d), d.list()];
      d.write({
        from: target.mailbox,
        to: evil.address,
        fields: [
          `Sender: ${evil.topic}-bounces@${evil.domain.name}`,
          `List-Id: <${evil.topic}.${evil.domain.name}>`,
          `List-Post: <mailto:${evil.address}>`,
          'Precedence: list',
        ],
      });
      if (n % 2 === 0) d.sign(evil.domain.name);
      d.deliver({ from: evil.domain, mailFrom: `${evil.topic}-bounces@${evil.domain.name}` });
    },
  }),
  deceptive({
    id: 'spoof/discardable',
    count: 6,
    make: (d) => {
      const [target, evil] = [bank(d, null), d.domain()];
      d.zone[`_adsp._domainkey.${target.domain.name}`] = { TXT: ['dkim=discardable'] };
      d.write({ from: target.mailbox });
      arrive(d, evil);
    },
  }),
  undeserved({
    id: 'spoof/unprotected',
    count: 8,
    allowed: NOT_VERIFIED,
    make: (d, n) => {
      const [target, evil] = [bank(d, n % 2 === 0 ? null : 'none'), d.domain()];
      d.write({ from: target.mailbox });
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'spoof/forged-results',
    count: 12,
    make: (d, n) => {
      const [target, evil] = [bank(d), d.domain()];
      d.write({ from: target.mailbox });
      const forged = forgedResults(target);
      switch (n % 4) {
        case 0:
          d.put(...forged);
          break;
        case 1:
          d.append(...forged);
          break;
        case 2:
          d.put(
            ...forged,
            `Received: from ${target.domain.host} by ${OWN_HOST} with ESMTPS id 7; ${d.sent.toUTCString()}`,
          );
          break;
        default:
          d.put(...forged.map((line) => line.replace('Authentication-Results:', 'ARC-Authentication-Results: i=1;')));
      }
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'spoof/forged-own-path',
    count: 4,
    make: (d) => {
      const [target, evil] = [bank(d), d.domain()];
      d.write({ from: target.mailbox });
      d.put(
        ...forgedResults(target),
        `Received: from ${target.domain.host} (${target.domain.host} [${target.domain.ip}])`,
        `\tby ${OWN_HOST} (Postfix) with ESMTPS id ${d.random.id()}; ${d.sent.toUTCString()}`,
        `Received: from ${OWN_HOST} (localhost [127.0.0.1]) by ${OWN_HOST} with LMTP; ${d.sent.toUTCString()}`,
      );
      arrive(d, evil, [`spf=pass smtp.mailfrom=bounce@${evil.name}`, 'dkim=none']);
    },
  }),
  deceptive({
    id: 'spoof/chain-of-a-stranger',
    count: 4,
    make: (d) => {
      const [target, evil] = [bank(d), d.domain()];
      d.write({ from: target.mailbox });
      d.seal(evil.name, `dkim=pass header.d=${target.domain.name}; dmarc=pass header.from=${target.domain.name}`);
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'spoof/domain-does-not-exist',
    count: 4,
    make: (d) => {
      const evil = d.domain();
      d.write({ from: `Service <service@nothing${d.random.id(4).toLowerCase()}.example>` });
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'look/other-alphabet',
    count: 6,
    make: (d, n) => {
      // A whole label drawn with letters of another alphabet, or one letter of it.
      const look =
        ['xn--80ak6aa92e', 'xn--pypal-4ve', 'xn--mazon-3ve', 'xn--gogle-jye', 'xn--micrsoft-qbh', 'xn--fcebook-2fg'][
          n
        ] ?? '';
      const evil = d.domain({ name: `${look}.example` });
      d.write({ from: `Service <service@${evil.name}>` });
      if (n % 2 === 0) d.sign(evil.name);
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'look/address-in-name',
    count: 8,
    make: (d, n) => {
      const target = bank(d);
      underName(
        d,
        [target.address, `Your bank ${target.address}`, `<${target.address}>`, `${target.address} (secure)`][n % 4] ??
          '',
        n,
      );
    },
  }),
  deceptive({
    id: 'look/domain-in-name',
    count: 6,
    make: (d, n) => {
      const target = bank(d);
      underName(
        d,
        [`www.${target.domain.name}`, `service@${target.domain.name}`, `https://www.${target.domain.name}`][n % 3] ??
          '',
        n,
      );
    },
  }),
  deceptive({
    id: 'look/address-in-quoted-local-part',
    count: 4,
    make: (d, n) => {
      const [target, evil] = [bank(d), d.domain()];
      d.write({ from: `"Your bank <${target.address}>"@${evil.name}` });
      if (n % 2 === 0) d.sign(evil.name);
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'look/address-with-another-dot',
    count: 4,
    make: (d, n) => underName(d, `service@${bank(d).domain.name.replace('.', n % 2 === 0 ? '\u3002' : '\uFF0E')}`, n),
  }),
  deceptive({
    id: 'look/hidden-characters',
    count: 6,
    make: (d, n) => {
      const hidden = [
        'Your\u200B bank',
        'knab ruoY\u202E',
        'Your b\u2060ank',
        'evil\u202Etxt.exe',
        'B\u200Dank',
        'Pay\u2063ments',
      ];
      underName(d, hidden[n % hidden.length] ?? '', n);
    },
  }),
  deceptive({
    id: 'look/letters-of-mathematics',
    count: 4,
    make: (d) => {
      const evil = d.domain();
      d.write({ from: `service@\u{1D5F8}\u{1D5F6}\u{1D5FB}\u{1D5F1}\u{1D5F2}\u{1D5FF}.example` });
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'form/several-from-fields',
    count: 6,
    make: (d, n) => {
      const [target, evil] = [bank(d), d.domain()];
      d.write({ from: `Friend <friend@${evil.name}>` });
      d.sign(evil.name);
      if (n % 2 === 0) d.put(`From: ${target.mailbox}`);
      else d.append(`From: ${target.mailbox}`);
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'form/several-authors-one-vouched',
    count: 6,
    make: (d, n) => {
      const [target, evil] = [bank(d), d.domain()];
      const own = `Friend <friend@${evil.name}>`;
      d.write({ from: n % 2 === 0 ? `${target.mailbox}, ${own}` : `${own}, ${target.mailbox}` });
      d.sign(evil.name);
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'form/field-above-the-signed-one',
    count: 6,
    make: (d, n) => {
      const [author, evil] = [d.person(), d.domain()];
      d.write({ from: author.mailbox });
      d.sign(author.domain.name);
      d.put(['Subject: Your account is closed', `To: someone@${evil.name}`, `Subject: Pay now`][n % 3] ?? '');
      arrive(d, evil);
    },
  }),
  deceptive({
    id: 'trap/answers-elsewhere-unsigned',
    count: 8,
    make: (d, n) => {
      const [target, evil] = [bank(d, n % 2 === 0 ? null : 'none'), d.domain()];
      d.write({ from: target.mailbox, fields: [`Reply-To: ${d.role(evil, 'service', 'Your bank').mailbox}`] });
      d.deliver({ from: d.domain({ spf: null }), mailFrom: `x@${evil.name}` });
    },
  }),
  deceptive({
    id: 'trap/answers-to-a-twin',
    count: 4,
    make: (d, n) => {
      const author = d.person(d.domain({ spf: null }));
      const local = author.address.slice(0, author.address.indexOf('@'));
      const twin = n % 2 === 0 ? `${local}.${d.random.int(10, 99)}@gmail.com` : `${local}@outlook.com`;
      d.write({ from: author.mailbox, fields: [`Reply-To: ${author.name} <${twin}>`] });
      d.deliver({ from: d.domain({ spf: null }), mailFrom: 'x@nobody.example' });
    },
  }),
  deceptive({
    id: 'trap/sent-by-somebody-else',
    count: 6,
    make: (d) => {
      const [target, evil] = [bank(d, null), d.domain({ spf: null })];
      d.write({ from: target.mailbox, fields: [`Sender: temp@${evil.name}`] });
      d.deliver({ from: evil, mailFrom: `x@${evil.name}` });
    },
  }),
];
