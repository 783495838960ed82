import { describe, expect, it } from 'vitest';
import { createUnavailableResolver } from '../../src/dns/unavailable.ts';

describe('createUnavailableResolver', () => {
  it.each(['offline', 'not-configured'] as const)('answers %s to every question', async (failure) => {
    expect(await createUnavailableResolver(failure).query('example.com', 'TXT')).toEqual({
      kind: 'failure',
      name: 'example.com',
      type: 'TXT',
      cached: false,
      failure,
      detail: expect.any(String) as unknown,
    });
  });

  it('rejects with the reason of an aborted signal', async () => {
    const signal = AbortSignal.abort(new Error('closed'));
    await expect(createUnavailableResolver('offline').query('a', 'A', { signal })).rejects.toThrow('closed');
  });
});
