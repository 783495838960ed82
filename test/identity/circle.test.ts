import { describe, expect, it } from 'vitest';
import { parseDomain, type DomainName } from '../../src/domain/name.ts';
import { createCircle, foldName } from '../../src/identity/circle.ts';
import { findImpersonations } from '../../src/identity/impersonation.ts';
import { LIMITS } from '../../src/limits.ts';
import { parseMailboxes } from '../../src/message/address.ts';

function domain(text: string): DomainName {
  const name = parseDomain(text);
  if (!name) throw new RangeError(`no domain: ${text}`);
  return name;
}

const circle = createCircle(
  [
    { name: 'Bob Smith', address: 'Bob@corp.example' },
    { name: 'Zoë Müller', address: 'zoe@shop.example' },
    { name: 'Support', address: 'help@shop.example' },
  ],
  ['mail.quillbank.com', 'shop.example', 'bank.example'].map(domain),
);

function find(from: string) {
  return findImpersonations(parseMailboxes(from).mailboxes, circle);
}

describe('a name the reader knows', () => {
  it.each([
    ['at a free provider', 'Bob Smith <bob.smith.ceo@gmail.com>', true],
    ['in another order and case', '"SMITH, Bob" <x@gmail.com>', true],
    ['without its marks', 'Zoe Muller <zoe@gmx.de>', true],
    ['at a domain of somebody', 'Bob Smith <bob@other.example>', false],
  ])('is told at a new address: %s', (_name, from, freeProvider) => {
    expect(find(from)).toMatchObject([{ kind: 'known-name', freeProvider }]);
  });

  it.each([
    ['the known address', 'Bob Smith <BOB@corp.example>'],
    ['another address of the same holder', 'Bob Smith <bob.smith@mail.corp.example>'],
    ['a single word', 'Support <x@gmail.com>'],
    ['an unknown name', 'Ann Lee <x@gmail.com>'],
  ])('is not for %s', (_name, from) => {
    expect(find(from)).toEqual([]);
  });

  it('is compared by its words', () => {
    expect(foldName('Smith, Bob (Sales)')).toBe('bob sales smith');
    expect(foldName('Ｂｏｂ\u200b SMITH')).toBe(foldName('Bob Smith'));
    expect(foldName('Bob')).toBeUndefined();
  });
});

describe('a domain like a known one', () => {
  it.each([
    ['quilbank.com', 'slip'],
    ['quillbankk.com', 'slip'],
    ['quilldank.com', 'slip'],
    ['uqillbank.com', 'slip'],
    ['www.quilbank.net', 'slip'],
    ['quillbank-secure.com', 'added-words'],
    ['my-quillbank-login.net', 'added-words'],
    ['quillbank.net', 'other-suffix'],
  ])('%s: %s', (name, likeness) => {
    expect(circle.alike(domain(name))).toEqual({ known: 'quillbank.com', likeness });
  });

  it.each(['quillbank.com', 'www.quillbank.com', 'quarrybank.com', 'banks.example', 'quill-bank-x.com', 'ank.example'])(
    '%s is none',
    (name) => {
      expect(circle.alike(domain(name))).toBeUndefined();
    },
  );

  it('is told once it writes', () => {
    expect(find('a <x@quilbank.com>')).toEqual([
      { kind: 'known-domain-alike', domain: 'quilbank.com', known: 'quillbank.com', likeness: 'slip' },
    ]);
    expect(find('"quillbank.com" <x@y.example>')).toMatchObject([{ kind: 'domain-in-name', form: 'known' }]);
  });
});

describe('a large circle', () => {
  const large = createCircle(
    Array.from({ length: 50_000 }, (_, at) => ({ name: `Person Number${at % 7}x ${at}`, address: `p${at}@x.example` })),
    Array.from({ length: 30_000 }, (_, at) => domain(`quillbank${at}.com`)),
  );

  it('keeps what the limits allow', () => {
    expect(large.knows(domain(`quillbank${LIMITS.circleDomains - 1}.com`))).toBe(true);
    expect(large.knows(domain(`quillbank${LIMITS.circleDomains}.com`))).toBe(false);
    expect(large.addressesOf('Person Number1x').length).toBeLessThanOrEqual(LIMITS.circleCandidates);
  });

  it('finds what resembles one among them', () => {
    expect(large.alike(domain('quilbank77.com'))?.likeness).toBe('slip');
  });
});
