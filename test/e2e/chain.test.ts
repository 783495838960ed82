/** Mail that went through real servers: Postfix and OpenDKIM at both ends, Dovecot, and Thunderbird over IMAP. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { words } from '../../src/cli/words.ts';
import { mail } from '../fixtures/build/mail.ts';
import { startDovecot } from './support/dovecot.ts';
import { plainButton, tellsLevel } from './support/expected.ts';
import { IMAP_ACCOUNT, imapAccount, imapFolder } from './support/imap-account.ts';
import {
  CHAIN_ZONE,
  READER,
  RECEIVING_HOST,
  REWRITTEN,
  SENDER,
  SENDING_ADDRESS,
  SENDING_HOST,
  startMailChain,
} from './support/mail-chain.ts';
import { waitFor } from './support/process.ts';
import { THUNDERBIRD_PACKAGE } from './support/scene.ts';
import type { PlainButton } from './support/expected.ts';
import type { Thunderbird } from './support/session.ts';
import { startThunderbird } from './support/thunderbird.ts';
import { startUnbound } from './support/unbound.ts';

const ANN = `ann@${SENDER}`;
const letter = (subject: string, body = 'Are you hungry yet?') =>
  mail({ from: `Ann <${ANN}>`, to: READER, subject, body: `${body}\r\n`, date: new Date() });

const LETTERS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const FORGED = [
  'Authentication-Results: mx.bank.example; dkim=pass header.d=bank.example',
  `Authentication-Results: ${RECEIVING_HOST}.evil.example; dkim=pass header.d=bank.example`,
  `Authentication-Results: ${RECEIVING_HOST}; dkim=pass header.d=bank.example`,
];
const FORGERY = mail({
  from: 'Your bank <service@bank.example>',
  to: READER,
  subject: 'Your account',
  body: 'Please log in.\r\n',
  date: new Date(),
  headers: FORGED,
});
const ZONE = {
  ...CHAIN_ZONE,
  'bank.example': { TXT: ['v=spf1 -all'] },
  '_dmarc.bank.example': { TXT: ['v=DMARC1; p=reject'] },
};

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.info('Postfix and Dovecot want root: the chain of real servers is not tested');

/** Stands in the page: a click of the user's hand. */
declare function press(element: Element): void;

let thunderbird: Thunderbird;
const cleanups: (() => Promise<void>)[] = [];

async function judge(subject: string): Promise<PlainButton> {
  const row = (await thunderbird.rows()).findIndex((each) => each.subject.includes(subject));
  await thunderbird.select(row);
  return plainButton(await thunderbird.waitForButton(tellsLevel));
}

interface Panel {
  readonly findings: readonly string[];
  /** What the panel shows of each server and each leg of the path, as running text. */
  readonly servers: readonly string[];
  readonly path: readonly string[];
}

async function readPanel(): Promise<Panel> {
  await thunderbird.openDetails();
  const panel = await thunderbird.tab.run(() => {
    const textsOf = (selector: string) =>
      [...document.querySelectorAll(selector)].map(({ textContent }) => textContent.replaceAll(/[\u2068\u2069]/g, ''));
    const findings = [...document.querySelectorAll('[data-testid^=finding-]')];
    return {
      findings: findings.map((element) => (element.getAttribute('data-testid') ?? '').slice('finding-'.length)),
      servers: textsOf('#servers .card'),
      path: textsOf('[data-testid=path-step]'),
    };
  }, null);
  await thunderbird.closeOtherTabs();
  return panel;
}

// One story: each step is on the one before.
describe.skipIf(!isRoot)('mail through real servers', () => {
  beforeAll(async () => {
    const unbound = await startUnbound(ZONE);
    cleanups.push(unbound.close);
    const dovecot = await startDovecot([]);
    cleanups.push(() => dovecot.stop());
    const chain = await startMailChain(unbound, dovecot);
    cleanups.push(chain.stop);
    for (const day of LETTERS) await chain.send(ANN, letter(day));
    await chain.send(ANN, letter(`${REWRITTEN.subject} of the week`));
    await chain.send(ANN, letter('A link', `See ${REWRITTEN.link}today`));
    await chain.sendAsStranger('service@bank.example', FORGERY);

    thunderbird = await startThunderbird({
      extension: THUNDERBIRD_PACKAGE,
      messages: [],
      display: 'own',
      authority: unbound.authority,
      preferences: imapAccount(dovecot),
    });
    cleanups.push(() => thunderbird.close());
    await thunderbird.configure({ resolver: `https://localhost:${unbound.port}/dns-query` });
    const origin = `imap://127.0.0.1`;
    await thunderbird.rememberPassword({ origin, user: dovecot.user, password: dovecot.password });
    const sent = LETTERS.length + 3;
    await waitFor('the mail', async () => (await dovecot.list()).length === sent, { timeout: 30_000 }).catch(() => {
      throw new Error(`not all mail arrived: ${chain.log()}`);
    });
    const inbox = imapFolder(dovecot, 'INBOX');
    await waitFor('the inbox', async () => (await thunderbird.openFolder(inbox)) === sent, { interval: 500 });
  });
  afterEach(() => thunderbird.closePanel());
  afterAll(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  describe('before the reader believes any server', () => {
    it.each(LETTERS)('a signature that OpenDKIM made verifies here: %s', async (day) => {
      const { icon, title } = await judge(day);
      expect(icon).toBe('verified.svg');
      expect(title).toContain(words('finding_first_party_signature', { domain: SENDER }));
    });

    it('what his own server wrote is a claim, and mail it changed cannot be confirmed', async () => {
      expect((await judge(REWRITTEN.subject)).icon).toBe('caution.svg');
      const { servers } = await readPanel();
      expect(servers).toEqual([expect.stringContaining(words('panel_distrust_nobody_trusted'))]);
    });
  });

  describe('the servers to believe', () => {
    it('are learnt from the mail of the account, and accepted by a press', async () => {
      await thunderbird.openPage('pages/settings/index.html');
      await thunderbird.tab.press(`use-server-${IMAP_ACCOUNT}`);
      await thunderbird.tab.textWith('save-state', words('options_saved'));
      await thunderbird.closeOtherTabs();
      // The message on display is checked again at once.
      await thunderbird.waitForButton((button) => tellsLevel(button) && button.icon !== 'warning.svg');
    });
  });

  describe('once he believes it', () => {
    it('its result stands beside our own, and the path shows every server with its encryption', async () => {
      expect((await judge('Monday')).icon).toBe('verified.svg');
      const { servers, path, findings } = await readPanel();
      expect(findings).not.toContain('untrusted-server-result');
      expect(servers).toEqual([expect.stringContaining(words('panel_server_trusted'))]);
      expect(servers[0]).toContain(`dkim=pass header.d=${SENDER}`);
      expect(path).toHaveLength(3);
      expect(path[0]).toMatch(new RegExp(`${SENDING_HOST}.*desk\\.${SENDER}`));
      expect(path[1]).toMatch(new RegExp(`TLS.*${RECEIVING_HOST}.*${SENDING_ADDRESS}`));
      expect(path[2]).toMatch(new RegExp(`imap\\.home\\.example.*${RECEIVING_HOST}.*LMTP`));
    });

    it.each([
      ['the Subject', REWRITTEN.subject, 'altered-header'],
      ['a link', 'A link', 'altered-after-receipt'],
    ])('mail in which it changed %s after checking is told as altered, not as forged', async (_, subject, finding) => {
      const { icon, title } = await judge(subject);
      expect(icon).not.toBe('verified.svg');
      expect(icon).not.toBe('warning.svg');
      expect(title).toContain(words('finding_altered_after_receipt', { server: RECEIVING_HOST, domain: SENDER }));
      const { findings } = await readPanel();
      expect(findings).toContain(finding);
      expect(findings).not.toContain('practice-reject');
    });

    it('results that came with a forgery count for nothing, whatever name they bear', async () => {
      expect((await judge('Your account')).icon).toBe('warning.svg');
      const { servers, findings } = await readPanel();
      expect(findings).toEqual(expect.arrayContaining(['practice-reject', 'contradicted-server-result']));
      const [own, bank, lookAlike, ...sendingHost] = servers;
      expect(own).toContain(words('panel_server_trusted'));
      expect(own).toContain('dkim=none');
      // OpenDKIM itself takes away what bears its own name.
      expect(bank).toMatch(/^mx\.bank\.example/);
      expect(bank).toContain(words('panel_distrust_unknown_authserv_id'));
      expect(lookAlike).toContain(words('panel_distrust_look_alike_authserv_id'));
      // The address that the own server saw is known by now, and may be held against what the domain says.
      expect(sendingHost[0]).toMatch(/203\.0\.113\.66.*fail/);
    });
  });
});
