import { expect, it } from 'vitest';
import { createMemo } from '../../src/bytes/memo.ts';

it('makes a value once and forgets the oldest when it is full', () => {
  const made: string[] = [];
  const memo = createMemo<string>(2);
  const get = (key: string): string => memo.get(key, () => (made.push(key), key.toUpperCase()));
  expect([get('a'), get('a'), get('b'), get('c'), get('b'), get('a')]).toEqual(['A', 'A', 'B', 'C', 'B', 'A']);
  expect(made).toEqual(['a', 'b', 'c', 'a']);
});
