import { describe, expect, it } from 'vitest';
import { bytesToText, utf8ToBytes } from '../../src/bytes/ascii.ts';
import { LIMITS } from '../../src/limits.ts';
import { readMimeParts } from '../../src/message/mime.ts';
import { fieldsNamed, parseMessage } from '../../src/message/parse.ts';

function mime(...lines: readonly string[]): Uint8Array {
  return utf8ToBytes(lines.join('\r\n'));
}

describe('the parts of a message', () => {
  it('are its decoded text', async () => {
    const raw = mime(
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=FC=DFe',
      '',
    );
    expect(await readMimeParts(raw)).toEqual({ text: 'Grüße\n', attachments: [], messages: [] });
  });

  it('are its attachments, with the names the sender gave', async () => {
    const raw = mime(
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      '',
      'Text',
      '--x',
      'Content-Type: Application/PDF',
      'Content-Disposition: attachment; filename="=?utf-8?Q?=C3=A4.pdf?="',
      'Content-Transfer-Encoding: base64',
      '',
      'JVBERg==',
      '--x--',
    );
    const parts = await readMimeParts(raw);
    expect(parts?.text).toBe('Text\n');
    expect(parts?.attachments).toEqual([
      { fileName: 'ä.pdf', mimeType: 'application/pdf', content: utf8ToBytes('%PDF') },
    ]);
    expect(parts?.messages).toEqual([]);
  });

  it('are the messages attached to it, inline or not, ready to be checked', async () => {
    const inner = ['From: a@x.example', 'Subject: one', '', 'Text ', '', ' more', ''];
    const encoded = Buffer.from('From: b@x.example\r\n\r\nTwo\r\n').toString('base64');
    const raw = mime(
      'From: c@x.example',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: message/rfc822',
      '',
      ...inner,
      '--x',
      'Content-Type: message/rfc822',
      'Content-Disposition: attachment; filename="two.eml"',
      'Content-Transfer-Encoding: base64',
      '',
      encoded,
      '--x--',
    );
    const parts = await readMimeParts(raw);
    expect(parts?.messages.map((message) => bytesToText(message).replaceAll('\r\n', '\n'))).toEqual([
      inner.join('\n') + '\n',
      'From: b@x.example\n\nTwo\n',
    ]);
    for (const message of parts?.messages ?? []) expect(fieldsNamed(parseMessage(message), 'from')).toHaveLength(1);
  });

  it('are none of an empty message, and of bytes that are none', async () => {
    expect(await readMimeParts(new Uint8Array())).toEqual({ text: '', attachments: [], messages: [] });
    expect(await readMimeParts(Uint8Array.of(0, 255, 13, 10, 0))).toBeDefined();
  });

  it('are not read below the limit of nesting', async () => {
    const nested = Array.from({ length: LIMITS.mimeDepth + 2 }, (_, depth) => [
      `Content-Type: multipart/mixed; boundary=b${depth}`,
      '',
      `--b${depth}`,
    ]).flat();
    expect(await readMimeParts(mime(...nested, '', 'x'))).toBeUndefined();
  });
});
