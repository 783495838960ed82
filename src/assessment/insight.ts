/** Draws from the facts what several findings rest on: whose signatures are valid, and which trusted server vouches. */
import type { DkimSignatureReport, Relation } from '../dkim/types.ts';
import { LIMITS } from '../limits.ts';
import type { Message } from '../message/types.ts';
import { claimedDomain } from '../authres/claim.ts';
import { countedResults } from '../authres/counted.ts';
import type { ServerResult } from '../authres/types.ts';
import { receivedAt } from '../trace/path.ts';
import type { Facts } from './facts.ts';
import type { Insight, Voucher } from './types.ts';

const CLOSENESS: Record<Relation, number> = { exact: 0, domain: 1, aligned: 2, 'third-party': 3 };

const DAY = 86_400_000;

export function drawInsight(facts: Facts, message: Message): Insight {
  const authorDomain = facts.identities.from[0]?.domain ?? null;
  const valid = facts.dkim.filter((signature) => signature.result === 'pass' && !signature.testing);
  const firstParty = valid
    .filter((signature) => signature.relation !== 'third-party')
    .sort((left, right) => CLOSENESS[left.relation] - CLOSENESS[right.relation]);
  const archived = facts.dkim
    .filter((signature) => verifiedInItsTime(signature, facts))
    .sort((left, right) => CLOSENESS[left.relation] - CLOSENESS[right.relation]);
  const vouchers =
    authorDomain === null ? [] : facts.serverResults.flatMap((result) => vouchersIn(result, authorDomain));
  return {
    facts,
    message,
    authorDomain,
    firstParty,
    thirdParty: valid.filter((signature) => signature.relation === 'third-party'),
    archived,
    vouchers,
    altered: firstParty.length > 0 ? [] : vouchers.flatMap((voucher) => pairWithBroken(voucher, facts.dkim)),
    hostAuthorised: authorDomain !== null && spfPassedFor(facts, authorDomain),
  };
}

function vouchersIn(result: ServerResult, authorDomain: string): readonly Voucher[] {
  if (result.authservId === null) return [];
  const server = result.authservId;
  return countedResults(result)
    .filter((method) => method.result === 'pass' && claimedDomain(method, { authorDomain }) === authorDomain)
    .map((method) => ({ server, method: method.method, field: result.field }));
}

/**
 * A key may become known to anybody once it is out of use, and some domains publish theirs then. So what it signed counts only where
 * the message was received, by the reader's own servers or by this machine's clock, while the key was still seen in DNS or shortly
 * after; and never where it was revoked (RFC 6376 §3.6.1 p=).
 */
function verifiedInItsTime({ archivedKey }: DkimSignatureReport, { path, checkedAt }: Facts): boolean {
  if (!archivedKey?.verifies || archivedKey.withdrawal === 'revoked') return false;
  const received = receivedAt(path)?.getTime() ?? Date.parse(checkedAt);
  return received <= Date.parse(archivedKey.lastSeen) + LIMITS.archivedKeyGraceDays * DAY;
}

/** The server saw this domain's signature pass, and the message as it is stored no longer verifies: changed in between. */
function pairWithBroken(voucher: Voucher, signatures: readonly DkimSignatureReport[]): Insight['altered'] {
  if (voucher.method !== 'dkim' && voucher.method !== 'dmarc') return [];
  return signatures
    .filter((signature) => signature.relation !== 'third-party' && signature.result === 'fail')
    .filter((signature) => !signature.archivedKey?.verifies)
    .slice(0, 1)
    .map((signature) => ({ voucher, signature }));
}

function spfPassedFor(facts: Facts, authorDomain: string): boolean {
  if ('notChecked' in facts.spf) return false;
  return (
    facts.dmarc.alignedSpf !== null ||
    facts.spf.some((check) => check.identity === 'mfrom' && check.result === 'pass' && check.domain === authorDomain)
  );
}
