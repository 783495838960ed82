import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMacroString } from '../../src/spf/macro.ts';
import { expandTargetName, identityDomain, isSameOrBelow, toTargetName } from '../../src/spf/target-name.ts';
import type { MacroValues } from '../../src/spf/types.ts';

const LETTERS: MacroValues = {
  s: 'l@o.example',
  l: 'l',
  o: 'o.example',
  d: 'd.example',
  i: '',
  p: '',
  h: '',
  c: '',
  r: '',
  t: '',
  v: '',
};
const label63 = 'a'.repeat(63);

function expand(text: string, values: Partial<MacroValues> = {}): string | undefined {
  const macro = parseMacroString(text, 0);
  return macro.ok ? expandTargetName(macro.value, { ...LETTERS, ...values }) : undefined;
}

describe('names to ask for', () => {
  it.each([
    ['Example.COM.', 'example.com'],
    ['_spf.example.com', '_spf.example.com'],
    ["o'hara!#$+sales  50%.example", "o'hara!#$+sales  50%.example"],
    [`${label63}.example`, `${label63}.example`],
  ])('asks for %j as %j', (text, name) => {
    expect(toTargetName(text)).toBe(name);
  });

  it.each([
    '',
    '.',
    '..',
    'a..b',
    '.a',
    'a..',
    `${label63}a.example`,
    'a\0b.example',
    'é.example',
    'a\\b.example',
    'a\nb',
  ])('cannot ask for %j', (text) => {
    expect(toTargetName(text)).toBeUndefined();
  });

  it('removes labels from the left until 253 characters are left (RFC 7208 §7.3)', () => {
    const labels = fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(labels, fc.boolean(), (parts, dot) => {
        const left = [...parts];
        while (left.join('.').length > 253) left.shift();
        expect(toTargetName(parts.join('.') + (dot ? '.' : ''))).toBe(left.join('.'));
      }),
    );
  });

  it('expands from the right end to the same name as from the left', () => {
    const values = { d: `${label63}.${label63}.example`, o: 'o.example', h: '' };
    const pieces = fc.array(fc.constantFrom('%{d}', '%{o}', '%{h}', 'x', '.', 'abc.', '%{d1r}', '%%'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(pieces, (list) => {
        const left = list
          .join('')
          .replaceAll('%{d1r}', label63)
          .replaceAll('%{d}', values.d)
          .replaceAll('%{o}', values.o)
          .replaceAll('%{h}', values.h)
          .replaceAll('%%', '%');
        expect(expand(list.join(''), values)).toBe(toTargetName(left));
      }),
    );
  });

  it('cannot ask for a name with a local part that is not ASCII (RFC 8616 §4)', () => {
    expect(expand('%{l}.example', { l: 'é' })).toBeUndefined();
    expect(expand('%{L}.example', { l: 'é' })).toBeUndefined();
    expect(expand('%{s}.example', { l: 'é', s: 'é@o.example' })).toBeUndefined();
    expect(expand('%{o}.example', { l: 'é', s: 'é@o.example' })).toBe('o.example.example');
  });

  it('compares names label by label', () => {
    expect(isSameOrBelow('mail.example.com', 'example.com')).toBe(true);
    expect(isSameOrBelow('example.com', 'example.com')).toBe(true);
    expect(isSameOrBelow('notexample.com', 'example.com')).toBe(false);
    expect(isSameOrBelow('com', 'example.com')).toBe(false);
  });
});

describe('domains of identities (RFC 7208 §4.3)', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['example.com.', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    [`${'a.'.repeat(126)}a`, `${'a.'.repeat(126)}a`],
  ])('reads %j as %j', (text, domain) => {
    expect(identityDomain(text)).toBe(domain);
  });

  it.each([
    '',
    'localhost',
    'localhost.',
    '[192.0.2.1]',
    '[IPv6:2001:db8::1]',
    'a..example',
    'example.com..',
    `${label63}a.example`,
  ])('finds %j malformed', (text) => {
    expect(identityDomain(text)).toBeUndefined();
  });

  it('does not shorten a domain that is too long, as it would an expanded name', () => {
    expect(identityDomain(`${'a.'.repeat(127)}a`)).toBeUndefined();
    expect(identityDomain(`${'a.'.repeat(126)}aa`)).toBeUndefined();
  });
});
