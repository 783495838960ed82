/** A throwaway Thunderbird profile: one local account with an mbox as its inbox, and one extension. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './process.ts';

export type PreferenceValue = string | number | boolean;

export interface ProfileContent {
  /** The built package; it is installed under the identifier its manifest names. */
  readonly extension: { readonly file: string; readonly id: string };
  /** Raw messages in the order the inbox keeps them. */
  readonly inbox: readonly Uint8Array[];
  /** A certificate authority (PEM file) that this profile trusts for web sites. */
  readonly authority?: string;
  readonly preferences?: Readonly<Record<string, PreferenceValue>>;
}

export interface Profile {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** No first-run page, no telemetry, no update, no start page: nothing that asks the network or covers the window. */
const QUIET: Readonly<Record<string, PreferenceValue>> = {
  'app.donation.eoy.version.viewed': 999,
  'app.update.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  'devtools.console.stdout.content': true,
  'extensions.autoDisableScopes': 0,
  'extensions.enabledScopes': 15,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'mail.provider.suppress_dialog_on_startup': true,
  'mail.rights.version': 1,
  'mail.shell.checkDefaultClient': false,
  'mail.spotlight.firstRunDone': true,
  'mail.spam.version': 1,
  'mailnews.start_page.enabled': false,
  'mailnews.start_page_override.mstone': 'ignore',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'xpinstall.signatures.required': false,
};

/** One account that only keeps mail on the disk. */
const LOCAL_ACCOUNT: Readonly<Record<string, PreferenceValue>> = {
  'mail.account.account1.server': 'server1',
  'mail.accountmanager.accounts': 'account1',
  'mail.accountmanager.localfoldersserver': 'server1',
  'mail.server.server1.directory-rel': '[ProfD]Mail/Local Folders',
  'mail.server.server1.hostname': 'Local Folders',
  'mail.server.server1.name': 'Local Folders',
  'mail.server.server1.type': 'none',
  'mail.server.server1.userName': 'nobody',
};

export async function createProfile(content: ProfileContent): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-e2e-'));
  const mail = join(folder, 'Mail', 'Local Folders');
  await mkdir(mail, { recursive: true });
  await mkdir(join(folder, 'extensions'));
  await copyFile(content.extension.file, join(folder, 'extensions', `${content.extension.id}.xpi`));
  const preferences = { ...QUIET, ...LOCAL_ACCOUNT, ...content.preferences };
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(folder, 'user.js'), lines.join(''));
  await writeFile(join(mail, 'Inbox'), toMbox(content.inbox));
  if (content.authority !== undefined) await trustAuthority(folder, content.authority);
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/**
 * Thunderbird's mbox: a `From - ` line, its status headers, the message with quoted From lines. Line ends stay as they came, so
 * that the extension reads the very octets that the fixtures signed.
 */
function toMbox(messages: readonly Uint8Array[]): Buffer {
  const parts = messages.flatMap((message) => [
    Buffer.from(
      'From - Thu Jan  1 00:00:00 1970\r\nX-Mozilla-Status: 0001\r\nX-Mozilla-Status2: 00000000\r\n',
      'ascii',
    ),
    quoteFromLines(message),
    Buffer.from('\r\n', 'ascii'),
  ]);
  return Buffer.concat(parts);
}

function quoteFromLines(message: Uint8Array): Buffer {
  const quoted = Buffer.from(message)
    .toString('latin1')
    .replaceAll(/^(?=>*From )/gm, '>');
  return Buffer.from(quoted.endsWith('\n') ? quoted : `${quoted}\r\n`, 'latin1');
}

async function trustAuthority(folder: string, pem: string): Promise<void> {
  await runProgram('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password']);
  await runProgram('certutil', ['-A', '-d', `sql:${folder}`, '-n', 'test authority', '-t', 'C,,', '-i', pem]);
}
