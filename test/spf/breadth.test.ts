/** Records by which about everybody may send (RFC 7208 §10.1.2). */
import { expect, it } from 'vitest';
import { letsEveryonePass } from '../../src/spf/breadth.ts';
import { parseSpfRecord } from '../../src/spf/parse.ts';
import { readVersion } from '../../src/spf/select.ts';

function isWide(record: string, others: Readonly<Record<string, string>> = {}): boolean {
  return letsEveryonePass('a.example', (name) => {
    const text = name === 'a.example' ? record : others[name];
    const version = text === undefined ? undefined : readVersion(text);
    return text === undefined || version === undefined ? undefined : parseSpfRecord(text, version);
  });
}

it.each([
  'v=spf1 +all',
  'v=spf1 all',
  'v=spf1 ip4:192.0.2.1 +all',
  'v=spf1 ip4:0.0.0.0/0 -all',
  'v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all',
  'v=spf1 ip4:64.0.0.0/2 -all',
  'v=spf1 ip4:0.0.0.0/3 ip4:32.0.0.0/3 -all',
  'v=spf1 ip6:2000::/3 -all',
  'v=spf1 ip6:::/0 -all',
])('%s', (record) => expect(isWide(record)).toBe(true));

it.each([
  'v=spf1 -all',
  'v=spf1 ~all',
  'v=spf1 ?all',
  'v=spf1 ip4:10.0.0.0/8 ip4:172.16.0.0/12 -all',
  'v=spf1 -all +all',
  'v=spf1 -ip4:0.0.0.0/0 ~all',
  'v=spf1 ip4:0.0.0.0/3 ip4:0.0.0.0/3 -all', // the same network twice is not twice as wide
  'v=spf1 ip6:2001:db8::/32 -all',
])('but not %s', (record) => expect(isWide(record)).toBe(false));

it('reads what a record includes or leads to', () => {
  const others = { 'b.example': 'v=spf1 +all', 'c.example': 'v=spf1 redirect=b.example' };
  expect(isWide('v=spf1 include:b.example -all', others)).toBe(true);
  expect(isWide('v=spf1 redirect=c.example', others)).toBe(true);
  expect(isWide('v=spf1 include:a.example -all', others)).toBe(false); // a circle ends
  expect(isWide('v=spf1 -include:b.example -all', others)).toBe(false);
});
