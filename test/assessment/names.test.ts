/** At which level it is told that what is shown of an author misleads; whole checks. */
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { keyRecord, rsaKey, signMessage } from '../dkim/support/signer.ts';

const key = rsaKey(2048);
const resolver = createZoneResolver({
  's._domainkey.y.example': { TXT: [keyRecord(key)] },
  'y.example': { A: ['192.0.2.1'] },
});

/** The findings about names, as `id level`, of a message with these fields; `signed` by y.example over the fields named. */
async function told(fields: readonly string[], signed?: readonly string[]): Promise<readonly string[]> {
  const text = [...fields, '', 'Hello.', ''].join('\r\n');
  const raw = signed ? signMessage(text, { key, domain: 'y.example', headers: signed }) : text;
  const { findings, level } = await checkMessage(utf8ToBytes(raw), {
    resolver,
    now: new Date('2026-11-02T12:00:00Z'),
  });
  return [level, ...findings.filter(({ id }) => NAMES.has(id)).map(({ id, level: at }) => `${id} ${at}`)];
}

const NAMES = new Set([
  ...['several-authors', 'no-author', 'address-in-display-name', 'sent-in-name-of', 'sent-via', 'domain-like-name'],
  ...['domain-in-display-name', 'deceptive-characters', 'invisible-characters', 'stray-characters'],
  ...['odd-letters-domain', 'domain-in-subdomain', 'single-label-domain', 'mixed-script-name', 'odd-letters-name'],
  ...['address-pushed-away', 'reply-to-twin', 'reply-to-alike'],
]);

describe('another address in the name', () => {
  const named = 'From: "ann@x.example via Hikers" <hikers@y.example>';
  const service = 'From: "Ann (ann@x.example)" <desk@y.example>';
  const answers = 'Reply-To: ann@x.example';

  it.each<[string, readonly string[], readonly string[] | undefined, readonly string[]]>([
    ['a warning', ['From: "ann@x.example" <a@y.example>'], undefined, ['warning', 'address-in-display-name warning']],
    ['also if signed', [service], ['From'], ['warning', 'address-in-display-name warning']],
    ['a caution behind "via"', [named], undefined, ['caution', 'sent-in-name-of caution']],
    [
      'no less if anybody could have added the Reply-To',
      [service, answers],
      ['From'],
      ['warning', 'address-in-display-name warning'],
    ],
    [
      'a caution if the signer sends answers there',
      [service, answers],
      ['From', 'Reply-To'],
      ['caution', 'sent-in-name-of caution'],
    ],
    ['a note if a list that signs does', [named, answers], ['From', 'Reply-To'], ['verified', 'sent-via note']],
    [
      'no note if another Reply-To was added',
      ['Reply-To: ann@x.example', named, answers],
      ['From', 'Reply-To'],
      ['sent-in-name-of caution'],
    ],
  ])('is %s', async (_name, fields, signed, expected) => {
    expect(await told(fields, signed)).toEqual(expect.arrayContaining([...expected]));
  });
});

describe('what no name needs', () => {
  it.each([
    ['"www.bank.example" <a@y.example>', ['caution', 'domain-in-display-name caution']],
    ['"Bank.com" <a@y.example>', ['verified', 'domain-like-name note']],
    ['"Jimmy.Page" <jpage@y.example>', ['verified', 'domain-like-name note']],
    ['=?utf-8?Q?=E2=80=AEelpoeP?= <a@y.example>', ['warning', 'deceptive-characters warning']],
    ['=?utf-8?Q?Pay=E2=80=8BPal?= <a@y.example>', ['caution', 'invisible-characters caution']],
    ['=?utf-8?Q?Donau=C2=ADdampf?= <a@y.example>', ['verified', 'stray-characters note']],
    ['=?utf-8?Q?=E2=80=AAJeff_Chan=E2=80=AC?= <a@y.example>', ['verified']],
    ['"Anna.Kim" <anna.kim@y.example>', ['verified']],
  ])('%s on signed mail', async (from, expected) => {
    expect(await told([`From: ${from}`], ['From'])).toEqual(expected);
  });
});

describe('several authors', () => {
  it.each([
    ['"Some One"<<>>', false],
    ['<a@y.example@x.example>', false],
    ['a@y.example@x.example', false],
    ['Ann <a@y.example>, Ann <a@y.example>', false],
    ['a@y.example, b@x.example', true],
    ['<a@y.example> <b@x.example>', true],
    ['a@y.example; b@x.example', true],
  ])('%s: %s', async (from, several) => {
    expect((await told([`From: ${from}`])).some((said) => said.startsWith('several-authors'))).toBe(several);
  });
});

describe('what no honest message shows', () => {
  const outside =
    'Received: from m.z.example (m.z.example [192.0.2.9]) by mx.y.example; Mon, 2 Nov 2026 10:00:00 +0000';
  it.each<[string, readonly string[], readonly string[]]>([
    ['a quoted local part', ['From: "Bank <ceo@bank.example>"@y.example'], ['address-in-display-name warning']],
    [
      'an encoded word in the address',
      ['From: =?utf-8?Q?ceo=40bank.example?=@y.example'],
      ['address-in-display-name warning'],
    ],
    ['a group name', ['From: "ceo@bank.example": a@y.example;'], ['address-in-display-name warning']],
    ['a domain in odd letters', ['From: a@\u{1d5f8}y.example'], ['odd-letters-domain caution']],
    ['a domain inside the subdomain', ['From: a@dhl.de.y.example'], ['domain-in-subdomain caution']],
    ['a name of mixed alphabets', ['From: Cl\u043Eud <a@y.example>'], ['mixed-script-name caution']],
    ['a name in odd letters', ['From: \u{1d5f8}\u{1d5f8} <a@y.example>'], ['odd-letters-name note']],
    ['blanks', [`From: "Bank${'\u00a0'.repeat(30)}x" <a@y.example>`], ['address-pushed-away caution']],
    ['a name of 3,000 letters', [`From: "${'x'.repeat(3000)}" <a@y.example>`], ['address-pushed-away caution']],
    ['a domain of one label', [outside, 'From: a@localmail'], ['single-label-domain caution']],
    ['a twin', ['From: ann.lee@gmail.com', 'Reply-To: ann.lee7@gmail.com'], ['reply-to-twin caution']],
    ['a twin elsewhere', ['From: ann.lee@y.example', 'Reply-To: ann.lee7@y.example'], ['reply-to-alike note']],
  ])('%s', async (_name, fields, expected) => {
    expect(await told(fields)).toEqual(expect.arrayContaining([...expected]));
  });

  it.each([
    [
      'local mail',
      ['Received: by host.y.example (Postfix, from userid 0); Mon, 2 Nov 2026 10:00:00 +0000', 'From: root@host'],
    ],
    [
      'local mail through the loopback',
      ['Received: from host (localhost [127.0.0.1]) by host; Mon, 2 Nov 2026 10:00:00 +0000', 'From: root@host'],
    ],
    ['a padded name', [`From: "SMITH      JOHN     " <a@y.example>`]],
    ['a quoted local part', ['From: "john smith"@y.example']],
    ['undisclosed recipients', ['From: Team: a@y.example;']],
  ])('%s shows none of it', async (_name, fields) => {
    expect((await told(fields)).slice(1)).toEqual([]);
  });
});
