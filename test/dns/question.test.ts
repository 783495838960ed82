import { describe, expect, it } from 'vitest';
import { isRecordType, normalizeName } from '../../src/dns/question.ts';

describe('normalizeName', () => {
  const label63 = 'a'.repeat(63);
  const longest = `${label63}.${label63}.${label63}.${'a'.repeat(61)}`;

  it.each([
    ['lower case', 'ExAmple.COM', 'example.com'],
    ['one trailing dot is dropped', 'example.com.', 'example.com'],
    ['the root is a dot', '.', '.'],
    [
      'underscores, slashes and spaces are octets like others (RFC 2181 §11)',
      'foo:bar/b z._x.example',
      'foo:bar/b z._x.example',
    ],
    ['63 octets in a label (RFC 1035 §2.3.4)', label63, label63],
    ['255 octets on the wire, 253 here (RFC 1035 §2.3.4)', longest, longest],
  ])('%s', (_, name, expected) => {
    expect(normalizeName(name)).toBe(expected);
  });

  it.each([
    ['the empty string', ''],
    ['an empty label', 'a..b'],
    ['a leading dot', '.example.com'],
    ['two trailing dots', 'example.com..'],
    ['64 octets in a label', 'a'.repeat(64)],
    ['254 characters', `a${longest}`],
    ['a U-label', 'bücher.example'],
    ['a Kelvin sign, which toLowerCase would make a k', '\u212a.example'],
    ['a control character', 'a\n.example'],
    ['a backslash', 'a\\.example'],
  ])('refuses %s', (_, name) => {
    expect(normalizeName(name)).toBeUndefined();
  });
});

describe('isRecordType', () => {
  it('knows the types of the port and not what every object has', () => {
    expect(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'TXT'].every(isRecordType)).toBe(true);
    expect(['SRV', 'txt', 'constructor', '__proto__'].some(isRecordType)).toBe(false);
  });
});
