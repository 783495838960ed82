import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  below,
  displayDomain,
  isWithin,
  labelsOf,
  lastLabels,
  parentOf,
  parseDomain,
  sameDomain,
  type DomainName,
} from '../../src/domain/name.ts';

function domain(text: string): DomainName {
  const name = parseDomain(text);
  if (!name) throw new RangeError(`no domain: ${text}`);
  return name;
}

describe('reading a domain', () => {
  it.each([
    ['lower case', 'example.com', 'example.com'],
    ['any case', 'EXAMPLE.Com', 'example.com'],
    ['a trailing dot', 'example.com.', 'example.com'],
    ['a single label', 'localhost', 'localhost'],
    ['underscores, as DNS names of mail have them', 'sel._domainkey.example.com', 'sel._domainkey.example.com'],
    ['U-labels (RFC 5891 §4.4)', 'Bücher.example', 'xn--bcher-kva.example'],
    ['A-labels in any case', 'XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['a decomposed U-label like the composed one', 'bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['sharp s as a letter of its own (RFC 5892)', 'faß.example', 'xn--fa-hia.example'],
    ['full-width letters and dots (UTS 46)', 'ｅｘ．ample', 'ex.ample'],
    ['the ideographic full stop (UTS 46)', '例え。jp', 'xn--r8jz45g.jp'],
    ['a label of 63 octets', `${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
    ['a hyphen inside', 'a-b.example', 'a-b.example'],
  ])('accepts %s', (_name, text, expected) => {
    expect(parseDomain(text)).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['a lone dot', '.'],
    ['an empty label', 'a..example'],
    ['a dot in front', '.example'],
    ['two dots behind', 'example..'],
    ['white space', 'exa mple.com'],
    ['a NUL', 'example\0.com'],
    ['a line end', 'example.com\r\n'],
    ['an at sign', 'a@example.com'],
    ['an address literal (RFC 5321 §4.1.3)', '[192.0.2.1]'],
    ['a label of 64 octets', `${'a'.repeat(64)}.example`],
    ['a name of more than 253 octets', `${'a.'.repeat(126)}aa`],
    ['a hyphen at an end', '-a.example'],
    ['marks outside letters, digits, hyphen', 'a!b.example'],
    ['a URL', 'http://example.com'],
    ['a port, also a full-width one', 'exämple.com：80'],
    ['a path behind a U-label', 'exämple.com/x'],
    ['escapes behind a U-label', 'exämple%2ecom'],
    ['a character that turns into "a/c" (UTS 46)', '℀.com'],
    ['digits that a URL would read as an IPv4 address', '１２７.1'],
    ['a lone surrogate', 'a\ud800.example'],
    ['a very long text', 'ä'.repeat(2000)],
  ])('refuses %s', (_name, text) => {
    expect(parseDomain(text)).toBeUndefined();
  });

  it('takes the Kelvin sign for a "k" only by way of IDNA, never by case folding', () => {
    expect(parseDomain('\u212a.example')).toBe('k.example');
    expect(parseDomain('k.example')).toBe('k.example');
  });

  it('never throws, and what it returns it reads unchanged', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.domain(),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const name = parseDomain(text);
        if (name === undefined) return;
        expect(name).toMatch(/^[a-z0-9_.-]{1,253}$/);
        expect(parseDomain(name)).toBe(name);
      }),
    );
  });
});

describe('comparing by labels', () => {
  it('knows the same domain however it was written', () => {
    expect(sameDomain(domain('Bücher.Example.'), domain('xn--bcher-kva.example'))).toBe(true);
    expect(sameDomain(domain('example.com'), domain('example.org'))).toBe(false);
  });

  it.each([
    ['example.com', 'example.com', true],
    ['a.b.example.com', 'example.com', true],
    ['notexample.com', 'example.com', false],
    ['example.com', 'a.example.com', false],
    ['example.com.evil.example', 'example.com', false],
  ])('finds %s within %s: %s', (inner, outer, expected) => {
    expect(isWithin(domain(inner), domain(outer))).toBe(expected);
  });

  it('goes up one label at a time, and stops at a single one', () => {
    expect(parentOf(domain('a.b.example'))).toBe('b.example');
    expect(parentOf(domain('example'))).toBeUndefined();
    expect(labelsOf(domain('a.b.example'))).toEqual(['a', 'b', 'example']);
    expect(lastLabels(domain('a.b.c.example'), 2)).toBe('c.example');
    expect(lastLabels(domain('example'), 3)).toBe('example');
  });

  it('puts labels in front, unless the name would become too long', () => {
    expect(below('_dmarc', domain('example.com'))).toBe('_dmarc.example.com');
    expect(below('s1._domainkey', domain('example.com'))).toBe('s1._domainkey.example.com');
    expect(below('_domainkey', domain(`${'a.'.repeat(122)}example`))).toBeUndefined();
    expect(below('two words', domain('example.com'))).toBeUndefined();
  });
});

describe('showing a domain to people', () => {
  it.each([
    ['example.com', 'example.com'],
    ['xn--bcher-kva.example', 'bücher.example'],
    ['xn--e1afmkfd.xn--p1ai', 'пример.рф'],
    ['sub.xn--r8jz45g.jp', 'sub.例え.jp'],
  ])('decodes %s', (name, shown) => {
    expect(displayDomain(domain(name))).toBe(shown);
  });

  it.each([
    ['xn--a', 'a control character'],
    ['xn--99999999', 'nothing: not punycode'],
    ['xn--zn7c', 'U+FFFD'],
    ['xn--example-nka', 'another domain with a soft hyphen in it'],
    ['xn--example-z76c', 'text in another direction'],
    ['xn--bc-bz3n', 'letters that IDNA maps to others'],
  ])('leaves %s, which stands for %s and not for a U-label (RFC 5890 §2.3.2.1)', (label) => {
    expect(displayDomain(domain(`${label}.example`))).toBe(`${label}.example`);
  });

  it('shows only what reads back as the same domain', () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    fc.assert(
      fc.property(label, (tail) => {
        const name = domain(`xn--${tail}.example`);
        expect(parseDomain(displayDomain(name))).toBe(name);
      }),
    );
  });
});
