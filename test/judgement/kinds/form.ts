/** Honest mail with a flaw of form that says nothing of who sent it. */
import { OWN_HOST } from '../support/draft.ts';
import { honest, QUIET, UNVERIFIED, VERIFIED, type Kind } from '../support/kind.ts';

/** What exports and mail stores put above the header. */
const BANNERS = [
  '\uFEFFX-Kept: yes',
  'Microsoft Mail Internet Headers Version 2.0',
  '',
  'From - Mon Jun  1 10:00:00 2026',
];

export const FORM_KINDS: readonly Kind[] = [
  honest({
    id: 'form/repeated-threading',
    count: 6,
    allowed: VERIFIED,
    forbidden: ['repeated-field'],
    make: (d, n) => {
      const author = d.person();
      const field = ['In-Reply-To', 'References', 'Cc'][n % 3] ?? '';
      const value = (): string => (field === 'Cc' ? d.person().mailbox : `<${d.random.id()}@${author.domain.name}>`);
      d.write({ from: author.mailbox, fields: [`${field}: ${value()}`, `${field}: ${value()}`] });
      d.sign(author.domain.name, { headers: ['From', 'To', 'Subject', 'Date', 'Message-ID', field, field] });
      d.deliver({ from: author.domain, mailFrom: author.address });
    },
  }),
  honest({
    id: 'form/something-before-the-header',
    count: 8,
    allowed: VERIFIED,
    make: (d, n) => {
      const author = d.person();
      d.write({ from: author.mailbox });
      d.sign(author.domain.name);
      d.deliver({ from: author.domain, mailFrom: author.address });
      d.putOwn(BANNERS[n % BANNERS.length] ?? '');
    },
  }),
  honest({
    id: 'form/malformed-author',
    count: 6,
    allowed: [...UNVERIFIED, 'caution'],
    forbidden: ['several-authors'],
    make: (d, n) => {
      const { domain, address, name } = d.person();
      d.write({
        from:
          [`<${address}@${domain.name}>`, `"${name}"<<${address}>>`, `${name} <${address}> <${address}>`][n % 3] ?? '',
      });
      d.deliver({ from: domain, mailFrom: address });
    },
  }),
  honest({
    id: 'form/single-label-sender',
    count: 4,
    allowed: [...UNVERIFIED, 'caution'],
    make: (d) => {
      const author = d.person();
      d.write({ from: author.mailbox, fields: [`Sender: ${d.random.pick(['root', 'www-data', 'cron'])}`] });
      d.deliver({ from: author.domain, mailFrom: author.address });
    },
  }),
  honest({
    id: 'form/own-server-in-the-path-of-others',
    count: 4,
    allowed: QUIET,
    make: (d) => {
      const author = d.person();
      d.write({ from: author.mailbox });
      d.put(`X-Original-Authentication-Results: ${OWN_HOST}; spf=softfail smtp.mailfrom=${author.address}`);
      d.deliver({ from: author.domain, mailFrom: author.address });
    },
  }),
];
