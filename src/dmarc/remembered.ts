/**
 * A policy this machine saw in DNS before, for when the author domain does not answer: a sender who keeps its name servers busy must not
 * be better off. Only the policy is gone by; what an old record says of alignment confirms nobody.
 */
import type { ArchivedKey, KeyArchive } from '../dkim/archive.ts';
import type { Questions } from '../dns/ask-once.ts';
import type { DnsAnswer, DnsFailure } from '../dns/resolver.ts';
import type { DomainName } from '../domain/name.ts';
import { askWalks } from './discover.ts';
import { decidePolicy } from './policy.ts';
import type { DmarcReport } from './types.ts';
import { followWalk } from './walk.ts';

/** The report, with the policy seen last where none could be determined; tells the archive what was found. */
export async function withRememberedPolicy(
  report: DmarcReport,
  author: DomainName,
  { questions, archive, now }: { readonly questions: Questions; readonly archive: KeyArchive; readonly now: Date },
): Promise<DmarcReport> {
  const isPublished = report.walk.some(({ outcome }) => outcome === 'record');
  for (const { name, outcome, record, dnssec } of report.walk) {
    if (outcome === 'failure') continue;
    // That nothing is at a name is worth noting below a record, and where one was known.
    if (isPublished || (await archive.find(name)).length > 0) archive.seen(name, record ?? '', dnssec, now);
  }
  if (report.policy !== null || report.reason !== 'policy-unavailable') return report;
  // While nothing answers at all, honest mail cannot be confirmed either.
  if (!report.walk.some(({ failure }) => failure !== null && OF_THE_DOMAIN.has(failure))) return report;

  let seenAt = '';
  const answers = new Map<string, DnsAnswer<'TXT'>>();
  for (const [name, answer] of await askWalks([author], questions)) {
    const [latest] = answer.kind === 'failure' ? await archive.find(name) : [];
    answers.set(name, latest === undefined ? answer : answerFrom(name, latest));
    if (latest !== undefined && latest.record !== '' && latest.lastSeen > seenAt) seenAt = latest.lastSeen;
  }
  const { policy, effectivePolicy, applied } = decidePolicy(followWalk(author, answers), 'exists');
  if (policy === null || applied === null || seenAt === '') return report;
  return {
    ...report,
    policy,
    effectivePolicy,
    record: applied.text,
    recordName: applied.name,
    recordOrigin: applied.origin,
    rememberedFrom: seenAt,
  };
}

/** Failures of the servers of a domain, as far as the resolver can tell; the rest is this machine's connection. */
const OF_THE_DOMAIN: ReadonlySet<DnsFailure> = new Set<DnsFailure>([
  'servfail',
  'bogus',
  'refused',
  'timeout',
  'malformed',
]);

function answerFrom(name: string, { record, dnssec }: ArchivedKey): DnsAnswer<'TXT'> {
  const found = { name, type: 'TXT', cached: true, ttl: 0, dnssec } as const;
  return record === '' ? { ...found, kind: 'no-data' } : { ...found, kind: 'records', records: [record] };
}
