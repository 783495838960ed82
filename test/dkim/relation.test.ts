import { describe, expect, it } from 'vitest';
import { parseDomain, type DomainName } from '../../src/domain/name.ts';
import { mayBeFirstParty, relationTo } from '../../src/dkim/relation.ts';
import type { Mailbox } from '../../src/message/types.ts';

function domain(text: string): DomainName {
  const name = parseDomain(text);
  if (!name) throw new Error(text);
  return name;
}

function author(address: string): Mailbox {
  const at = address.lastIndexOf('@');
  const name = address.slice(at + 1);
  return { displayName: '', address, localPart: address.slice(0, at), domain: parseDomain(name) ?? null };
}

describe('relationTo (RFC 5016 §2)', () => {
  it.each([
    ['ann@example.com', 'example.com', '@example.com', 'domain'],
    ['ann@example.com', 'example.com', 'ann@example.com', 'exact'],
    ['ann@example.com', 'example.com', 'bob@example.com', 'domain'],
    ['ann@example.com', 'example.com', 'Ann@example.com', 'domain'],
    ['ann@example.com', 'example.com', '@mail.example.com', 'domain'],
    ['ann@mail.example.com', 'example.com', 'ann@mail.example.com', 'exact'],
    ['ann@mail.example.com', 'example.com', '@mail.example.com', 'parent'],
    ['ann@example.com', 'mail.example.com', '@mail.example.com', 'child'],
    ['ann@example.com', 'notexample.com', '@notexample.com', 'third-party'],
    // RFC 6376 §8.14: a public suffix signs for nothing below it, but for itself.
    ['ann@bank.co.uk', 'co.uk', 'ann@bank.co.uk', 'third-party'],
    ['ann@co.uk', 'co.uk', 'ann@co.uk', 'exact'],
    ['ann@[192.0.2.1]', 'example.com', '@example.com', 'third-party'],
  ])('From %s, d=%s, i=%s: %s', (from, sdid, identity, expected) => {
    const at = identity.lastIndexOf('@');
    const auid = { localPart: identity.slice(0, at), domain: domain(identity.slice(at + 1)) };
    expect(relationTo(author(from), { sdid: domain(sdid), auid })).toBe(expected);
  });

  it('is third-party where there is no author', () => {
    const signer = { sdid: domain('example.com'), auid: { localPart: '', domain: domain('example.com') } };
    expect(relationTo(undefined, signer)).toBe('third-party');
    expect(mayBeFirstParty(undefined, signer)).toBe(false);
  });

  it('takes a signer of the same registered domain for a possible first party', () => {
    const signer = {
      sdid: domain('mail.example.co.uk'),
      auid: { localPart: '', domain: domain('mail.example.co.uk') },
    };
    expect(mayBeFirstParty(author('a@news.example.co.uk'), signer)).toBe(true);
    expect(mayBeFirstParty(author('a@other.co.uk'), signer)).toBe(false);
  });
});
