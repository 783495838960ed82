/** Preferences of an IMAP account at a Dovecot on this machine, beside the local one. */
import type { Dovecot } from './dovecot.ts';
import type { PreferenceValue } from './profile.ts';

/** The account's identifier in Thunderbird. */
export const IMAP_ACCOUNT = 'account2';

export function imapAccount({ port, user }: Dovecot): Readonly<Record<string, PreferenceValue>> {
  return {
    'mail.accountmanager.accounts': `account1,${IMAP_ACCOUNT}`,
    'mail.account.account2.server': 'server2',
    'mail.account.account2.identities': 'id1',
    'mail.identity.id1.fullName': 'Reader',
    'mail.identity.id1.useremail': 'reader@home.example',
    'mail.identity.id1.valid': true,
    'mail.server.server2.type': 'imap',
    'mail.server.server2.hostname': '127.0.0.1',
    'mail.server.server2.port': port,
    'mail.server.server2.userName': user,
    'mail.server.server2.name': 'Home',
    'mail.server.server2.socketType': 0,
    'mail.server.server2.authMethod': 3,
    'mail.server.server2.use_idle': true,
    'mail.server.server2.login_at_startup': false,
    'mail.server.server2.check_new_mail': false,
  };
}

/** Addresses of its folders. */
export function imapFolder({ user }: Dovecot, path: string): string {
  return `imap://${user}@127.0.0.1/${path}`;
}
