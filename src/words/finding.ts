/**
 * A finding in words: what was found, what it means, and what to do. The catalogue has them under `finding_<id>`,
 * `finding_<id>_detail` and `finding_<id>_advice`; notes have no advice. Where one id covers cases that need other words, the notes
 * beside it tell which case it is, and its words are under `finding_<id>_<variant>` and so on.
 */
import type { Finding } from '../assessment/assess.ts';
import { FINDINGS, type FindingId } from '../assessment/table.ts';
import type { FindingParams } from '../assessment/types.ts';
import { shownDomain } from '../domain/name.ts';
import type { Mailbox } from '../message/types.ts';
import type { Report } from '../report/types.ts';
import { counted, dayText, keyOf, numberText, shortenParams, type Params, type Translate } from './translate.ts';

export interface FindingWords {
  /** What was found: the headline of the message if this finding leads. */
  readonly title: string;
  readonly meaning: string;
  /** What to do; empty for a note. */
  readonly advice: string;
}

/** What of a Report the words of one finding draw on. */
type Context = Pick<Report, 'identities' | 'findings'>;

/** The words of the finding that leads. */
export function headlineWords(
  report: Context & Pick<Report, 'headline' | 'headlineParams'>,
  t: Translate,
): FindingWords {
  return findingWords({ id: report.headline, params: report.headlineParams }, report, t);
}

/** @param report whose sender the advice speaks of, and whose notes say which case of the finding it is */
export function findingWords(
  { id, params }: Pick<Finding, 'id' | 'params'>,
  report: Context,
  t: Translate,
): FindingWords {
  const found = CASES[id]?.(report.findings);
  const values = valuesOf({ ...senderParams(report), ...params, ...found?.params }, t);
  const say = (text: FindingText): string => {
    const key = findingTextKey(id, text, found?.variant);
    const placeholder = COUNTED[key];
    return placeholder === undefined
      ? t(key, values)
      : counted(t, key, Number(params[placeholder]), values, placeholder);
  };
  return {
    title: say('title'),
    meaning: say('detail'),
    advice: FINDINGS[id].level === 'note' ? '' : say('advice'),
  };
}

export type FindingText = 'title' | 'detail' | 'advice';

/** The key of one text of a finding; with a plural category behind it where {@link COUNTED} lists it. */
export function findingTextKey(id: FindingId, text: FindingText, variant?: string): string {
  const key = keyOf('finding', variant === undefined ? id : `${id}-${variant}`);
  return text === 'title' ? key : `${key}_${text}`;
}

/** The key of what a finding is called where there is no message: its title, in the plural where it has one. */
export function findingTitleKey(id: string): string {
  const key = keyOf('finding', id);
  return key in COUNTED ? `${key}_other` : key;
}

/** The cases of a finding that have words of their own. */
export const FINDING_VARIANTS: Readonly<Partial<Record<FindingId, readonly string[]>>> = {
  'signature-broken': ['explained', 'body', 'mismatch', 'void'],
};

interface Case {
  readonly variant: string;
  readonly params: FindingParams;
}

/** Which case it is, by the notes; none where they say too little, and the words of the finding itself fit any. */
const CASES: Readonly<Partial<Record<FindingId, (findings: readonly Finding[]) => Case | undefined>>> = {
  'signature-broken': (findings) => findings.flatMap((note) => brokenCase(note) ?? []).sort(closestFirst)[0],
};

const EXPLANATIONS: ReadonlySet<FindingId> = new Set<FindingId>([
  'explained-by-footer',
  'explained-by-subject-tag',
  'explained-by-re-encoding',
]);

/** Notes on signatures that do not count, each with the domain of its signature and the reason (RFC 6376 §6.1). */
const VOID: ReadonlySet<FindingId> = new Set<FindingId>(['signature-invalid', 'signature-expired', 'key-revoked']);

function brokenCase({ id, params }: Finding): Case | undefined {
  const { domain: signer = '', reason = '' } = params;
  if (signer === '') return undefined;
  if (EXPLANATIONS.has(id)) return { variant: 'explained', params: { signer } };
  if (id === 'body-changed') return { variant: 'body', params: { signer } };
  if (!VOID.has(id)) return undefined;
  return reason === 'signature-mismatch' || reason === 'body-hash-mismatch'
    ? { variant: 'mismatch', params: { signer } }
    : { variant: 'void', params: { signer, reason } };
}

/** Of several signatures, what explains most is told. */
function closestFirst(left: Case, right: Case): number {
  const order = FINDING_VARIANTS['signature-broken'] ?? [];
  return order.indexOf(left.variant) - order.indexOf(right.variant);
}

/** Texts whose form follows a number, with the parameter that holds it. */
export const COUNTED: Readonly<Record<string, string>> = {
  finding_several_from_fields: 'count',
  finding_several_authors: 'count',
  finding_repeated_field: 'count',
  finding_repeated_field_advice: 'count',
  finding_unsigned_unlike_before: 'messages',
  finding_unsigned_unlike_usual: 'signed',
  finding_new_signing_domain_detail: 'messages',
  finding_unsigned_tail_detail: 'octets',
  finding_signed_long_before: 'days',
  finding_signatures_not_checked: 'count',
  finding_untrusted_server_result: 'count',
  finding_server_result_unreadable: 'count',
  finding_server_results_not_read: 'count',
  finding_received_too_many: 'count',
  finding_received_too_many_detail: 'read',
  finding_received_unreadable: 'count',
  finding_clocks_disagree_detail: 'seconds',
  finding_long_delay: 'hours',
  finding_solicitation_malformed: 'count',
};

/** Parameters that hold days and numbers. */
const DAYS: ReadonlySet<string> = new Set(['since', 'lastSeen', 'successorSince', 'expiresAt']);
const NUMBERS: ReadonlySet<string> = new Set([
  'count',
  'messages',
  'signed',
  'octets',
  'days',
  'read',
  'seconds',
  'hours',
]);

/** What the parameters say, in the reader's language. */
function valuesOf(params: FindingParams, t: Translate): Params {
  const values = Object.entries(params).map(([name, value]): [string, string] => {
    if (DAYS.has(name)) return [name, dayText(t, value)];
    if (NUMBERS.has(name)) return [name, numberText(t, Number(value))];
    return [name, value];
  });
  const { reason, failure } = params;
  if (reason) values.push(['reason', t(keyOf('reason_dkim', reason))]);
  if (failure) values.push(['reason', t(keyOf('reason_dns', failure))]);
  return shortenParams(Object.fromEntries(values));
}

/** Who the message says it is from: `{name}` and `{author}`. */
function senderParams({ identities }: Context): Params {
  const [from] = identities.from;
  return from === undefined ? { name: '', author: '' } : { name: nameOf(from), author: shownDomain(from.domain) };
}

/**
 * The name shown where it looks like one, else the address. A name is the sender's to choose: with digits or an address in it, advice
 * such as "ask … another way" would hand on the very phone number or link that it warns of.
 */
function nameOf({ displayName, address }: Mailbox): string {
  return NAME.test(displayName) ? displayName : address;
}

const NAME = /^[\p{L}\p{M}][\p{L}\p{M} ,.'’-]{0,39}$/u;
