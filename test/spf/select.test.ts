import { describe, expect, it } from 'vitest';
import { readVersion, selectRecords } from '../../src/spf/select.ts';
import type { SpfIdentity } from '../../src/spf/types.ts';

const V1 = 'v=spf1 -all';
const MFROM = 'spf2.0/mfrom -all';
const PRA = 'spf2.0/pra -all';
const BOTH = 'spf2.0/mfrom,pra -all';

describe('version sections', () => {
  it.each([
    ['v=spf1', { version: 'spf1', scopes: [], length: 6 }],
    ['V=SpF1 -all', { version: 'spf1', scopes: [], length: 6 }],
    ['spf2.0/pra', { version: 'spf2', scopes: ['pra'], length: 10 }],
    ['SPF2.0/MFROM,PRA ?all', { version: 'spf2', scopes: ['mfrom', 'pra'], length: 16 }],
    ['spf2.17/pra,x-other ?all', { version: 'spf2', scopes: ['pra', 'x-other'], length: 19 }],
  ])('reads %j', (text, version) => {
    expect(readVersion(text)).toEqual(version);
  });

  it.each([
    '',
    ' v=spf1',
    'v=spf10',
    'v=spf1\t-all',
    'v=spf1\0',
    'v=spf1,-all',
    'v = spf1',
    'spf2.0',
    'spf2.0/',
    'spf2./pra',
    'spf2.0/pra,',
    'spf2.0/,pra',
    'spf2.0/1pra',
    'spf2.x/pra',
    'spf2/pra',
    'v=DMARC1',
    `spf2.0/${'pra,'.repeat(1000)}pra`,
  ])('finds none in %j (RFC 7208 §4.5, RFC 4406 §3.1)', (text) => {
    expect(readVersion(text)).toBeUndefined();
  });
});

describe('the choice of records (standards: RFC 7208 §4.5, RFC 4406 §4.4, seed §3.3)', () => {
  const cases: readonly (readonly [string, readonly string[], Readonly<Record<SpfIdentity, readonly string[]>>])[] = [
    ['nothing', ['hello', 'v=spf2 x'], { mfrom: [], pra: [], helo: [] }],
    ['v=spf1 alone speaks for all', [V1], { mfrom: [V1], pra: [V1], helo: [V1] }],
    ['spf2.0/pra is preferred for the PRA', [V1, PRA], { mfrom: [V1], pra: [PRA], helo: [V1] }],
    ['spf2.0/mfrom,pra too', [BOTH, V1], { mfrom: [V1], pra: [BOTH], helo: [V1] }],
    ['spf2.0/mfrom leaves the PRA to v=spf1', [V1, MFROM], { mfrom: [V1], pra: [V1], helo: [V1] }],
    ['spf2.0 alone speaks for its scopes', [MFROM], { mfrom: [MFROM], pra: [], helo: [] }],
    [
      'a scope counts only as a whole word',
      ['spf2.0/mfrom,prattle -all'],
      { mfrom: ['spf2.0/mfrom,prattle -all'], pra: [], helo: [] },
    ],
    ['two of the chosen kind', [PRA, BOTH, V1], { mfrom: [V1], pra: [PRA, BOTH], helo: [V1] }],
    ['two v=spf1, one spf2.0', [V1, V1, PRA], { mfrom: [V1, V1], pra: [PRA], helo: [V1, V1] }],
  ];

  it.each(cases)('%s', (_, texts, expected) => {
    for (const identity of ['mfrom', 'pra', 'helo'] as const) {
      expect(selectRecords(texts, identity).map(({ text }) => text)).toEqual(expected[identity]);
    }
  });
});
