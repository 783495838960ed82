/** What an archived key says of a signature, and that it never makes one pass. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArchivedKey } from '../../src/dkim/archive.ts';
import type { DkimSignatureReport } from '../../src/dkim/types.ts';
import { memoryArchive } from '../support/memory.ts';
import { NOW, verdict, verifyAll, verifyTop, zoneOf } from './support/check.ts';
import { ed25519Key, keyRecord, signMessage } from './support/signer.ts';

const NAME = 's._domainkey.example.com';
const MESSAGE = 'From: ann@example.com\r\nSubject: A walk\r\n\r\nAt nine.\r\n';
const oldKey = ed25519Key();
const newKey = ed25519Key();
const signed = signMessage(MESSAGE, { key: oldKey });

const archived = (record = keyRecord(oldKey)): ArchivedKey => ({
  record,
  firstSeen: '2026-01-01T00:00:00.000Z',
  lastSeen: '2026-03-01T00:00:00.000Z',
  dnssec: 'secure',
});
const archiveOf = (...keys: readonly ArchivedKey[]) => memoryArchive({ [NAME]: keys });

describe('a key this machine saw before', () => {
  it.each([
    ['gone', {}, 'permerror key-not-found', 'gone', null],
    ['revoked by an empty p= (RFC 6376 §3.6.1)', zoneOf('v=DKIM1; p='), 'permerror key-revoked', 'revoked', null],
    ['replaced by another', zoneOf(keyRecord(newKey)), 'fail signature-mismatch', 'replaced', NOW.toISOString()],
    ['replaced by what is no key', zoneOf('v=spf1 -all'), 'permerror key-syntax', 'gone', null],
  ])('verifies the signature where it is %s, and the result stays', async (_, zone, result, withdrawal, since) => {
    const report = await verifyTop(signed, zone, { archive: archiveOf(archived()) });
    expect(verdict(report)).toBe(result);
    expect(report.archivedKey).toEqual({ ...archived(), withdrawal, successorSince: since, verifies: true });
  });

  it.each([
    ['an altered body', signed.replace('nine', 'ten'), archived()],
    ['an altered header', signed.replace('A walk', 'A run'), archived()],
    ['a key of somebody else', signed, archived(keyRecord(newKey))],
    ['a key that was in test mode', signed, archived(keyRecord(oldKey, 't=y; '))],
    ['a key that is not for mail', signed, archived(keyRecord(oldKey, 's=tlsrpt; '))],
    ['a signature that has expired', signMessage(MESSAGE, { key: oldKey, tags: { x: '1760000000' } }), archived()],
  ])('does not verify %s', async (_, message, key) => {
    const report = await verifyTop(message, {}, { archive: archiveOf(key) });
    expect(report.archivedKey?.verifies).toBe(false);
  });

  it('is not asked where DNS did not answer: that the key is gone must be certain', async () => {
    const report = await verifyTop(signed, { [NAME]: { TXT: 'SERVFAIL' } }, { archive: archiveOf(archived()) });
    expect(verdict(report)).toBe('temperror key-unavailable');
    expect(report.archivedKey).toBeUndefined();
  });

  it('is told as replaced beside a signature that is valid with its successor', async () => {
    const successor = { ...archived(keyRecord(newKey)), firstSeen: '2026-03-02T00:00:00.000Z' };
    const report = await verifyTop(signMessage(MESSAGE, { key: newKey }), zoneOf(keyRecord(newKey)), {
      archive: archiveOf(successor, archived()),
    });
    expect(verdict(report)).toBe('pass');
    expect(report.archivedKey).toMatchObject({
      ...archived(),
      withdrawal: 'replaced',
      successorSince: '2026-03-02T00:00:00.000Z',
      verifies: false,
    });
  });

  it('is not called replaced where only the words around the key changed', async () => {
    const report = await verifyTop(signed, zoneOf(keyRecord(oldKey)), {
      archive: archiveOf(archived(keyRecord(oldKey, 'n=old; '))),
    });
    expect(verdict(report)).toBe('pass');
    expect(report.archivedKey).toBeUndefined();
  });

  it('is read with care: what is stored may be anything', async () => {
    const report = await verifyTop(signed, {}, { archive: archiveOf(archived('v=DKIM1; p='), archived('\u0000')) });
    expect(report.archivedKey).toBeUndefined();
  });
});

describe('the archive', () => {
  it('is told of the usable keys DNS holds', async () => {
    const archive = memoryArchive();
    await verifyAll(signed, zoneOf(keyRecord(oldKey), 'v=DKIM1; p=', 'nonsense'), { archive });
    expect([...archive.keys.keys()]).toEqual([NAME]);
    expect(archive.keys.get(NAME)).toEqual([
      {
        record: keyRecord(oldKey),
        firstSeen: NOW.toISOString(),
        lastSeen: NOW.toISOString(),
        dnssec: 'insecure',
      },
    ]);
  });

  it('is told nothing where there is no key', async () => {
    const archive = memoryArchive();
    await verifyAll(signed, zoneOf('v=DKIM1; p='), { archive });
    expect(archive.keys.size).toBe(0);
  });

  it('changes nothing but what it adds: results are those without it', async () => {
    const without = ({ archivedKey, ...report }: DkimSignatureReport) => ({ report, known: archivedKey !== undefined });
    const zones = [{}, zoneOf('v=DKIM1; p='), zoneOf(keyRecord(oldKey)), zoneOf(keyRecord(newKey))];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...zones),
        fc.subarray([archived(), archived(keyRecord(newKey)), archived('nonsense')]),
        fc.nat({ max: signed.length - 1 }),
        fc.boolean(),
        async (zone, keys, at, damaged) => {
          const message = damaged ? `${signed.slice(0, at)}#${signed.slice(at + 1)}` : signed;
          const plain = await verifyAll(message, zone);
          const consulted = await verifyAll(message, zone, { archive: archiveOf(...keys) });
          expect(consulted.map((report) => without(report).report)).toEqual(plain);
        },
      ),
      { numRuns: 200 },
    );
  });
});
