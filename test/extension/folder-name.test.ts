import { describe, expect, it } from 'vitest';
import { folderNameOf } from '../../extension/hosts/folder-name.ts';

describe('folderNameOf', () => {
  it.each([
    ['/INBOX', 'INBOX'],
    ['/INBOX/Work/2026', 'INBOX/Work/2026'],
    ['/', null],
    // RFC 3501 §5.1.3 gives this name as its example.
    ['/~peter/mail/&U,BTFw-/&ZeVnLIqe-', '~peter/mail/台北/日本語'],
    ['/Entw&APw-rfe', 'Entwürfe'],
    ['/Q&-A', 'Q&A'],
    ['/&2D3eAA-', '😀'],
    // Not modified UTF-7: half a character, bits left over, half of a surrogate pair.
    ['/R&B-', 'R&B-'],
    ['/&APx-', '&APx-'],
    ['/&2D0-', '&2D0-'],
    ['/A & B', 'A & B'],
  ])('reads %s as %s', (path, name) => {
    expect(folderNameOf(path)).toBe(name);
  });
});
