import { describe, expect, it, vi } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { explainFailure } from '../../src/dkim/explain.ts';
import { LIMITS } from '../../src/limits.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { verifyTop, zoneOf } from './support/check.ts';
import { keyRecord, rsaKey, signMessage } from './support/signer.ts';

const key = rsaKey(1024);
const zone = zoneOf(keyRecord(key));
const MESSAGE =
  'From: Ann <ann@example.com>\r\nTo: list@example.org\r\nSubject: Lunch\r\nDate: now\r\n\r\nAt noon?\r\n\r\nAnn\r\n';
const FOOTER = '_______________________________________________\r\nlist mailing list\r\nhttps://list.example\r\n';

async function explain(message: string): Promise<readonly string[]> {
  const report = await verifyTop(message, zone);
  return explainFailure(parseMessage(stringToOctets(message)), report);
}

describe('explainFailure', () => {
  const signed = signMessage(MESSAGE, { key });

  it.each<[string, readonly string[], string]>([
    ['a list footer', ['list-footer'], signed + FOOTER],
    ['a footer below two separators', ['list-footer'], `${signed}\r\n-- \r\na\r\n-----\r\nb\r\n`],
    ['a tag in the Subject', ['subject-tag'], signed.replace('Subject: ', 'Subject: [list] ')],
    ['both', ['list-footer', 'subject-tag'], signed.replace('Subject: ', 'Subject: [list] ') + FOOTER],
    [
      'another encoding',
      ['re-encoded'],
      signed
        .replace('\r\nDate:', '\r\nContent-Transfer-Encoding: quoted-printable\r\nDate:')
        .replace('noon', 'no=\r\no=6e'),
    ],
    ['nothing', [], signed],
    ['a changed word', [], signed.replace('noon', 'nine')],
    ['a changed word above a footer', [], signed.replace('noon', 'nine') + FOOTER],
    ['another Subject with a tag', [], signed.replace('Subject: Lunch', 'Subject: [list] Dinner')],
    ['text added without a separator', [], `${signed}list\r\n`],
  ])('%s', async (_, expected, message) => {
    expect(await explain(message)).toEqual(expected);
  });

  it('knows a tag behind Re:', async () => {
    const reply = signMessage(MESSAGE.replace('Lunch', 'Re: Lunch'), { key });
    expect(await explain(reply.replace('Subject: Re:', 'Subject: Re: [list]'))).toEqual(['subject-tag']);
  });

  it('hashes each variant of a body once for all signatures, and no more octets than the limit', async () => {
    const body = `${'a line of some length, many times over\r\n'.repeat(20_000)}${'-----\r\nx\r\n'.repeat(40)}`;
    const broken = signMessage(MESSAGE, { key }) + body;
    const report = await verifyTop(broken, zone);
    const message = parseMessage(stringToOctets(broken));
    const digest = vi.spyOn(crypto.subtle, 'digest');
    const octets = (): number =>
      digest.mock.calls.reduce((sum, [, data]) => sum + (data.byteLength > 10_000 ? data.byteLength : 0), 0);
    await explainFailure(message, report);
    const first = octets();
    expect(first).toBeGreaterThan(5 * body.length);
    for (let signature = 2; signature <= 8; signature++) await explainFailure(message, report);
    expect(octets()).toBe(first);
    expect(first).toBeLessThanOrEqual(LIMITS.explainedWork);
    digest.mockRestore();
  });

  it('stays an explanation: the result is a failure', async () => {
    expect((await verifyTop(signed + FOOTER, zone)).result).toBe('fail');
  });
});
