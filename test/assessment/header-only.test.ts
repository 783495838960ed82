/** A header without its text: what it leaves out is said, and never taken for broken. */
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Report } from '../../src/report/types.ts';
import { ed25519Key, keyRecord, signMessage } from '../dkim/support/signer.ts';

const key = ed25519Key();
const ZONE = {
  'bank.example': { A: ['192.0.2.1'] },
  's._domainkey.bank.example': { TXT: [keyRecord(key)] },
  '_dmarc.bank.example': { TXT: ['v=DMARC1; p=reject'] },
};
const MESSAGE = 'From: Bank <a@bank.example>\r\nSubject: Statement\r\n\r\nIt is there.\r\n';
const signed = signMessage(MESSAGE, { key, domain: 'bank.example', headers: ['From', 'Subject'] });
const headerOf = (message: string): string => message.slice(0, message.indexOf('\r\n\r\n') + 2);

async function check(text: string, headerOnly = true): Promise<Report> {
  return checkMessage(utf8ToBytes(text), { resolver: createZoneResolver(ZONE), now: new Date(), headerOnly });
}

const ids = ({ findings }: Report): readonly string[] => findings.map(({ id }) => id);

describe('a header alone', () => {
  it('is unchecked where it bears a signature of the author, whatever the policy', async () => {
    const report = await check(headerOf(signed));
    expect(report).toMatchObject({ level: 'unchecked', headline: 'header-only', headerOnly: true, dkim: [] });
    expect(ids(report)).not.toContain('no-header-end');
  });

  it('is no better than it was where it bears none', async () => {
    expect((await check(headerOf(MESSAGE))).level).toBe((await check(MESSAGE, false)).level);
    const stranger = headerOf(MESSAGE.replace('From:', 'DKIM-Signature: v=1; d=evil.example; s=s\r\nFrom:'));
    expect((await check(stranger)).level).toBe((await check(headerOf(MESSAGE))).level);
  });

  it('still shows what the header shows', async () => {
    expect((await check('From: a@bank.example\r\nFrom: b@bank.example\r\n')).level).toBe('warning');
  });
});
