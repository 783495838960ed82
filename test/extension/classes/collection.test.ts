/** The reader's classes and pass keys: what is kept, what storage cannot smuggle in, and files to take along. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  activeKeys,
  addPassKey,
  EMPTY_COLLECTION,
  findPassKey,
  MOST_CLASSES,
  putClass,
  removeClass,
  removePassKey,
  repairCollection,
  revokePassKey,
  type ClassCollection,
  type PassKey,
} from '../../../extension/classes/collection.ts';
import { mergeClasses, readClasses, writeClasses } from '../../../extension/classes/exchange.ts';
import { LIMITS } from '../../../src/limits.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const key = (keyword: string): PassKey => ({ keyword, name: 'Ann', createdAt: NOW.toISOString(), revokedAt: null });
const entry = (keyword: string, name = 'News') => ({ keyword, name, note: '' });
const filled: ClassCollection = {
  version: 1,
  classes: [entry('org.example:ADV'), { ...entry('net.example'), note: 'a note' }],
  passKeys: [key('org.example.me:key-a'), { ...key('org.example.me:key-b'), revokedAt: NOW.toISOString() }],
};

describe('a collection out of storage', () => {
  it('is as it was put there', () => {
    expect(repairCollection(JSON.parse(JSON.stringify(filled)))).toEqual(filled);
  });

  it.each([undefined, null, 1, 'x', [], { classes: 'x', passKeys: {} }])('is empty out of %j', (stored) => {
    expect(repairCollection(stored)).toEqual(EMPTY_COLLECTION);
  });

  it('leaves out what is no entry, and keeps the rest', () => {
    const stored = {
      classes: [
        entry('1bad'),
        entry('a'.repeat(LIMITS.solicitationCharacters + 1)),
        entry('good', ''),
        entry('good', 'one\u2028two'),
        { keyword: 'noted', name: 'x', note: 5 },
        null,
        entry('Good'),
        entry('good'),
      ],
      passKeys: [key('b"ad'), { ...key('a:key'), createdAt: 'x' }, { ...key('b:key'), revokedAt: 7 }],
    };
    expect(repairCollection(stored)).toEqual({
      version: 1,
      classes: [{ keyword: 'noted', name: 'x', note: '' }, entry('Good')],
      passKeys: [key('b:key')],
    });
  });

  it('never throws, and can be stored as it is', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const repaired = repairCollection({ classes: [stored], passKeys: [stored], ...Object(stored) });
        expect(repairCollection(JSON.parse(JSON.stringify(repaired)))).toEqual(repaired);
      }),
    );
  });

  it('is bounded', () => {
    const many = Array.from({ length: 2000 }, (_, n) => ({ ...key(`k${n}`), note: '' }));
    const repaired = repairCollection({ classes: many, passKeys: many });
    expect(repaired.classes).toHaveLength(MOST_CLASSES);
    expect(repaired.passKeys).toHaveLength(LIMITS.passKeys);
  });
});

describe('changes', () => {
  it('put an entry in place of the one with the same keyword, whatever its case', () => {
    const changed = putClass(filled, entry('ORG.example:adv', 'Mine'));
    expect(changed.classes.map(({ name }) => name)).toEqual(['News', 'Mine']);
    expect(removeClass(changed, 'org.EXAMPLE:adv').classes).toHaveLength(1);
  });

  it('are none where there is no room: no key goes out of force by another', () => {
    const keys = Array.from({ length: LIMITS.passKeys }, (_, n) => key(`k${n}`));
    const classes = Array.from({ length: MOST_CLASSES }, (_, n) => entry(`a${n}`));
    const full: ClassCollection = { version: 1, classes, passKeys: keys };
    expect(addPassKey(full, key('new'))).toBe(full);
    expect(putClass(full, entry('new'))).toBe(full);
    expect(putClass(full, entry('A7', 'Mine')).classes).toHaveLength(MOST_CLASSES);
  });

  it('revoke a key once, and keep that it was one', () => {
    const later = new Date('2026-12-01T00:00:00Z');
    const revoked = revokePassKey(filled, 'org.example.me:KEY-A', later);
    expect(activeKeys(filled)).toEqual(['org.example.me:key-a']);
    expect(activeKeys(revoked)).toEqual([]);
    expect(findPassKey(revoked, 'org.example.me:key-a')?.revokedAt).toBe(later.toISOString());
    expect(revokePassKey(revoked, 'org.example.me:key-a', NOW)).toEqual(revoked);
    expect(findPassKey(removePassKey(revoked, 'org.example.me:key-a'), 'org.example.me:key-a')).toBeUndefined();
    expect(activeKeys(addPassKey(revoked, key('c:key')))).toEqual(['c:key']);
  });
});

describe('a file of classes', () => {
  it('reads as it was written, without the pass keys', () => {
    const file = writeClasses(filled);
    expect(file).not.toContain('key-a');
    expect(readClasses(file)).toEqual({ ok: true, classes: filled.classes });
  });

  it.each<[string, unknown, string, string]>([
    ['no JSON', '{', '', 'not-json'],
    ['another format', { format: 'x', version: 1, classes: [] }, '/format', 'not-one-of'],
    ['another version', { format: 'countersign-classes', version: 2, classes: [] }, '/version', 'unknown-version'],
    ['no list', { format: 'countersign-classes', version: 1 }, '/classes', 'missing'],
    ['no keyword', { ...fileOf({ keyword: '1x', name: 'x' }) }, '/classes/0/keyword', 'malformed'],
    ['a nameless entry', { ...fileOf({ keyword: 'x', name: ' ' }) }, '/classes/0/name', 'empty'],
    ['a note on two lines', { ...fileOf({ ...entry('x'), note: 'a\nb' }) }, '/classes/0/note', 'unwritable'],
    ['a typing error', { ...fileOf({ ...entry('x'), nam: 'y' }) }, '/classes/0/nam', 'unknown-member'],
    ['a keyword twice', { ...fileOf(entry('x'), entry('X')) }, '/classes/1/keyword', 'repeated'],
    ['too many', { ...fileOf(...Array.from({ length: 600 }, (_, n) => entry(`a${n}`))) }, '/classes', 'too-many'],
    ['a huge file', ' '.repeat(3 << 20), '', 'too-long'],
  ])('is refused whole for %s, with the place', (_, file, path, why) => {
    const read = readClasses(typeof file === 'string' ? file : JSON.stringify(file));
    expect(read).toMatchObject({ ok: false, problems: [{ path, why }] });
  });

  it('adds and replaces by keyword, and changes nothing where there is no room', () => {
    expect(mergeClasses(filled, [entry('NET.example', 'Other'), entry('a')])).toMatchObject({ added: 1, replaced: 1 });
    const many = Array.from({ length: MOST_CLASSES }, (_, n) => entry(`a${n}`));
    expect(mergeClasses(filled, many)).toEqual({ collection: filled, added: 0, replaced: 0, tooMany: true });
  });
});

function fileOf(...classes: readonly unknown[]): object {
  return { format: 'countersign-classes', version: 1, classes };
}
