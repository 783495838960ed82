/** Messages for tests, written as text. */
import { parseMessage } from '../../src/message/parse.ts';
import type { Message } from '../../src/message/types.ts';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';

/** A message of these header lines (CRLF is added to each) and an empty body. */
export function messageOf(...lines: readonly string[]): Message {
  return parseMessage(utf8ToBytes([...lines, '', ''].join('\r\n')));
}
