import { describe, expect, it } from 'vitest';
import { findReplyToTwins } from '../../src/identity/reply-to.ts';
import { parseMailboxes } from '../../src/message/address.ts';

function twins(from: string, replyTo: string) {
  return findReplyToTwins(parseMailboxes(from).mailboxes, parseMailboxes(replyTo).mailboxes);
}

describe('a twin of the author in Reply-To', () => {
  it.each([
    ['digits added', 'Enzo Weber <enzo.weber@gmail.com>', 'enzo.weber75@gmail.com'],
    ['a letter more', 'a <enzoweber@gmx.de>', 'enzoweberr@gmx.de'],
    ['letters swapped', 'a <enzoweber@gmx.de>', 'enozweber@gmx.de'],
    ['the name of the author', 'Enzo Weber <office@gmail.com>', 'enzoweber.ceo@gmail.com'],
  ])('is seen: %s', (_name, from, replyTo) => {
    expect(twins(from, replyTo)).toMatchObject([{ replyTo, freeProvider: true }]);
  });

  it('counts less where the domain is not known to give mailboxes to anybody', () => {
    expect(twins('a <enzo.weber@corp.example>', 'enzo.weber2@corp.example')).toEqual([
      { author: 'enzo.weber@corp.example', replyTo: 'enzo.weber2@corp.example', freeProvider: false },
    ]);
  });

  it.each([
    ['the same', 'a <enzo@gmail.com>', 'Enzo@gmail.com'],
    ['the same, by the dots of Gmail', 'a <enzo.weber@gmail.com>', 'enzoweber@googlemail.com, enzoweber@gmail.com'],
    ['the same with a tag', 'a <enzo@gmx.de>', 'enzo+list@gmx.de'],
    ['other separators', 'a <no-reply@corp.example>', 'noreply@corp.example'],
    ['another name', 'Enzo Weber <enzo.weber@gmail.com>', 'anna.kim@gmail.com'],
    ['another domain', 'a <enzo.weber@gmail.com>', 'enzo.weber2@gmx.de'],
    ['short', 'a <ab1@gmx.de>', 'ab2@gmx.de'],
    ['a role', 'Shop <noreply@corp.example>', 'service@corp.example'],
  ])('is none where it is %s', (_name, from, replyTo) => {
    expect(twins(from, replyTo)).toEqual([]);
  });
});
