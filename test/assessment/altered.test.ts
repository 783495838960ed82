/** Mail that a trusted server saw pass and that no longer verifies: which part changed, since which server, and that nobody is accused. */
import { describe, expect, it } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Report } from '../../src/report/types.ts';
import { keyRecord, rsaKey, signMessage, type SignOptions } from '../dkim/support/signer.ts';

const key = rsaKey(1024);
const resolver = createZoneResolver({
  's._domainkey.author.example': { TXT: [keyRecord(key)] },
  'author.example': { A: ['192.0.2.1'] },
  '_dmarc.author.example': { TXT: ['v=DMARC1; p=reject'] },
});
const MESSAGE = 'From: ann@author.example\r\nTo: me@mine.example\r\nSubject: Lunch\r\nDate: now\r\n\r\nAt noon?\r\n';
const SEEN =
  'Authentication-Results: mx.mine.example; dkim=pass header.d=author.example\r\n' +
  'Received: from m (m [192.0.2.1]) by mx.mine.example with ESMTPS id 1; Mon, 1 Jun 2026 11:00:00 +0000\r\n';

function check(change: (signed: string) => string, options: Partial<SignOptions> = {}, above = SEEN): Promise<Report> {
  const signed = signMessage(MESSAGE, { key, domain: 'author.example', ...options });
  const context = { resolver, now: new Date('2026-06-01T12:00:00Z'), trust: { authservIds: ['mx.mine.example'] } };
  return checkMessage(stringToOctets(above + change(signed)), context);
}

const header = (text: string): string => text.replace('Lunch', 'Dinner');
const body = (text: string): string => text.replace('noon', 'nine');

describe('a message altered after receipt', () => {
  it.each([
    ['the text', body, 'body-changed'],
    ['a header line', header, 'altered-header'],
    ['both', (text: string) => header(body(text)), 'altered-body-and-header'],
  ])('is told by what changed: %s', async (_what, change, expected) => {
    const { level, headline, headlineParams, findings } = await check(change);
    expect([level, headline]).toEqual(['signed', 'altered-after-receipt']);
    expect(headlineParams).toEqual({ server: 'mx.mine.example', domain: 'author.example' });
    const parts = findings.filter(({ id }) => /^(?:body-changed|altered-(?:header|body-and-header))$/.test(id));
    expect(parts.map(({ id }) => id)).toEqual([expected]);
    // DMARC's "reject" is for mail that failed on arrival, and this did not.
    expect(findings.every((finding) => finding.level !== 'warning')).toBe(true);
  });

  it('is told by the lines that differ where the signer left copies, by all signed ones where not', async () => {
    const fieldsOf = async (options: Partial<SignOptions>): Promise<string | undefined> =>
      (await check(header, options)).findings.find(({ id }) => id === 'altered-header')?.params['fields'];
    expect(await fieldsOf({})).toBe('from, to, subject, date');
    expect(await fieldsOf({ tags: { z: 'From:ann@author.example|Subject:Lunch|Date:now' } })).toBe('subject');
  });

  it('is only a message with a broken signature where no trusted server saw it pass', async () => {
    for (const above of [
      '',
      SEEN.replace('mx.mine.example;', 'mx.other.example;'),
      SEEN.replace('dkim=pass', 'dkim=fail'),
    ]) {
      const ids = (await check(header, {}, above)).findings.map(({ id }) => id);
      expect(ids.some((id) => id.startsWith('altered-'))).toBe(false);
    }
  });
});
