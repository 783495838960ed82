/** The reader's own classes as a file, to take along and to share. A broken file changes nothing, and what is wrong is told with its place. */
import { asciiEqual } from '../../src/bytes/ascii.ts';
import { LIMITS } from '../../src/limits.ts';
import { KEYWORD } from '../../src/rules/keyword.ts';
import {
  defaulting,
  list,
  oneOf,
  record,
  required,
  rootPlace,
  text,
  type Reader,
  type RuleProblem,
} from '../../src/rules/reader.ts';
import { isWritable } from '../../src/rules/text.ts';
import {
  LONGEST_NAME,
  LONGEST_NOTE,
  MOST_CLASSES,
  putClass,
  type ClassCollection,
  type OwnClass,
} from './collection.ts';

const FORMAT = 'countersign-classes';

interface ClassFile {
  readonly format: typeof FORMAT;
  readonly version: 1;
  readonly classes: readonly OwnClass[];
}

/** Characters of a file that are read: as many as the largest one can have. */
const LONGEST_FILE = 2 << 20;

const readVersion: Reader<1> = (value, place) => (value === 1 ? 1 : place.report('unknown-version', ['1']));
const readLine = (limit: number): Reader<string> =>
  text(limit, (value, place) => (isWritable(value) ? value : place.report('unwritable')));
const readNote: Reader<string> = (value, place) => (value === '' ? '' : readLine(LONGEST_NOTE)(value, place));

const readClass = record<OwnClass>({
  keyword: required(
    text(LIMITS.solicitationCharacters, (value, place) => (KEYWORD.test(value) ? value : place.report('malformed'))),
  ),
  name: required(
    text(LONGEST_NAME, (value, place) =>
      value.trim() === '' ? place.report('empty') : readLine(LONGEST_NAME)(value, place),
    ),
  ),
  note: defaulting(readNote, ''),
});

const readFile = record<ClassFile>({
  format: required(oneOf([FORMAT])),
  version: required(readVersion),
  classes: required(list(readClass, MOST_CLASSES)),
});

export type ReadClasses =
  | { readonly ok: true; readonly classes: readonly OwnClass[] }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** Reads a file that `writeClasses` wrote, or somebody else by hand. */
export function readClasses(json: string): ReadClasses {
  const problems: RuleProblem[] = [];
  const place = rootPlace(problems);
  if (json.length > LONGEST_FILE) place.report('too-long');
  const parsed = problems.length === 0 ? parseJson(json) : undefined;
  if (problems.length === 0 && parsed === undefined) place.report('not-json');
  const file = problems.length === 0 ? readFile(parsed, place) : undefined;
  reportRepeated(file?.classes ?? [], problems);
  return file && problems.length === 0 ? { ok: true, classes: file.classes } : { ok: false, problems };
}

function reportRepeated(classes: readonly OwnClass[], problems: RuleProblem[]): void {
  const seen = new Set<string>();
  const place = rootPlace(problems).at('classes');
  for (const [index, { keyword }] of classes.entries()) {
    if (seen.has(keyword.toLowerCase())) place.at(index).at('keyword').report('repeated');
    seen.add(keyword.toLowerCase());
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

export function writeClasses({ classes }: ClassCollection): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, classes } satisfies ClassFile, null, 2)}\n`;
}

export interface Merged {
  readonly collection: ClassCollection;
  readonly added: number;
  readonly replaced: number;
  /** There is no room for all of them; nothing is changed then. */
  readonly tooMany: boolean;
}

/** With the entries of a file, each in place of the one with the same keyword. */
export function mergeClasses(collection: ClassCollection, classes: readonly OwnClass[]): Merged {
  const replaced = classes.filter((entry) =>
    collection.classes.some(({ keyword }) => asciiEqual(keyword, entry.keyword)),
  ).length;
  const added = classes.length - replaced;
  if (collection.classes.length + added > MOST_CLASSES) return { collection, added: 0, replaced: 0, tooMany: true };
  return { collection: classes.reduce(putClass, collection), added, replaced, tooMany: false };
}
