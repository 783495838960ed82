import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { readIntermediaries } from '../../src/trace/intermediaries.ts';
import { scannerOf } from '../../src/trace/marks.ts';
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
      'a Mailing-List field',
      ['Mailing-List: list our@list.example; contact our-owner@list.example'],
      'list list our@list.example; contact our-owner@list.example @0',
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
      'resender ann@a.example bob@b.example @3',
      'resender ??? @4',
    ]);
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
