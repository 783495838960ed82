/** Which letters of a name are not those of the name it resembles: so that an eye that reads past them is stopped. */

/** A run of letters, odd or as in the name it resembles. */
export interface LetterRun {
  readonly text: string;
  readonly odd: boolean;
}

/** A domain has at most 253 characters (RFC 1035 §2.3.4); of longer texts nothing is marked. */
const LONGEST = 253;

/** Cuts `shown` into runs: odd is every letter outside the longest common subsequence with `model`. */
export function markOddLetters(shown: string, model: string): readonly LetterRun[] {
  const letters = Array.from(shown);
  const others = Array.from(model);
  if (letters.length > LONGEST || others.length > LONGEST) return [{ text: shown, odd: false }];
  const common = commonLengths(letters, others);
  const runs: { text: string; odd: boolean }[] = [];
  let other = 0;
  letters.forEach((letter, at) => {
    while (other < others.length && at < letters.length && skips(common, at, other) && letter !== others[other])
      other++;
    const isSame = letter === others[other];
    if (isSame) other++;
    const last = runs.at(-1);
    if (last?.odd === !isSame) last.text += letter;
    else runs.push({ text: letter, odd: !isSame });
  });
  return runs;
}

/** Length of the longest common subsequence of what follows each pair of places. */
function commonLengths(left: readonly string[], right: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const row = lengths[i];
      const below = lengths[i + 1];
      if (row && below)
        row[j] = left[i] === right[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

/** Going on in the other name loses nothing, while leaving out this letter would. */
function skips(common: readonly (readonly number[])[], at: number, other: number): boolean {
  return (common[at]?.[other + 1] ?? 0) > (common[at + 1]?.[other] ?? 0);
}

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['armenian', /\p{Script=Armenian}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['arabic', /\p{Script=Arabic}/u],
];

/** The alphabet a letter is from, as a message key's end; `other` where it has no name here. */
export function scriptOf(letter: string): string {
  return SCRIPTS.find(([, pattern]) => pattern.test(letter))?.[0] ?? 'other';
}
