import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDomain, type DomainName } from '../../src/domain/name.ts';
import { createCircle } from '../../src/identity/circle.ts';
import { findImpersonations } from '../../src/identity/impersonation.ts';
import { LIMITS } from '../../src/limits.ts';
import { parseMailboxes } from '../../src/message/address.ts';
import { growthExponent } from '../support/growth.ts';

function domains(...names: readonly string[]): readonly DomainName[] {
  return names.map(parseDomain).filter((name) => name !== undefined);
}

function find(from: string, ...known: readonly string[]) {
  return findImpersonations(parseMailboxes(from).mailboxes, createCircle([], domains(...known)));
}

describe('an address in the display name', () => {
  it.each([
    ['quoted', '"service@paypal.com" <x@evil.example>', 'service@paypal.com'],
    ['among words', '"PayPal service@paypal.com via mail" <x@evil.example>', 'service@paypal.com'],
    ['in marks', `"'service@paypal.com'," <x@evil.example>`, 'service@paypal.com'],
    ['in brackets', '"PayPal <service@paypal.com>" <x@evil.example>', 'service@paypal.com'],
    ['ending a sentence', '"Ask service@paypal.com." <x@evil.example>', 'service@paypal.com'],
    ['in an encoded word', '=?utf-8?Q?service=40paypal=2Ecom?= <x@evil.example>', 'service@paypal.com'],
    ['with a full-width at sign', '"service＠paypal.com" <x@evil.example>', 'service@paypal.com'],
    ['with a small at sign', '"service﹫paypal.com" <x@evil.example>', 'service@paypal.com'],
    ['with spaces around the at sign', '"service @ paypal.com" <x@evil.example>', 'service@paypal.com'],
    ['with dots in front', '"ann.bee@paypal.com" <x@evil.example>', 'ann.bee@paypal.com'],
    ['of a domain with an unknown suffix', '"root@db.internal" <x@evil.example>', 'root@db.internal'],
    ['in a comment beside the name', 'PayPal (service@paypal.com) <x@evil.example>', 'service@paypal.com'],
    ['in a comment instead of a name', 'x@evil.example (service@paypal.com)', 'service@paypal.com'],
    ['of the domain the other is below', '"service@paypal.com" <x@paypal.com.evil.example>', 'service@paypal.com'],
    ['of another user of a shared suffix', '"a@ann.github.io" <x@bob.github.io>', 'a@ann.github.io'],
  ])('of another holder is told: %s', (_name, from, shown) => {
    expect(find(from)).toContainEqual(expect.objectContaining({ kind: 'address-in-name', shown }));
  });

  it.each([
    ['the same', '"x@example.com" <x@example.com>'],
    ['the same in another case', '"X@Example.COM" <x@example.com>'],
    ['another at the same domain', '"service@paypal.com" <x@paypal.com>'],
    ['of a host of the same holder', '"PayPal service@paypal.com" <x@mail.paypal.com>'],
    ['of a domain above', '"x@mail.paypal.com" <x@paypal.com>'],
    ['the same domain in two forms', '"x@bücher.example" <x@xn--bcher-kva.example>'],
    ['no address: a handle', '"Ann @annbee" <x@y.example>'],
    ['no address: a place', '"Ann@Home" <x@y.example>'],
  ])('is fine where it is %s', (_name, from) => {
    expect(find(from)).toEqual([]);
  });

  it.each([
    ['"ann@x.example via Hikers" <hikers@y.example>', ['ANN@x.example'], { via: true, answered: true }],
    ['"ann@x.example via Hikers" <hikers@y.example>', [], { via: true, answered: false }],
    ['"Ann (ann@x.example)" <desk@y.example>', ['b@z.example', 'ann@x.example'], { via: false, answered: true }],
    ['"ann@x.example viaduct" <a@y.example>', ['ann2@x.example'], { via: false, answered: false }],
  ])('%s with replies to %j is told with what explains it', (from, replyTo, explained) => {
    const answers = replyTo.flatMap((address) => parseMailboxes(address).mailboxes);
    expect(findImpersonations(parseMailboxes(from).mailboxes, undefined, { replyTo: answers })).toMatchObject([
      { kind: 'address-in-name', shown: 'ann@x.example', ...explained },
    ]);
  });

  it.each([
    ['the full stop of another script', '"ceo@bank。example" <x@evil.example>', 'ceo@bank.example'],
    ['words in brackets', '"ceo[at]bank[dot]example" <x@evil.example>', 'ceo@bank.example'],
    [
      'words in brackets and blanks',
      '"ceo (at) mail (dot) bank (dot) example" <x@evil.example>',
      'ceo@mail.bank.example',
    ],
    ['a dotted local part', '"ann{dot}bee{at}bank.example" <x@evil.example>', 'ann.bee@bank.example'],
  ])('is told where it is disguised with %s', (_name, from, shown) => {
    expect(find(from)).toMatchObject([{ kind: 'address-in-name', shown }]);
  });

  it('is told with the address it stands against, also where that has no domain', () => {
    expect(find('"service@paypal.com" <x@evil.example>')).toEqual([
      { kind: 'address-in-name', shown: 'service@paypal.com', actual: 'x@evil.example', via: false, answered: false },
    ]);
    expect(find('"service@paypal.com" <root>')).toMatchObject([{ shown: 'service@paypal.com', actual: 'root' }]);
  });
});

describe('a domain in the display name', () => {
  it.each([
    ['in a URL', '"https://www.paypal.com/login" <x@evil.example>', 'www.paypal.com'],
    ['behind a scheme', '"https://paypal.com" <x@evil.example>', 'paypal.com'],
    ['with www.', '"www.bank.example" <x@evil.example>', 'www.bank.example'],
    ['with a host that people log in to', '"Bank | secure.bank.example" <x@evil.example>', 'secure.bank.example'],
    ['with an ideographic full stop', 'Bank。com <x@evil.example>', 'Bank.com'],
    ['with a full-width dot between Latin letters', '"paypal．com" <x@evil.example>', 'paypal.com'],
    ['with the dot spelled', '"paypal[dot]com" <x@evil.example>', 'paypal.com'],
  ])('of another holder reads as nothing else: %s', (_name, from, shown) => {
    expect(find(from)).toContainEqual({ kind: 'domain-in-name', shown, actual: 'x@evil.example', form: 'web' });
  });

  it.each([
    ['alone', '"PayPal.com" <x@evil.example>', 'PayPal.com'],
    ['among words', '"Booking.com Support" <x@evil.example>', 'Booking.com'],
    ['of a reserved suffix (RFC 6761 §6)', '"bank.example" <x@evil.example>', 'bank.example'],
    ['with full-width letters', '"ｐａｙｐａｌ．ｃｏｍ" <x@evil.example>', 'paypal.com'],
    ['with invisible characters in it', '"pay\u200bpal\u00ad.com" <x@evil.example>', 'paypal.com'],
    ['internationalised', '"пример.рф" <x@evil.example>', 'пример.рф'],
    ['of the same label under another suffix', '"Brand.com" <x@evil.co.uk>', 'Brand.com'],
    ['a name', '"Jimmy.Page" <jpage@y.example>', 'Jimmy.Page'],
    ['a title', '"Univ.Prof. Dr. Max Huber" <max@y.example>', 'Univ.Prof'],
    ['a product', '"ASP.NET Weekly" <news@y.example>', 'ASP.NET'],
    ['a handle', '"Ann Lee @ann.dev" <a@y.example>', 'ann.dev'],
    ['a handle in brackets', '"Ann Lee (@ann.dev)" <a@y.example>', 'ann.dev'],
  ])('may as well be a word: %s', (_name, from, shown) => {
    expect(find(from)).toContainEqual(expect.objectContaining({ kind: 'domain-in-name', shown, form: 'word' }));
  });

  it.each([
    ['of the same holder', '"Amazon.com" <x@marketplace.amazon.com>'],
    ['no domain: the local part', '"Anna.Kim" <anna.kim@corp.example>'],
    ['no domain: the local part with a tag', '"Anna.Kim" <annakim+news@corp.example>'],
    ['no domain: a file', '"Invoice_2026.zip" <x@y.example>'],
    ['no domain: the end of a Japanese sentence', '"ありがとう。info" <x@y.example>'],
    ['no domain: a company', '"Parcels" <x@evil.example>'],
    ['no domain: initials', '"J.R. Ewing, M.Sc, e.V." <x@y.example>'],
    ['no domain: a title', '"Dr.No" <x@y.example>'],
    ['no domain: a version', '"Backup 2.0 v1.2.3 10.0.0.1" <x@y.example>'],
    ['no domain: words with dots', '"first.last, node.js... and so on" <x@y.example>'],
    ['a suffix only', '"co.uk" <x@y.example>'],
  ])('is fine where it is %s', (_name, from) => {
    expect(find(from)).toEqual([]);
  });
});

describe('a look-alike domain', () => {
  it.each([
    ['a digit for a letter', 'a <x@paypa1.com>', 'paypal.com'],
    ['letters that run together', 'a <x@rnicrosoft.com>', 'microsoft.com'],
    ['a Cyrillic letter', 'a <x@pаypal.com>', 'paypal.com'],
    ['all Cyrillic letters', 'a <x@аррӏе.com>', 'apple.com'],
    ['a mark', 'a <x@pâypal.com>', 'paypal.com'],
    ['a stroke', 'a <x@gøøgle.com>', 'google.com'],
    ['a host of it', 'a <x@mail.paypa1.com>', 'paypal.com'],
    ['a known host of the other', 'a <x@paypa1.com>', 'www.paypal.com'],
  ])('of one the reader knows is told: %s', (_name, from, known) => {
    const resembles = known.replace('www.', '');
    expect(find(from, 'other.example', known)).toContainEqual(
      expect.objectContaining({ kind: 'look-alike', resembles }),
    );
  });

  it('of one the display name shows is told', () => {
    expect(find('"bank.example" <x@bаnk.example>')).toContainEqual({
      kind: 'look-alike',
      domain: 'xn--bnk-6cd.example',
      shown: 'bаnk.example',
      resembles: 'bank.example',
    });
  });

  it('of plain Latin letters is told without knowing any', () => {
    expect(find('a <x@аррӏе.com>')).toEqual([
      { kind: 'look-alike', domain: 'xn--80ak6aa92e.com', shown: 'аррӏе.com', resembles: 'apple.com' },
    ]);
  });

  it('cannot hide behind host names that are no look-alikes', () => {
    expect(find('a <x@пример.аррӏе.com>')).toMatchObject([{ kind: 'look-alike', resembles: 'apple.com' }]);
  });

  it('is not one that the reader knows itself', () => {
    expect(find('a <x@paypa1.com>', 'paypal.com', 'paypa1.com')).toEqual([]);
    expect(find('a <x@mail.аррӏе.com>', 'аррӏе.com')).toEqual([]);
  });

  it('cannot talk its way out by naming itself', () => {
    expect(find('"paypa1.com" <x@paypa1.com>', 'paypal.com')).toMatchObject([{ kind: 'look-alike' }]);
  });

  it('is none for a known domain itself or an unlike one', () => {
    expect(find('a <x@paypal.com>', 'paypal.com')).toEqual([]);
    expect(find('a <x@paypals.com>', 'paypal.com')).toMatchObject([{ kind: 'known-domain-alike', likeness: 'slip' }]);
    expect(find('a <x@paypal.net>', 'paypal.com')).toMatchObject([{ likeness: 'other-suffix' }]);
    expect(find('a <x@example.net>', 'paypal.com')).toEqual([]);
  });
});

describe('mixed scripts', () => {
  it.each(['a <x@pаypal.com>', 'a <x@mail.gοοgle.example>', 'a <x@пpимep.рф>', 'a <x@ꭰꭱ.example>'])(
    'are told in %s',
    (from) => {
      expect(find(from)).toContainEqual(expect.objectContaining({ kind: 'mixed-script' }));
    },
  );
});

describe('ordinary domains raise nothing', () => {
  it.each([
    ...[
      'example.com',
      'bücher.example',
      'пример.рф',
      'пример.com',
      '例え.jp',
      '例え.テスト',
      'ラーメンshop.jp',
      'tシャツ.jp',
    ],
    ...[
      '한국.kr',
      '삼성kr.kr',
      '中国.cn',
      'αβγδ.gr',
      'παράδειγμα.ελ',
      'مثال.إختبار',
      'דוגמה.co.il',
      'ตัวอย่าง.th',
      'उदाहरण.भारत',
    ],
    ...[
      'straße.example',
      'kadın.com',
      'łódź.pl',
      'smörgås.se',
      'đồngtháp.vn',
      'հայ.am',
      'ქართული.ge',
      '5ok.example',
      'xn--a.example',
    ],
  ])('%s', (name) => {
    expect(find(`Name <x@${name}>`)).toEqual([]);
    expect(find(`Name <x@mail.${name}>`, 'paypal.com', 'google.com')).toEqual([]);
  });
});

describe('all that is found', () => {
  it('is told once, for every mailbox', () => {
    const from = '"p@y.example p@y.example" <a@x.example>, "p@y.example" <a@x.example>, "p@y.example" <b@z.example>';
    expect(find(from)).toEqual([
      { kind: 'address-in-name', shown: 'p@y.example', actual: 'a@x.example', via: false, answered: false },
      { kind: 'address-in-name', shown: 'p@y.example', actual: 'b@z.example', via: false, answered: false },
    ]);
  });

  it('has a limit', () => {
    const name = Array.from({ length: 1000 }, (_, at) => `a@b${at}.example`).join(' ');
    expect(find(`"${name}" <x@y.example>, "${name}" <x@z.example>`)).toHaveLength(LIMITS.impersonations);
  });

  it.each([
    'a',
    '.',
    'a.b ',
    '@',
    'a@b.',
    'paypal.com ',
    '\u200b',
    '\u202e',
    '-',
    'é.',
    'a_',
    '＠',
    'ﷺ',
    'a\u0301',
    '[dot]',
    ' (at) ',
    'a。',
    '\u0301\u0316',
  ])('takes linear time for names of many %j', (unit) => {
    const mailbox = { address: 'x@y.example', localPart: 'x', domain: 'y.example' };
    const run = (size: number) => findImpersonations([{ ...mailbox, displayName: unit.repeat(size) }]);
    expect(growthExponent(run, 1_000)).toBeLessThan(1.6);
  });

  it('never throws', () => {
    const piece = fc.oneof(
      fc.constantFrom('@', '.', 'a', 'com', 'xn--', '\u200d', '\ud800', 'а', '＠'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const text = fc.array(piece, { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.option(fc.domain()), (displayName, domain) => {
        const mailbox = { displayName, address: `x@${domain ?? ''}`, localPart: 'x', domain };
        expect(findImpersonations([mailbox], createCircle([], domains('example.com')))).toBeInstanceOf(Array);
      }),
    );
  });
});
