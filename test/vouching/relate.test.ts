/** Whose a voucher is (RFC 5016 §2, §5.3 requirement 6; RFC 9989 §4.4; RFC 6541 §4.4). */
import { describe, expect, it } from 'vitest';
import { relateVouchers } from '../../src/vouching/relate.ts';
import type { AuthorRelations, GatheredVoucher, VoucherMethod } from '../../src/vouching/types.ts';

const voucher = (domain: string, method: VoucherMethod = 'dkim'): GatheredVoucher => ({
  domain,
  method,
  source: 'here',
  server: null,
  state: 'valid',
  covers: [],
  weight: 'full',
  weightless: null,
  field: null,
  evidence: [],
});

const author = (domain: string, more: Partial<AuthorRelations> = {}): AuthorRelations => ({
  domain,
  alignableDkim: [],
  alignableSpf: [],
  authorized: [],
  wantsOwnSignature: false,
  ...more,
});

const relation = (one: GatheredVoucher, of: AuthorRelations): string | undefined =>
  relateVouchers([one], [of])[0]?.relation;

describe('a signature', () => {
  it.each([
    ['of the domain itself', 'a.example', author('a.example'), 'own'],
    ['of one above it', 'a.example', author('mail.a.example'), 'own'],
    ['of one below it', 'benefits.a.example', author('a.example'), 'child'],
    ['of one beside it', 'b.a.example', author('c.a.example'), 'third'],
    ['of a stranger', 'b.example', author('a.example'), 'third'],
    ['of a stranger whose name ends alike', 'xa.example', author('a.example'), 'third'],
    ['of a public suffix above it', 'co.uk', author('bank.co.uk'), 'third'],
    ['below the same public suffix', 'evil.co.uk', author('bank.co.uk'), 'third'],
    ['that DMARC counts', 'benefits.a.example', author('a.example', { alignableDkim: ['benefits.a.example'] }), 'own'],
    [
      'that DMARC counts, where ADSP asks for the very domain',
      'benefits.a.example',
      author('a.example', { alignableDkim: ['benefits.a.example'], wantsOwnSignature: true }),
      'child',
    ],
    ['that the domain authorized', 'b.example', author('a.example', { authorized: ['b.example'] }), 'own'],
    ['that is no domain', 'not a domain', author('a.example'), 'third'],
  ] as const)('%s', (_, signer, of, expected) => expect(relation(voucher(signer), of)).toBe(expected));
});

it('counts by the method that DMARC counts it for', () => {
  const of = author('a.example', { alignableSpf: ['bounces.a.example'] });
  expect(relation(voucher('bounces.a.example', 'spf'), of)).toBe('own');
  expect(relation(voucher('bounces.a.example', 'dkim'), of)).toBe('child');
});

it('takes no sealer for an author', () => {
  expect(relation(voucher('a.example', 'arc'), author('a.example'))).toBe('third');
});

it('is own for each author by itself', () => {
  const [related] = relateVouchers([voucher('a.example')], [author('b.example'), author('x.a.example')]);
  expect(related).toMatchObject({ relation: 'third', ownFor: ['x.a.example'] });
});
