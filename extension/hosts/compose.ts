/** Thunderbird's compose window, opened with a letter. Needs no permission, and sends nothing. */
import type { Letter } from '../bypass/letter.ts';

/** As an answer to the message, so that Thunderbird chooses the identity it came to; its own quote gives way to the letter. */
export async function openLetter(messageId: number, { to, subject, body, header }: Letter): Promise<void> {
  await messenger.compose.beginReply(messageId, 'replyToSender', {
    to: [to],
    subject,
    plainTextBody: body,
    isPlainText: true,
    customHeaders: [header],
  });
}
