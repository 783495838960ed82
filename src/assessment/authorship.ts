/**
 * Who confirms a message: one answer, the best that its vouchers give (docs/judgement.md, "From vouchers to a level"). Each kind of answer
 * is a finding of its own (rows/authorship.ts).
 */
import type { DkimSignatureReport } from '../dkim/types.ts';
import { isOwnSignature, sameOrganization } from '../vouching/standing.ts';
import type { Voucher } from '../vouching/types.ts';
import type { Facts } from './facts.ts';

export type Authorship =
  /** Every author's own domain signed it. */
  | { readonly kind: 'own-signature'; readonly signature: DkimSignatureReport }
  /** A believed server saw that pass, and the message as it is stored no longer verifies. */
  | { readonly kind: 'altered'; readonly voucher: Voucher; readonly signature: DkimSignatureReport }
  /** A believed server says so; it could not be checked again. */
  | { readonly kind: 'server'; readonly voucher: Voucher }
  /** Own signature with a key that is no longer published, or whose time has passed since. */
  | { readonly kind: 'archived'; readonly signature: DkimSignatureReport }
  | { readonly kind: 'expired'; readonly signature: DkimSignatureReport }
  | { readonly kind: 'host'; readonly voucher: Voucher }
  /** Somebody else signed it. `connected`: as a list, a service or a sender that the message shows, or that signed for this author before. */
  | { readonly kind: 'others'; readonly signature: DkimSignatureReport; readonly connected: boolean }
  | { readonly kind: 'nobody' };

/** What the answer is drawn from. */
export interface Standing {
  readonly authors: readonly string[];
  readonly unaccounted: readonly string[];
  readonly counting: readonly Voucher[];
  readonly own: readonly Voucher[];
}

export function findAuthorship(facts: Facts, { authors, unaccounted, counting, own }: Standing): Authorship {
  const answer = authors.length > 0 && unaccounted.length === 0 ? byOwn(facts, authors, own) : undefined;
  return answer ?? byOthers(facts, counting);
}

/** Every author has a voucher of their own. */
function byOwn(facts: Facts, authors: readonly string[], own: readonly Voucher[]): Authorship | undefined {
  const signed = own.filter((voucher) => isOwnSignature(voucher) && signatureOf(facts, voucher)?.result === 'pass');
  const [closest] = signed.flatMap((voucher) => signatureOf(facts, voucher) ?? []).sort(byCloseness);
  if (closest && authors.every((author) => signed.some(({ ownFor }) => ownFor.includes(author)))) {
    return { kind: 'own-signature', signature: closest };
  }
  const reported = own.filter(({ source }) => source === 'server');
  const altered = pairWithBroken(facts, reported);
  if (altered) return { kind: 'altered', ...altered };
  const here = own.filter(isOwnSignature).flatMap((voucher) => signatureOf(facts, voucher) ?? []);
  const archived = here.find(({ archivedKey }) => archivedKey?.verifies === true);
  if (archived) return { kind: 'archived', signature: archived };
  const [server] = reported;
  if (server) return { kind: 'server', voucher: server };
  const expired = here.find(({ result }) => result !== 'pass');
  if (expired) return { kind: 'expired', signature: expired };
  const host = own.find(({ method }) => method === 'spf');
  return host && { kind: 'host', voucher: host };
}

function byOthers(facts: Facts, counting: readonly Voucher[]): Authorship {
  const signatures = counting.filter(isOwnSignature).flatMap((voucher) => signatureOf(facts, voucher) ?? []);
  const connected = signatures.find((signature) => isConnected(signature, facts));
  if (connected) return { kind: 'others', signature: connected, connected: true };
  const [signature] = signatures;
  if (signature) return { kind: 'others', signature, connected: false };
  // The envelope of a stranger says nothing of anybody the reader sees; a signature or a chain does.
  const reported = counting.find(({ source, method }) => source === 'server' && method !== 'spf');
  return reported ? { kind: 'server', voucher: reported } : { kind: 'nobody' };
}

function signatureOf({ dkim }: Facts, { field }: Voucher): DkimSignatureReport | undefined {
  return dkim.find((signature) => signature.field === field);
}

const CLOSENESS: Record<DkimSignatureReport['relation'], number> = {
  exact: 0,
  domain: 1,
  parent: 2,
  aligned: 3,
  child: 4,
  'third-party': 5,
};

/** By relation, closest first. */
export function byCloseness(left: DkimSignatureReport, right: DkimSignatureReport): number {
  return CLOSENESS[left.relation] - CLOSENESS[right.relation];
}

/** The server saw this organization's signature pass, and what is stored no longer verifies: changed in between. */
function pairWithBroken(
  { dkim }: Facts,
  reported: readonly Voucher[],
): { readonly voucher: Voucher; readonly signature: DkimSignatureReport } | undefined {
  const voucher = reported.find(({ method }) => method === 'dkim') ?? reported.find(({ method }) => method === 'dmarc');
  const broken = dkim.filter(
    ({ result, domain, archivedKey }) =>
      result === 'fail' && archivedKey?.verifies !== true && sameOrganization(domain, voucher?.domain ?? null),
  );
  const signature = broken.find(({ domain }) => domain === voucher?.domain) ?? broken[0];
  return voucher && signature ? { voucher, signature } : undefined;
}

/** Whether the message shows what this signer has to do with it, or earlier mail did. */
function isConnected({ domain }: DkimSignatureReport, { identities, intermediaries, observed }: Facts): boolean {
  const { sender, pra, from } = identities;
  const named = [
    sender?.domain ?? null,
    'domain' in pra ? pra.domain : null,
    ...from.map((author) => author.domain),
    ...intermediaries.filter(({ kind }) => kind === 'list').map(({ name }) => name.slice(name.lastIndexOf('@') + 1)),
  ];
  return (
    named.some((name) => sameOrganization(name, domain)) ||
    (observed?.relays.some(({ name }) => name === domain) ?? false)
  );
}
