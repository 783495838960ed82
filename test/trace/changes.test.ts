import { describe, expect, it } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Intermediary, ShownChange } from '../../src/trace/types.ts';
import { keyRecord, rsaKey, sealMessage, signMessage, type SealOptions } from '../dkim/support/signer.ts';

const key = rsaKey(1024);
const zone = Object.fromEntries(
  ['author.example', 'list.example', 'first.example', 'second.example', 'third.example'].map((domain) => [
    `s._domainkey.${domain}`,
    { TXT: [keyRecord(key)] },
  ]),
);

const MESSAGE = 'From: ann@author.example\r\nTo: l@list.example\r\nSubject: Lunch\r\nDate: now\r\n\r\nAt noon?\r\n';
const FOOTER = '_____________________\r\nOur list\r\n';
const LIST = 'List-Id: Ours <ours.list.example>\r\n';

const signed = signMessage(MESSAGE, { key, domain: 'author.example' });

function seal(message: string, instance: number, domain: string, results = 'none', options: Partial<SealOptions> = {}) {
  return sealMessage(message, { key, domain, instance, cv: instance === 1 ? 'none' : 'pass', results, ...options });
}

async function handlers(message: string): Promise<readonly Intermediary[]> {
  const context = { resolver: createZoneResolver(zone), now: new Date('2026-06-01T12:00:00Z') };
  return (await checkMessage(stringToOctets(message), context)).intermediaries;
}

/** `kind name: domain part (fields; changes) proof`, or nothing shown. */
async function inWords(message: string): Promise<readonly string[]> {
  return (await handlers(message)).map(
    ({ kind, name, changed }) => `${kind} ${name}: ${changed.map(changeInWords).join(', ') || 'nothing'}`,
  );
}

function changeInWords({ method, domain, body, header, headerFields, changes, proof }: ShownChange): string {
  const parts = [...(body ? ['body'] : []), ...(header ? ['header'] : [])].join('+');
  return `${method} ${domain} ${parts} (${[...headerFields, ...changes].join(' ')}) ${proof}`;
}

describe('what a list can be shown to have changed', () => {
  it('is what lists do, where that explains the broken signature and it is the only list', async () => {
    const changed = LIST + signed.replace('Subject: ', 'Subject: [ours] ') + FOOTER;
    expect(await inWords(changed)).toEqual([
      'list ours.list.example: dkim author.example body+header (subject list-footer subject-tag) known-change',
    ]);
    expect(await inWords(`List-Id: <other.example>\r\n${changed}`)).toEqual([
      'list other.example: nothing',
      'list ours.list.example: nothing',
    ]);
  });

  it('is whatever it signed itself, whether that can be explained or not', async () => {
    const rewritten = LIST + signed.replace('noon', 'nine');
    expect(await inWords(rewritten)).toEqual(['list ours.list.example: nothing']);
    expect(await inWords(signMessage(rewritten, { key, domain: 'list.example' }))).toEqual([
      'list ours.list.example: dkim author.example body () own-signature',
    ]);
  });

  it('is nothing where its signature is older than the broken one, or broken as well', async () => {
    const listFirst = signMessage(LIST + MESSAGE, { key, domain: 'list.example', headers: ['From'] });
    const both = signMessage(listFirst, { key, domain: 'author.example' });
    expect(await inWords(both.replace('Lunch', 'Dinner'))).toEqual(['list ours.list.example: nothing']);
    const signedByList = signMessage(LIST + signed, { key, domain: 'list.example' });
    expect(await inWords(signedByList.replace('noon', 'nine'))).toEqual(['list ours.list.example: nothing']);
  });

  it('is nothing where every signature still verifies', async () => {
    expect(await inWords(signMessage(LIST + signed, { key, domain: 'list.example' }))).toEqual([
      'list ours.list.example: nothing',
    ]);
  });

  it('names the header fields that differ from the copies in z= (RFC 6376 §3.5)', async () => {
    const copies = { z: 'From:ann@author.example|Subject:Lunch|Date:now|To:l@list.example' };
    const withCopies = signMessage(MESSAGE, { key, domain: 'author.example', tags: copies });
    const changed = signMessage(LIST + withCopies.replace('Lunch', 'Dinner').replace('Date: now', 'Date:  now'), {
      key,
      domain: 'list.example',
    });
    expect(await inWords(changed)).toEqual([
      'list ours.list.example: dkim author.example header (subject) own-signature',
    ]);
  });
});

describe('what a sealer can be shown to have changed (RFC 8617 §5.2)', () => {
  const recorded = 'dkim=pass header.d=author.example';

  it('is what broke the signature it recorded as passing', async () => {
    expect(await inWords(seal(signed + FOOTER, 1, 'first.example', recorded))).toEqual([
      'sealer first.example: dkim author.example body (list-footer) arc-results',
    ]);
    expect(await inWords(seal(signed + FOOTER, 1, 'first.example', 'dkim=pass header.i=@author.example'))).toEqual([
      'sealer first.example: dkim author.example body (list-footer) arc-results',
    ]);
  });

  it('is nothing where the chain never recorded a pass', async () => {
    for (const results of [
      'none',
      'dkim=fail header.d=author.example',
      'dkim=pass header.d=other.example',
      'dkim=pass',
    ]) {
      expect(await inWords(seal(signed + FOOTER, 1, 'first.example', results))).toEqual([
        'sealer first.example: nothing',
      ]);
    }
  });

  it('is what broke the message signature of the sealer before it', async () => {
    const sealed = seal(MESSAGE, 1, 'first.example');
    const chain = seal(`${sealed}More.\r\n`, 2, 'second.example');
    expect(await inWords(seal(chain, 3, 'third.example'))).toEqual([
      'sealer first.example: nothing',
      'sealer second.example: arc first.example body () arc-signatures',
      'sealer third.example: nothing',
    ]);
    const header = seal(seal(MESSAGE, 1, 'first.example').replace('Lunch', 'Dinner'), 2, 'second.example');
    expect((await inWords(header))[1]).toBe('sealer second.example: arc first.example header () arc-signatures');
  });

  it('goes to the first sealer after the change, not to the one that last saw the signature pass', async () => {
    const chain = seal(seal(signed, 1, 'first.example', recorded) + FOOTER, 2, 'second.example', 'dkim=fail');
    expect(await inWords(chain)).toEqual([
      'sealer first.example: nothing',
      'sealer second.example: arc first.example body () arc-signatures, dkim author.example body (list-footer) arc-results',
    ]);
  });

  it('is nothing in a chain that does not validate, which then names no sealer either', async () => {
    expect(await inWords(`${seal(signed, 1, 'first.example', recorded)}More.\r\n`)).toEqual([]);
  });

  it('tells what each recorded', async () => {
    const [sealer] = await handlers(seal(signed, 1, 'first.example', recorded));
    expect(sealer?.says).toEqual([
      { field: 2, name: 'ARC-Authentication-Results', text: `i=1; first.example; ${recorded}` },
    ]);
  });
});

it('shows nothing of scanners, gateways and OPES systems: they sign nothing', async () => {
  const marks = 'X-Spam-Status: No\r\nX-Mimecast-Spam-Score: 0\r\nOPES-System: https://opes.example/\r\n';
  expect(await inWords(marks + signed + FOOTER)).toEqual([
    'opes https://opes.example/: nothing',
    'scanner SpamAssassin or the like: nothing',
    'gateway Mimecast: nothing',
  ]);
});
