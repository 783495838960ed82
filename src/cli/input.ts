/** Reads messages from files, mbox files and standard input. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { isMbox, splitMbox } from '../message/mbox.ts';
import { causeOf } from './options.ts';

export interface InputMessage {
  /** The file as it was named, `-` for standard input. */
  readonly file: string;
  /** Position in an mbox, from 1; absent for a single message. */
  readonly number?: number;
  readonly raw: Uint8Array<ArrayBuffer>;
}

/** An input that cannot be read: what, where, and what to do. */
export class InputError extends Error {}

const REMEDIES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file: check the path',
  EISDIR: 'that is a folder: name the files in it',
  EACCES: 'it may not be read: check its permissions',
};

/** All messages of one input, one after the other. Throws {@link InputError} where it cannot be read. */
export async function readMessages(file: string): Promise<readonly InputMessage[]> {
  const bytes = await readBytes(file);
  if (!isMbox(bytes)) return [{ file, raw: bytes }];
  return splitMbox(bytes).map((raw, index) => ({ file, number: index + 1, raw }));
}

async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(file === '-' ? await buffer(process.stdin) : await readFile(file));
  } catch (error) {
    const cause = causeOf(error);
    throw new InputError(`${file}: ${REMEDIES[cause] ?? `it cannot be read (${cause})`}`);
  }
}
