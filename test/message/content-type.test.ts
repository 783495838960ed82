import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { parseContentType } from '../../src/message/content-type.ts';

describe('a media type with its parameters (RFC 2045 §5.1)', () => {
  it.each<[string, string, Record<string, string>]>([
    ['text/plain; charset=us-ascii', 'text/plain', { charset: 'us-ascii' }],
    ['text/plain; charset=us-ascii (Plain text)', 'text/plain', { charset: 'us-ascii' }],
    ['Text/Plain; Charset="us-ascii"', 'text/plain', { charset: 'us-ascii' }],
    [' (a) multipart/mixed (b) ; (c) boundary (d) = (e) "a; b" (f)', 'multipart/mixed', { boundary: 'a; b' }],
    ['multipart/mixed; boundary="a\\"b"', 'multipart/mixed', { boundary: 'a"b' }],
    ['multipart/mixed; boundary====1=', 'multipart/mixed', { boundary: '===1=' }],
    ['multipart/mixed; boundary=a/b?c:d', 'multipart/mixed', { boundary: 'a/b?c:d' }],
    ['multipart/mixed; boundary=a; boundary=b', 'multipart/mixed', { boundary: 'a' }],
    ['multipart/mixed;; ; nothing; =x; boundary=a;', 'multipart/mixed', { boundary: 'a' }],
    ['multipart/mixed boundary=a; b=c', 'multipart/mixed', { b: 'c' }],
    ['text/plain; __proto__=x', 'text/plain', { ['__proto__']: 'x' }],
    ['', '', {}],
    ['; a=b', '', { a: 'b' }],
    ['text/plain; name="unclosed', 'text/plain', { name: 'unclosed' }],
    ['text/plain (unclosed; a=b', 'text/plain', {}],
  ])('reads %j', (value, type, parameters) => {
    const read = parseContentType(value);
    expect(read.type).toBe(type);
    expect([...read.parameters]).toEqual(Object.entries(parameters));
  });

  it('reads a bounded number of parameters', () => {
    const many = Array.from({ length: LIMITS.mimeParameters + 10 }, (_, index) => `; p${index}=x`).join('');
    expect(parseContentType(`text/plain${many}`).parameters.size).toBe(LIMITS.mimeParameters);
  });
});
