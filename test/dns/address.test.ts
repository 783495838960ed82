import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalIpv4, canonicalIpv6 } from '../../src/dns/address.ts';

describe('canonicalIpv4', () => {
  it.each(['0.0.0.0', '192.0.2.1', '255.255.255.255'])('takes %s', (text) => {
    expect(canonicalIpv4(text)).toBe(text);
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.',
    '1.2.3.4.',
    ' 1.2.3.4',
    '0x7f.0.0.1',
    '2130706433',
  ])('refuses %j', (text) => {
    expect(canonicalIpv4(text)).toBeUndefined();
  });

  it('agrees with node:net on dotted numbers', () => {
    const part = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom('', '00', '1a'));
    fc.assert(
      fc.property(fc.array(part, { minLength: 3, maxLength: 5 }), (parts) => {
        const text = parts.join('.');
        expect(canonicalIpv4(text) !== undefined).toBe(isIPv4(text));
      }),
    );
  });
});

describe('canonicalIpv6', () => {
  // RFC 5952 §4: leading zeros go, the longest run of zeros is shortened, the first of equal ones, letters are lower case.
  it.each([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['::', '::'],
  ])('writes %s as %s', (text, expected) => {
    expect(canonicalIpv6(text)).toBe(expected);
  });

  it.each(['', ':', '1.2.3.4', '2001:db8::g', '1::2::3', '[::1]', '::1%eth0', '::1]/x', '1:2:3:4:5:6:7:8:9'])(
    'refuses %j',
    (text) => {
      expect(canonicalIpv6(text)).toBeUndefined();
    },
  );

  it('takes what node:net takes', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const canonical = canonicalIpv6(text);
        expect(canonical !== undefined).toBe(isIPv6(text));
        if (canonical !== undefined) expect(canonicalIpv6(canonical)).toBe(canonical);
      }),
    );
  });
});
