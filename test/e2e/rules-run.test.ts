/**
 * The reader's rules at work in a real Thunderbird over IMAP: on new mail, and over a folder of 2,000 messages, through a sudden
 * end of the program, and back again. What counts is what the server has in the end.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import type { RuleSet } from '../../src/rules/types.ts';
import type { Run } from '../../extension/journal/types.ts';
import type { RunReply } from '../../extension/messaging/protocol.ts';
import { words } from '../../src/cli/words.ts';
import { ed25519Key, keyRecord, signMessage } from '../dkim/support/signer.ts';
import { startDohServer, type DohServer } from '../support/doh-server.ts';
import { startDovecot, type Dovecot, type MailboxMessage } from './support/dovecot.ts';
import { imapAccount, imapFolder, IMAP_ACCOUNT } from './support/imap-account.ts';
import { waitFor } from './support/process.ts';
import { OUTPUT, THUNDERBIRD_PACKAGE } from './support/scene.ts';
import type { Thunderbird } from './support/session.ts';
import { startThunderbird, startWithProfile } from './support/thunderbird.ts';

const MESSAGES = 2000;
/** One in so many declares itself as advertising. */
const ADVERTISING = 10;
const DOMAINS: readonly string[] = ['orchard.example', 'harbour.example', 'mill.example'];
const LONG = 150_000;

const key = ed25519Key();
const records = DOMAINS.flatMap((domain): [string, ZoneFile[string]][] => [
  [domain, { A: ['192.0.2.7'] }],
  [`s._domainkey.${domain}`, { TXT: [keyRecord(key)] }],
]);
const zone: ZoneFile = Object.fromEntries(records);

const RULES: RuleSet = {
  version: 1,
  rules: [
    {
      id: 'adv',
      name: 'Advertising',
      enabled: true,
      conditions: { all: [{ field: 'keyword', match: 'prefix', value: 'org.example:adv', by: 'signed' }] },
      actions: [
        { do: 'tag', tag: 'class-adv' },
        { do: 'move', folder: 'Ads' },
      ],
      stop: false,
      unchecked: false,
    },
  ],
};

let dovecot: Dovecot;
let resolver: DohServer;
let thunderbird: Thunderbird;
beforeAll(async () => {
  resolver = await startDohServer(zone);
  dovecot = await startDovecot(['Ads', 'Junk', 'Trash']);
  await dovecot.deliver(
    'INBOX',
    Array.from({ length: MESSAGES }, (_, number) => message(number, number % ADVERTISING === 0)),
  );
  thunderbird = await startThunderbird({
    extension: THUNDERBIRD_PACKAGE,
    messages: [],
    display: 'own',
    preferences: { ...imapAccount(dovecot), 'security.notification_enable_delay': 0 },
  });
  await thunderbird.rememberPassword({ ...dovecot, origin: 'imap://127.0.0.1' });
  await thunderbird.configure({ resolver: resolver.url });
  const isComplete = async () => (await thunderbird.openFolder(imapFolder(dovecot, 'INBOX'))) === MESSAGES;
  await waitFor('the inbox', isComplete, { timeout: 60_000, interval: 500 });
  await thunderbird.openPage('pages/senders/index.html');
  await store({ rules: RULES });
});
afterAll(async () => {
  await thunderbird.close();
  await dovecot.stop();
  await resolver.close();
});

function message(number: number, isAdvertising: boolean): string {
  const domain = DOMAINS[number % DOMAINS.length] ?? '';
  const fields = [
    `From: Shop <post@${domain}>`,
    'To: reader@home.example',
    `Subject: Basket ${number}`,
    'Date: Sun, 22 Nov 2026 07:00:00 +0000',
    `Message-ID: <${number}@${domain}>`,
    ...(isAdvertising ? ['No-Solicit: org.example:ADV'] : []),
  ];
  const headers = ['From', 'Subject', 'Date', 'Message-ID', ...(isAdvertising ? ['No-Solicit'] : [])];
  return signMessage([...fields, '', 'Apples.', ''].join('\r\n'), { key, domain, headers });
}

/** Writes into the extension's storage, as its pages do. */
function store(values: Readonly<Record<string, unknown>>): Promise<void> {
  return thunderbird.tab.run((all) => messenger.storage.local.set(all), values);
}

function ask<R>(request: Readonly<Record<string, unknown>>): Promise<R> {
  return thunderbird.tab.run((asked) => messenger.runtime.sendMessage(asked) as Promise<R>, request);
}

/** The runs of the journal, as the extension keeps them. */
function runs(): Promise<readonly Run[]> {
  return thunderbird.tab.run(
    () =>
      new Promise<Run[]>((resolve, reject) => {
        const opening = indexedDB.open('journal');
        opening.onerror = () => reject(new Error('no journal'));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('runs').objectStore('runs').getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result as Run[]);
          };
        };
      }),
    null,
  );
}

function runThat(what: string, isWanted: (run: Run) => boolean): Promise<Run> {
  return waitFor(what, async () => (await runs()).find(isWanted), { timeout: LONG, interval: 300 });
}

/** What can be compared of a mailbox: where each message is and how it is marked, whoever looked at it. */
function picture(messages: readonly MailboxMessage[]): readonly string[] {
  return messages
    .map(({ mailbox, messageId, flags }) => {
      const marks = flags.filter((flag) => flag !== '\\Recent' && flag !== '').sort();
      return [messageId, mailbox, ...marks].join(' ');
    })
    .sort();
}

/**
 * What the server has, once it is as wanted: Thunderbird hands marks on in its own time.
 * @param meanwhile what is done before every look
 */
async function serverHas(wanted: readonly string[], meanwhile = () => Promise.resolve()): Promise<void> {
  let now: readonly string[] = [];
  const isSame = async () => {
    await meanwhile();
    now = picture(await dovecot.list());
    return JSON.stringify(now) === JSON.stringify(wanted);
  };
  await waitFor('the server', isSame, { timeout: 30_000, interval: 1000 }).catch(() => expect(now).toEqual(wanted));
}

it('nothing is permitted before the reader switches rules on', async () => {
  const { tab } = thunderbird;
  await thunderbird.openPage('pages/activity/index.html');
  for (const answer of ['deny', 'allow'] as const) {
    await tab.press('run-rules');
    await thunderbird.answerPermission(answer);
    await tab.textWith('run-rules-state', words(answer === 'allow' ? 'acting_on' : 'acting_not_permitted'));
  }
});

it('new mail is tagged and moved as it comes', { timeout: LONG }, async () => {
  const before = picture(await dovecot.list());
  await dovecot.deliver('INBOX', [message(MESSAGES, true), message(MESSAGES + 1, false)]);
  const idOf = (number: number) => `${number}@${DOMAINS[number % DOMAINS.length] ?? ''}`;
  const wanted = [...before, `${idOf(MESSAGES)} Ads class-adv`, `${idOf(MESSAGES + 1)} INBOX`].sort();
  await serverHas(wanted, () => thunderbird.getMail(imapFolder(dovecot, 'INBOX')));
  await thunderbird.tab.press('run-rules');
  await thunderbird.tab.textWith('run-rules-state', words('acting_off'));
  await thunderbird.closeOtherTabs();
});

it('a preview tells what would happen, and does nothing', async () => {
  const { tab } = thunderbird;
  await dovecot.deliver('Junk', [message(MESSAGES + ADVERTISING, true)]);
  const before = picture(await dovecot.list());
  await waitFor('the folder', async () => (await thunderbird.openFolder(imapFolder(dovecot, 'Junk'))) === 1);
  await thunderbird.openPage(`pages/activity/index.html?folder=${encodeURIComponent(`${IMAP_ACCOUNT}://Junk`)}`);
  await tab.press('journal-preview');
  const told = await tab.textWith('journal-entries', `Basket ${MESSAGES + ADVERTISING}`);
  for (const part of ['Advertising', 'tag adv', 'Ads']) expect(told).toContain(part);
  await tab.textWith('journal-runs', words('journal_state_finished'));
  for (const dark of [false, true]) {
    await thunderbird.setDark(dark);
    await thunderbird.screenshot(join(OUTPUT, `journal-${dark ? 'dark' : 'light'}.png`));
    expect(await tab.findViolations()).toEqual([]);
  }
  expect(picture(await dovecot.list())).toEqual(before);
});

it('a run over a folder survives the end of the program, and can be undone', { timeout: 3 * LONG }, async () => {
  const before = await dovecot.list();
  const folders = await ask<readonly { id: string; accountId: string; path: string }[]>({ name: 'folders' });
  const inbox = folders.find(({ accountId, path }) => accountId === IMAP_ACCOUNT && path === 'INBOX');
  const scope = { kind: 'folder', folderId: inbox?.id };
  const reply = await ask<RunReply>({ name: 'start-run', scope, mode: 'act' });
  const id = 'run' in reply ? reply.run : expect.fail('it does not start');
  await runThat('a third', (run) => run.id === id && run.counts.done > MESSAGES / 3);

  const profile = await thunderbird.kill();
  const preferences = join(profile.folder, 'user.js');
  const text = await readFile(preferences, 'utf8');
  await writeFile(preferences, text.replace('login_at_startup", false', 'login_at_startup", true'));
  thunderbird = await startWithProfile(profile, { display: 'own' });
  await thunderbird.openPage('pages/senders/index.html');

  const { counts, workedMs } = await runThat('the end', (run) => run.id === id && run.state !== 'running');
  console.log(
    `${counts.done} messages, ${counts.acted} moved, ${Math.round((counts.done * 1000) / workedMs)} a second`,
  );
  const ads = (MESSAGES / ADVERTISING) | 0;
  expect(counts).toEqual({ total: MESSAGES + 1, done: MESSAGES + 1, acted: ads, failed: 0 });
  const isAd = ({ mailbox, messageId }: MailboxMessage) =>
    mailbox === 'INBOX' && parseInt(messageId) % ADVERTISING === 0;
  await serverHas(picture(before.map((one) => (isAd(one) ? { ...one, mailbox: 'Ads', flags: ['class-adv'] } : one))));

  await ask<RunReply>({ name: 'undo', run: id });
  const undone = await runThat('the way back', ({ mode, state }) => mode === 'undo' && state !== 'running');
  expect(undone.counts).toEqual({ total: ads, done: ads, acted: ads, failed: 0 });
  await serverHas(picture(before));
});
