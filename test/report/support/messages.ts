/** Messages that together make every optional part of a Report occur, and the zone that answers for them. */
import { utf8ToBytes } from '../../../src/bytes/ascii.ts';
import type { ArchivedKey, KeyArchive } from '../../../src/dkim/archive.ts';
import type { ZoneFile } from '../../../src/dns/zone-file.ts';
import { parseDomain } from '../../../src/domain/name.ts';
import { createCircle, type Circle } from '../../../src/identity/circle.ts';
import type { ObservedMemory } from '../../../src/practices/observed.ts';
import {
  ed25519Key,
  keyRecord,
  rsaKey,
  sealMessage,
  signMessage,
  type SignOptions,
} from '../../dkim/support/signer.ts';
import { FAILED, reportMessage } from '../../trace/delivery/support.ts';
import { memoryArchive, memoryOf, observation } from '../../support/memory.ts';

export interface NamedMessage {
  readonly name: string;
  readonly raw: Uint8Array;
}

const key = rsaKey(2048);

export const PECULIAR_ZONE: ZoneFile = {
  's._domainkey.signer.example': { TXT: [keyRecord(key)], _secure: true },
  'revoked._domainkey.signer.example': { TXT: ['v=DKIM1; p='] },
  'pass.example': { A: ['192.0.2.25'], TXT: ['v=spf1 ip4:192.0.2.0/24 -all'] },
  '_dmarc.pass.example': { TXT: ['v=DMARC1; p=reject'] },
  'fail.example': { TXT: ['v=spf1 exists:%{i}.none.example -all exp=why.fail.example'] },
  'why.fail.example': { TXT: ['Mail from %{i} is not ours.'] },
  'moved.example': { TXT: ['v=spf1 include:fail.example redirect=pass.example'] },
  'broken.example': { TXT: ['v=spf1 ip4:192.0.2.300 -all'] },
  'down.example': { TXT: ['v=spf1 a:host.down.example -all'], MX: 'SERVFAIL' },
  'host.down.example': { A: 'SERVFAIL' },
  'impossible.example': { TXT: ['v=spf1 a:%{l}%{l}%{l}%{l}%{l}.example -all'] },
  '_dmarc.down.example': { TXT: 'TIMEOUT' },
  'author.example': { A: ['192.0.2.1'] },
  'anyone.example': { TXT: ['v=spf1 +all'] },
  'signer.example._atps.author.example': { TXT: ['v=ATPS1; d=signer.example'] },
  'adsp.example': { A: ['192.0.2.1'] },
  '_adsp._domainkey.adsp.example': { TXT: ['dkim=all'] },
};

/** Keywords the reader gave to correspondents. */
export const PECULIAR_PASS_KEYS: readonly string[] = ['org.example.reader:KEY', 'org.example.reader:other'];

/** Keys that were seen before, of a name that holds none now and of one that holds another; and a policy. */
export function archiveOfPeculiar(): KeyArchive {
  const times = { firstSeen: '2026-01-01T00:00:00.000Z', lastSeen: '2026-03-01T00:00:00.000Z' };
  const earlier: ArchivedKey = { record: keyRecord(key), ...times, dnssec: 'secure' };
  return memoryArchive({
    'gone._domainkey.signer.example': [earlier],
    's._domainkey.signer.example': [{ ...earlier, record: keyRecord(ed25519Key()) }],
    '_dmarc.adsp.example': [{ ...earlier, record: 'v=DMARC1; p=reject' }],
  });
}

/** One person and one domain that the reader knows. */
export function circleOfPeculiar(): Circle {
  const domain = parseDomain('parcels.example');
  return createCircle([{ name: 'Ann Lee', address: 'ann@parcels.example' }], domain ? [domain] : []);
}

/** What earlier mail of one domain has shown. */
export function observedOfPeculiar(): ObservedMemory {
  const times = { since: '2026-01-01T00:00:00.000Z', lastSeen: '2026-03-01T00:00:00.000Z' };
  return memoryOf(
    observation('signer.example', {
      relays: [{ name: 'relay.example', messages: 2, ...times }],
      lists: [{ name: 'walks.example', messages: 1, ...times }],
    }),
  );
}

/** What the reader's own server writes on top; `client` is how it names who connected. */
function received(client = 'from out.example (out.example [192.0.2.25])'): string {
  return `Received: ${client} by mx.home.example with ESMTPS id 1; Sun, 22 Nov 2026 07:00:00 +0000`;
}

function text(fields: readonly string[], body = 'Hello.\r\n'): string {
  return [...fields, '', body].join('\r\n');
}

function sign(message: string, options: Partial<SignOptions> = {}): string {
  return signMessage(message, { key, domain: 'signer.example', ...options });
}

function seal(message: string, instance: number, cv = instance === 1 ? 'none' : 'pass'): string {
  return sealMessage(message, {
    key,
    domain: 'signer.example',
    instance,
    cv,
    tags: { t: '1790000000' },
    sealTags: { t: '1790000000' },
  });
}

/** An address nobody needs to look at. */
const FROM = 'From: ann@signer.example';

const MESSAGES: Readonly<Record<string, string>> = {
  'every kind of address': text([
    'Return-Path: <bounce@pass.example>',
    received(),
    'From: Ann <ann@pass.example> (at work)',
    'Sender: Bob <bob@pass.example> (for Ann)',
    'Reply-To: Cid <cid@pass.example> (the helper), Dot <dot@[192.0.2.1]>, Eve <eve@pass.example>',
    'To: a@home.example',
    'To: b@home.example',
  ]),
  'names that nobody types': text([
    `From: "Cl\u043Eud \u{1D5F8}\u{1D5F8}${'\u00a0'.repeat(30)}x" <ann.lee@\u{1D5F8}.dhl.de.x.example>`,
    'Reply-To: ann.lee7@\u{1D5F8}.dhl.de.x.example',
  ]),
  'a name and a domain like known ones': text(['From: Ann Lee <ann@parcel.example>']),
  'malformed addresses': text([
    'From: <a@pass.example@b.example>',
    'Sender: <a@pass.example@b.example>',
    'Reply-To: <a@pass.example@b.example>',
  ]),
  'addresses without domain': text(['Return-Path: <>', received(), 'From: <root>', 'Sender: <cron>']),
  'names that mislead': text([
    'From: "bank.example \u202E" <x@p\u0430ypal.example>, "ann@bank.example" <y@b\u0430\u03B1nk.example>',
  ]),
  'a signature with all its tags': sign(text([FROM, 'Subject: a', 'To: b'], 'Signed.\r\nNot signed.\r\n'), {
    length: 9,
    headers: ['From', 'Subject'],
    tags: { t: '1790000000', x: '1800000000', i: 'ann@signer.example', z: 'From:ann=40signer.example|Subject:a' },
  }),
  'a signature with nothing in it': text(['DKIM-Signature: nothing', FROM]),
  'a changed body': `${sign(text([FROM, 'Subject: a']))}More.\r\n`,
  'a tag of a list': [
    'List-Id: <walks.example>',
    'List-Help: <https://walks.example/help>',
    sign(text([FROM, 'Subject: a'])).replace('Subject: ', 'Subject: [walks] '),
  ].join('\r\n'),
  'a line added above a signed one': `Subject: b\r\n${sign(text([FROM, 'Subject: a']))}`,
  'a revoked key': sign(text([FROM]), { selector: 'revoked' }),
  'DomainKeys signatures': text([
    'DomainKey-Signature: a=rsa-sha1; d=signer.example; s=old; c=nofws; q=dns; b=AAAA',
    'DomainKey-Signature: a=rsa-sha1; c=nofws; q=dns; b=AAAA',
    FROM,
  ]),
  'an authorized third party': sign(text(['From: ann@author.example']), {
    tags: { atps: 'author.example', atpsh: 'none' },
  }),
  'no key': sign(text([FROM]), { selector: 'gone' }),
  'an ARC chain': seal(seal(text([FROM, 'Subject: a']), 1), 2),
  'an ARC chain with a change in it': seal(`${seal(text([FROM, 'Subject: a']), 1)}More.\r\n`, 2),
  'an ARC chain that broke': `${seal(text([FROM]), 1)}More.\r\n`,
  'an ARC chain with holes': text(['ARC-Seal: i=1', 'ARC-Message-Signature: i=2', FROM]),
  'an ARC chain of one field': text(['ARC-Authentication-Results: i=1; other.example; dkim=pass', FROM]),
  'submission by an account': text([
    'Received: from [10.1.2.3] (dsl.example [192.0.2.25]) (Authenticated sender: ann@home.example)',
    '\tby mx.home.example (Postfix) with ESMTPSA id 1; Sun, 22 Nov 2026 07:00:00 +0000',
    FROM,
  ]),
  'submission on the machine itself': text(['Received: (qmail 1 invoked by uid 89); 22 Nov 2026 07:00:00 -0000', FROM]),
  'a server that writes its own address': text([
    received('from a.example (192.0.2.25)').replace('mx.home.example', 'mx.home.example (10.0.0.1)'),
    FROM,
  ]),
  'server results': text([
    'Authentication-Results: mx.home.example 1; dkim/1=fail (bad) reason="body" header.d=pass.example; spf=pass' +
      ' smtp.mailfrom=a@pass.example',
    'Received-SPF: pass (mx.home.example: fine) client-ip=192.0.2.25; helo=out.example; receiver=mx.home.example',
    received(),
    'Authentication-Results: dmarc=pass action=none; what is this',
    'Received-SPF: maybe',
    'From: ann@pass.example',
  ]),
  'a long way': text([
    received('from out.example (HELO out.example) (192.0.2.25)'),
    'Received: (qmail 1 invoked by uid 2); 22 Nov 2026 06:59:00 -0000',
    'Received: from a.example (b.example [192.0.2.9]) by c.example. via TCP with ESMTP (SOLICIT=net.example:ADV)' +
      ' (using TLSv1.3) id 7 for <d@e.example>; Sun, 22 Nov 2026 06:58:00 +0000',
    'Received: from f.example (SOLICIT=x:y) with SMTP (SOLICIT=net.example:LOST); Sun, 22 Nov 2026',
    'Received: nonsense',
    'List-Id: Walks <walks.example>',
    'X-Spam-Status: No',
    'OPES-System: http://opes.example/',
    'Resent-From: g@pass.example',
    'From: ann@pass.example',
  ]),
  'solicitation classes': sign(
    text([
      FROM,
      'No-Solicit: net.example:ADV, ,1bad, ADV, com:ADV, org.example.reader:key',
      'Subject: ADV: boots',
      'Precedence: bulk',
    ]),
    { headers: ['From', 'Subject', 'No-Solicit'] },
  ),
  'a name that is impersonated often': text(['From: PayPal <a@sender.example>']),
  'solicitation classes that contradict each other': text([
    'Received: from a.example by b.example with SMTP (SOLICIT=net.example:other); Sun, 22 Nov 2026 07:00:00 +0000',
    FROM,
    'Solicitation: net.example:ADV',
    'No-Solicit: org.example:news',
  ]),
  'SPF: fail with words of the publisher': text(['Return-Path: <a@fail.example>', received(), 'From: a@fail.example']),
  'SPF: through include and redirect': text(['Return-Path: <a@moved.example>', received(), 'From: a@moved.example']),
  'SPF: a record that breaks the syntax': text([
    'Return-Path: <a@broken.example>',
    received(),
    'From: a@broken.example',
  ]),
  'SPF: no answer': text(['Return-Path: <a@down.example>', received(), 'From: a@down.example']),
  'SPF: a name that cannot be': text([
    `Return-Path: <${'l'.repeat(60)}@impossible.example>`,
    received(),
    'From: a@impossible.example',
  ]),
  'SPF: no domain': text(['Return-Path: <>', received('from unknown ([192.0.2.25])'), 'From: a@pass.example']),
  'mail that came back': reportMessage({
    type: 'delivery-status',
    status: [...FAILED, 'X-Nothing: of it'],
    returned: sign(
      text([
        'Return-Path: <bounces@signer.example>',
        'Received: from a.example by b.example; Sun, 22 Nov 2026 06:58:00 +0000',
        'Received: nonsense',
        'OPES-System: http://opes.example/',
        'DKIM-Signature: nothing',
        FROM,
        'Sender: bob@signer.example',
        'Subject: a',
        'Date: Sun, 22 Nov 2026 06:57:00 +0000',
        'Message-ID: <1@signer.example>',
      ]),
    ),
  }),
  'a complaint': reportMessage({ type: 'feedback-report', status: ['Feedback-Type: abuse'], returned: text([FROM]) }),
  'a notice of reading': reportMessage({
    type: 'disposition-notification',
    status: ['Original-Message-ID: <1@signer.example>', 'Disposition: x; displayed'],
  }),
  'protected parts': text(
    [FROM, 'Autocrypt: addr=ann@signer.example; keydata=AAAA', 'Content-Type: multipart/mixed; boundary=x'],
    [
      ...['--x', 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data', '', 'AAAA', '--x'],
      ...['Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=y', '', '--y'],
      ...['Content-Type: text/plain; hp="clear"', '', 'Hello', '--y--', '--x--', ''],
    ].join('\r\n'),
  ),
  'a practice of ADSP': text(['From: a@adsp.example']),
  'a list in place of the author': text([
    'List-Id: <walks.lists.example>',
    'List-Post: <mailto:walks@lists.example>',
    'X-Original-From: Ann <ann@signer.example>',
    'From: Ann via Walks <walks@lists.example>',
    'Reply-To: ann@signer.example',
  ]),
  'SPF: everyone may': text(['Return-Path: <a@anyone.example>', received(), 'From: a@anyone.example']),
  'no such domain': text(['From: a@nowhere.invalid']),
  'two authors': text(['From: a@adsp.example, b@pass.example']),
  'no header': 'Hello.\r\n',
  nothing: '',
};

export const PECULIAR_MESSAGES: readonly NamedMessage[] = Object.entries(MESSAGES).map(([name, message]) => ({
  name,
  raw: utf8ToBytes(message),
}));
