import { describe, expect, it } from 'vitest';
import { proposeAuthservIds, proposeReceivingHosts, proposeWithoutAuthservId } from '../../src/authres/propose.ts';
import type { TrustSample } from '../../src/authres/propose.ts';

function samples(count: number, sample: (n: number) => Partial<TrustSample>): TrustSample[] {
  return Array.from({ length: count }, (_, n) => ({
    above: [],
    below: [],
    host: 'mx.mine.example',
    nameless: 0,
    ...sample(n),
  }));
}

describe('proposed authserv-ids (RFC 8601 §5)', () => {
  it('are those that stand above the point of entry in nearly all messages', () => {
    const seen = samples(20, (n) => ({ above: n === 3 ? [] : ['MX.mine.example.', `list${n}.example`] }));
    expect(proposeAuthservIds(seen)).toEqual([
      { authservId: 'mx.mine.example', count: 19, samples: 20, resultsBelowEntry: 0 },
    ]);
  });

  it('count a name once per message', () => {
    const seen = samples(10, (n) => ({ above: n < 4 ? ['mx.mine.example', 'mx.mine.example'] : [] }));
    expect(proposeAuthservIds(seen)).toEqual([]);
  });

  it('are told of a server that writes nothing for unsigned mail, as long as half of the messages have results', () => {
    const written = (most: number) => samples(20, (n) => ({ above: n < most ? ['mx.mine.example'] : [] }));
    expect(proposeAuthservIds(written(10))).toMatchObject([{ authservId: 'mx.mine.example', count: 10, samples: 20 }]);
    expect(proposeAuthservIds(written(9))).toEqual([]);
  });

  it('need five messages', () => {
    expect(proposeAuthservIds(samples(4, () => ({ above: ['mx.mine.example'] })))).toEqual([]);
    expect(proposeAuthservIds(samples(5, () => ({ above: ['mx.mine.example'] })))).toHaveLength(1);
  });

  it('are none for a provider that writes none, whatever some senders bring along', () => {
    const seen = samples(20, (n) => ({ below: n < 19 ? ['mx.mine.example'] : [] }));
    expect(proposeAuthservIds(seen)).toEqual([]);
  });

  it('are the domain that the many servers of one provider share', () => {
    const seen = samples(10, (n) => ({ above: [`front-${n}.eu.omega.mine.example`] }));
    expect(proposeAuthservIds(seen)).toMatchObject([{ authservId: '*.mine.example', count: 10 }]);
  });

  it('never are a public suffix', () => {
    expect(proposeAuthservIds(samples(10, (n) => ({ above: [`mx.a${n}.co.uk`] })))).toEqual([]);
  });

  it('may be names that are no domains', () => {
    expect(proposeAuthservIds(samples(5, () => ({ above: ['Our Server'] })))).toMatchObject([
      { authservId: 'our server' },
    ]);
  });

  it('say how many results every message has directly below the field of entry', () => {
    const seen = samples(6, (n) => ({
      below: ['other.example', 'mx.mine.example', 'mx.mine.example', ...(n === 2 ? ['mx.mine.example'] : [])].slice(
        n % 2,
      ),
    }));
    expect(proposeAuthservIds(seen)).toEqual([
      { authservId: 'mx.mine.example', count: 6, samples: 6, resultsBelowEntry: 2 },
    ]);
  });
});

describe('proposed receiving hosts', () => {
  it('are the hosts by which nearly all messages came in, or the domain they share', () => {
    expect(proposeReceivingHosts(samples(5, () => ({})))).toEqual([{ host: 'mx.mine.example', count: 5, samples: 5 }]);
    const several = samples(10, (n) => ({ host: n === 0 ? null : `in${n}.mine.example` }));
    expect(proposeReceivingHosts(several)).toEqual([{ host: 'mine.example', count: 9, samples: 10 }]);
    expect(proposeReceivingHosts(samples(4, () => ({})))).toEqual([]);
  });
});

describe('a provider that names no server (Exchange Online)', () => {
  it('is told by what nearly all messages carry above the point of entry', () => {
    expect(proposeWithoutAuthservId(samples(20, (n) => ({ nameless: n === 3 ? 0 : 1 })))).toEqual({
      count: 19,
      samples: 20,
    });
    expect(proposeWithoutAuthservId(samples(20, (n) => ({ nameless: n < 12 ? 1 : 0 })))).toEqual({
      count: 12,
      samples: 20,
    });
  });

  it.each([
    ['in fewer than five messages', 4, { nameless: 1 }],
    ['where there are none', 20, {}],
    ['where results name a server', 20, { above: ['mx.mine.example'] }],
  ])('is not proposed %s', (_what, count, sample) => {
    expect(proposeWithoutAuthservId(samples(count, () => sample))).toBeNull();
  });

  it('is not proposed where few messages have results, or only some without a name', () => {
    expect(proposeWithoutAuthservId(samples(20, (n) => ({ nameless: n < 6 ? 1 : 0 })))).toBeNull();
    expect(
      proposeWithoutAuthservId(samples(20, (n) => (n < 10 ? { nameless: 1 } : { above: ['mx.mine.example'] }))),
    ).toBeNull();
  });
});
