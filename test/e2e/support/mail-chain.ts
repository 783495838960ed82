/**
 * Real mail servers from the sender's desk to the reader's mailbox, all on this machine: a Postfix whose OpenDKIM signs, a Postfix
 * whose OpenDKIM verifies and writes Authentication-Results, and a Dovecot that stores what the latter hands it over LMTP. OpenDKIM
 * asks the same unbound as the extension does.
 */
import { keyRecord, rsaKey } from '../../dkim/support/signer.ts';
import type { Dovecot } from './dovecot.ts';
import { startOpenDkim } from './opendkim.ts';
import { startPostfix } from './postfix.ts';
import { putDistance, sendMail } from './smtp.ts';
import type { Unbound } from './unbound.ts';

export const SENDER = 'sender.example';
export const SENDING_HOST = `mail.${SENDER}`;
export const SENDING_ADDRESS = '192.0.2.25';
export const READER = 'reader@home.example';
export const RECEIVING_HOST = 'mx.home.example';
const STRANGER_ADDRESS = '203.0.113.66';

const key = rsaKey();
const SELECTOR = 'chain';

/** What the DNS has to say of the sender. */
export const CHAIN_ZONE = {
  [`${SELECTOR}._domainkey.${SENDER}`]: { TXT: [keyRecord(key)], _secure: true },
  [`_dmarc.${SENDER}`]: { TXT: ['v=DMARC1; p=reject'] },
};

/** Texts that the receiving side rewrites after it has checked a message, as gateways do. */
export const REWRITTEN = { subject: 'Offer', link: 'https://shop.example/' };

export interface MailChain {
  /** Hands a message in at the sender's own server, which signs it. */
  readonly send: (from: string, message: string) => Promise<void>;
  /** Hands a message in at the reader's server, from an address nobody knows. */
  readonly sendAsStranger: (from: string, message: string) => Promise<void>;
  /** What the servers logged last, for a failure's message. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export async function startMailChain(unbound: Unbound, dovecot: Dovecot): Promise<MailChain> {
  const cleanups: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    const signer = await startOpenDkim(
      {
        Mode: 's',
        Domain: SENDER,
        Selector: SELECTOR,
        KeyFile: 'FOLDER/key.pem',
        RequireSafeKeys: 'no',
        Canonicalization: 'relaxed/relaxed',
        OversignHeaders: 'From',
      },
      { 'key.pem': key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
    );
    cleanups.push(signer.stop);
    const verifier = await startOpenDkim(
      {
        Mode: 'v',
        AuthservID: RECEIVING_HOST,
        AlwaysAddARHeader: 'yes', // else mail without a signature goes without
        ResolverConfiguration: 'FOLDER/unbound.conf',
        TrustAnchorFile: unbound.trustAnchor,
      },
      { 'unbound.conf': forwardTo(unbound.port) },
    );
    cleanups.push(verifier.stop);
    const home = await startPostfix({ hostname: RECEIVING_HOST, ...receiving(unbound, dovecot, verifier.milter) });
    cleanups.push(home.stop);
    const internet = await putDistance(SENDING_ADDRESS, home.port);
    cleanups.push(internet.close);
    const elsewhere = await putDistance(STRANGER_ADDRESS, home.port);
    cleanups.push(elsewhere.close);
    const sender = await startPostfix({
      hostname: SENDING_HOST,
      settings: {
        mydestination: '',
        mynetworks: '127.0.0.0/8',
        relayhost: `[127.0.0.1]:${internet.port}`,
        smtp_tls_security_level: 'encrypt',
        smtpd_milters: signer.milter,
      },
    });
    cleanups.push(sender.stop);
    const handIn = (port: number, helo: string) => (from: string, message: string) =>
      sendMail(port, { from, to: READER, helo }, message);
    return {
      send: handIn(sender.port, `desk.${SENDER}`),
      sendAsStranger: handIn(elsewhere.port, 'mail.bank.example'),
      log: () => [sender, home, signer, verifier].map(({ log }) => log()).join('\n'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** unbound.conf(5) for OpenDKIM's own resolver. */
function forwardTo(port: number): string {
  return `server:\n  do-not-query-localhost: no\nforward-zone:\n  name: "."\n  forward-addr: 127.0.0.1@${port}\n`;
}

/** It learns the client's address from the connection's first line, and rewrites on the way to Dovecot: behind OpenDKIM. */
function receiving({ certificate }: Unbound, { lmtpPort }: Dovecot, milter: string) {
  const link = REWRITTEN.link.replaceAll('/', '\\/');
  return {
    settings: {
      mydestination: '',
      virtual_mailbox_domains: READER.slice(READER.indexOf('@') + 1),
      virtual_transport: `lmtp:inet:127.0.0.1:${lmtpPort}`,
      smtpd_upstream_proxy_protocol: 'haproxy',
      smtpd_recipient_restrictions: 'permit_auth_destination, reject',
      smtpd_milters: milter,
      smtpd_tls_security_level: 'may',
      smtpd_tls_cert_file: certificate.certificate,
      smtpd_tls_key_file: certificate.key,
      smtpd_tls_received_header: 'yes',
      lmtp_header_checks: 'regexp:${config_directory}/subjects',
      lmtp_body_checks: 'regexp:${config_directory}/links',
    },
    tables: {
      subjects: `/^Subject: (${REWRITTEN.subject}.*)/ REPLACE Subject: [EXTERNAL] $1\n`,
      links: `/^(.*)${link}(.*)$/ REPLACE \${1}https://guard.home.example/?to=\${2}\n`,
    },
  };
}
