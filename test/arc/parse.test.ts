import { describe, expect, it } from 'vitest';
import { parseAuthenticationResults } from '../../src/arc/parse.ts';

describe('parseAuthenticationResults (RFC 8617 §4.1.1)', () => {
  it.each([
    ['i=1; mx.example; dkim=pass', 1, 'mx.example; dkim=pass'],
    [' (a) i (b;=) = 50 (c) ;  x', 50, 'x'],
    ['i=01;x', 1, 'x'],
    ['i=0; x', undefined, 'x'],
    ['i=51; x', undefined, 'x'],
    ['i=123; x', undefined, 'i=123; x'],
    ['i=; x', undefined, 'x'],
    ['i=1 x', undefined, 'i=1 x'],
    ['mx.example; i=1', undefined, 'mx.example; i=1'],
    ['', undefined, ''],
  ])('%j', (value, instance, rest) => {
    expect(parseAuthenticationResults(value)).toEqual({ instance, value: rest });
  });
});
