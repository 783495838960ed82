/** What is shown can neither hide nor reorder anything. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/bytes/visible.ts';

describe('text made visible', () => {
  it.each([
    ['plain text', 'Ann Example', 'Ann Example'],
    ['a terminal escape', '\u001b[2J', '\\u{1B}[2J'],
    ['a line break', 'a\r\nb', 'a\\u{D}\\u{A}b'],
    ['a direction override', 'moc.\u202Eelpmaxe', 'moc.\\u{202E}elpmaxe'],
    ['an invisible character beyond the first plane', '\u{E0041}', '\\u{E0041}'],
    ['an emoji with joiners', '👩\u200d💻', '👩\u200d💻'],
    ['an isolate of plain text', 'From \u2068שלום\u2069.', 'From \u2068שלום\u2069.'],
    ['an isolate that hides something', '\u2068a\u202Eb\u2069', '\\u{2068}a\\u{202E}b\\u{2069}'],
    ['an isolate left open', '\u2068abc', '\\u{2068}abc'],
    ['the end of an isolate alone', 'abc\u2069', 'abc\\u{2069}'],
  ])('%s', (_name, text, expected) => {
    expect(visibleText(text)).toBe(expected);
  });

  it('stays the same when made visible again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\u2068', '\u2069', '\u202E', '\u0000', '\u200d', 'ש') }),
        (text) => {
          expect(visibleText(visibleText(text))).toBe(visibleText(text));
        },
      ),
    );
  });
});
