import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServerResult } from '../../src/authres/types.ts';
import { nameLookAlikes } from '../../src/identity/authserv-ids.ts';

function result(authservId: string): ServerResult {
  const base = { field: 0, version: 1, methods: [], deviations: [], server: authservId, ownPlace: false };
  return { ...base, authservId, trusted: false, distrust: 'unknown-authserv-id' };
}

function named(authservId: string, accepted: readonly string[]): string | null | undefined {
  return nameLookAlikes([result(authservId)], { authservIds: accepted })[0]?.distrust;
}

describe('names that resemble a trusted server (RFC 8601 §7.1)', () => {
  it.each([
    // within the registered domain: perhaps another own server
    ['mine.example', 'mx.mine.example', 'related-authserv-id'],
    ['a.mx.mine.example', 'mx.mine.example', 'related-authserv-id'],
    ['mx2.mine.example', 'mx.mine.example', 'related-authserv-id'],
    ['mine.example', '*.mine.example', 'related-authserv-id'],
    // drawn alike
    ['mx.mіne.example', 'mx.mine.example', 'look-alike-authserv-id'],
    ['mx.xn--mne-jhd.example', 'mx.mine.example', 'look-alike-authserv-id'],
    ['mx.g00gle.example', 'mx.google.example', 'look-alike-authserv-id'],
    // one letter apart
    ['mx.mines.example', 'mx.mine.example', 'look-alike-authserv-id'],
    ['mx.min.example', 'mx.mine.example', 'look-alike-authserv-id'],
    ['mx.nine.example', 'mx.mine.example', 'look-alike-authserv-id'],
    ['mx.mien.example', 'mx.mine.example', 'look-alike-authserv-id'],
    ['mx.mine.exampel', 'mx.mine.example', 'look-alike-authserv-id'],
    // the trusted name in front of another
    ['mx.mine.example.other.example', 'mx.mine.example', 'look-alike-authserv-id'],
    // ids that are no domains
    ['our servers', 'our server', 'look-alike-authserv-id'],
    ['our cellar', 'our server', 'unknown-authserv-id'],
    // strangers
    ['mx.other.example', 'mx.mine.example', 'unknown-authserv-id'],
    ['mx.wine2.example', 'mx.mine.example', 'unknown-authserv-id'],
    ['mx.b.example', 'mx.a.example', 'unknown-authserv-id'],
    ['', 'mx.mine.example', 'unknown-authserv-id'],
  ])('%s beside %s is called %s', (id, accepted, expected) => {
    expect(named(id, [accepted])).toBe(expected);
  });

  it('looks at every accepted name', () => {
    expect(named('mx.nine.example', ['mx.other.example', 'our server', 'mx.mine.example'])).toBe(
      'look-alike-authserv-id',
    );
  });

  it('leaves every other reason, and trust, as they were', () => {
    const believed: ServerResult = { ...result('mx.mine.example'), trusted: true, distrust: null };
    const unreadable: ServerResult = { ...result('mx.nine.example'), distrust: 'unreadable' };
    const results = [believed, unreadable];
    expect(nameLookAlikes(results, { authservIds: ['mx.mine.example'] })).toEqual(results);
  });

  it('never gives trust, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (id, accepted) => {
        const [seen] = nameLookAlikes([result(id)], { authservIds: accepted });
        expect(seen?.trusted).toBe(false);
        expect(seen?.distrust).not.toBeNull();
      }),
    );
  });
});
