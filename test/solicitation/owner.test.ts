/** Whose a keyword is: the reversed name it is built from (RFC 3865 §2.2). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDomain, type DomainName } from '../../src/domain/name.ts';
import { compareOwner, ownerOf, reversedName } from '../../src/solicitation/owner.ts';

function domain(text: string): DomainName {
  const parsed = parseDomain(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

describe('the owner of a keyword', () => {
  it.each<[string, string, string | undefined]>([
    ['org.example:ADV:ADLT', 'example.org', 'example.org'],
    ['com.example.adv', 'adv.example.com', 'example.com'],
    ['COM.Example.ADV', 'adv.example.com', 'example.com'],
    ['org.example.freedonia.good.spam', 'spam.good.freedonia.example.org', 'example.org'],
    ['uk.co.shop:ADV', 'shop.co.uk', 'shop.co.uk'],
    ['net.xn--bcher-kva:ADV', 'xn--bcher-kva.net', 'xn--bcher-kva.net'],
    ['com:ADV', 'com', undefined],
    ['uk.co', 'co.uk', undefined],
  ])('%s is %s of %s', (keyword, name, organization) => {
    expect(ownerOf(keyword)).toEqual({ domain: name, organization });
  });

  it.each([
    'ADV',
    'ADV:ADLT',
    'ADV:org.example',
    'adv.commercial1',
    'org..example:ADV',
    'org.-example',
    'org.example.',
  ])('is nobody for %s', (keyword) => {
    expect(ownerOf(keyword)).toBeUndefined();
  });

  it('is found from the reversed name of any domain under an existing suffix', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 4 }), label, (labels, rest) => {
        const name = domain([...labels, 'org'].join('.'));
        expect(ownerOf(`${reversedName(name)}:${rest}`)?.domain).toBe(name);
      }),
    );
  });
});

describe('an owner and an author', () => {
  it.each([
    ['org.example:ADV', 'example.org', 'author'],
    ['org.example.adv', 'example.org', 'author'],
    ['org.example:ADV', 'mail.example.org', 'organization'],
    ['org.example.a', 'b.example.org', 'organization'],
    ['org.example:ADV', 'notexample.org', 'other'],
    ['org.example:ADV', 'example.net', 'other'],
    ['com:ADV', 'example.com', 'other'],
    ['uk.co:ADV', 'shop.co.uk', 'other'],
  ] as const)('%s is to %s: %s', (keyword, author, expected) => {
    const owner = ownerOf(keyword);
    expect(owner && compareOwner(owner, domain(author))).toBe(expected);
  });
});
