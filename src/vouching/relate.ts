/** Whose a voucher is: its relation to each author domain (RFC 5016 §2, §5.3 requirement 6; RFC 9989 §4.4; RFC 6541 §4.4). */
import { relationOfDomains } from '../dkim/relation.ts';
import { parseDomain } from '../domain/name.ts';
import type { AuthorRelations, GatheredVoucher, Voucher, VoucherRelation } from './types.ts';

/** The vouchers with their relations. @param authors the first author first */
export function relateVouchers(
  vouchers: readonly GatheredVoucher[],
  authors: readonly AuthorRelations[],
): readonly Voucher[] {
  return vouchers.map((voucher) => {
    const relations = authors.map((author) => relationOf(voucher, author));
    return {
      ...voucher,
      relation: relations[0] ?? 'third',
      ownFor: authors.filter((_, at) => relations[at] === 'own').map(({ domain }) => domain),
    };
  });
}

function relationOf({ method, domain }: GatheredVoucher, author: AuthorRelations): VoucherRelation {
  // A sealer says what it saw, not that the message is the author's.
  if (method === 'arc') return 'third';
  const [name, authorName] = [parseDomain(domain), parseDomain(author.domain)];
  if (name === undefined || authorName === undefined) return 'third';
  const byName = relationOfDomains(name, authorName);
  if (byName === 'domain' || byName === 'parent') return 'own';
  return isCounted(method, domain, author) ? 'own' : byName === 'child' ? 'child' : 'third';
}

/** Whether the author's domain counts the signature of another one as its own. */
export function isCountedSignature(domain: string, author: AuthorRelations): boolean {
  if (author.authorized.includes(domain)) return true;
  return !author.wantsOwnSignature && author.alignableDkim.includes(domain);
}

function isCounted(method: GatheredVoucher['method'], domain: string, author: AuthorRelations): boolean {
  switch (method) {
    case 'dkim':
      return isCountedSignature(domain, author);
    case 'spf':
      return author.alignableSpf.includes(domain);
    case 'dmarc':
    case 'arc':
    case 'submission':
      return false;
  }
}
