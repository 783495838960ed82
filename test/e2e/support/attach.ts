/** A message that carries another one as an attachment (RFC 2046 §5.2.1). */
import type { DemoMessage } from '../../fixtures/build/demo.ts';

const BOUNDARY = 'end-of-part';

/** Attaches the message with that id to a new one. */
export function attach(messages: readonly DemoMessage[], id: string, messageId: string): Uint8Array {
  const attached = messages.find((message) => message.id === id);
  if (attached === undefined) throw new Error(`there is no ${id}`);
  const before = [
    'From: Reader <reader@home.example>',
    'To: Reader <reader@home.example>',
    'Subject: Forwarded',
    `Message-ID: <${messageId}>`,
    'Date: Thu, 01 Jan 2026 00:00:00 +0000',
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    'Content-Type: text/plain',
    '',
    'Look at this.',
    `--${BOUNDARY}`,
    'Content-Type: message/rfc822',
    'Content-Disposition: attachment; filename="attached.eml"',
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(before.join('\r\n')), attached.eml, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}
