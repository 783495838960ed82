import { describe, expect, it } from 'vitest';
import { isLookedUp, practicesWhy } from '../../src/practices/why.ts';
import type { PracticesSignature } from '../../src/practices/why.ts';
import type { PracticesWhy } from '../../src/practices/types.ts';

const valid = { domain: 'example.com', result: 'pass', testing: false } as const;

describe('why practices are looked up or not (RFC 5016 §5.3 requirement 9)', () => {
  const cases: readonly (readonly [
    name: string,
    dkim: readonly PracticesSignature[],
    why: PracticesWhy,
    lookedUp: boolean,
  ])[] = [
    ['no signature', [], 'no-valid-first-party-signature', true],
    ['a valid one of the author domain', [valid], 'first-party-signature', false],
    ['a valid one of the registry above', [{ ...valid, domain: 'com' }], 'no-valid-first-party-signature', true],
    ['a valid third party one', [{ ...valid, domain: 'list.example' }], 'no-valid-first-party-signature', true],
    [
      'one of a subdomain, which may only be aligned: the walk must tell',
      [{ ...valid, domain: 'mail.example.com' }],
      'no-valid-first-party-signature',
      true,
    ],
    ['a broken one', [{ ...valid, result: 'fail' }], 'no-valid-first-party-signature', true],
    ['one whose key did not answer', [{ ...valid, result: 'temperror' }], 'signature-unverifiable', true],
    [
      'a third party’s key did not answer',
      [{ ...valid, result: 'temperror', domain: 'list.example' }],
      'no-valid-first-party-signature',
      true,
    ],
    ['one open, one valid', [{ ...valid, result: 'temperror' }, valid], 'first-party-signature', false],
    [
      'one by a key in test mode, worth no more than none',
      [{ ...valid, testing: true }],
      'no-valid-first-party-signature',
      true,
    ],
    ['one that leaves a tail unsigned', [{ ...valid, unsignedTail: 12 }], 'no-valid-first-party-signature', true],
    ['one with l= that covers all', [{ ...valid, unsignedTail: 0 }], 'first-party-signature', false],
  ];
  it.each(cases)('%s', (_name, dkim, why, lookedUp) => {
    expect(practicesWhy({ authorDomain: 'example.com', dkim })).toBe(why);
    expect(isLookedUp(why)).toBe(lookedUp);
  });

  it('settles the matter by a domain above, which controls what is below it (RFC 5016 §2)', () => {
    expect(practicesWhy({ authorDomain: 'news.example.com', dkim: [valid] })).toBe('first-party-signature');
  });

  it.each([
    [{ authorDomain: null }, 'no-author-domain'],
    [{ authorDomain: '[192.0.2.1]' }, 'no-author-domain'],
    [{ authorDomain: 'example.com', switchedOff: true }, 'switched-off'],
    [{ authorDomain: 'example.com', dkim: [valid], switchedOff: true }, 'switched-off'],
  ] as const)('%j', (subject, why) => {
    expect(practicesWhy(subject)).toBe(why);
    expect(isLookedUp(why)).toBe(false);
  });
});
