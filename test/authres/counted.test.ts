import { describe, expect, it } from 'vitest';
import { countedResults } from '../../src/authres/counted.ts';
import { parseAuthenticationResults } from '../../src/authres/parse.ts';
import type { ServerResult } from '../../src/authres/types.ts';

function counted(value: string, standing: Partial<ServerResult> = {}): readonly string[] {
  const parsed = parseAuthenticationResults(value);
  const own = { server: 'mx.example', ownPlace: true };
  const result: ServerResult = { field: 0, ...parsed, trusted: true, distrust: null, ...own, ...standing };
  return countedResults(result).map(({ method, result: word }) => `${method}=${word}`);
}

describe('the results that count', () => {
  it('are those of a believed field', () => {
    expect(counted('mx.example; spf=pass; dkim=pass')).toEqual(['spf=pass', 'dkim=pass']);
    expect(counted('mx.example; spf=fail', { trusted: false, distrust: 'no-boundary', ownPlace: false })).toEqual([]);
  });

  it('are of a method version that is known (RFC 8601 §2.6)', () => {
    expect(counted('mx.example; spf/1=pass; dkim/2=pass; x-new/0=pass; dmarc=pass')).toEqual([
      'spf=pass',
      'dmarc=pass',
    ]);
  });

  it('are what the own side says against a message, where its field cannot be read', () => {
    const unreadable = { trusted: false, distrust: 'unreadable' } as const;
    const value = 'mx.example; spf=softfail; dkim=pass; dmarc=fail; x=hardfail; arc=none';
    expect(counted(value, unreadable)).toEqual(['spf=softfail', 'dmarc=fail', 'x=hardfail']);
    expect(counted(value, { ...unreadable, ownPlace: false })).toEqual([]);
  });
});
