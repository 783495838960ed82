/** Draws from the facts what several findings rest on: who confirms the message, and for which of its authors. */
import type { DkimSignatureReport } from '../dkim/types.ts';
import type { Message } from '../message/types.ts';
import { counts, ownVouchers, unaccounted } from '../vouching/standing.ts';
import { byCloseness, findAuthorship } from './authorship.ts';
import type { Facts } from './facts.ts';
import type { Insight } from './types.ts';

export function drawInsight(facts: Facts, message: Message): Insight {
  const { vouchers } = facts;
  // What else can be made out in a malformed From is nobody whom a program shows as its author for certain.
  const named = facts.identities.from.filter(({ conjectured }) => conjectured !== true);
  const authors = [
    ...new Set((named.length > 0 ? named : facts.identities.from).flatMap(({ domain }) => domain ?? [])),
  ];
  const standing = {
    authors,
    unaccounted: unaccounted(vouchers, authors),
    counting: vouchers.filter(counts),
    own: vouchers.filter((voucher) => authors.some((author) => ownVouchers([voucher], author).length > 0)),
  };
  const archived = signaturesOf(facts, ({ state, field }) => {
    const signature = facts.dkim.find((one) => one.field === field);
    return state === 'valid-at-receipt' && signature?.result !== 'pass';
  });
  const ownByName = signaturesOf(facts, ({ ownFor }) => ownFor.length > 0).sort(byCloseness);
  return {
    facts,
    message,
    authorDomain: authors[0] ?? null,
    ...standing,
    ownByName,
    ownSignatures: ownByName.filter((signature) => signature.result === 'pass' || archived.includes(signature)),
    verifying: [...facts.dkim.filter(({ result, testing }) => result === 'pass' && !testing), ...archived].sort(
      byCloseness,
    ),
    authorship: findAuthorship(facts, standing),
  };
}

function signaturesOf(facts: Facts, test: (voucher: Facts['vouchers'][number]) => boolean): DkimSignatureReport[] {
  const fields = new Set(
    facts.vouchers
      .filter((voucher) => voucher.method === 'dkim' && voucher.source === 'here' && test(voucher))
      .map(({ field }) => field),
  );
  return facts.dkim.filter(({ field }) => fields.has(field));
}
