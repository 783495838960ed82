/** What an attacker can send: every message has an answer, in time that grows no faster than the message. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { canonicalizeBody } from '../../src/dkim/canonicalize-body.ts';
import { parseDkimSignature, summarizeSignature } from '../../src/dkim/parse.ts';
import { parseKeyRecord } from '../../src/dkim/key.ts';
import { LIMITS } from '../../src/limits.ts';
import { preparedGrowthExponent } from '../support/growth.ts';
import { canonicalBody, keyRecord, rsaKey, signMessage } from './support/signer.ts';
import { verdict, verifyAll, verifyTop, zoneOf } from './support/check.ts';

const key = rsaKey(1024);
const zone = zoneOf(keyRecord(key));
const MESSAGE =
  'From: Ann <ann@example.com>\r\nTo: bob@example.org\r\nSubject: a  b\r\nDate: now\r\n\r\nDear Bob,\r\n\r\nyes. \r\n';

describe('flipping a byte', () => {
  it.each(['simple/simple', 'relaxed/relaxed'])(
    'ends the pass unless canonicalization takes it away (%s)',
    async (form) => {
      const signed = signMessage(MESSAGE, { key, canonicalization: form });
      const start = signed.indexOf('\r\nFrom:') + 2;
      const body = signed.indexOf('\r\n\r\n') + 4;
      const bodyForm = form.split('/')[1] ?? '';
      for (let at = start; at < signed.length; at++) {
        const flipped = signed.slice(0, at) + String.fromCharCode(signed.charCodeAt(at) ^ 1) + signed.slice(at + 1);
        const survives =
          at < body
            ? form.startsWith('simple') || !/\s/.test(signed[at] ?? '')
            : canonicalBody(flipped.slice(body), bodyForm) !== canonicalBody(signed.slice(body), bodyForm);
        const reports = await verifyAll(flipped, zone);
        if (survives) expect([at, ...reports.map(verdict)]).not.toEqual([at, 'pass']);
      }
    },
  );

  it('in the signature field ends the pass outside b=', async () => {
    const signed = signMessage(MESSAGE, { key, canonicalization: 'simple/simple' });
    for (let at = 'DKIM-Signature:'.length; at < signed.indexOf(' b='); at++) {
      const flipped = signed.slice(0, at) + String.fromCharCode(signed.charCodeAt(at) ^ 1) + signed.slice(at + 1);
      const reports = await verifyAll(flipped, zone);
      expect([at, ...reports.map(verdict)]).not.toEqual([at, 'pass']);
    }
  });
});

const octets = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)) });

describe('never throws', () => {
  it('on random bytes', async () => {
    const piece = fc.oneof(
      octets,
      fc.constantFrom(
        'DKIM-Signature:',
        'From:',
        '\r\n',
        '\n',
        ' ',
        '; ',
        'v=1',
        'a=rsa-sha256',
        'd=example.com',
        's=s',
        'h=from',
        'b=',
        'bh=',
        'AAAA',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        for (const report of await verifyAll(pieces.join(''), zone)) expect(report.result).not.toBe('pass');
      }),
      { numRuns: 500 },
    );
  });

  it('on random tag values', () => {
    const tags = fc.dictionary(fc.constantFrom(...'v a b bh c d h i l q s t x z p k g n'.split(' ')), octets);
    fc.assert(
      fc.property(tags, (values) => {
        const text = Object.entries(values)
          .map(([name, value]) => `${name}=${value}`)
          .join(';');
        expect(summarizeSignature(parseDkimSignature(text)).signedHeaders).toBeInstanceOf(Array);
        parseKeyRecord(text);
      }),
    );
  });

  it('on random keys', async () => {
    const signed = signMessage(MESSAGE, { key });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const report = await verifyTop(signed, zoneOf(`v=DKIM1; p=${Buffer.from(bytes).toString('base64')}`));
        expect(report.result).not.toBe('pass');
      }),
    );
  });
});

describe('work grows with the size, not with its square', { timeout: 30_000 }, () => {
  it.each([
    ['blanks', ' '],
    ['tabs', '\t'],
    ['empty lines', '\r\n'],
    ['bare line ends', '\n'],
    ['blank lines', ' \r\n'],
    ['bare CR', '\r'],
    ['double blanks', 'a  '],
    ['blanks before bare line ends', 'a \n'],
  ])('body of %s', (_, unit) => {
    const body = (size: number) => {
      const bytes = stringToOctets(`${unit.repeat(size / unit.length)}.`);
      return () => canonicalizeBody(bytes, 'relaxed');
    };
    expect(preparedGrowthExponent(body, 1 << 16)).toBeLessThan(1.6);
  });

  it.each([
    ['semicolons', ';'],
    ['tags without value', 'a;'],
    ['blanks', ' '],
    ['colons in h=', ':'],
    ['bars in z=', '|'],
  ])('signature of %s', (_, unit) => {
    const field = (size: number) => {
      const text = `v=1; h=${unit.repeat(size)}; z=${unit.repeat(size)}`;
      return () => parseDkimSignature(text);
    };
    expect(preparedGrowthExponent(field, LIMITS.tagListBytes / 32)).toBeLessThan(1.7);
  });
});

it('answers for thousands of signatures and verifies a few', async () => {
  const many = 'DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=AA==; b=AA==\r\n'.repeat(5000);
  const reports = await verifyAll(many + MESSAGE, zone);
  expect(reports).toHaveLength(5000);
  expect(reports.filter(({ checked }) => checked)).toHaveLength(LIMITS.signatures);
});
