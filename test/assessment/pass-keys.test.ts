/** What a message says of itself by carrying a pass key of the reader. */
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Report } from '../../src/report/types.ts';
import { ed25519Key, keyRecord, signMessage } from '../dkim/support/signer.ts';

const KEY = 'org.example.reader:key-1';
const key = ed25519Key();
const zone = { 'friend.example': { A: ['192.0.2.1'] }, 's._domainkey.friend.example': { TXT: [keyRecord(key)] } };
const PLAIN = ['From: Bo <bo@friend.example>', 'Subject: Hi', `No-Solicit: ${KEY}`, '', 'text', ''].join('\r\n');

const sign = (headers: readonly string[]): string =>
  signMessage(PLAIN, { key, domain: 'friend.example', selector: 's', headers });
const check = (text: string, passKeys?: readonly string[]): Promise<Report> =>
  checkMessage(utf8ToBytes(text), {
    resolver: createZoneResolver(zone),
    now: new Date('2026-11-22T08:00:00Z'),
    passKeys,
  });
const told = ({ findings }: Report) =>
  findings.filter(({ id }) => id.startsWith('pass-key')).map(({ id, level, params }) => [id, level, params]);

describe('a pass key of the reader', () => {
  it('is told along with who signed it', async () => {
    const report = await check(sign(['From', 'No-Solicit']), [KEY]);
    expect(told(report)).toEqual([['pass-key-used', 'note', { keys: KEY, domain: 'friend.example' }]]);
  });

  it.each([
    ['no signature covers its field', sign(['From', 'Subject'])],
    ['the message is not signed', PLAIN],
    [
      'a field was added that is not covered',
      sign(['From', 'No-Solicit']).replace('Subject:', 'No-Solicit: x\r\nSubject:'),
    ],
  ])('is warned of where %s: anyone can have copied it', async (_, text) => {
    expect(told(await check(text, [KEY]))).toEqual([['pass-key-unsigned', 'note', { keys: KEY }]]);
  });

  it('is an ordinary keyword to those who gave out no such key', async () => {
    expect(told(await check(PLAIN))).toEqual([]);
    expect(told(await check(PLAIN, ['org.example.reader:key-2']))).toEqual([]);
  });

  it('never makes a message look better', async () => {
    expect((await check(PLAIN, [KEY])).level).toBe((await check(PLAIN)).level);
  });
});
