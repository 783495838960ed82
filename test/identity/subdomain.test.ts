import { describe, expect, it } from 'vitest';
import { parseDomain } from '../../src/domain/name.ts';
import { domainInside } from '../../src/identity/subdomain.ts';

function inside(name: string): string | undefined {
  const domain = parseDomain(name);
  if (!domain) throw new RangeError(`no domain: ${name}`);
  return domainInside(domain);
}

describe('a domain in the subdomain of another', () => {
  it.each([
    ['dhl.de.x.example', 'dhl.de'],
    ['paypal.com.x.example', 'paypal.com'],
    ['www.paypal.com.login.x.example', 'paypal.com'],
    ['bank.co.uk.x.example', 'bank.co.uk'],
    ['bank.example.parcels.com', 'bank.example'],
    ['mail.com.x.example', 'mail.com'],
  ])('is seen in %s', (name, inner) => {
    expect(inside(name)).toBe(inner);
  });

  it.each([
    ...['example.com', 'mail.example.com', 'news.de.example.com', 'shop.uk.example.com', 'em.eu.example.com'],
    ...['brand.de.brand.com', 'bounces.em.secure.example.com', 'foo.email.example.com', 'a.b.c.example.co.uk'],
    ...['co.uk', 'user.github.io', 'newsletter.at.example.org', 'io.de.example.com'],
  ])('is not seen in %s', (name) => {
    expect(inside(name)).toBeUndefined();
  });
});
