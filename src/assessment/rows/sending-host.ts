/**
 * What rechecking SPF adds to what servers wrote (RFC 7208). Notes only: a host that is not permitted is what forwarding looks like,
 * and says nothing of who wrote the message (draft-newton-maawg-spf-considerations §3.2).
 */
import { claimedDomain } from '../../authres/claim.ts';
import { countedResults } from '../../authres/counted.ts';
import { parseDomain, shownDomain } from '../../domain/name.ts';
import type { Evidence } from '../../message/evidence.ts';
import type { SpfReport } from '../../spf/types.ts';
import type { Intermediary, IntermediaryKind } from '../../trace/types.ts';
import { evidenceOf, fieldAt } from '../../vouching/evidence.ts';
import type { Insight, Row } from '../types.ts';

export const SENDING_HOST_ROWS = {
  /** RFC 7208 §5.1, §10.1.2: a pass that about everybody would have got. It confirms nothing. */
  'spf-passes-anyone': {
    level: 'note',
    find: ({ facts: { vouchers } }) =>
      vouchers
        .filter(({ weightless }) => weightless === 'everyone-passes')
        .slice(0, 1)
        .map(({ domain, evidence }) => ({ params: { domain: shownDomain(domain) }, evidence })),
  },
  /** RFC 7208 §8.4, §8.5: found here, and not told by a trusted server already. */
  'spf-fail': {
    level: 'note',
    find: (insight) => {
      const reported = new Set(
        reportedSpf(insight)
          .filter(isFailure)
          .map(({ domain }) => domain),
      );
      return failedChecks(insight)
        .filter(({ domain }) => !reported.has(domain))
        .map((check) => ({
          params: { domain: shownDomain(check.domain), address: check.clientIp, result: check.result },
          evidence: recordOf(check),
        }));
    },
  },
  /** The same, by whoever found it, where the header names one who passed the message on. */
  'spf-fail-forwarded': {
    level: 'note',
    find: (insight) => {
      const [forwarder] = forwarders(insight);
      if (forwarder === undefined) return [];
      const reports = reportedSpf(insight).filter(isFailure);
      const domains = new Set([...failedChecks(insight), ...reports].map(({ domain }) => domain));
      return [...domains].map((domain) => ({
        params: { domain: shownDomain(domain), forwarder: forwarder.name },
        evidence: forwarder.fields.flatMap((field) => fieldAt(insight.message, field)),
      }));
    },
  },
  /** RFC 7208 §2.6: both results, neither instead of the other. What could not be determined differs from nothing. */
  'spf-differs': {
    level: 'note',
    find: (insight) =>
      reportedSpf(insight).flatMap(({ server, field, identity, domain, result }) =>
        checksOf(insight)
          .filter((check) => check.identity === identity && check.domain === domain)
          .filter((check) => check.result !== result && ![check.result, result].includes('temperror'))
          .map((check) => ({
            params: { server, domain: shownDomain(domain), reported: result, result: check.result },
            evidence: [...fieldAt(insight.message, field), ...recordOf(check)],
          })),
      ),
  },
} satisfies Record<string, Row>;

interface ReportedSpf {
  readonly server: string;
  readonly field: number;
  readonly identity: SpfReport['identity'];
  readonly domain: string;
  readonly result: string;
}

function isFailure({ result }: { readonly result: string }): boolean {
  return result === 'fail' || result === 'softfail';
}

function checksOf({ facts: { spf } }: Insight): readonly SpfReport[] {
  return 'notChecked' in spf ? [] : spf;
}

/** Failures of the names a sender gives, one for each domain; a host that misnames itself (HELO) fails nobody's domain. */
function failedChecks(insight: Insight): readonly SpfReport[] {
  const failed = checksOf(insight).filter((check) => isFailure(check) && check.identity !== 'helo');
  return failed.filter(({ domain }, at) => failed.findIndex((other) => other.domain === domain) === at);
}

/** What trusted servers say of SPF, in either field (RFC 8601 §2.7.2, RFC 7208 §9.1). */
function reportedSpf({ facts: { serverResults, receivedSpf } }: Insight): readonly ReportedSpf[] {
  return [
    ...serverResults.flatMap((result) =>
      countedResults(result)
        .filter(({ method }) => method === 'spf')
        .flatMap((method) => {
          const helo = method.properties.find(({ ptype, property }) => ptype === 'smtp' && property === 'helo');
          const mfrom = claimedDomain(method);
          const place = {
            server: result.server ?? '',
            field: result.field,
            result: plainResult(method.result),
          };
          // Some servers write both names; the envelope sender is then the one that was checked (RFC 7208 §2.4).
          return mfrom === undefined
            ? spokenOf('helo', helo?.value, place)
            : [{ ...place, identity: 'mfrom' as const, domain: mfrom }];
        }),
    ),
    ...receivedSpf
      .filter(({ trusted }) => trusted)
      .flatMap(({ field, result, pairs }) => {
        const values = new Map(Object.entries(pairs));
        const place = { server: values.get('receiver') ?? '', field, result: plainResult(result) };
        const identity = RECEIVED_SPF_IDENTITIES[values.get('identity') ?? 'mailfrom'];
        const name = identity === 'helo' ? values.get('helo') : values.get('envelope-from');
        return identity === undefined ? [] : spokenOf(identity, name, place);
      }),
  ];
}

/** RFC 7208 §9.1 identity=. */
const RECEIVED_SPF_IDENTITIES: Readonly<Record<string, 'mfrom' | 'helo'>> = { mailfrom: 'mfrom', helo: 'helo' };

function spokenOf(
  identity: ReportedSpf['identity'],
  name: string | undefined,
  place: Pick<ReportedSpf, 'server' | 'field' | 'result'>,
): readonly ReportedSpf[] {
  const domain = parseDomain(name?.slice(name.lastIndexOf('@') + 1) ?? '');
  return domain === undefined ? [] : [{ ...place, identity, domain }];
}

/** RFC 5451 §2.4.2 wrote `hardfail`, and some servers still do. */
function plainResult(result: string): string {
  return result === 'hardfail' ? 'fail' : result;
}

const PASSED_ON: ReadonlySet<IntermediaryKind> = new Set(['list', 'resender', 'forwarder', 'sealer']);

/** Who passed the message on before the reader's servers received it. Such marks can be written by anyone, so they explain and no more. */
function forwarders({ facts: { intermediaries, path } }: Insight): readonly Intermediary[] {
  const entry = path.findLast(({ trusted }) => trusted)?.field ?? -1;
  return intermediaries.filter(({ kind, fields }) => PASSED_ON.has(kind) && fields.some((field) => field > entry));
}

function recordOf({ domain, recordName = domain, record }: SpfReport): readonly Evidence[] {
  return evidenceOf(recordName, 'TXT', record ?? null);
}
