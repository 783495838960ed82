import { addressParser } from 'postal-mime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { authorMailboxes, parseMailboxes, readMailboxes } from '../../src/message/address.ts';
import type { Mailbox } from '../../src/message/types.ts';
import { growthExponent } from '../support/growth.ts';
import { messageOf } from '../support/message.ts';

/** Display name and address of each mailbox, which is what most cases are about. */
function shown(mailboxes: readonly Mailbox[]): readonly (readonly [string, string])[] {
  return mailboxes.map(({ displayName, address }) => [displayName, address]);
}

function addresses(value: string): readonly string[] {
  return parseMailboxes(value).mailboxes.map(({ address }) => address);
}

describe('the examples of RFC 5322 Appendix A', () => {
  it.each([
    ['A.1.1', 'John Doe <jdoe@machine.example>', [['John Doe', 'jdoe@machine.example']]],
    ['A.1.2 From', '"Joe Q. Public" <john.q.public@example.com>', [['Joe Q. Public', 'john.q.public@example.com']]],
    [
      'A.1.2 To',
      'Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>',
      [
        ['Mary Smith', 'mary@x.test'],
        ['', 'jdoe@example.org'],
        ['Who?', 'one@y.test'],
      ],
    ],
    [
      'A.1.2 Cc',
      '<boss@nil.test>, "Giant; \\"Big\\" Box" <sysservices@example.net>',
      [
        ['', 'boss@nil.test'],
        ['Giant; "Big" Box', 'sysservices@example.net'],
      ],
    ],
    [
      'A.1.3 To',
      'A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;',
      [
        ['Ed Jones', 'c@a.test'],
        ['', 'joe@where.test'],
        ['John', 'jdoe@one.test'],
      ],
    ],
    ['A.1.3 Cc', 'Undisclosed recipients:;', []],
    ['A.5 From', 'Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>', [['Pete', 'pete@silly.test']]],
    [
      'A.5 To',
      "A Group(Some people)     :Chris Jones <c@(Chris's host.)public.example>,         joe@example.org,  John <jdoe@one.test> (my dear friend); (the end of the group)",
      [
        ['Chris Jones', 'c@public.example'],
        ['', 'joe@example.org'],
        ['John', 'jdoe@one.test'],
      ],
    ],
    ['A.5 Cc', '(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;', []],
    ['A.6.1 From', 'Joe Q. Public <john.q.public@example.com>', [['Joe Q. Public', 'john.q.public@example.com']]],
    [
      'A.6.1 To',
      'Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example',
      [
        ['Mary Smith', 'mary@example.net'],
        ['', 'jdoe@test.example'],
      ],
    ],
    ['A.6.3 From', 'John Doe <jdoe@machine(comment).  example>', [['John Doe', 'jdoe@machine.example']]],
  ])('%s', (_name, value, expected) => {
    const { mailboxes, malformed } = parseMailboxes(value);
    expect(shown(mailboxes)).toEqual(expected);
    expect(malformed).toBe(false);
  });

  it('A.6.3, folded in a line of white space only', () => {
    const message = messageOf(
      'From  : John Doe <jdoe@machine(comment).  example>',
      'To    : Mary Smith',
      '  ',
      '          <mary@example.net>',
    );
    expect(shown(readMailboxes(message, 'to').mailboxes)).toEqual([['Mary Smith', 'mary@example.net']]);
    expect(shown(authorMailboxes(message))).toEqual([['John Doe', 'jdoe@machine.example']]);
  });
});

describe('a well-formed mailbox', () => {
  it('has its parts as written and its domain in A-label form', () => {
    expect(parseMailboxes('Ann <Ann.Bee@Bücher.EXAMPLE>').mailboxes).toEqual([
      { displayName: 'Ann', address: 'Ann.Bee@Bücher.EXAMPLE', localPart: 'Ann.Bee', domain: 'xn--bcher-kva.example' },
    ]);
  });

  it.each([
    ['a quoted local part', '"a b\\"c"@x.example', '"a b\\"c"', 'x.example'],
    ['an at sign in a quoted local part', '"a@good.example"@evil.example', '"a@good.example"', 'evil.example'],
    ['an obsolete mixed local part (RFC 5322 §4.4)', 'a . "b" .c@x.example', 'a."b".c', 'x.example'],
    ['a UTF-8 local part (RFC 6532)', '用户@例え.jp', '用户', 'xn--r8jz45g.jp'],
    ['an address literal', 'a@[192.0.2.1]', 'a', null],
    ['an IPv6 literal', 'a@[IPv6:2001:db8::1]', 'a', null],
    ['a domain that is none (RFC 1035 §2.3.1)', 'a@-x-.example', 'a', null],
    ['dots at odd places, as some providers gave out', '.a..b.@x.example', '.a..b.', 'x.example'],
    ['all of atext (RFC 5322 §3.2.3)', "!#$%&'*+-/=?^_`{|}~@x.example", "!#$%&'*+-/=?^_`{|}~", 'x.example'],
  ])('may have %s', (_name, value, localPart, domain) => {
    for (const form of [value, `<${value}>`, `Name <${value}>`, ` ( c ) ${value} (c)`]) {
      const { mailboxes, malformed } = parseMailboxes(form);
      expect(mailboxes).toMatchObject([{ localPart, domain }]);
      expect(malformed).toBe(false);
    }
  });

  it.each([
    ['words and spaces', 'Ann   B.  Cee <a@x.example>', 'Ann B. Cee'],
    ['a quoted string', '"Cee, Ann \\\\ B" <a@x.example>', 'Cee, Ann \\ B'],
    ['an empty quoted string', '"" <a@x.example>', ''],
    ['several kinds of words', 'Ann "B." Cee<a@x.example>', 'Ann B. Cee'],
    ['UTF-8', 'Änne Weiß <a@x.example>', 'Änne Weiß'],
    ['a comment behind the address', 'a@x.example (Ann Bee)', 'Ann Bee'],
    ['a comment beside a bracketed address', '<a@x.example> (Ann Bee)', 'Ann Bee'],
    ['an encoded word', '=?utf-8?Q?=C3=84nne?= <a@x.example>', 'Änne'],
    ['encoded words with white space between', '=?utf-8?Q?=C3?= =?utf-8?Q?=84nne?= <a@x.example>', 'Änne'],
    ['an encoded word in quotes, as mail programs show it', '"=?utf-8?Q?=C3=84nne?=" <a@x.example>', 'Änne'],
    ['an encoded word in a comment', 'a@x.example (=?utf-8?Q?=C3=84nne?=)', 'Änne'],
    ['a comma a sender did not encode', '=?utf-8?Q?Bee,_Ann;?= <a@x.example>', 'Bee, Ann;'],
    ['brackets', '[List] Ann <a@x.example>', '[List] Ann'],
    ['something like an address without a full domain', 'Sales@Acme <a@x.example>', 'Sales@Acme'],
    ['the same address', 'A@X.example <a@x.example>', 'A@X.example'],
    ['Unicode commas and at signs, which separate nothing', 'Bee， Ann＠home <a@x.example>', 'Bee， Ann＠home'],
  ])('has a display name of %s', (_name, value, displayName) => {
    expect(parseMailboxes(value)).toMatchObject({
      mailboxes: [{ displayName, address: 'a@x.example' }],
      malformed: false,
    });
  });

  it('keeps a comment beside a display name apart', () => {
    expect(parseMailboxes('Ann (b@c.example) <a@x.example>').mailboxes).toEqual([
      { displayName: 'Ann', comment: 'b@c.example', address: 'a@x.example', localPart: 'a', domain: 'x.example' },
    ]);
  });
});

describe('an encoded word', () => {
  it('is never parsed again, whatever it decodes to (RFC 2047 §6.2)', () => {
    const angle = Buffer.from('<a@good.example>, "').toString('base64');
    expect(parseMailboxes(`=?utf-8?B?${angle}?= <b@evil.example>`)).toMatchObject({
      mailboxes: [{ displayName: '<a@good.example>, "', address: 'b@evil.example' }],
      malformed: false,
    });
  });

  it('makes no address', () => {
    const encoded = `=?utf-8?B?${Buffer.from('a@good.example').toString('base64')}?=`;
    expect(parseMailboxes(encoded)).toMatchObject({
      mailboxes: [{ displayName: 'a@good.example', address: '' }],
      malformed: true,
    });
  });

  it('is not decoded in an address', () => {
    expect(addresses('=?utf-8?Q?a=40good.example=2C?=@evil.example')).toEqual([
      '=?utf-8?Q?a=40good.example=2C?=@evil.example',
    ]);
  });

  it('with an address in the clear hides none', () => {
    expect(addresses('=?utf-8?Q?<a@good.example>?= <b@evil.example>')).toEqual(['a@good.example', 'b@evil.example']);
    expect(addresses('=?utf-8?Q?a@good.example,?= <b@evil.example>')).toEqual([
      '=?utf-8?Q?a@good.example',
      'b@evil.example',
    ]);
  });
});

describe('lists', () => {
  it('may have empty elements (RFC 5322 §4.4)', () => {
    expect(parseMailboxes(', ,a@x.example,,(c),b@x.example,').malformed).toBe(false);
    expect(addresses(', ,a@x.example,,(c),b@x.example,')).toEqual(['a@x.example', 'b@x.example']);
  });

  it('keep duplicates', () => {
    expect(addresses('a@x.example, a@x.example')).toEqual(['a@x.example', 'a@x.example']);
  });

  it('keep the names of groups, decoded', () => {
    expect(parseMailboxes('=?utf-8?Q?=C3=84rzte?=: a@x.example;, B:;').groupNames).toEqual(['Ärzte', 'B']);
  });

  it('count groups, and list their members (RFC 6854)', () => {
    expect(parseMailboxes('Team: a@x.example, Ann <b@x.example>;, c@x.example')).toMatchObject({
      groups: 1,
      malformed: false,
      mailboxes: [{ address: 'a@x.example' }, { address: 'b@x.example' }, { address: 'c@x.example' }],
    });
    expect(parseMailboxes('Nobody:;')).toEqual({ mailboxes: [], malformed: false, groups: 1, groupNames: ['Nobody'] });
  });
});

describe('a value that readers may disagree about lists every candidate', () => {
  it.each([
    ['two brackets', '<a@good.example> <b@evil.example>', ['a@good.example', 'b@evil.example']],
    ['an address before the brackets', 'a@good.example <b@evil.example>', ['b@evil.example', 'a@good.example']],
    ['an address in square brackets', '[a@good.example] <b@evil.example>', ['b@evil.example', 'a@good.example']],
    ['text behind the brackets', '<b@evil.example> a@good.example', ['b@evil.example', 'a@good.example']],
    ['an open bracket', '<a@good.example', ['a@good.example']],
    ['an open bracket before another', '<a@good.example <b@evil.example>', ['a@good.example', 'b@evil.example']],
    ['a comma in brackets', '<a@good.example, b@evil.example>', ['a@good.example', 'b@evil.example']],
    ['nested brackets', '<<a@good.example>b@evil.example>', ['a@good.example', 'b@evil.example']],
    ['an open quote', '"Ann <a@good.example>, b@evil.example', ['a@good.example', 'b@evil.example']],
    ['a quote too many', '"a@good.example"" <b@evil.example>', ['a@good.example', 'b@evil.example']],
    ['an open comment', 'b@evil.example (a@good.example', ['b@evil.example', 'a@good.example']],
    ['a comment too deep', `${'('.repeat(LIMITS.commentDepth + 1)} a@good.example`, ['a@good.example']],
    ['only a comment', '(a@good.example)', ['a@good.example']],
    ['two at signs', 'a@good.example@evil.example', ['a@good.example', 'good.example@evil.example']],
    ['words before an address', 'by a@good.example', ['a@good.example']],
    ['semicolons', 'a@good.example; b@evil.example', ['a@good.example', 'b@evil.example']],
    ['an unclosed group', 'Team: a@good.example', ['a@good.example']],
    ['a group named like an address', 'a@good.example: b@evil.example;', ['b@evil.example', 'a@good.example']],
    ['nested groups', 'A: B: a@good.example;;', ['a@good.example']],
    ['an address in a route', '<@x.example,a@good.example:b@evil.example>', ['a@good.example', 'b@evil.example']],
    ['an address in a domain literal', 'x@[<a@good.example>]', ['a@good.example']],
    ['an open quote in brackets', '<"a@good.example', ['a@good.example']],
    ['a NUL', 'b@evil.example\0a@good.example', ['a@good.example', 'b@evil.example']],
    ['a lone CR', 'a@good.example\rb@evil.example', ['a@good.example', 'b@evil.example']],
    ['an unquoted comma in a name', 'Bee, Ann <a@good.example>', ['a@good.example']],
    ['a dot behind the domain', 'a@good.example.', ['a@good.example.']],
  ])('%s', (_name, value, expected) => {
    expect(parseMailboxes(value).malformed).toBe(true);
    for (const address of expected) expect(addresses(value)).toContain(address);
  });

  it.each([
    ['a name only', 'Ann Bee', 'Ann Bee', ''],
    ['an empty bracket', 'Ann <>', 'Ann', ''],
    ['an address without domain', 'Root <root>', 'Root', 'root'],
    ['a full-width at sign', 'a＠good.example', 'a＠good.example', ''],
    ['a local part missing', 'Ann <@good.example>', 'Ann', ''],
    ['a domain missing', 'Ann <a@>', 'Ann', ''],
  ])('keeps what there is of %s', (_name, value, displayName, address) => {
    expect(parseMailboxes(value)).toMatchObject({
      mailboxes: [{ displayName, address, domain: null }],
      malformed: true,
    });
  });

  it('marks what it only made out, and takes brackets in brackets for one author', () => {
    expect(parseMailboxes('"Some One"<<>>').mailboxes).toMatchObject([{ displayName: 'Some One', address: '' }]);
    expect(parseMailboxes('<<a@x.example>>').mailboxes).toMatchObject([{ address: 'a@x.example' }]);
    expect(parseMailboxes('<a@b.example@c.example>').mailboxes.every(({ conjectured }) => conjectured)).toBe(true);
    const two = parseMailboxes('<a@x.example> <b@y.example>').mailboxes;
    expect(two.map(({ conjectured }) => conjectured)).toEqual([undefined, undefined]);
  });

  it('takes a name and an address apart again where only the quote is missing', () => {
    expect(shown(parseMailboxes('"Ann <a@good.example>').mailboxes)).toEqual([
      ['Ann <a@good.example>', 'a@good.example'],
    ]);
  });

  it.each(['', ' \t', ',,', '\u00a0'])('has nobody in %j', (value) => {
    expect(parseMailboxes(value).malformed).toBe(true);
    expect(addresses(value).filter((address) => address !== '')).toEqual([]);
  });
});

describe('the mailboxes of a message', () => {
  it('come from every From field, top down', () => {
    const message = messageOf('From: a@x.example', 'FROM : b@x.example', 'To: c@x.example', 'from: d@x.example');
    expect(authorMailboxes(message).map(({ address }) => address)).toEqual([
      'a@x.example',
      'b@x.example',
      'd@x.example',
    ]);
  });

  it('are listed once each as authors', () => {
    const message = messageOf('From: Ann <a@x.example>, Ann <a@x.example>', 'From: a@x.example');
    expect(shown(authorMailboxes(message))).toEqual([
      ['Ann', 'a@x.example'],
      ['', 'a@x.example'],
    ]);
  });

  it('are none without From', () => {
    expect(authorMailboxes(messageOf('To: a@x.example'))).toEqual([]);
  });

  it('are read through folding, also inside a name', () => {
    const message = messageOf('From: "Ann', ' Bee"', '\t<a@x.example>');
    expect(shown(authorMailboxes(message))).toEqual([['Ann Bee', 'a@x.example']]);
  });

  it('stop at the limit, and say so', () => {
    const message = messageOf(...Array.from({ length: 2 }, () => `From: ${'a@x.example,'.repeat(600)}`));
    const { mailboxes, malformed } = readMailboxes(message, 'from');
    expect(mailboxes).toHaveLength(LIMITS.addresses);
    expect(malformed).toBe(true);
  });
});

describe('limits', () => {
  it('hold for 10,000 addresses in one field', () => {
    const { mailboxes, malformed } = parseMailboxes(
      Array.from({ length: 10_000 }, (_, at) => `a${at}@x.example`).join(', '),
    );
    expect(mailboxes).toHaveLength(LIMITS.addresses);
    expect(malformed).toBe(true);
  });

  it('hold for a field of 1 MB', () => {
    expect(parseMailboxes(`"${'x'.repeat(1 << 20)}" <a@x.example>`).malformed).toBe(true);
    expect(parseMailboxes(`a@x.example ${' '.repeat(1 << 20)}, b@x.example`)).toMatchObject({
      mailboxes: [{ address: 'a@x.example' }],
      malformed: true,
    });
  });

  it.each([
    'a@b,',
    '<',
    '>',
    '(',
    ')',
    '"',
    '[',
    '@',
    ':',
    ';',
    '\\',
    '\\"',
    '<a@b.example> ',
    '"@',
    '<(',
    '=?',
    '=?a?q?',
    'a@é!',
    'a: b;',
    ' @',
    '.',
    '"a"@',
  ])('keep the time linear for many %j', (unit) => {
    expect(growthExponent((size) => parseMailboxes(unit.repeat(size)), 2_000)).toBeLessThan(1.6);
  });
});

describe('any list', () => {
  const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,8}$/);
  const address = fc.tuple(word, word).map(([local, host]) => `${local}@${host}.example`);
  const displayName = fc.oneof(
    fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => ({ raw: words.join('  '), shown: words.join(' ') })),
    fc.stringMatching(/^[ -!#-<>-[\]-~]{1,12}$/).map((text) => ({ raw: `"${text}"`, shown: text.trim() })),
  );
  const mailbox = fc.record({ name: fc.option(displayName), address }).map((parts) => ({
    raw: parts.name ? `${parts.name.raw} <${parts.address}>` : parts.address,
    shown: [parts.name?.shown ?? '', parts.address] as const,
  }));

  it('of well-formed mailboxes is read as it was written', () => {
    const separator = fc.constantFrom(',', ', ', ' ,\t', ',,', ', (comment) ');
    fc.assert(
      fc.property(fc.array(mailbox, { minLength: 1, maxLength: 8 }), separator, (list, between) => {
        const { mailboxes, malformed } = parseMailboxes(list.map(({ raw }) => raw).join(between));
        expect(mailboxes.map(({ address: read }) => read)).toEqual(list.map(({ shown: [, written] }) => written));
        if (!between.includes('(')) expect(shown(mailboxes)).toEqual(list.map((entry) => entry.shown));
        expect(malformed).toBe(false);
      }),
    );
  });

  it('of well-formed mailboxes reads as another parser reads it', () => {
    fc.assert(
      fc.property(fc.array(mailbox, { minLength: 1, maxLength: 8 }), (list) => {
        const value = list.map(({ raw }) => raw).join(', ');
        expect(addresses(value)).toEqual(addressParser(value, { flatten: true }).map((entry) => entry.address));
      }),
    );
  });

  const mark = fc.oneof(
    fc.constantFrom(...Array.from('<>,;:@.[]) \t\0\r'), 'a', 'x.example', '=?utf-8?Q?', '?=', 'é', 'a@good.example'),
    fc.string({ maxLength: 3 }),
  );
  const marks = fc.array(mark, { maxLength: 12 }).map((parts) => parts.join(''));

  it('of whatever text is read without throwing, and every part has its type', () => {
    const anything = fc.array(fc.oneof(mark, fc.constantFrom('"', '(', '\\')), { maxLength: 30 });
    fc.assert(
      fc.property(anything, (parts) => {
        for (const read of parseMailboxes(parts.join('')).mailboxes) {
          if (read.address.includes('@')) expect(read.address.startsWith(`${read.localPart}@`)).toBe(true);
          else expect(read.domain).toBeNull();
        }
      }),
    );
  });

  it('cannot lose an address by the marks around it', () => {
    const text = marks.filter((value) => !/["(\\]/.test(value));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(addresses(`${before} <b@evil.example> ${after}`)).toContain('b@evil.example');
      }),
    );
  });
});
