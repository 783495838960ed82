/** Honest mail that programs send: newsletters, orders, tickets, invitations, notices. */
import { OWN_HOST, READER } from '../support/draft.ts';
import { honest, QUIET, UNVERIFIED, VERIFIED, VOUCHED, type Kind } from '../support/kind.ts';

const NO_POLICY = ['practice-reject', 'practice-quarantine', 'practice-discardable', 'practice-signs-all'];
const NOT_ODD = ['sender-differs', 'reply-to-differs', 'address-in-display-name', 'domain-in-display-name'];

export const SERVICE_KINDS: readonly Kind[] = [
  honest({
    id: 'service/newsletter-third-party',
    count: 10,
    allowed: ['signed'],
    forbidden: [...NO_POLICY, ...NOT_ODD],
    make: (d) => {
      const [shop, mailer] = [
        d.role(d.domain({ policy: d.random.pick([null, 'none']) }), 'news', 'The shop'),
        d.domain(),
      ];
      d.write({
        from: shop.mailbox,
        fields: [
          `List-Unsubscribe: <https://${mailer.name}/u/${d.random.id()}>`,
          'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
          'Precedence: bulk',
        ],
      });
      d.sign(mailer.name);
      d.deliver({ from: mailer, mailFrom: `bounce-${d.random.id(6)}@${mailer.name}` });
    },
  }),
  honest({
    id: 'service/newsletter-signed-twice',
    count: 10,
    allowed: VERIFIED,
    make: (d) => {
      const [shop, mailer] = [d.role(d.domain({ policy: 'reject' }), 'news', 'The shop'), d.domain()];
      d.write({
        from: shop.mailbox,
        fields: [`List-Unsubscribe: <mailto:u-${d.random.id()}@${mailer.name}>`, `Feedback-ID: 7:${mailer.name}`],
      });
      d.sign(shop.domain.name);
      d.sign(mailer.name);
      d.deliver({ from: mailer, mailFrom: `bounce-${d.random.id(6)}@${mailer.name}` });
    },
  }),
  honest({
    id: 'service/subdomain-of-its-own',
    count: 6,
    allowed: VERIFIED,
    make: (d) => {
      const organization = d.domain({ policy: 'reject' });
      const news = d.domain({ name: `e.${organization.name}` });
      d.write({ from: d.role(news, 'offers', 'Offers').mailbox });
      d.sign(d.random.pick([news.name, organization.name]));
      d.deliver({ from: news, mailFrom: `b@${news.name}` });
    },
  }),
  honest({
    id: 'service/answers-to-a-help-desk',
    count: 8,
    allowed: VERIFIED,
    forbidden: NOT_ODD,
    make: (d) => {
      const [shop, desk] = [d.role(d.domain({ policy: 'reject' }), 'orders', 'Orders'), d.domain()];
      d.write({ from: shop.mailbox, fields: [`Reply-To: ticket+${d.random.id(6)}@${desk.name}`] });
      d.sign(shop.domain.name);
      d.deliver({ from: shop.domain, mailFrom: `bounce@${shop.domain.name}` });
    },
  }),
  honest({
    id: 'service/ticket',
    count: 8,
    allowed: ['signed'],
    forbidden: NOT_ODD,
    make: (d) => {
      const [shop, desk] = [
        d.role(d.domain({ policy: d.random.pick([null, 'none']) }), 'support', 'Support'),
        d.domain(),
      ];
      d.write({
        from: shop.mailbox,
        fields: [`Sender: ticket@${desk.name}`, `Reply-To: ticket+${d.random.id(6)}@${desk.name}`],
      });
      d.sign(desk.name);
      d.deliver({ from: desk, mailFrom: `bounce@${desk.name}` });
    },
  }),
  honest({
    id: 'service/on-behalf-of-a-person',
    count: 12,
    allowed: [...VOUCHED, 'caution'],
    make: (d, n) => {
      const [service, author] = [d.domain({ policy: 'reject' }), d.person()];
      const shown = [
        `${author.name} (Papers)`,
        `${author.address} (Papers)`,
        `${author.name} via Papers`,
        `'${author.address}' via Papers`,
      ][n % 4];
      d.write({ from: `"${shown ?? ''}" <notify@${service.name}>`, fields: [`Reply-To: ${author.mailbox}`] });
      d.sign(service.name);
      d.deliver({ from: service, mailFrom: `bounce@${service.name}` });
    },
  }),
  honest({
    id: 'service/invitation',
    count: 6,
    allowed: UNVERIFIED,
    forbidden: NOT_ODD,
    make: (d) => {
      const [calendar, author] = [d.domain(), d.person(d.domain({ policy: d.random.pick([null, 'none']) }))];
      d.write({
        from: author.mailbox,
        subject: 'Invitation: Planning',
        fields: [`Sender: Calendar <calendar-notification@${calendar.name}>`, `Reply-To: ${author.mailbox}`],
      });
      d.sign(calendar.name);
      d.deliver({ from: calendar, mailFrom: `x-${d.random.id(8)}@${calendar.name}` });
    },
  }),
  honest({
    id: 'service/brand-under-another-suffix',
    count: 6,
    allowed: VERIFIED,
    make: (d) => {
      const label = `${d.random.pick(['velmora', 'quandrel', 'ostriva'])}${d.random.id(4).toLowerCase()}`;
      const shop = d.domain({ name: `${label}.co.uk` });
      d.write({ from: `"${label}.com" <news@${shop.name}>` });
      d.sign(shop.name);
      d.deliver({ from: shop, mailFrom: `bounce@${shop.name}` });
    },
  }),
  honest({
    id: 'service/authorized-by-the-author',
    count: 4,
    allowed: VOUCHED,
    forbidden: NO_POLICY,
    make: (d) => {
      const [author, mailer] = [d.person(), d.domain()];
      // RFC 6541 §4.2 atpsh=none: the name as it is.
      d.zone[`${mailer.name}._atps.${author.domain.name}`] = { TXT: [`v=ATPS1; d=${mailer.name}`] };
      if (d.random.chance(0.5)) d.zone[`_adsp._domainkey.${author.domain.name}`] = { TXT: ['dkim=all'] };
      d.write({ from: author.mailbox });
      d.sign(mailer.name, { tags: { atps: author.domain.name, atpsh: 'none' } });
      d.deliver({ from: mailer, mailFrom: `bounce@${mailer.name}` });
    },
  }),
  honest({
    id: 'service/spf-seen-by-own-server',
    count: 8,
    allowed: ['signed'],
    forbidden: NO_POLICY,
    make: (d, n) => {
      const shop = d.role(d.domain({ policy: 'reject' }), 'no-reply', 'Parcels');
      d.write({ from: shop.mailbox });
      const results = [
        `spf=pass smtp.mailfrom=b@${shop.domain.name}`,
        ...(n % 2 === 0 ? [`dmarc=pass (p=reject dis=none) header.from=${shop.domain.name}`] : []),
      ];
      d.deliver({ from: shop.domain, results });
    },
  }),
  honest({
    id: 'service/spf-of-a-subdomain',
    count: 8,
    allowed: ['signed'],
    forbidden: NO_POLICY,
    make: (d, n) => {
      const shop = d.domain({ policy: 'reject' });
      const bounces = d.domain({ name: `bounce.${shop.name}` });
      d.write({ from: d.role(shop, 'no-reply', 'Parcels').mailbox });
      const mailFrom = `b-${d.random.id(5)}@${bounces.name}`;
      // Seen here, or by the own server where no Return-Path was kept.
      d.deliver(
        n % 2 === 0 ? { from: bounces, mailFrom } : { from: bounces, results: [`spf=pass smtp.mailfrom=${mailFrom}`] },
      );
    },
  }),
  honest({
    id: 'service/results-in-odd-forms',
    count: 12,
    allowed: ['signed'],
    forbidden: NO_POLICY,
    make: (d, n) => {
      const shop = d.role(d.domain({ policy: 'reject' }), 'no-reply', 'Parcels');
      d.write({ from: shop.mailbox });
      const { name } = shop.domain;
      const forms = [
        `dmarc=pass (p=reject dis=none) d=${name}`,
        'dmarc=pass',
        `dmarc=pass from=${name}`,
        `dmarc=pass header.from=<${shop.address}>`,
        `dmarc=pass header.from=${shop.address}`,
        `dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=${name}`,
      ];
      // A host that SPF does not know: the recorded result is all there is.
      d.deliver({ from: d.domain(), results: [forms[n % forms.length] ?? ''] });
    },
  }),
  honest({
    id: 'service/results-with-job-id',
    count: 4,
    allowed: ['signed'],
    forbidden: NO_POLICY,
    make: (d) => {
      const shop = d.role(d.domain({ policy: 'reject' }), 'no-reply', 'Parcels');
      d.write({ from: shop.mailbox });
      const results = [`dkim=pass header.d=${shop.domain.name}`, `dmarc=pass header.from=${shop.domain.name}`];
      d.deliver({ from: d.domain(), results, authservId: `${OWN_HOST}/${d.random.id()}` });
    },
  }),
  honest({
    id: 'service/blind-copies',
    count: 4,
    allowed: QUIET,
    make: (d) => {
      const shop = d.role(d.domain({ policy: 'reject' }), 'club', 'The club');
      d.write({ from: shop.mailbox, to: d.random.pick(['undisclosed-recipients:;', shop.mailbox, READER]) });
      d.sign(shop.domain.name);
      d.deliver({ from: shop.domain, mailFrom: `bounce@${shop.domain.name}` });
    },
  }),
];
