import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTagList, rangeOf, splitAtColons, withoutFws } from '../../src/syntax/tag-list.ts';
import { LIMITS } from '../../src/limits.ts';

function read(text: string): Record<string, string> {
  return Object.fromEntries(parseTagList(text).tags);
}

describe('parseTagList (RFC 6376 §3.2)', () => {
  it.each([
    ['v=1;a=b', { v: '1', a: 'b' }],
    ['v=1;a=b;', { v: '1', a: 'b' }],
    [' v \t=\r\n 1 ; a= b \r\n\t;\r\n ', { v: '1', a: 'b' }],
    ['p=', { p: '' }],
    ['p=;', { p: '' }],
    ['b=AA==; x=a=b', { b: 'AA==', x: 'a=b' }],
    ['b=AA\r\n AA', { b: 'AA\r\n AA' }],
    ['n=h\xc3\xa4', { n: 'h\xc3\xa4' }],
    ['A=1; a=2', { A: '1', a: '2' }],
    ['__proto__x=1; a_1=2', undefined],
    ['constructor=1', { constructor: '1' }],
  ])('reads %j', (text, expected) => {
    const list = parseTagList(text);
    expect(list.ok).toBe(expected !== undefined);
    if (expected) expect(Object.fromEntries(list.tags)).toEqual(expected);
  });

  it.each([
    ['', 'empty-tag', null, 0],
    [' \r\n ', 'empty-tag', null, 0],
    [';', 'empty-tag', null, 0],
    ['a=1;;', 'empty-tag', null, 4],
    ['a=1; ;b=2', 'empty-tag', null, 5],
    ['a=1; b', 'missing-equals', 'b', 5],
    ['1a=1', 'bad-tag-name', '1a', 0],
    ['=1', 'bad-tag-name', '', 0],
    ['a b=1', 'bad-tag-name', 'a b', 0],
    ['a=1; a=2', 'duplicate-tag', 'a', 5],
    ['a=1\x01', 'bad-character', 'a', 3],
    ['a=1\u{100}', 'bad-character', 'a', 3],
  ])('locates what is wrong with %j', (text, code, tag, at) => {
    expect(parseTagList(text)).toMatchObject({ ok: false, problem: { code, tag, at } });
  });

  it('keeps the order and the place of each value', () => {
    const list = parseTagList('b= x ;a=1');
    expect([...list.tags.keys()]).toEqual(['b', 'a']);
    expect(rangeOf(list, 'b')).toEqual({ name: 'b', start: 2, end: 5 });
  });

  it('keeps what can be read of a malformed list, and the first of duplicates', () => {
    expect(read('v=1; junk; a=1; a=2; b=3')).toEqual({ v: '1', a: '1', b: '3' });
  });

  it('is bounded in length and number of tags', () => {
    const long = parseTagList(`a=${'x'.repeat(LIMITS.tagListBytes)}`);
    expect(long).toMatchObject({ ok: false, problem: { code: 'too-long' } });
    const many = parseTagList(Array.from({ length: LIMITS.tags + 1 }, (_, at) => `t${at}=1`).join(';'));
    expect(many).toMatchObject({ ok: false, problem: { code: 'too-many-tags' } });
    expect(many.tags.size).toBe(LIMITS.tags);
  });

  it('reads back what was joined, whatever the white space', () => {
    const fws = fc.constantFrom('', ' ', '\t', '\r\n ', ' \r\n\t');
    const value = fc.stringMatching(/^[!-:<-~]{0,20}$/);
    const tag = fc.tuple(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,5}$/), value, fws, fws, fws, fws);
    fc.assert(
      fc.property(
        fc.uniqueArray(tag, { selector: ([name]) => name, minLength: 1 }),
        fc.boolean(),
        (tags, semicolon) => {
          const text = tags.map(([name, content, a, b, c, d]) => `${a}${name}${b}=${c}${content}${d}`).join(';');
          const list = parseTagList(semicolon ? `${text};` : text);
          expect(list.ok).toBe(true);
          expect([...list.tags]).toEqual(tags.map(([name, content]) => [name, content]));
        },
      ),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(parseTagList(text).tags).toBeInstanceOf(Map);
      }),
    );
  });
});

it('removes folding white space, and only that', () => {
  expect(withoutFws(' a\r\n b\tc\u00a0')).toBe('abc\u00a0');
});

it('splits at colons and trims the items', () => {
  expect(splitAtColons(' from : to\r\n :subject:')).toEqual(['from', 'to', 'subject', '']);
});
