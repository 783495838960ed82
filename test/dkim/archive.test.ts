/** What the key archive keeps: sightings add up in any order, and stay within bounds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSighting, type ArchivedKey } from '../../src/dkim/archive.ts';
import type { DnssecState } from '../../src/dns/resolver.ts';
import { LIMITS } from '../../src/limits.ts';

interface Sighting {
  readonly record: string;
  readonly dnssec: DnssecState;
  readonly at: Date;
}

const addAll = (sightings: readonly Sighting[]): readonly ArchivedKey[] =>
  sightings.reduce<readonly ArchivedKey[]>((known, one) => addSighting(known, one), []);

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));
const seen = (record: string, number: number, dnssec: DnssecState = 'insecure'): Sighting => ({
  record,
  dnssec,
  at: day(number),
});

describe('the key archive', () => {
  it('keeps the first and the latest sighting of a key', () => {
    expect(addAll([seen('a', 3), seen('a', 1), seen('a', 2)])).toEqual([
      { record: 'a', firstSeen: day(1).toISOString(), lastSeen: day(3).toISOString(), dnssec: 'insecure' },
    ]);
  });

  it('keeps that an answer was validated once', () => {
    const [key] = addAll([seen('a', 1, 'secure'), seen('a', 2)]);
    expect(key?.dnssec).toBe('secure');
  });

  it('keeps the keys of a name seen latest, latest first', () => {
    const keys = addAll(Array.from({ length: LIMITS.archivedKeysPerName + 2 }, (_, at) => seen(`key ${at}`, at + 1)));
    expect(keys).toHaveLength(LIMITS.archivedKeysPerName);
    expect(keys[0]?.record).toBe(`key ${LIMITS.archivedKeysPerName + 1}`);
  });

  it('does not keep a record longer than any key', () => {
    expect(addAll([seen('a'.repeat(LIMITS.archivedKeyOctets + 1), 1)])).toEqual([]);
  });

  it('comes to the same whatever the order of sightings', () => {
    const sighting = fc.record({
      record: fc.constantFrom('a', 'b', 'c'),
      dnssec: fc.constantFrom<DnssecState>('secure', 'insecure'),
      at: fc.integer({ min: 1, max: 300 }).map(day),
    });
    const byRecord = (keys: readonly ArchivedKey[]) => new Map(keys.map((key) => [key.record, key]));
    fc.assert(
      fc.property(
        fc
          .array(sighting, { maxLength: 12 })
          .chain((all) =>
            fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
          ),
        ([one, other]) => {
          expect(byRecord(addAll(other))).toEqual(byRecord(addAll(one)));
        },
      ),
    );
  });
});
