/** The questions that everything which judges asks of the vouchers. Whether nobody vouches, somebody does, or it cannot be known. */
import { parseDomain } from '../domain/name.ts';
import { registeredDomain } from '../domain/public-suffix.ts';
import type { Voucher, VoucherState } from './types.ts';

/** States in which a voucher counts. */
const COUNTING: ReadonlySet<VoucherState> = new Set(['valid', 'valid-at-receipt', 'expired-since']);

/** Whether it decides anything: it has weight, and passed in its time. */
export function counts({ weight, state }: Voucher): boolean {
  return weight === 'full' && COUNTING.has(state);
}

/** Those that count and are the author's own, signatures checked here first. */
export function ownVouchers(vouchers: readonly Voucher[], author: string): readonly Voucher[] {
  return vouchers.filter((voucher) => counts(voucher) && voucher.ownFor.includes(author));
}

/** A valid signature of the author's own, checked here: the only thing that makes a message `verified`. */
export function isOwnSignature({ method, source }: Voucher): boolean {
  return method === 'dkim' && source === 'here';
}

/** Author domains that no voucher accounts for. */
export function unaccounted(vouchers: readonly Voucher[], authors: readonly string[]): readonly string[] {
  return authors.filter((author) => ownVouchers(vouchers, author).length === 0);
}

/** Those that count of the organization that holds a domain, by the public suffix list. */
export function vouchersOfOrganization(vouchers: readonly Voucher[], domain: string | null): readonly Voucher[] {
  return vouchers.filter((voucher) => counts(voucher) && sameOrganization(voucher.domain, domain));
}

/** Whether two names belong to one registrant, by the public suffix list: for what is shown, never for alignment. */
export function sameOrganization(left: string | null, right: string | null): boolean {
  const holder = organizationOf(left);
  return holder !== undefined && holder === organizationOf(right);
}

function organizationOf(name: string | null): string | undefined {
  const domain = parseDomain(name ?? '');
  return domain === undefined ? undefined : (registeredDomain(domain) ?? domain);
}
