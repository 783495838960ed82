/** What a saved file holds: every message of it, each followed by the messages attached to it. */
import { decodeEncodedWords } from '../../src/message/encoded-word.ts';
import { splitMbox } from '../../src/message/mbox.ts';
import { readMimeParts } from '../../src/message/mime.ts';
import { firstText, parseMessage } from '../../src/message/parse.ts';
import { t } from '../ui/words.ts';

/** Messages of one file that are checked; a mailbox of years is not what a page is for. */
export const MOST_MESSAGES = 200;
/** Characters of a subject that a list needs to tell messages apart. */
const LONGEST_SUBJECT = 150;

export interface SavedMessage {
  /** The file, and which of its messages. */
  readonly label: string;
  /** As the message says, cut where it is long; empty where it says none. */
  readonly subject: string;
  readonly raw: Uint8Array<ArrayBuffer>;
}

export interface SavedFile {
  readonly messages: readonly SavedMessage[];
  /** The file holds more messages than are taken. */
  readonly cut: boolean;
}

/** Reads a file. Attached messages stand for themselves: that is how people hand on what they doubt. */
export async function readSavedFile(file: File): Promise<SavedFile> {
  const all = splitMbox(new Uint8Array(await file.arrayBuffer()));
  const found = await Promise.all(
    all.slice(0, MOST_MESSAGES).map(async (raw, index) => {
      const label = all.length === 1 ? file.name : `${file.name} #${index + 1}`;
      const attached = (await readMimeParts(raw))?.messages ?? [];
      return [
        savedMessage(label, raw),
        ...attached.map((part, at) => savedMessage(t('viewer_attached', { label, number: String(at + 1) }), part)),
      ];
    }),
  );
  return { messages: found.flat(), cut: all.length > MOST_MESSAGES };
}

function savedMessage(label: string, raw: Uint8Array<ArrayBuffer>): SavedMessage {
  const subject = decodeEncodedWords(firstText(parseMessage(raw), 'subject') ?? '');
  return { label, raw, subject: subject.length > LONGEST_SUBJECT ? `${subject.slice(0, LONGEST_SUBJECT)}…` : subject };
}
