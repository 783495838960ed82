/** The contrast of every pair of colors that components put on one another, computed from the tokens (WCAG 2.2, 1.4.3 and 1.4.11). */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../extension/ui/tokens.css', import.meta.url), 'utf8');

/** `--name: light-dark(#a, #b)`, outside of the block for more contrast. */
const tokens = new Map(
  [...(css.split('@media')[0] ?? '').matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
);

const SCHEMES = ['light', 'dark'] as const;
const LEVELS = ['verified', 'signed', 'unsigned', 'broken', 'unchecked', 'caution', 'warning'];

function color(name: string, scheme: 'light' | 'dark'): string {
  const token = tokens.get(name);
  if (token === undefined) throw new Error(`there is no token --${name}`);
  return token[scheme];
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(front: string, back: string): number {
  const [lighter = 0, darker = 0] = [luminance(front), luminance(back)].sort((left, right) => right - left);
  return (lighter + 0.05) / (darker + 0.05);
}

it('computes as the standard does', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

describe.each(SCHEMES)('in the %s scheme', (scheme) => {
  const between = (front: string, back: string): number => contrast(color(front, scheme), color(back, scheme));

  it.each(['surface-0', 'surface-1', 'surface-2'])('text and links can be read on %s', (surface) => {
    expect(between('text', surface)).toBeGreaterThan(7);
    expect(between('text-2', surface)).toBeGreaterThan(6);
    expect(between('accent', surface)).toBeGreaterThan(4.5);
  });

  it.each(LEVELS)('%s has words, signs and areas that can be told from what is behind them', (level) => {
    for (const back of ['surface-0', `${level}-tint`]) {
      expect(between(level, back)).toBeGreaterThan(5.5);
      expect(between(`${level}-fill`, back)).toBeGreaterThan(3);
    }
    expect(between('text', `${level}-tint`)).toBeGreaterThan(7);
    expect(between('on-level', `${level}-fill`)).toBeGreaterThan(3);
  });

  it('controls can be found, and the primary one can be read', () => {
    for (const surface of ['surface-0', 'surface-1']) expect(between('line-control', surface)).toBeGreaterThan(3);
    expect(between('on-accent', 'accent')).toBeGreaterThan(4.5);
    expect(between('on-accent', 'accent-hover')).toBeGreaterThan(4.5);
    expect(between('accent', 'accent-tint')).toBeGreaterThan(4.5);
    expect(between('focus', 'surface-0')).toBeGreaterThan(3);
  });
});

it('defines every token that a style uses', () => {
  const extension = new URL('../../../extension/', import.meta.url);
  const files = readdirSync(extension, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));
  const texts = files.map((name) => readFileSync(new URL(name, extension), 'utf8'));
  const defined = new Set(texts.flatMap((text) => [...text.matchAll(/--([\w-]+)\s*:/g)].map(([, name = '']) => name)));
  const used = texts.flatMap((text) => [...text.matchAll(/var\(--([\w-]+)/g)].map(([, name = '']) => name));
  expect(used.length).toBeGreaterThan(100);
  expect(used.filter((name) => !defined.has(name))).toEqual([]);
});
