import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReceivedSpf } from '../../src/authres/received-spf.ts';
import { LIMITS } from '../../src/limits.ts';
import { growthExponent } from '../support/growth.ts';

/** `result (comment) key=value … !deviation`, keys as they stand. */
function inWords(value: string): string {
  const { result, comment, pairs, deviations } = parseReceivedSpf(value);
  return [
    result,
    ...(comment === null ? [] : [`(${comment})`]),
    ...Object.entries(pairs).map(([key, text]) => `${key}=${text}`),
    ...deviations.map((name) => `!${name}`),
  ].join(' ');
}

const FIELDS: readonly (readonly [rule: string, value: string, expected: string])[] = [
  [
    'the first example of RFC 7208 §9.1',
    'pass (mybox.example.org: domain of\r\n  myname@example.com designates 192.0.2.1 as permitted sender)\r\n     receiver=mybox.example.org; client-ip=192.0.2.1;\r\n     envelope-from="myname@example.com"; helo=foo.example.com;',
    'pass (mybox.example.org: domain of  myname@example.com designates 192.0.2.1 as permitted sender) receiver=mybox.example.org client-ip=192.0.2.1 envelope-from=myname@example.com helo=foo.example.com',
  ],
  [
    'the second example of RFC 7208 §9.1',
    'fail (mybox.example.org: domain of\r\n                   myname@example.com does not designate\r\n                   192.0.2.1 as permitted sender)\r\n                   identity=mailfrom; client-ip=192.0.2.1;\r\n                   envelope-from="myname@example.com";',
    'fail (mybox.example.org: domain of                   myname@example.com does not designate                   192.0.2.1 as permitted sender) identity=mailfrom client-ip=192.0.2.1 envelope-from=myname@example.com',
  ],
  [
    'the third example of RFC 7208 §9.1',
    'pass (mybox.example.org: domain of\r\n  myname@example.com designates 192.0.2.1 as permitted sender)\r\n receiver=mybox.example.org; client-ip=192.0.2.1;\r\n envelope-from="myname@example.com"; helo=foo.example.com; mechanism=ip4:192.0.2.0/24',
    'pass (mybox.example.org: domain of  myname@example.com designates 192.0.2.1 as permitted sender) receiver=mybox.example.org client-ip=192.0.2.1 envelope-from=myname@example.com helo=foo.example.com mechanism=ip4:192.0.2.0/24',
  ],
  ['a result alone (RFC 4408 §7)', 'none', 'none !no-details'],
  [
    'a comment alone, as the drafts had it',
    'softfail (mx.b.example: transitioning domain of x@a.example)',
    'softfail (mx.b.example: transitioning domain of x@a.example)',
  ],
  [
    'pairs without comment',
    'neutral client-ip=192.0.2.1; helo=m.a.example',
    'neutral client-ip=192.0.2.1 helo=m.a.example',
  ],
  [
    'what Gmail writes',
    'pass (google.com: domain of x@a.example designates 192.0.2.1 as permitted sender) client-ip=192.0.2.1;',
    'pass (google.com: domain of x@a.example designates 192.0.2.1 as permitted sender) client-ip=192.0.2.1',
  ],
  [
    'a best guess',
    'neutral (google.com: 192.0.2.1 is neither permitted nor denied by best guess record for domain of x@a.example) client-ip=192.0.2.1;',
    'neutral (google.com: 192.0.2.1 is neither permitted nor denied by best guess record for domain of x@a.example) client-ip=192.0.2.1',
  ],
  [
    'what Exchange writes',
    'Pass (protection.outlook.com: domain of a.example designates 192.0.2.1 as permitted sender) receiver=protection.outlook.com; client-ip=192.0.2.1; helo=m.a.example; pr=C',
    'pass (protection.outlook.com: domain of a.example designates 192.0.2.1 as permitted sender) receiver=protection.outlook.com client-ip=192.0.2.1 helo=m.a.example pr=C',
  ],
  [
    'what the Postfix policy service writes',
    'Pass (mailfrom) identity=mailfrom; client-ip=192.0.2.1; helo=m.a.example; envelope-from=x@a.example; receiver=<UNKNOWN>',
    'pass (mailfrom) identity=mailfrom client-ip=192.0.2.1 helo=m.a.example envelope-from=x@a.example receiver=<UNKNOWN>',
  ],
  [
    'what Exim writes',
    'pass (mx.b.example: domain of a.example designates 192.0.2.1 as permitted sender) client-ip=192.0.2.1; envelope-from=x@a.example; helo=m.a.example;',
    'pass (mx.b.example: domain of a.example designates 192.0.2.1 as permitted sender) client-ip=192.0.2.1 envelope-from=x@a.example helo=m.a.example',
  ],
  ['an IPv6 client', 'pass client-ip=2001:db8::1; helo=m.a.example', 'pass client-ip=2001:db8::1 helo=m.a.example'],
  [
    'a quoted envelope sender with separators in it',
    'pass (x) envelope-from="a;b=c"; helo=m',
    'pass (x) envelope-from=a;b=c helo=m',
  ],
  ['an empty envelope sender', 'none (x) envelope-from=""; identity=helo', 'none (x) envelope-from= identity=helo'],
  [
    'a problem',
    'permerror (x) problem="include:b.example not found"',
    'permerror (x) problem=include:b.example not found',
  ],
  ['unknown keys', 'pass (x) x-software=spfd; x-version=2', 'pass (x) x-software=spfd x-version=2'],
  ['keys in capitals', 'pass (x) Client-IP=192.0.2.1', 'pass (x) client-ip=192.0.2.1'],
  [
    'white space and comments around pairs',
    'pass (x) client-ip (y) = 192.0.2.1 (z) ; helo = m',
    'pass (x) client-ip=192.0.2.1 helo=m',
  ],
  [
    'the first of two pairs with one key',
    'pass (x) client-ip=192.0.2.1; client-ip=192.0.2.2',
    'pass (x) client-ip=192.0.2.1',
  ],
  [
    'a missing separator',
    'pass (x) client-ip=192.0.2.1 helo=m',
    'pass (x) client-ip=192.0.2.1 helo=m !missing-separator',
  ],
  ['a result of the drafts', 'unknown (x)', 'unknown (x) !unknown-result'],
  ['another result of the drafts', 'error (x)', 'error (x) !unknown-result'],
  ['trailing text', 'pass (x) client-ip=192.0.2.1; thank you', 'pass (x) client-ip=192.0.2.1 !unparsable-rest'],
  ['no value at all', '', ' !empty !no-details'],
  ['an unclosed comment', 'pass (x', 'pass (x) !unclosed'],
  ['a comment before the result', '(a) pass (b)', 'pass (b)'],
  ['a key named like an object member', 'pass (x) __proto__=y; constructor=z', 'pass (x) __proto__=y constructor=z'],
];

describe('Received-SPF (RFC 7208 §9.1)', () => {
  it.each(FIELDS)('reads %s', (_rule, value, expected) => {
    expect(inWords(value)).toBe(expected);
  });

  it('stops at the limits of nesting, pairs and length', () => {
    expect(parseReceivedSpf(`pass ${'('.repeat(10_000)}`).deviations).toContain('comment-too-deep');
    const many = parseReceivedSpf(
      `pass ${Array.from({ length: LIMITS.methodResults + 1 }, (_, n) => `k${n}=v;`).join('')}`,
    );
    expect(Object.keys(many.pairs)).toHaveLength(LIMITS.methodResults);
    expect(many.deviations).toEqual(['too-many-pairs']);
    expect(parseReceivedSpf(`pass (${'x'.repeat(1 << 20)})`).deviations).toContain('too-long');
  });

  it.each(['k=v;', '(a) ', '"', 'a', ' ', ';', '=', '\\'])('takes linear time for many of %j', (unit) => {
    const run = (size: number): void => {
      parseReceivedSpf(`pass ${unit.repeat(Math.ceil(size / unit.length))}`);
    };
    expect(growthExponent(run, 30_000)).toBeLessThan(1.8);
  });

  it('never throws, and every result survives JSON', () => {
    const unit = fc.constantFrom(...Array.from('aZ=;"()\\ \t@-.:1é'), 'pass', '__proto__=x');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit, maxLength: 100 }), fc.string()), (value) => {
        const parsed = parseReceivedSpf(value);
        const copy = JSON.parse(JSON.stringify(parsed)) as typeof parsed;
        expect(Object.entries(copy.pairs)).toEqual(Object.entries(parsed.pairs));
        expect(copy.deviations).toEqual(parsed.deviations);
      }),
    );
  });
});
