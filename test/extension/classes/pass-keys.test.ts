/** Pass keys: how they are made, how they are counted, and what is told of their use. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createPassKeyWatch } from '../../../extension/judging/pass-keys.ts';
import { EMPTY_COLLECTION, isKeyword, type PassKey } from '../../../extension/classes/collection.ts';
import { headerLine, keyDomain, makePassKey } from '../../../extension/classes/pass-key.ts';
import {
  addUse,
  keysUsed,
  MOST_USES,
  repairUses,
  useOf,
  usesOf,
  type PassKeyUse,
} from '../../../extension/classes/uses.ts';
import { parseNoSolicit } from '../../../src/solicitation/parse.ts';
import { ownerOf } from '../../../src/solicitation/owner.ts';
import { reportOf } from '../../rules/support/subject.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { readCatalogue, wordsOf } = await import('../../e2e/support/catalogue.ts');
const { usualDomain, viewPassKeys } = await import('../../../extension/pages/settings/classes/view-model.ts');

const t = wordsOf(readCatalogue('en'));
const NOW = new Date('2026-11-22T08:00:00Z');
const KEY = 'org.example.me:key-a';
const key = (keyword = KEY, revokedAt: string | null = null): PassKey => ({
  keyword,
  name: 'Ann',
  createdAt: '2026-01-01T00:00:00.000Z',
  revokedAt,
});
const use = (number: number, more: Partial<PassKeyUse> = {}): PassKeyUse => ({
  keyword: KEY,
  digest: `d${number}`,
  at: new Date(Date.UTC(2026, 0, number)).toISOString(),
  author: 'friend.example',
  signedBy: ['friend.example'],
  ...more,
});

describe('a new key', () => {
  it.each([
    ['example.org', 'example.org'],
    [' ann@mail.example.org ', 'mail.example.org'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['com', undefined],
    ['example.nosuchtop1', undefined],
    ['not a domain', undefined],
    ['', undefined],
  ])('begins with the domain of %j: %s', (typed, domain) => {
    expect(keyDomain(typed)).toBe(domain);
  });

  it('is a keyword below that domain, and none is like another', () => {
    const keys = Array.from({ length: 50 }, () => makePassKey('mail.example.org'));
    expect(new Set(keys).size).toBe(keys.length);
    for (const one of keys) {
      expect(one).toMatch(/^org\.example\.mail:key-[a-z2-7]{16}$/);
      expect(isKeyword(one)).toBe(true);
      expect(ownerOf(one)?.domain).toBe('mail.example.org');
      expect(parseNoSolicit(headerLine(one).replace(/^Solicitation:/, ''))).toEqual({ keywords: [one], malformed: [] });
    }
  });

  it('holds every bit it was made of', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (octets) => {
        const random = {
          getRandomValues: <T extends ArrayBufferView | null>(array: T): T => {
            if (array instanceof Uint8Array) array.set(octets);
            return array;
          },
        };
        const text = makePassKey('example.org', random).slice('org.example:key-'.length);
        const bits = Array.from(text, (letter) =>
          'abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter).toString(2).padStart(5, '0'),
        );
        expect(bits.join('')).toBe([...octets].map((octet) => octet.toString(2).padStart(8, '0')).join(''));
      }),
    );
  });
});

describe('which mail used a key', () => {
  it('is told of keys in force and revoked, without regard to case', async () => {
    const report = await reportOf('From: a@friend.example', 'No-Solicit: ORG.example.me:KEY-A, net.example:ADV');
    expect(keysUsed(report, [key(), key('org.example.me:key-b'), key('net.example:adv', NOW.toISOString())])).toEqual([
      KEY,
      'net.example:adv',
    ]);
    expect(useOf(KEY, 'd', report, NOW)).toEqual(
      use(1, { digest: 'd', at: NOW.toISOString(), signedBy: [], author: 'friend.example' }),
    );
  });

  it('counts a message once, as it was found last', () => {
    const uses = [use(1, { signedBy: [] }), use(2), use(1)].reduce<readonly PassKeyUse[]>(addUse, []);
    expect(usesOf(uses, KEY)).toEqual([use(2), use(1)]);
  });

  it('is bounded for each key, and the latest stay', () => {
    const uses = Array.from({ length: MOST_USES + 20 }, (_, n) => use(n + 1)).reduce<readonly PassKeyUse[]>(addUse, []);
    expect(usesOf(uses, KEY)).toHaveLength(MOST_USES);
    expect(usesOf(uses, KEY)[0]).toEqual(use(MOST_USES + 20));
  });

  it('comes out of storage as it was put there, without what is no use', () => {
    const uses = [use(1), use(2, { author: null, signedBy: [] })];
    expect(repairUses(JSON.parse(JSON.stringify({ uses })))).toEqual(uses);
    expect(repairUses({ uses: [null, { ...use(1), at: 'x' }, { ...use(2), signedBy: [5, 'a'] }] })).toEqual([
      use(2, { signedBy: ['a'] }),
    ]);
    expect(repairUses('x')).toEqual([]);
  });
});

describe('the watch', () => {
  const collection = { ...EMPTY_COLLECTION, passKeys: [key(), key('org.example.me:old', NOW.toISOString())] };
  const setUp = () => {
    const loadClasses = vi.fn(() => Promise.resolve(collection));
    const recordUses = vi.fn((_uses: readonly PassKeyUse[]) => Promise.resolve());
    return { watch: createPassKeyWatch({ loadClasses, recordUses, now: () => NOW }), loadClasses, recordUses };
  };

  it('compares messages with the keys in force, and reads them once until told that they changed', async () => {
    const { watch, loadClasses } = setUp();
    expect([await watch.inForce(), await watch.inForce()]).toEqual([[KEY], [KEY]]);
    expect(loadClasses).toHaveBeenCalledOnce();
    watch.forget();
    await watch.inForce();
    expect(loadClasses).toHaveBeenCalledTimes(2);
  });

  it('keeps which message used which key, and nothing of others', async () => {
    const { watch, recordUses } = setUp();
    const digest = vi.fn(() => Promise.resolve('d2'));
    await watch.note(await reportOf('From: a@friend.example', 'No-Solicit: net.example:ADV'), digest);
    expect(recordUses).not.toHaveBeenCalled();
    expect(digest).not.toHaveBeenCalled();
    await watch.note(await reportOf('From: a@friend.example', `No-Solicit: ${KEY}, org.example.me:old`), digest);
    expect(recordUses.mock.calls[0]?.[0].map(({ keyword, digest }) => [keyword, digest])).toEqual([
      [KEY, 'd2'],
      ['org.example.me:old', 'd2'],
    ]);
  });

  it('takes nothing from a check where the store fails, and tries again', async () => {
    const { watch, loadClasses, recordUses } = setUp();
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    recordUses.mockRejectedValueOnce(new Error('full'));
    const report = await reportOf('From: a@friend.example', `No-Solicit: ${KEY}`);
    await expect(watch.note(report, () => Promise.resolve('d'))).resolves.toBeUndefined();
    loadClasses.mockRejectedValueOnce(new Error('gone'));
    watch.forget();
    await expect(watch.inForce()).rejects.toThrow('gone');
    await expect(watch.inForce()).resolves.toEqual([KEY]);
    expect(told).toHaveBeenCalledOnce();
    told.mockRestore();
  });
});

describe('what is told of a key', () => {
  const viewOf = (uses: readonly PassKeyUse[], one = key()) =>
    viewPassKeys({ ...EMPTY_COLLECTION, passKeys: [one] }, uses, t)[0];

  it('is nothing to worry about where one domain used it under its signature', () => {
    expect(viewOf([use(1), use(2)])).toMatchObject({ warnings: [], summary: 'Used by 2 messages.' });
    expect(viewOf([])).toMatchObject({ warnings: [], summary: t('pass_key_unused'), line: `Solicitation: ${KEY}` });
  });

  it('is a warning where it came unsigned, from several domains, or after it was revoked', () => {
    const uses = [use(1), use(2, { signedBy: [], author: 'other.example' })];
    expect(viewOf(uses)?.warnings).toEqual([
      t('pass_key_warn_unsigned_one', { count: '1' }),
      t('pass_key_warn_domains', { domains: 'other.example, friend.example' }),
    ]);
    const revoked = viewOf([use(1), use(5)], key(KEY, '2026-01-03T00:00:00.000Z'));
    expect(revoked).toMatchObject({ isRevoked: true, warnings: [t('pass_key_warn_revoked_one', { count: '1' })] });
  });

  it('is shown for keys in force before those revoked, with the domain of the last for the next', () => {
    const passKeys = [key('org.example:a', NOW.toISOString()), key('org.example:b'), key('org.example.mail:c')];
    const collection = { ...EMPTY_COLLECTION, passKeys };
    expect(viewPassKeys(collection, [], t).map(({ keyword }) => keyword)).toEqual([
      'org.example.mail:c',
      'org.example:b',
      'org.example:a',
    ]);
    expect(usualDomain(collection)).toBe('mail.example.org');
    expect(usualDomain(EMPTY_COLLECTION)).toBe('');
  });
});
