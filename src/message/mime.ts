/**
 * What a message holds for people: its text, its attachments, the messages attached to it. Decoded by postal-mime (RFC 2045 to 2049),
 * for views only: nothing that is verified passes through here.
 */
import PostalMime, { type Attachment } from 'postal-mime';
import { LIMITS } from '../limits.ts';

export interface AttachedFile {
  /** As the sender named it; never a path to write to. */
  readonly fileName: string | null;
  /** Lower case, without parameters. */
  readonly mimeType: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

export interface MimeParts {
  /** The plain text parts, decoded; empty where a message has only HTML. */
  readonly text: string;
  /** In the order they are in, attached messages included. */
  readonly attachments: readonly AttachedFile[];
  /** The attached messages (`message/rfc822`), line ends as bare LF: each can be checked like any other. */
  readonly messages: readonly Uint8Array<ArrayBuffer>[];
}

/** Takes a message apart. Undefined where it nests deeper or has more part headers than is read. */
export async function readMimeParts(raw: Uint8Array): Promise<MimeParts | undefined> {
  const parser = new PostalMime({
    forceRfc822Attachments: true,
    maxNestingDepth: LIMITS.mimeDepth,
    maxHeadersSize: LIMITS.headerBytes,
  });
  try {
    const { text = '', attachments } = await parser.parse(raw);
    const files = attachments.map(fileOf);
    const messages = files.filter(({ mimeType }) => mimeType === 'message/rfc822' || mimeType === 'message/global');
    return { text, attachments: files, messages: messages.map(({ content }) => content) };
  } catch {
    return undefined; // with valid options, only the limits reject
  }
}

function fileOf({ filename, mimeType, content }: Attachment): AttachedFile {
  return { fileName: filename, mimeType, content: bytesOf(content) };
}

function bytesOf(content: Attachment['content']): Uint8Array<ArrayBuffer> {
  if (typeof content === 'string') throw new TypeError('readMimeParts: asked for bytes');
  return new Uint8Array(content);
}
