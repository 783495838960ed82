/** Mail about mail in Thunderbird: a letter that asks for an unadapted copy, and whether mail that comes back was the reader's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { words } from '../../src/cli/words.ts';
import { FAILED, reportMessage } from '../trace/delivery/support.ts';
import { startScene, type Scene } from './support/scene.ts';

const READER = 'reader@home.example';
/** The local account writes under this address. */
const IDENTITY = {
  'mail.account.account1.identities': 'id1',
  'mail.identity.id1.fullName': 'Reader',
  'mail.identity.id1.useremail': READER,
  'mail.identity.id1.valid': true,
  'mail.identity.id1.smtpServer': 'smtp1',
  'mail.smtpserver.smtp1.hostname': 'localhost',
  'mail.smtpservers': 'smtp1',
};

const ADAPTED = [
  'OPES-System: https://filter.example/policy',
  'From: Ann <ann@far.example>',
  'Reply-To: list@lists.example',
  `To: ${READER}`,
  'Subject: Minutes',
  'Date: Sun, 22 Nov 2026 07:00:00 +0000',
  'Message-ID: <adapted@far.example>',
  '',
  'Hello',
  '',
].join('\r\n');

const bounceOf = (author: string, messageId: string): Uint8Array =>
  Buffer.from(
    reportMessage({
      type: 'delivery-status',
      status: FAILED,
      returned: `From: ${author}\r\n\r\nHello\r\n`,
      fields: [`Message-ID: <${messageId}>`, 'Date: Sun, 22 Nov 2026 07:00:00 +0000'],
    }),
  );

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({
    preferences: IDENTITY,
    extraZone: { 'mx.far.example': { A: ['192.0.2.25'] } },
    extraMessages: () => [
      Buffer.from(ADAPTED),
      bounceOf('Eve <eve@other.example>', 'foreign@mx.far.example'),
      bounceOf(`Reader <${READER}>`, 'unclear@mx.far.example'),
    ],
  });
});
afterAll(() => scene.close());

describe('asking for an unadapted copy', () => {
  it('opens a letter to the author that nothing but the reader sends', async () => {
    const { thunderbird, judge } = scene;
    await judge('adapted@far.example');
    await thunderbird.openDetails();
    await thunderbird.tab.press('bypass');
    const letter = await thunderbird.openLetter('X-OPES-Bypass');
    expect(letter).toMatchObject({
      to: ['ann@far.example'],
      subject: words('bypass_letter_subject', { subject: 'Minutes' }),
      header: 'https://filter.example/policy',
    });
    expect(letter.body).toContain('OPES-Bypass: https://filter.example/policy');
    expect(letter.body).toContain('<adapted@far.example>');
    // Nothing of the message itself goes back with it.
    expect(letter.body).not.toContain('> Hello');
    await thunderbird.closeLetter();
    await thunderbird.closeOtherTabs();
  });
});

describe('mail that came back', () => {
  it('is told from mail of others by the addresses of the accounts', async () => {
    const { judge } = scene;
    const foreign = await judge('foreign@mx.far.example');
    expect(foreign.title).toContain(words('finding_bounce_of_foreign_mail'));
    const unclear = await judge('unclear@mx.far.example');
    expect(unclear.title).not.toContain(words('finding_bounce_of_foreign_mail'));
  });
});
