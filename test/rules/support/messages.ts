/** Messages that come close to what rules ask for: near misses, odd white space, encodings, neighbours. The same ones every time. */
import fc from 'fast-check';
import { stringToOctets, utf8ToBytes, octetsToString } from '../../../src/bytes/ascii.ts';
import { encodeBase64 } from '../../../src/bytes/base64.ts';

/** In one of so many messages; else not there. */
const inOneOf = <T>(count: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: count - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const oneOf = (...texts: readonly string[]) => fc.constantFrom(...texts);

const WORDS = oneOf(
  'org.example:ADV',
  'ORG.EXAMPLE:adv',
  'org.example:ADV:ADLT',
  'org.example',
  'org.examples',
  'org.example-shop:ADV',
  'org.example.shop',
  'com.example.adv',
  'net.example.ADV',
  'A',
  'xorg.example:ADV',
  'foo org.example:ADV',
  'org.example:ADV bar',
  '"org.example:ADV"',
  'org.example:ADV;x',
  '1org.example:ADV',
  ':ADV',
  '.adv',
  'org.example:ADVé',
  'org.example:',
  '*',
  '',
  '\\',
  'org.example:"ADV',
);
const SPACE = oneOf('', '', '', ' ', '\t', '  ', '\r\n ', '\r\n\t', ' \r\n  ');

const keywordList = fc
  .tuple(
    fc.array(fc.tuple(SPACE, WORDS, SPACE), { minLength: 1, maxLength: 5 }),
    oneOf(...Array.from({ length: 18 }, () => ''), 'long', 'edge'),
  )
  .map(([words, size]) => {
    const list = words.map(([before, word, after]) => before + word + after).join(',');
    if (size === '') return list;
    return size === 'long' ? `${'a'.repeat(998)},${list}` : `${list},${'b'.repeat(Math.max(1, 999 - list.length))}`;
  });

const utf8Octets = (text: string) => octetsToString(utf8ToBytes(text));
const encodedQ = (text: string) =>
  `=?utf-8?q?${utf8Octets(text).replace(/[^A-Za-z0-9]/g, (octet) => `=${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}?=`;
const encodedB = (text: string) => `=?UTF-8*en?B?${encodeBase64(utf8ToBytes(text))}?=`;
const latin1 = (text: string) =>
  /^[\0-\xff]*$/.test(text) ? `=?iso-8859-1?b?${encodeBase64(stringToOctets(text))}?=` : encodedQ(text);
const encoding = fc.constantFrom(
  (text: string) => text,
  (text: string) => text,
  encodedQ,
  encodedB,
  latin1,
);

const LABELS = oneOf(
  'ADV:',
  'adv:',
  'ADV:ADLT',
  'ADV: ADLT',
  'Adv-Adult',
  'legal advertisement',
  'legal\tadvertisement',
  'legal\r\n advertisement',
  'legal\r\n\tadvertisement',
  'SEXUALLY-EXPLICIT:',
  '(Advertisement)',
  '(adult advertisement)',
  '(광고)',
  '(광고)'.normalize('NFD'),
  '(과\u11bc고)',
  '(성인광고)',
  '(성인 광고)',
  '[광고]',
  '（광고）',
  'ＡＤＶ：',
  'ａdv：',
  '未承諾広告※',
  '未承諾広告',
  '未承\uf95d広告',
  '[SPAM]',
  '{Spam?}',
  '***SPAM***',
  'SPAM:',
  'ספאמ:',
  'advert:',
  '@',
  'no label',
);
const NEIGHBOURS = oneOf(
  '',
  '',
  ' ',
  ' ',
  '-',
  '_',
  'x',
  '7',
  'é',
  'é'.normalize('NFD'),
  '【',
  '！',
  'Ａ',
  '"',
  '@',
  ' @ ',
  ' @',
  '(',
  '\u00a0',
);

const subject = fc
  .tuple(NEIGHBOURS, LABELS, NEIGHBOURS, inOneOf(3, fc.tuple(LABELS, NEIGHBOURS)), encoding)
  .map(([before, label, after, more, encode]) => {
    const text = before + label + after + (more ? more.join('') : '');
    // Folding belongs between encoded words, not into them.
    return encode(encode('a') === 'a' ? text : text.replace(/\r\n/g, ''));
  });

const PLAIN_AUTHORS = oneOf(
  'a@example.com',
  'Ann <a@Example.COM>',
  '"Ann, of" <a@mail.example.com>',
  'Müller (GmbH), Ann\r\n <a@mail.example.com>',
  '=?utf-8?q?M=C3=BCller=2C_Ann?= <a@example.com>',
  'a@notexample.com (Ann)',
  'A.B. Clark <a.b@other.example>',
  '=?utf-8?b?TcO8bGxlcg==?= <a@xn--bcher-kva.example>',
);
const AUTHORS = oneOf(
  'a@example.com <b@other.example>',
  '"a@example.com" <a@example.com>',
  'a@other.example, b@example.com',
  'a@other.example',
  'Group: a@example.com, b@other.example;',
  'a@example.com.',
  'a b@example.com',
  '<a@example.com',
  'a@b@example.com',
  'a@example.com b@other.example',
  'a@ｅｘａｍｐｌｅ.com',
  'a@bücher.example',
  'a@xn--bcher-kva.example',
  '"a@example.com" <b@other.example>',
  '"a\\"@example.com"@other.example',
  '=?utf-8?q?a=40example=2Ecom?= <b@other.example>',
  'a (a@example.com) <b@other.example>',
  '(x) a@mail.example.com (y)',
  'a@[192.0.2.1]',
  'a@-x.example.com',
  `a@${'l'.repeat(64)}.example.com`,
  'nobody',
  '',
);

const LISTS = oneOf(
  'List-Id: <dev.lists.example.org>',
  'List-Id: Developers <DEV.lists.example.org>',
  'List-Id: "a <b> c" <dev.lists.example.org> (comment)',
  'List-Id: =?utf-8?q?D=C3=A9v?=\r\n <dev.lists.example.org>',
  'List-Id: dev.lists.example.org',
  'List-Id: (old) dev.lists.example.org',
  'List-Id: <users.lists.example.org>',
  'List-Id: <xdev.lists.example.org>',
  'List-Id: < dev.lists.example.org >',
  'List-Id: <dev.lists.example.org',
  'List-Id: dev.lists.example.org>',
  'List-Id: <a>dev.lists.example.org>',
  'List-Id: <lists.example.org>',
  'List-Id: <other.example>\r\nList-Id: <dev.lists.example.org>',
  'List-Id: <other.example>\r\nX-BeenThere: dev.lists.example.org',
  'X-BeenThere: dev.lists.example.org',
  'List-Post: <mailto:dev@lists.example.org>',
  'Mailing-List: list dev@lists.example.org; contact x',
  'X-Mailing-List: dev.lists.example.org\r\nX-BeenThere: other.example',
);

const header = fc
  .record({
    author: fc.oneof({ weight: 2, arbitrary: PLAIN_AUTHORS }, { weight: 1, arbitrary: AUTHORS }),
    secondAuthor: inOneOf(12, AUTHORS),
    lists: fc.array(keywordList, { maxLength: 3 }),
    subject: fc.option(subject, { nil: undefined }),
    secondSubject: inOneOf(8, subject),
    list: fc.option(LISTS, { nil: undefined }),
    lineEnd: oneOf('\r\n', '\r\n', '\r\n', '\n'),
    name: oneOf('No-Solicit:', 'No-Solicit: ', 'no-solicit :\t', 'NO-SOLICIT:  '),
  })
  .map(({ author, secondAuthor, lists, subject: first, secondSubject, list, lineEnd, name }) =>
    [
      'Received: from x.example by mx.example.net; Sun, 22 Nov 2026 08:00:00 +0000',
      `From: ${author}`,
      ...lists.map((words) => name + words),
      ...(first === undefined ? [] : [`Subject: ${first}`]),
      ...(list === undefined ? [] : [list]),
      ...(secondAuthor === undefined ? [] : [`From: ${secondAuthor}`]),
      ...(secondSubject === undefined ? [] : [`Subject: ${secondSubject}`]),
      '',
      'text',
      '',
    ]
      .join('\r\n')
      .replaceAll('\r\n', lineEnd),
  );

/** The same messages for the same seed. */
export function sampleMessages(count: number, seed: number): readonly Uint8Array[] {
  return fc.sample(header, { numRuns: count, seed }).map((text) => utf8ToBytes(text));
}
