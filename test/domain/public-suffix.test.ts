import { describe, expect, it } from 'vitest';
import { parseDomain, type DomainName } from '../../src/domain/name.ts';
import { hasKnownSuffix, isPublicSuffix, registeredDomain } from '../../src/domain/public-suffix.ts';

function domain(text: string): DomainName {
  const name = parseDomain(text);
  if (!name) throw new RangeError(`no domain: ${text}`);
  return name;
}

describe('the name a registrant holds', () => {
  it.each([
    ['example.com', 'example.com'],
    ['mail.example.com', 'example.com'],
    ['a.b.example.co.uk', 'example.co.uk'],
    ['city.kawasaki.jp', 'city.kawasaki.jp'], // an exception rule of the list
    ['a.b.c.kawasaki.jp', 'b.c.kawasaki.jp'], // a wildcard rule
    ['project.github.io', 'project.github.io'], // a private suffix: its users do not speak for each other
    ['mail.evil.example', 'evil.example'], // no suffix on the list: the last label is one
    ['www.xn--e1afmkfd.xn--p1ai', 'xn--e1afmkfd.xn--p1ai'],
  ])('is for %s %s', (name, held) => {
    expect(registeredDomain(domain(name))).toBe(held);
  });

  it.each(['com', 'co.uk', 'github.io', 'c.kawasaki.jp'])('is none for the public suffix %s', (name) => {
    expect(registeredDomain(domain(name))).toBeUndefined();
    expect(isPublicSuffix(domain(name))).toBe(true);
  });

  it('is no public suffix itself', () => {
    expect(isPublicSuffix(domain('example.com'))).toBe(false);
  });
});

describe('telling a domain from a word with a dot', () => {
  it.each(['paypal.com', 'a.co.uk', 'x.github.io', 'bank.example', 'xn--e1afmkfd.xn--p1ai'])(
    'knows the suffix of %s',
    (name) => {
      expect(hasKnownSuffix(domain(name))).toBe(true);
    },
  );

  it.each(['john.smith', 'v1.2', 'node.js', 'e.v'])('knows none of %s', (name) => {
    expect(hasKnownSuffix(domain(name))).toBe(false);
  });
});
