import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAdspRecord } from '../../src/adsp/parse.ts';
import type { AdspPractice } from '../../src/adsp/types.ts';

describe('ADSP records (RFC 5617 §4.2.1)', () => {
  const cases: readonly (readonly [text: string, practice: AdspPractice, recognized: boolean])[] = [
    ['dkim=unknown', 'unknown', true],
    ['dkim=all', 'all', true],
    ['dkim=discardable', 'discardable', true],
    ['dkim=ALL', 'all', true],
    ['dkim = all', 'all', true],
    ['dkim\t=\tall\t', 'all', true],
    ['dkim=all;', 'all', true],
    ['dkim=all; t=s; x_note=hello world', 'all', true],
    ['dkim=strict', 'unknown', false],
    ['dkim=allways', 'unknown', false],
    ['dkim=?', 'unknown', false],
    ['dkim=', 'unknown', false],
    ['dkim=all discardable', 'unknown', false],
  ];
  it.each(cases)('%j states %s', (text, practice, recognized) => {
    expect(parseAdspRecord(text)).toEqual({ ok: true, value: { practice, recognized } });
  });

  it.each([
    ['', 'not-first'],
    ['all', 'not-first'],
    ['DKIM=all', 'not-first'],
    [' dkim=all', 'not-first'],
    ['t=s; dkim=all', 'not-first'],
    ['v=DKIM1; p=', 'not-first'],
    ['v=spf1 -all', 'not-first'],
    ['\0dkim=all', 'not-first'],
    ['dkim=all\r\n', 'line-break'],
    ['dkim=all; dkim=unknown', 'duplicate-tag'],
    ['dkim=all; nonsense', 'missing-equals'],
    ['dkim=all;; t=s', 'empty-tag'],
    ['dkim=a\0ll', 'bad-character'],
  ])('%j is none', (text, code) => {
    expect(parseAdspRecord(text)).toMatchObject({ ok: false, problem: { code } });
  });

  it('stops reading at the limits', () => {
    const long = parseAdspRecord(`dkim=all; ${'x=y;'.repeat(20_000)}`);
    expect(long).toMatchObject({ ok: false, problem: { code: 'too-long' } });
    const many = parseAdspRecord(`dkim=all; ${Array.from({ length: 4000 }, (_, at) => `x${at}=y;`).join('')}`);
    expect(many).toMatchObject({ ok: false, problem: { code: 'too-many-tags' } });
  });

  it('never throws, and never reads anything stronger out of anything else', () => {
    const octets = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
    fc.assert(
      fc.property(
        fc.oneof(
          octets,
          octets.map((text) => `dkim=${text}`),
        ),
        (text) => {
          const parsed = parseAdspRecord(text);
          if (!parsed.ok || parsed.value.practice === 'unknown') return;
          expect(text).toMatch(/^dkim[ \t]*=[ \t]*(?:all|discardable)[ \t]*(?:;|$)/i);
        },
      ),
    );
  });
});
