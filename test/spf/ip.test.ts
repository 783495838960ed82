import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatIp,
  formatIpDotted,
  matchesPrefix,
  parseIp,
  parseIp4,
  parseIp6,
  reverseName,
  unmapIp,
} from '../../src/spf/ip.ts';
import type { IpAddress } from '../../src/spf/ip.ts';

const octet = fc.integer({ min: 0, max: 255 });
const ip4 = fc.array(octet, { minLength: 4, maxLength: 4 }).map((octets): IpAddress => ({ family: 4, octets }));
/** Zero octets often, so that "::" occurs. */
const sparse = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: octet });
const ip6 = fc.array(sparse, { minLength: 16, maxLength: 16 }).map((octets): IpAddress => ({ family: 6, octets }));

describe('addresses', () => {
  it.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.04',
    '1.2.3.4/24',
    ' 1.2.3.4',
    '1.2.3.4 ',
    '1..3.4',
    '0x1.2.3.4',
    '1.2.3.-4',
    '１.2.3.4',
    '999999999999.1.1.1',
  ])('refuses %j as IPv4 (RFC 7208 §12, qnum)', (text) => {
    expect(parseIp4(text)).toBeUndefined();
  });

  it.each([
    '',
    ':',
    ':::',
    '1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::1::',
    '1::2::3',
    '12345::',
    'g::',
    '1:2:3:4:5:6:7:8::',
    '::1.2.3',
    '::1.2.3.4.5',
    '1.2.3.4::',
    '::1.2.3.4:5',
    'fe80::1%eth0',
    '[::1]',
    '::1/128',
    ' ::1',
    '1:2:3:4:5:6:7:1.2.3.4',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:',
    '::ffff:01.2.3.4',
  ])('refuses %j as IPv6 (RFC 4291 §2.2)', (text) => {
    expect(parseIp6(text)).toBeUndefined();
  });

  it.each([
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8:0:0:8:800:200C:417A', '2001:db8::8:800:200c:417a'],
    ['0:0:0:0:0:0:13.1.68.3', '::d01:4403'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['255.0.10.1', '255.0.10.1'],
  ])('writes %s as %s (RFC 5952 §4)', (text, written) => {
    const ip = parseIp(text);
    expect(ip && formatIp(ip)).toBe(written);
  });

  it('reads back what it writes, as the URL Standard writes it', () => {
    fc.assert(
      fc.property(ip6, (ip) => {
        const text = formatIp(ip);
        expect(parseIp(text)).toEqual(ip);
        expect(new URL(`http://[${text}]/`).hostname).toBe(`[${text}]`);
      }),
    );
    fc.assert(
      fc.property(ip4, (ip) => {
        expect(parseIp(formatIp(ip))).toEqual(ip);
      }),
    );
  });

  it('compares prefixes as whole numbers do', () => {
    const number = (ip: IpAddress): bigint => ip.octets.reduce((sum, value) => (sum << 8n) | BigInt(value), 0n);
    const pair = fc.oneof(
      fc.tuple(ip4, ip4, fc.integer({ min: 0, max: 32 })),
      fc.tuple(ip6, ip6, fc.integer({ min: 0, max: 128 })),
    );
    fc.assert(
      fc.property(pair, ([left, right, prefix]) => {
        const shift = BigInt(left.octets.length * 8 - prefix);
        expect(matchesPrefix(left, right, prefix)).toBe(number(left) >> shift === number(right) >> shift);
      }),
    );
  });

  it('never matches across families, not even with prefix 0 (RFC 7208 §5)', () => {
    expect(
      matchesPrefix({ family: 4, octets: [0, 0, 0, 0] }, { family: 6, octets: new Array<number>(16).fill(0) }, 0),
    ).toBe(false);
  });

  it('takes an IPv4-mapped address for the IPv4 address it is (RFC 7208 §5)', () => {
    const unmapped = (text: string): string | undefined => {
      const ip = parseIp(text);
      return ip && formatIp(unmapIp(ip));
    };
    expect(unmapped('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(unmapped('::FFFF:c000:201')).toBe('192.0.2.1');
    expect(unmapped('::192.0.2.1')).toBe('::c000:201');
    expect(unmapped('1::ffff:192.0.2.1')).toBe('1::ffff:c000:201');
  });

  it('names the reverse domain (RFC 1035 §3.5, RFC 3596 §2.5)', () => {
    const [left, right] = ['192.0.2.3', '4321:0:1:2:3:4:567:89ab'].map(parseIp);
    expect(left && reverseName(left)).toBe('3.2.0.192.in-addr.arpa');
    expect(right && reverseName(right)).toBe(
      'b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa',
    );
    expect(right && formatIpDotted(right)).toBe('4.3.2.1.0.0.0.0.0.0.0.1.0.0.0.2.0.0.0.3.0.0.0.4.0.5.6.7.8.9.A.B');
  });

  it('reads any text in a moment', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0 1 2 5 9 a c f : :: . / ffff'.split(' ')) }), (text) => {
        const ip = parseIp(text);
        expect(ip === undefined || ip.octets.length === (ip.family === 4 ? 4 : 16)).toBe(true);
        if (ip?.family === 6) expect(`[${formatIp(ip)}]`).toBe(new URL(`http://[${text}]/`).hostname);
      }),
      { numRuns: 2000 },
    );
  });
});
