/** A Dovecot of our own on this machine: one reader over IMAP, mail in Maildirs below a temporary folder, taken in over LMTP as well. */
import { chown, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './port.ts';
import { runProgram, startProgram, waitFor } from './process.ts';

export interface MailboxMessage {
  readonly mailbox: string;
  /** Without angle brackets. */
  readonly messageId: string;
  readonly flags: readonly string[];
}

export interface Dovecot {
  readonly port: number;
  /** Where mail servers hand in mail for `user`, at any domain (RFC 2033). */
  readonly lmtpPort: number;
  readonly user: string;
  readonly password: string;
  /** Puts messages into a mailbox, each in one step, as delivery agents do. */
  deliver(mailbox: string, messages: readonly string[]): Promise<void>;
  /** Every message there is, as the server sees it. */
  list(): Promise<readonly MailboxMessage[]>;
  stop(): Promise<void>;
}

const USER = 'reader';
const PASSWORD = 'correct-horse';
/** Who owns the mail: nobody, who needs no entry of its own in the system. */
const UID = 65534;

export async function startDovecot(mailboxes: readonly string[]): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-dovecot-'));
  const port = await freePort();
  const lmtpPort = await freePort();
  const config = join(folder, 'dovecot.conf');
  const maildir = join(folder, 'mail', USER);
  await writeFile(config, configuration(folder, port, lmtpPort));
  const folderOf = (mailbox: string): string => (mailbox === 'INBOX' ? maildir : join(maildir, `.${mailbox}`));
  for (const mailbox of ['INBOX', ...mailboxes]) {
    for (const part of ['cur', 'new', 'tmp']) await mkdir(join(folderOf(mailbox), part), { recursive: true });
    await writeFile(join(folderOf(mailbox), 'maildirfolder'), '');
  }
  await writeFile(join(maildir, 'subscriptions'), mailboxes.map((mailbox) => `${mailbox}\n`).join(''));
  await runProgram('chown', ['-R', `${UID}:${UID}`, join(folder, 'mail')]);
  await runProgram('chmod', ['755', folder]);
  const server = startProgram('dovecot', ['-F', '-c', config]);
  let delivered = 0;
  try {
    await waitFor('dovecot', async () => (await doveadm(config, ['user', USER]).catch(() => '')) !== '');
  } catch (error) {
    await server.stop();
    throw new Error(`dovecot did not start: ${server.output()}`, { cause: error });
  }

  return {
    port,
    lmtpPort,
    user: USER,
    password: PASSWORD,
    async deliver(mailbox, messages) {
      for (const message of messages) {
        delivered += 1;
        const name = `${1_000_000_000 + delivered}.M${delivered}.test`;
        const written = join(folderOf(mailbox), 'tmp', name);
        await writeFile(written, message);
        await chown(written, UID, UID);
        await rename(written, join(folderOf(mailbox), 'new', name));
      }
    },
    async list() {
      const fields = 'mailbox flags hdr.message-id';
      const text = await doveadm(config, ['-f', 'tab', 'fetch', '-u', USER, fields, 'mailbox', '*', 'all']);
      return text
        .split('\n')
        .slice(1)
        .filter((line) => line !== '')
        .map((line) => {
          const [mailbox = '', flags = '', messageId = ''] = line.split('\t');
          return { mailbox, flags: flags.split(' '), messageId: messageId.replace(/[<>]/g, '') };
        });
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function doveadm(config: string, words: readonly string[]): Promise<string> {
  return runProgram('doveadm', ['-c', config, ...words]);
}

function configuration(folder: string, port: number, lmtpPort: number): string {
  return `
base_dir = ${join(folder, 'run')}
state_dir = ${join(folder, 'state')}
protocols = imap lmtp
hostname = imap.home.example
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
log_path = /dev/stderr
default_internal_user = root
default_login_user = nobody
default_internal_group = root
mail_location = maildir:${join(folder, 'mail')}/%n
first_valid_uid = ${UID}
mail_max_userip_connections = 50
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${UID} gid=${UID} home=${join(folder, 'mail')}/%n
}
namespace inbox {
  inbox = yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${lmtpPort}
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
}
