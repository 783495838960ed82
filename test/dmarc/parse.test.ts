import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDmarcRecord } from '../../src/dmarc/parse.ts';
import type { DmarcRecord } from '../../src/dmarc/types.ts';
import { LIMITS } from '../../src/limits.ts';
import { growthExponent } from '../support/growth.ts';

const DEFAULTS: DmarcRecord = {
  policy: 'none',
  subdomainPolicy: 'none',
  nonexistentPolicy: 'none',
  processable: true,
  dkimAlignment: 'relaxed',
  spfAlignment: 'relaxed',
  psd: 'u',
  testing: false,
  reportUris: [],
  failureReportUris: [],
  failureOptions: [],
};
const ALL_REJECT = { policy: 'reject', subdomainPolicy: 'reject', nonexistentPolicy: 'reject' } as const;
const RUA = { reportUris: ['mailto:d@example.com'] };

function parsed(text: string): DmarcRecord {
  const result = parseDmarcRecord(text);
  if (!result.ok) throw new Error(`not a record: ${result.problem.code}`);
  return result.value;
}

describe('which TXT records are DMARC records (RFC 9989 §4.7 v=, §4.10 step 2)', () => {
  it.each([
    ['v=DMARC1', true],
    ['v=DMARC1;', true],
    ['v=DMARC1; p=none', true],
    ['v = DMARC1 ;p=none', true],
    ['v\t=\tDMARC1\t;p=none', true],
    ['V=DMARC1; p=none', true],
    [' v=DMARC1; p=none', true],
    ['v=dmarc1; p=none', false],
    ['v=DMARC2; p=none', false],
    ['v=DMARC10; p=none', false],
    ['v=DMARC1 p=none', false],
    ['v=DMARC1, p=none', false],
    ['p=none; v=DMARC1', false],
    ['; v=DMARC1', false],
    ['"v=DMARC1"; p=none', false],
    ['v=DMARC1\u00a0; p=none', false],
    ['\0v=DMARC1; p=none', false],
    ['v=DMARC1\0; p=none', false],
    ['v=spf1 -all', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(parseDmarcRecord(text).ok).toBe(expected);
  });
});

describe('tags and their defaults (RFC 9989 §4.7)', () => {
  const cases: readonly (readonly [string, Partial<DmarcRecord>])[] = [
    ['v=DMARC1; p=reject', ALL_REJECT],
    ['v=DMARC1;p=reject;', ALL_REJECT],
    ['v=DMARC1; p = reject ;', ALL_REJECT],
    ['v=DMARC1; p=Reject', ALL_REJECT],
    ['v=DMARC1; P=reject', ALL_REJECT],
    ['v=DMARC1;;; p=reject', ALL_REJECT],
    ['v=DMARC1; nonsense; p=reject', ALL_REJECT],
    ['v=DMARC1; x=1; p=reject; y=2', ALL_REJECT],
    ['v=DMARC1; p=reject; pct=0; rf=afrf; ri=3600', ALL_REJECT],
    ['v=DMARC1; p=none; p=reject', ALL_REJECT],
    ['v=DMARC1; __proto__=1; constructor=2; p=reject', ALL_REJECT],
    ['v=DMARC1; p=reject; sp=none', { ...ALL_REJECT, subdomainPolicy: 'none', nonexistentPolicy: 'none' }],
    ['v=DMARC1; p=reject; np=none', { ...ALL_REJECT, nonexistentPolicy: 'none' }],
    ['v=DMARC1; p=none; sp=quarantine; np=reject', { subdomainPolicy: 'quarantine', nonexistentPolicy: 'reject' }],
    ['v=DMARC1; p=none; adkim=s; aspf=S', { dkimAlignment: 'strict', spfAlignment: 'strict' }],
    ['v=DMARC1; p=none; adkim=strict; aspf=x', {}],
    ['v=DMARC1; p=none; psd=y', { psd: 'y' }],
    ['v=DMARC1; p=none; psd=n', { psd: 'n' }],
    ['v=DMARC1; p=none; psd=u', {}],
    ['v=DMARC1; p=none; psd=yes', {}],
    ['v=DMARC1; p=none; t=y', { testing: true }],
    ['v=DMARC1; p=none; t=n', {}],
    ['v=DMARC1; p=none; t=1', {}],
    ['v=DMARC1; p=none; fo=1:d : s', { failureOptions: ['1', 'd', 's'] }],
    ['v=DMARC1; p=none; rua=mailto:d@example.com', RUA],
    ['v=DMARC1; p=none; rua=mailto:d@example.com!10m', RUA],
    ['v=DMARC1; p=none; rua=mailto:d@example.com ! 10 K', RUA],
    ['v=DMARC1; p=none; rua= junk , mailto:d@example.com,', RUA],
    ['v=DMARC1; p=none; rua=mailto:a@example.com!x', {}],
    ['v=DMARC1; p=none; ruf=https://example.com/%20', { failureReportUris: ['https://example.com/%20'] }],
    ['v=DMARC1; p=none; ruf=https://example.com/%2', {}],
  ];
  it.each(cases)('%s', (text, expected) => {
    expect(parsed(text)).toEqual({ ...DEFAULTS, ...expected });
  });
});

describe('a policy that cannot be used (RFC 9989 §4.10.1)', () => {
  const unprocessable = { processable: false };
  const cases: readonly (readonly [string, Partial<DmarcRecord>])[] = [
    ['v=DMARC1; rua=mailto:d@example.com', RUA],
    ['v=DMARC1; p=rejct; rua=mailto:d@example.com', RUA],
    ['v=DMARC1; p=; rua=mailto:d@example.com', RUA],
    ['v=DMARC1; p=reject\0; rua=mailto:d@example.com', RUA],
    ['v=DMARC1; p=reject; sp=rejct; rua=mailto:d@example.com', RUA],
    ['v=DMARC1; p=reject; np=rejct; rua=mailto:d@example.com', RUA],
    ['v=DMARC1; sp=reject; np=reject; rua=mailto:d@example.com', RUA],
    ['v=DMARC1', unprocessable],
    ['v=DMARC1; p=rejct', unprocessable],
    ['v=DMARC1; p=reject; sp=rejct', unprocessable],
    ['v=DMARC1; p=reject; np=', unprocessable],
    ['v=DMARC1; sp=reject', unprocessable],
    ['v=DMARC1; p=rejct; rua=not-a-uri', unprocessable],
    ['v=DMARC1; p=rejct; rua=mailto:', unprocessable],
    ['v=DMARC1; p=rejct; ruf=mailto:d@example.com', { ...unprocessable, failureReportUris: RUA.reportUris }],
    ['v=DMARC1; p=rejct; psd=y', { ...unprocessable, psd: 'y' }],
  ];
  it.each(cases)('%s', (text, expected) => {
    expect(parsed(text)).toEqual({ ...DEFAULTS, ...expected });
  });
});

it('locates what it ignored', () => {
  const result = parseDmarcRecord('v=DMARC1; p=none; what; pct=50; adkim=x; adkim=s');
  expect(result).toMatchObject({
    ok: true,
    notes: [
      { code: 'missing-equals', tag: null, at: 17 },
      { code: 'removed-tag', tag: 'pct', at: 23 },
      { code: 'repeated-tag', tag: 'adkim', at: 40 },
    ],
  });
});

it('takes the domain owner examples of RFC 9989 §B.2', () => {
  expect(parsed('v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com')).toMatchObject({
    policy: 'none',
    reportUris: ['mailto:dmarc-feedback@example.com'],
  });
  expect(
    parsed('v=DMARC1; p=quarantine; rua=mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net; t=y'),
  ).toMatchObject({
    policy: 'quarantine',
    testing: true,
    reportUris: ['mailto:dmarc-feedback@example.com', 'mailto:tld-test@thirdparty.example.net'],
  });
});

describe('hostile records', () => {
  it('refuses a record longer than any DNS record can be', () => {
    const result = parseDmarcRecord(`v=DMARC1; p=reject; x=${'a'.repeat(LIMITS.txtRecordBytes)}`);
    expect(result).toMatchObject({ ok: false, problem: { code: 'too-long' } });
  });

  it.each([
    ['thousands of unknown tags', 'a=b;'.repeat(16_000)],
    ['thousands of semicolons', ';'.repeat(65_000)],
    ['blanks without end', ` rua=mailto:a${' '.repeat(65_000)}b`],
    ['addresses without end', `rua=${'mailto:a@b,'.repeat(5_900)}`],
    ['exclamation points without end', `rua=${'!1'.repeat(32_000)}`],
    ['failure options without end', `ruf=mailto:a@b;fo=${'d:'.repeat(32_000)}`],
    ['invalid UTF-8 and NULs', 'x=\xff\xfe\0\0;'.repeat(6_000)],
  ])('reads %s', (_name, filler) => {
    const result = parseDmarcRecord(`v=DMARC1; p=reject; ${filler}`.slice(0, LIMITS.txtRecordBytes));
    expect(result).toMatchObject({ ok: true, value: { policy: 'reject' } });
    if (!result.ok) return;
    expect(result.notes.length).toBeLessThanOrEqual(LIMITS.recordNotes);
    expect(result.value.reportUris.length).toBeLessThanOrEqual(LIMITS.reportUris);
    expect(result.value.failureOptions.length).toBeLessThanOrEqual(LIMITS.reportUris);
  });

  it('takes linear time', () => {
    const run = (length: number) => parseDmarcRecord(`v=DMARC1; p=reject; rua=${'! '.repeat(length / 2)}`);
    expect(growthExponent(run, 7_500)).toBeLessThan(1.7);
  });

  it('never throws, and survives JSON', () => {
    const octets = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
    const pieces = fc.constantFrom(
      'p=',
      'sp=',
      'reject',
      ';',
      ' ',
      '=',
      'rua=',
      'mailto:a@b',
      ',',
      '!',
      'psd=y',
      '%',
      '%2',
    );
    const tail = fc.array(fc.oneof(octets, pieces), { maxLength: 30 }).map((all) => all.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          tail,
          tail.map((text) => `v=DMARC1;${text}`),
        ),
        (text) => {
          const result = parseDmarcRecord(text);
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        },
      ),
    );
  });
});
