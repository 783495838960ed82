/**
 * A resolver that believes no answer it has not proved from the root's trust anchors down (RFC 4035 §4.3, §5), whatever the server's AD
 * bit says. A proved answer is `secure`; one from a zone that is proved to be unsigned is `insecure`; what fails is no answer but
 * the failure `bogus`. Where the keys cannot be had, the failure says why.
 *
 * Known differences: RSA with SHA-1, Ed448 and GOST count as unsigned (RFC 9905 §2); trust anchors are not rolled over by RFC 5011
 * but come with each release; a server that hands out no signatures at all, not even the root's, leaves every answer as it would
 * be without validation, and `indeterminate`, until it has handed them out once.
 */
import { TIMED_OUT, untilAborted, withDeadline } from '../dns/deadline.ts';
import { DNSSEC_REASONS, type DnssecProof, type ProvedSignature } from '../dns/proof.ts';
import { failureAnswer, normalizeName, unaskableAnswer } from '../dns/question.ts';
import type { DnsAnswer, DnsFailure, QueryOptions, RecordType, Resolver } from '../dns/resolver.ts';
import { answerOf, type MessageSource, type SourceOutcome } from '../dns/source.ts';
import { typeCodeOf } from '../dns/wire.ts';
import { LIMITS } from '../limits.ts';
import { ROOT_ANCHORS, type TrustAnchor } from './anchors.ts';
import { Asker, createChain } from './chain.ts';
import { validate, type Verdict } from './validate.ts';

export interface ValidationOptions {
  /** The clock, against which signatures are held. Default: the system's. */
  readonly now?: (() => Date) | undefined;
  /** What the root's keys are proved by. Default: IANA's anchors, as released with this version. */
  readonly anchors?: readonly TrustAnchor[] | undefined;
}

export interface ValidatingResolver extends Resolver {
  /** Forgets the zones' keys; which zones were asked for tells whose mail was read. */
  clear(): void;
}

/** Keeps the keys of zones, no answers: wrap it in `withCache`. */
export function createValidatingResolver(source: MessageSource, options: ValidationOptions = {}): ValidatingResolver {
  const { now = () => new Date(), anchors = ROOT_ANCHORS } = options;
  const chain = createChain(anchors, () => now().getTime());

  async function prove<T extends RecordType>(
    answer: Definitive<T>,
    outcome: SourceOutcome & { ok: true },
    signal: AbortSignal | undefined,
  ): Promise<DnsAnswer<T>> {
    const { name, type } = answer;
    const asker = new Asker(source);
    const seconds = Math.floor(now().getTime() / 1000);
    const verdict = await withDeadline(LIMITS.dnssecTimeout, signal, () =>
      validate(name, typeCodeOf(type), outcome.message, chain, asker, seconds),
    );
    if (verdict === TIMED_OUT) return failureAnswer(name, answer.type as T, 'timeout', 'the proof took too long');
    return judged(answer, verdict, asker.questions, outcome.message.authenticData);
  }

  return {
    async query<T extends RecordType>(name: string, type: T, { signal }: QueryOptions = {}): Promise<DnsAnswer<T>> {
      const asked = normalizeName(name);
      if (asked === undefined) return unaskableAnswer(name, type);
      const outcome = await untilAborted(source.ask(asked, type, { signal }), signal);
      const answer = answerOf(asked, type, outcome);
      return answer.kind === 'failure' || !outcome.ok ? answer : prove(answer, outcome, signal);
    },
    clear() {
      chain.clear();
    },
  };
}

type Definitive<T extends RecordType> = Exclude<DnsAnswer<T>, { kind: 'failure' }>;

function judged<T extends RecordType>(
  answer: Definitive<T>,
  verdict: Verdict,
  questions: number,
  authenticData: boolean,
): DnsAnswer<T> {
  const state = verdict.reason === null ? 'secure' : DNSSEC_REASONS[verdict.reason];
  const proof: DnssecProof = {
    name: answer.name,
    type: answer.type,
    state,
    reason: verdict.reason,
    at: verdict.at,
    zones: verdict.zones.slice(-LIMITS.dnssecProofZones),
    signatures: distinct(verdict.signatures),
    answer: answer.kind,
    questions,
  };
  if (state === 'bogus' || (state === 'indeterminate' && verdict.reason !== 'no-signatures-from-resolver')) {
    const failure: DnsFailure = state === 'bogus' ? 'bogus' : (verdict.failure ?? 'servfail');
    const detail = `${state}: ${verdict.reason ?? ''} at ${verdict.at ?? ''}`;
    return { ...failureAnswer(answer.name, answer.type as T, failure, detail), proof };
  }
  return { ...answer, dnssec: state, authenticData, ttl: Math.min(answer.ttl, Math.max(0, verdict.ttl)), proof };
}

/** Several records of a proof are nearly always signed by one key at one time. */
function distinct(signatures: readonly ProvedSignature[]): readonly ProvedSignature[] {
  return [...new Map(signatures.map((signature) => [Object.values(signature).join(' '), signature])).values()];
}
