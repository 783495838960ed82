import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { parseSpfRecord } from '../../src/spf/parse.ts';
import { readVersion } from '../../src/spf/select.ts';
import type { ParsedSpfRecord } from '../../src/spf/types.ts';

function parse(text: string): ParsedSpfRecord {
  const version = readVersion(text);
  if (version === undefined) throw new TypeError('the test needs an SPF record');
  return parseSpfRecord(text, version);
}

/** Terms in short: kind, qualifier result and arguments. */
function brief(text: string): readonly unknown[] {
  return parse(`v=spf1 ${text}`).terms.map((term) => {
    switch (term.kind) {
      case 'all':
        return [term.kind, term.result];
      case 'ip4':
      case 'ip6':
        return [term.kind, term.result, term.network.octets.join('.'), term.prefix];
      case 'a':
      case 'mx':
        return [term.kind, term.result, term.domain?.text ?? null, term.prefix4, term.prefix6];
      case 'ptr':
      case 'include':
      case 'exists':
        return [term.kind, term.result, term.domain?.text ?? null];
      case 'redirect':
      case 'exp':
        return [term.kind, term.domain.text];
      case 'unknown-modifier':
        return [term.kind, term.name, term.value.text];
    }
  });
}

describe('terms (RFC 7208 §5, §6, §12)', () => {
  it.each<readonly [string, unknown]>([
    ['all', ['all', 'pass']],
    ['-ALL', ['all', 'fail']],
    ['~all', ['all', 'softfail']],
    ['?all', ['all', 'neutral']],
    ['+a', ['a', 'pass', null, 32, 128]],
    ['a/24', ['a', 'pass', null, 24, 128]],
    ['a//64', ['a', 'pass', null, 32, 64]],
    ['a/0//0', ['a', 'pass', null, 0, 0]],
    ['a:example.com', ['a', 'pass', 'example.com', 32, 128]],
    ['a:example.com/24//64', ['a', 'pass', 'example.com', 24, 64]],
    ['a:foo:bar/baz.example.com/8', ['a', 'pass', 'foo:bar/baz.example.com', 8, 128]],
    ['a:x/24.example.com', ['a', 'pass', 'x/24.example.com', 32, 128]],
    ['MX:%{d2}/30', ['mx', 'pass', '%{d2}', 30, 128]],
    ['mx:%{d/}/30', ['mx', 'pass', '%{d/}', 30, 128]],
    ['a:.com', ['a', 'pass', '.com', 32, 128]],
    ['a:foo.1-2', ['a', 'pass', 'foo.1-2', 32, 128]],
    ['ptr', ['ptr', 'pass', null]],
    ['-ptr:example.com.', ['ptr', 'fail', 'example.com.']],
    ['include:_spf.example.com', ['include', 'pass', '_spf.example.com']],
    ['exists:%{i}._spf.%{d}', ['exists', 'pass', '%{i}._spf.%{d}']],
    ['exists:%%', ['exists', 'pass', '%%']],
    ['ip4:192.0.2.0/24', ['ip4', 'pass', '192.0.2.0', 24]],
    ['ip4:192.0.2.1', ['ip4', 'pass', '192.0.2.1', 32]],
    ['ip6:2001:DB8::/32', ['ip6', 'pass', '32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.0', 32]],
    ['redirect=_spf.example.com', ['redirect', '_spf.example.com']],
    ['REDIRECT=%{d}', ['redirect', '%{d}']],
    ['exp=explain.%{d}', ['exp', 'explain.%{d}']],
    ['moo.cow-far_out=man:dog/cat', ['unknown-modifier', 'moo.cow-far_out', 'man:dog/cat']],
    ['empty=', ['unknown-modifier', 'empty', '']],
    ['all=', ['unknown-modifier', 'all', '']],
  ])('reads %s', (text, expected) => {
    expect(parse(`v=spf1 ${text}`).problems).toEqual([]);
    expect(brief(text)).toEqual([expected]);
  });

  it.each([
    ['moo', 'unknown-mechanism', 0],
    ['all.', 'unknown-mechanism', 0],
    ['1all', 'unknown-mechanism', 0],
    ['--all', 'unknown-mechanism', 0],
    ['-', 'unknown-mechanism', 0],
    ['redirect:example.com', 'unknown-mechanism', 0],
    ['-redirect=example.com', 'unknown-mechanism', 0],
    ['192.0.2.1', 'unknown-mechanism', 0],
    ['-all:x', 'unexpected-argument', 4],
    ['all/8', 'unexpected-argument', 3],
    ['ptr/0', 'unexpected-argument', 3],
    ['a@example.com', 'unexpected-argument', 1],
    ['include/24', 'unexpected-argument', 7],
    ['include', 'missing-domain', 7],
    ['include:', 'missing-domain', 8],
    ['exists:', 'missing-domain', 7],
    ['a:', 'missing-domain', 2],
    ['a:/24', 'missing-domain', 2],
    ['ptr:', 'missing-domain', 4],
    ['redirect=', 'missing-domain', 9],
    ['exp=', 'missing-domain', 4],
    ['a:museum', 'invalid-domain', 2],
    ['a:museum.', 'invalid-domain', 2],
    ['a:abc.123', 'invalid-domain', 2],
    ['a:192.0.2.1', 'invalid-domain', 2],
    ['a:example.-com', 'invalid-domain', 2],
    ['a:example.com-', 'invalid-domain', 2],
    ['a:example.com..', 'invalid-domain', 2],
    ['a:example.com:8080', 'invalid-domain', 2],
    ['a:%{d}com', 'invalid-domain', 2],
    ['exists:example.com/24', 'invalid-domain', 7],
    ['include:example.com/24', 'invalid-domain', 8],
    ['a:example.com/', 'invalid-domain', 2],
    ['exp=-all', 'invalid-domain', 4],
    ['a:x.%{z}', 'invalid-macro', 4],
    ['exp=%{r}.example.com', 'invalid-macro', 4],
    ['moo=%{c}', 'invalid-macro', 4],
    ['moo=%abc', 'invalid-macro', 4],
    ['ip4', 'invalid-address', 3],
    ['ip4:', 'invalid-address', 4],
    ['ip4:1.2.3', 'invalid-address', 4],
    ['ip4:1.2.3.4:25', 'invalid-address', 4],
    ['ip4:2001:db8::1', 'invalid-address', 4],
    ['ip6:1.2.3.4', 'invalid-address', 4],
    ['ip6::CAFE::BABE', 'invalid-address', 4],
    ['ip4:1.2.3.4/', 'invalid-prefix-length', 11],
    ['ip4:1.2.3.4/33', 'invalid-prefix-length', 11],
    ['ip4:1.2.3.4/032', 'invalid-prefix-length', 11],
    ['ip4:1.2.3.4//32', 'invalid-prefix-length', 11],
    ['ip6:::1/129', 'invalid-prefix-length', 7],
    ['ip6:::1//64', 'invalid-prefix-length', 7],
    ['a/33', 'invalid-prefix-length', 1],
    ['a//129', 'invalid-prefix-length', 2],
    ['a/24/64', 'invalid-prefix-length', 4],
    ['a/24/32', 'invalid-prefix-length', 1],
    ['a/', 'invalid-prefix-length', 1],
    ['a:example.com/99999999999999999999', 'invalid-prefix-length', 13],
    ['1up=foo', 'unknown-mechanism', 0],
    ['=all', 'invalid-modifier-name', 0],
    ['\x80a:example.net', 'not-ascii', 0],
    ['a:\xEF\xBB\xBFgarbage.example.net', 'not-ascii', 2],
    ['a:foo.example.com\0', 'not-ascii', 17],
    ['a:example.com\rptr', 'not-ascii', 13],
  ])('refuses %j: %s at byte %i of the term', (text, code, at) => {
    const before = 'v=spf1 ip4:192.0.2.1  ';
    const { terms, problems } = parse(`${before}${text} -all`);
    expect(problems).toEqual([{ code, at: before.length + at, term: text }]);
    expect(terms.map((term) => term.kind)).toEqual(['ip4', 'all']);
  });
});

describe('records', () => {
  it('separates terms by any number of spaces (RFC 7208 §4.6.1)', () => {
    const text = 'v=spf1   a  mx -all   ';
    const { terms, problems } = parse(text);
    expect(problems).toEqual([]);
    expect(terms.map((term) => text.slice(term.at, term.at + term.text.length))).toEqual(['a', 'mx', '-all']);
  });

  it('reads the terms of an spf2.0 record the same way (RFC 4406 §3.1)', () => {
    expect(parse('spf2.0/mfrom,pra a -all').terms.map((term) => [term.kind, term.at])).toEqual([
      ['a', 17],
      ['all', 19],
    ]);
  });

  it('finds redirect= and exp= twice, but other modifiers as often as they like (RFC 7208 §6)', () => {
    expect(parse('v=spf1 exp=a.b all exp=c.d').problems).toEqual([
      { code: 'duplicate-modifier', at: 19, term: 'exp=c.d' },
    ]);
    expect(parse('v=spf1 redirect=a.b Redirect=a.b').problems).toHaveLength(1);
    expect(parse('v=spf1 x=1 x=2 x=3').problems).toEqual([]);
  });

  it('reports every problem, not the first alone', () => {
    expect(parse('v=spf1 foo a:museum ip4:1.2.3 -all').problems.map(({ at }) => at)).toEqual([7, 13, 24]);
  });

  it('stops at its bounds and says so', () => {
    expect(parse(`v=spf1 ${'a '.repeat(LIMITS.spfTerms)}`)).toMatchObject({ cut: null });
    expect(parse(`v=spf1 ${'a '.repeat(LIMITS.spfTerms + 1)}`)).toMatchObject({ cut: 'too-many-terms' });
    const long = `v=spf1 x=${'a'.repeat(LIMITS.spfRecordBytes)}`;
    expect(parse(long)).toMatchObject({ cut: 'record-too-long', terms: [] });
    expect(parse(`v=spf1 ${'? '.repeat(900)}`).problems).toHaveLength(LIMITS.spfProblems);
  });

  it('keeps little of a long faulty term', () => {
    expect(parse(`v=spf1 ${'x'.repeat(10_000)}`).problems[0]?.term).toHaveLength(100);
  });

  it('never throws, and every term and problem lies where it says', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'a mx ptr all include exists ip4 ip6 redirect exp : = / // %{ } % . - + ~ ? 1 24 d r com'.split(' '),
        ' ',
      ),
      fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = `v=spf1 ${pieces.join('')}`;
        const { terms, problems } = parse(text);
        for (const term of terms) expect(text.slice(term.at, term.at + term.text.length)).toBe(term.text);
        for (const { at, term } of problems) {
          expect(at).toBeLessThanOrEqual(text.length);
          expect(text).toContain(term);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back as the same terms when they are written in their order', () => {
    const term = fc.constantFrom(
      'a',
      '-mx/24',
      'ptr:x.example',
      'include:y.example',
      '?exists:%{i}.z.example',
      'ip4:192.0.2.0/24',
      '~all',
      'x=1',
    );
    fc.assert(
      fc.property(fc.array(term, { maxLength: 20 }), (terms) => {
        expect(parse(`v=spf1 ${terms.join(' ')}`).terms.map(({ text }) => text)).toEqual(terms);
      }),
    );
  });
});
