import { describe, expect, it } from 'vitest';
import { RFC6376_MESSAGE, RFC8463_MESSAGE, RFC_ZONE } from './support/rfc-examples.ts';
import { verdict, verifyAll, verifyTop } from './support/check.ts';

const allGood = { syntax: 'good', key: 'good', bodyHash: 'good', signature: 'good', time: 'good', coverage: 'good' };

describe('RFC 6376 Appendix A.2', () => {
  it('verifies, with all there is to know', async () => {
    expect(await verifyTop(RFC6376_MESSAGE, RFC_ZONE)).toEqual({
      field: 0,
      domain: 'example.com',
      selector: 'brisbane',
      identity: 'joe@football.example.com',
      algorithm: 'rsa-sha256',
      canonicalization: 'simple/simple',
      result: 'pass',
      reason: null,
      relation: 'exact',
      keyBits: 1024,
      signedHeaders: ['received', 'from', 'to', 'subject', 'date', 'message-id'],
      signedFields: [1, 2, 3, 4, 5, 6],
      testing: false,
      dnssec: 'insecure',
      checked: true,
      facts: allGood,
      notes: ['weak-key', 'no-dnssec'],
      signedAt: null,
      expiresAt: null,
      keyName: 'brisbane._domainkey.example.com',
      keyRecord: RFC_ZONE['brisbane._domainkey.example.com'].TXT[0],
      keyTtl: 300,
      addedAbove: [],
      unsignedImportant: [],
    });
  });

  it('verifies as a mail store keeps it, with bare LF, and says so', async () => {
    const report = await verifyTop(RFC6376_MESSAGE.replaceAll('\r\n', '\n'), RFC_ZONE);
    expect(verdict(report)).toBe('pass');
    expect(report.notes).toContain('line-ends-normalised');
  });
});

describe('RFC 8463 Appendix A', () => {
  it('verifies both signatures', async () => {
    const reports = await verifyAll(RFC8463_MESSAGE, RFC_ZONE);
    expect(reports.map(verdict)).toEqual(['pass', 'pass']);
    expect(reports.map(({ algorithm, keyBits }) => [algorithm, keyBits])).toEqual([
      ['ed25519-sha256', 256],
      ['rsa-sha256', 1024],
    ]);
    expect(reports.map(({ facts }) => facts)).toEqual([allGood, allGood]);
    expect(reports[0]?.signedAt).toBe('2018-06-10T13:38:29.000Z');
    expect(reports[0]?.notes).toContain('oversigned-from');
  });
});
