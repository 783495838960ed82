/** What a saved file or pasted text holds: every message of it, each followed by the messages attached to it. */
import { trimWsp, utf8ToBytes } from '../../src/bytes/ascii.ts';
import { readMailboxes } from '../../src/message/address.ts';
import { decodeEncodedWords } from '../../src/message/encoded-word.ts';
import { splitMbox } from '../../src/message/mbox.ts';
import { readMimeParts } from '../../src/message/mime.ts';
import { firstText, parseMessage } from '../../src/message/parse.ts';
import { t } from '../ui/words.ts';
import { headerOfOutlookFile, isOutlookFile } from './outlook-file.ts';

/** Messages of one file that are checked; a mailbox of years is not what a page is for. */
export const MOST_MESSAGES = 200;
/** Characters of a subject or name that a list needs to tell messages apart. */
const LONGEST_TEXT = 150;

export interface SavedMessage {
  /** The file, and which of its messages. */
  readonly label: string;
  /** As the message says, cut where it is long; empty where it says none. */
  readonly subject: string;
  /** Name or address of the author, likewise. */
  readonly author: string;
  readonly raw: Uint8Array<ArrayBuffer>;
  /** The text is not there, only the header. */
  readonly headerOnly: boolean;
}

export interface SavedFile {
  readonly messages: readonly SavedMessage[];
  /** The file holds more messages than are taken. */
  readonly cut: boolean;
}

/** Reads a file. Attached messages stand for themselves: that is how people hand on what they doubt. */
export async function readSavedFile(file: File): Promise<SavedFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isOutlookFile(bytes)) {
    const header = await headerOfOutlookFile(bytes);
    if (header === null) throw new Error(t('viewer_no_header'));
    return { messages: [savedMessage(file.name, header, true)], cut: false };
  }
  const all = splitMbox(bytes);
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

/** Reads what was pasted; null where there is nothing. A header alone is one, with or without the empty line that ends it. */
export function readPasted(text: string): SavedMessage | null {
  if (text.trim() === '') return null;
  const raw = utf8ToBytes(text.replaceAll(/\r?\n/g, '\r\n'));
  const { bodyStart } = parseMessage(raw);
  const isBlank = raw.subarray(bodyStart).every((octet) => octet <= 0x20);
  return savedMessage(t('viewer_pasted'), raw, isBlank);
}

function savedMessage(label: string, raw: Uint8Array<ArrayBuffer>, headerOnly = false): SavedMessage {
  const message = parseMessage(raw);
  const [author] = readMailboxes(message, 'from').mailboxes;
  return {
    label,
    raw,
    headerOnly,
    subject: shortened(trimWsp(decodeEncodedWords(firstText(message, 'subject') ?? ''))),
    author: shortened(author?.displayName || author?.address || ''),
  };
}

function shortened(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
