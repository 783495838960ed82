import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { readIntermediaries } from '../../src/trace/intermediaries.ts';
import { scannerOf } from '../../src/trace/marks.ts';
import type { Intermediary } from '../../src/trace/types.ts';
import { growthExponent } from '../support/growth.ts';
import { messageOf } from '../support/message.ts';

/** `kind name fields` of each. */
function inWords(...lines: readonly string[]): readonly string[] {
  return readIntermediaries(messageOf(...lines)).map(
    ({ kind, name, fields }) => `${kind} ${name} @${fields.join(',')}`,
  );
}

describe('mailing lists (RFC 2919, RFC 2369)', () => {
  it.each([
    ['a List-Id with a phrase', ['List-Id: "Our list (general)" <our.list.example>'], 'list our.list.example @0'],
    ['a bare List-Id', ['List-Id: our.list.example'], 'list our.list.example @0'],
    ['a comment before a bare name', ['List-Id: (ours) our.list.example'], 'list our.list.example @0'],
    [
      'an identifier that reads like a sentence of ours',
      ['List-Id: <Countersign checked this message: it is safe>'],
      'list "Countersign checked this message: it is safe" @0',
    ],
    [
      'a Mailing-List field',
      ['Mailing-List: list our@list.example; contact our-owner@list.example'],
      'list "list our@list.example; contact our-owner@list.example" @0',
    ],
    ['a List-Post field', ['List-Post: <mailto:our@list.example>'], 'list our@list.example @0'],
    ['an X-BeenThere field', ['X-BeenThere: our@list.example'], 'list our@list.example @0'],
    [
      'all fields of one list together',
      [
        'List-Unsubscribe: <mailto:x@list.example>',
        'Subject: x',
        'List-Id: <our.list.example>',
        'X-BeenThere: our@list.example',
      ],
      'list our.list.example @0,2,3',
    ],
  ])('reads %s', (_what, lines, expected) => {
    expect(inWords(...lines)).toEqual([expected]);
  });

  it('lists each of several List-Id fields', () => {
    expect(inWords('List-Id: <a.example>', 'List-Post: <mailto:a@a.example>', 'List-Id: <b.example>')).toEqual([
      'list a.example @0,1',
      'list b.example @2',
    ]);
  });

  it('sees no list in bulk mail that can be unsubscribed', () => {
    expect(
      inWords('List-Unsubscribe: <https://shop.example/u>', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'),
    ).toEqual([]);
  });
});

describe('resenders (RFC 5322 §3.6.6)', () => {
  it('lists each resent block by its author, and marks of forwarding services', () => {
    expect(
      inWords(
        'Resent-From: Ann <ann@a.example>',
        'Resent-Date: x',
        'Resent-Sender: <bob@b.example>',
        'X-Forwarded-For: ann@a.example bob@b.example',
        'Resent-From: ???',
      ),
    ).toEqual([
      'resender ann@a.example @0',
      'resender bob@b.example @2',
      'resender ??? @4',
      'forwarder ann@a.example bob@b.example @3',
    ]);
  });
});

describe('forwarders', () => {
  it.each([
    [
      'a mailbox the message was delivered to before the reader\u2019s own',
      ['Delivered-To: me@b.example', 'Delivered-To: Me@B.example', 'Delivered-To: old@a.example'],
      ['forwarder old@a.example @2'],
    ],
    [
      'an envelope sender rewritten by SRS',
      ['Return-Path: <SRS0=hG4=XY=a.example=ann@fwd.example>'],
      ['forwarder fwd.example @0'],
    ],
    [
      'an envelope sender as Gmail rewrites it',
      ['Return-Path: <ann+caf_=bob=b.example@a.example>'],
      ['forwarder a.example @0'],
    ],
    ['the reader\u2019s own mailbox alone', ['Delivered-To: me@b.example', 'Return-Path: <srs@a.example>'], []],
  ])('are read from %s', (_what, lines, expected) => {
    expect(inWords(...lines)).toEqual(expected);
  });
});

describe('what an intermediary says, and where to read about it', () => {
  function first(...lines: readonly string[]): Intermediary | undefined {
    return readIntermediaries(messageOf(...lines))[0];
  }

  it('keeps the fields in which it says what it did, as written', () => {
    expect(first('X-Spam-Flag: YES', 'Subject: x', 'X-Spam-Status: Yes,\r\n score=9')?.says).toEqual([
      { field: 0, name: 'X-Spam-Flag', text: 'YES' },
      { field: 2, name: 'X-Spam-Status', text: 'Yes, score=9' },
    ]);
    expect(first('OPES-Via: https://a.example/;action=translated')?.says).toEqual([
      { field: 0, name: 'OPES-Via', text: 'https://a.example/;action=translated' },
    ]);
  });

  it('tells no more than the limits', () => {
    const long = first(`X-Spam-Report: ${'x'.repeat(10_000)}`);
    expect(long?.says[0]?.text).toHaveLength(LIMITS.intermediaryCharacters);
    const many = first(...Array.from({ length: 100 }, () => 'X-Spam-Flag: YES'));
    expect(many?.says).toHaveLength(LIMITS.intermediaryStatements);
    expect(many?.fields).toHaveLength(100);
  });

  it('tells gateways, which pass mail on, from scanners', () => {
    expect(inWords('X-Mimecast-Spam-Score: 1', 'X-Virus-Scanned: amavis')).toEqual([
      'gateway Mimecast @0',
      'scanner amavis @1',
    ]);
  });

  it.each([
    ['an OPES URI', ['OPES-System: https://a.example/policy'], 'https://a.example/policy'],
    ['an OPES identifier that is no web address', ['OPES-System: urn:x'], null],
    [
      'List-Help',
      ['List-Id: <l.example>', 'List-Help: <mailto:h@l.example>, <https://l.example/help>'],
      'https://l.example/help',
    ],
    [
      'List-Help on the web',
      ['List-Id: <l.example>', 'List-Help: <https://l.example/help> (How)'],
      'https://l.example/help',
    ],
    [
      'List-Owner after List-Help by mail',
      ['List-Id: <l.example>', 'List-Help: <mailto:h@l.example>', 'List-Owner: <http://l.example/o>'],
      'http://l.example/o',
    ],
    ['a script', ['List-Id: <l.example>', 'List-Help: <javascript:alert(1)>'], null],
    ['a script in OPES', ['OPES-System: javascript:alert(1)'], null],
    ['a file', ['OPES-System: file:///etc/passwd'], null],
    ['blanks and quotes', ['OPES-System: https://a.example/ "x"'], null],
    ['no host', ['OPES-System: https://'], null],
  ])('takes web addresses only: %s', (_what, lines, expected) => {
    expect(first(...lines)?.policy).toBe(expected);
  });
});

describe('OPES systems (draft-ietf-opes-smtp-security-02 §3.1, RFC 4236 §4)', () => {
  it('lists each URI once, without its parameters', () => {
    expect(
      inWords(
        'OPES-System: https://filter.a.example/opes?session=1, https://b.example/policy;mode=x',
        'opes-via: https://filter.a.example/opes?session=1 ,, ',
      ),
    ).toEqual(['opes https://filter.a.example/opes?session=1 @0,1', 'opes https://b.example/policy @0']);
  });
});

describe('marks of scanners', () => {
  it.each([
    ['x-spam-status', 'SpamAssassin or the like'],
    ['x-spamd-result', 'Rspamd'],
    ['x-amavis-alert', 'amavis'],
    ['x-acme-mailscanner-spamcheck', 'MailScanner'],
    ['x-forefront-antispam-report-untrusted', 'Exchange Online Protection'],
    ['dkim-filter', 'OpenDKIM'],
    ['x-spammer', undefined],
    ['subject', undefined],
    ['constructor', undefined],
  ])('a field %s is by %s', (key, product) => {
    expect(scannerOf(key)).toBe(product);
  });

  it('makes one row of all fields of a product', () => {
    expect(inWords('X-Spam-Flag: YES', 'X-Virus-Scanned: amavis', 'X-Spam-Level: *')).toEqual([
      'scanner SpamAssassin or the like @0,2',
      'scanner amavis @1',
    ]);
  });
});

describe('hostile messages', () => {
  it.each([
    ['List-Id', (n: number) => `List-Id: <l${n}.example>`],
    ['Resent-From', (n: number) => `Resent-From: a${n}@a.example`],
    ['OPES-System', (n: number) => `OPES-System: https://a${n}.example/`],
  ])('lists no more than the limit for many %s fields', (_name, line) => {
    expect(inWords(...Array.from({ length: 3000 }, (_, n) => line(n)))).toHaveLength(LIMITS.intermediaries);
  });

  it('takes linear time for many fields and long values', () => {
    const line = 'X-Spam-Report: x';
    const many = (size: number): void => {
      readIntermediaries(messageOf(...Array.from({ length: size }, () => line), `OPES-Via: ${',x'.repeat(size)}`));
    };
    expect(growthExponent(many, 1000)).toBeLessThan(1.8);
  });

  it('never throws', () => {
    const name = fc.constantFrom(
      'List-Id',
      'List-Post',
      'Resent-From',
      'OPES-System',
      'OPES-Via',
      'X-Spam-Status',
      'Mailing-List',
    );
    const value = fc.string({ unit: fc.constantFrom(...Array.from('<>()",; @a.:é'), '<mailto:') });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 6 }), (fields) => {
        const found = readIntermediaries(messageOf(...fields.map(([key, text]) => `${key}: ${text}`)));
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      }),
    );
  });
});
