/**
 * What people see of a name, in bounded work: without invisible characters, and with the forms that Unicode keeps for compatibility
 * written plainly (full-width and mathematical letters read like the plain ones).
 */
import { LIMITS } from '../limits.ts';

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]+/gu;

/** UAX 15 §13, "Stream-Safe Text Format": no text that people write has more marks on one letter, and sorting them takes time. */
const MARKS_TOO_MANY = new RegExp(`(\\p{M}{${LIMITS.marksInARow}})\\p{M}+`, 'gu');

/** The part of a name that is looked through, at most `LIMITS.nameCharacters` long and with few marks in a row. */
export function boundedName(name: string): string {
  return name.slice(0, LIMITS.nameCharacters).replace(MARKS_TOO_MANY, '$1');
}

export function withoutInvisible(name: string): string {
  return name.replace(INVISIBLE, '');
}

/** A bounded name as it reads: NFKC without what nobody sees. */
export function plainText(name: string): string {
  return withoutInvisible(boundedName(name)).normalize('NFKC');
}
