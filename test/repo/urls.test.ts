/** URLs are parsed in one place, which never throws: `src/bytes/url.ts` says why. */
import { expect, it } from 'vitest';
import { parseUrl } from '../../src/bytes/url.ts';
import { parseDomain } from '../../src/domain/name.ts';

const SOURCES = import.meta.glob<string>(['../../src/**/*.ts', '../../extension/**/*.{ts,tsx}'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

it('nothing else calls the URL parser', () => {
  const calling = Object.entries(SOURCES).filter(([, text]) =>
    /\bnew URL\(|\bURL\.(?:canParse|parse)\b/.test(text.replaceAll(/`URL\.canParse`|`new URL`/g, '')),
  );
  expect(calling.map(([file]) => file)).toEqual(['../../src/bytes/url.ts']);
});

it('a text is a URL or none, however many were asked for before', () => {
  expect(parseUrl('https://dns.example/dns-query')?.host).toBe('dns.example');
  for (const text of ['', 'dns.example', 'http://', 'http://[::g]/', 'http://a b/', 'https://\u00ad/']) {
    expect(parseUrl(text)).toBeUndefined();
  }
  // So many distinct international names made `URL.canParse` and `new URL` disagree in Node 20.
  for (let number = 0; number < 30_000; number++) {
    const name = `b\u00fccher\u00df${number}\u00bf.example`;
    expect(() => parseDomain(name)).not.toThrow();
  }
});
