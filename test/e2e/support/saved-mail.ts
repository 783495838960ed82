/** Mail as people save it to files: a mailbox, a message with another attached, and one that attacks whoever shows it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mail } from '../../fixtures/build/mail.ts';

const CRLF = '\r\n';

/** Writes a file into `folder` and returns its path. */
export async function saveFile(folder: string, name: string, content: Uint8Array | string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

/** An mbox (RFC 4155) of messages none of whose lines need quoting. */
export function toMbox(messages: readonly Uint8Array[]): Uint8Array {
  const separator = Buffer.from(`From reader@home.example Thu Jan  1 00:00:00 1970${CRLF}`, 'ascii');
  return Buffer.concat(messages.flatMap((message) => [separator, message, Buffer.from(CRLF + CRLF, 'ascii')]));
}

/** Hands on a message as people do: attached to one of their own. */
export function forwardAsAttachment(attached: Uint8Array): Uint8Array {
  const [head] = mail({ from: 'Carol <carol@plain.example>', subject: 'Is this real?', body: '' }).split(
    /Content-Type: /,
  );
  const opening = [
    `${head ?? ''}Content-Type: multipart/mixed; boundary=part`,
    '',
    '--part',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'What do you make of this?',
    '--part',
    'Content-Type: message/rfc822',
    'Content-Disposition: attachment; filename=doubtful.eml',
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(opening.join(CRLF), 'utf8'), attached, Buffer.from(`${CRLF}--part--${CRLF}`)]);
}

/** Sets this name on the page's window where any of its text was taken for script. */
export const TAKEN_OVER = 'takenOver';

/** Markup, script, terminal and direction controls, NUL and endless words, wherever a view might show them. */
export function hostileMessage(): Uint8Array {
  const image = `<img src=x onerror="${TAKEN_OVER}=1">`;
  const script = `</script><script>${TAKEN_OVER}=1</script>`;
  const endless = 'W'.repeat(5000);
  const text = mail({
    from: `"${image.replaceAll('"', '')} ${endless}" <a${endless}@${'long-label-'.repeat(5)}.example>`,
    subject: `${script} \u202egnp.exe\u2066 \u0000\u001b[2J ${endless}`,
    body: `${image}${script}${CRLF}`,
    headers: [
      `Authentication-Results: ${script}; dkim=pass reason="${image.replaceAll('"', "'")}" header.d=${endless}`,
      `DKIM-Signature: v=1; a=rsa-sha256; d=${image}; s=${endless}; h=from; bh=; b=`,
      `List-Id: <iframe src="javascript:${TAKEN_OVER}=1"></iframe>`,
      `No-Solicit: ${script}`,
      `Received: from ${image} by ${script} with ESMTP; ${endless}`,
      `Reply-To: ${script.replaceAll(/[<>]/g, '')}@\u202e.example`,
      `Sender: =?utf-8?Q?=3Cimg_src=3Dx_onerror=3D${TAKEN_OVER}=3D1=3E_=E2=80=AE?= <b@other.example>`,
      `X-${'Long'.repeat(200)}: \u0000\u0001\u009b`,
    ],
  });
  return Buffer.from(text, 'utf8');
}
