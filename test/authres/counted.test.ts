import { describe, expect, it } from 'vitest';
import { countedResults } from '../../src/authres/counted.ts';
import { parseAuthenticationResults } from '../../src/authres/parse.ts';

function counted(value: string, trusted = true): readonly string[] {
  const result = {
    field: 0,
    ...parseAuthenticationResults(value),
    trusted,
    distrust: trusted ? null : ('no-boundary' as const),
  };
  return countedResults(result).map(({ method }) => method);
}

describe('the results that count', () => {
  it('are those of a believed field', () => {
    expect(counted('mx.example; spf=pass; dkim=pass')).toEqual(['spf', 'dkim']);
    expect(counted('mx.example; spf=pass', false)).toEqual([]);
  });

  it('are of a method version that is known (RFC 8601 §2.6)', () => {
    expect(counted('mx.example; spf/1=pass; dkim/2=pass; x-new/0=pass; dmarc=pass')).toEqual(['spf', 'dmarc']);
  });
});
