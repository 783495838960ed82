/**
 * Older forms of practices that linger in DNS: the DomainKeys policy (RFC 4870 §3.6) and the drafts of Sender Signing Practices
 * between RFC 4871 and ADSP (draft-ietf-dkim-ssp). Both long dead, so only asked for when wanted, and never worth more than a hint.
 */
import { asciiLower } from '../bytes/ascii.ts';
import type { Questions } from '../dns/ask-once.ts';
import { dnssecOf } from '../dns/conclusions.ts';
import type { DnsAnswer } from '../dns/resolver.ts';
import { below } from '../domain/name.ts';
import type { DomainName } from '../domain/name.ts';
import { parseTagList, splitAtColons } from '../syntax/tag-list.ts';
import type { PracticeStatement, PracticeStatementId } from './types.ts';

interface OlderForm {
  readonly source: 'domainkeys' | 'ssp';
  readonly prefix: string;
  readonly absent: PracticeStatementId;
  readonly unsure: PracticeStatementId;
  /** What a record says; undefined where it is no record of this form. */
  readonly read: (tags: ReadonlyMap<string, string>) => PracticeStatementId | undefined;
}

const FORMS: readonly OlderForm[] = [
  {
    source: 'domainkeys',
    prefix: '_domainkey',
    absent: 'domainkeys-absent',
    unsure: 'domainkeys-unsure',
    read: readDomainKeys,
  },
  { source: 'ssp', prefix: '_ssp._domainkey', absent: 'ssp-absent', unsure: 'ssp-unsure', read: readSsp },
];

/** RFC 4870 §3.6: `o=-` all mail is signed, `o=~` some is (the default); t=y: the domain is only testing. */
function readDomainKeys(tags: ReadonlyMap<string, string>): PracticeStatementId | undefined {
  const outbound = tags.get('o') ?? (tags.has('t') || tags.has('r') || tags.has('n') ? '~' : undefined);
  if (outbound !== '-' && outbound !== '~') return undefined;
  return outbound === '-' && tags.get('t') !== 'y' ? 'domainkeys-all' : 'domainkeys-some';
}

/** draft-ietf-dkim-ssp-01 §4.3: dkim= unknown, all or strict; the flag y in t= says that the domain is only testing. */
function readSsp(tags: ReadonlyMap<string, string>): PracticeStatementId | undefined {
  const practice = tags.get('dkim');
  if (practice === undefined) return undefined;
  if (splitAtColons(tags.get('t') ?? '').includes('y')) return 'ssp-unknown';
  switch (asciiLower(practice)) {
    case 'all':
      return 'ssp-all';
    case 'strict':
    case 'discardable': // its name from draft-ietf-dkim-ssp-03 on
      return 'ssp-strict';
    default:
      return 'ssp-unknown';
  }
}

/** One statement for each older form, all asked at once. */
export async function discoverOlderForms(
  author: DomainName,
  questions: Questions,
): Promise<readonly PracticeStatement[]> {
  return Promise.all(
    FORMS.map(async (form) => {
      const name = below(form.prefix, author);
      const answer = name === undefined ? undefined : await questions.txt(name);
      return toStatement(form, author, name ?? `${form.prefix}.${author}`, answer);
    }),
  );
}

function toStatement(
  form: OlderForm,
  domain: DomainName,
  name: string,
  answer: DnsAnswer<'TXT'> | undefined,
): PracticeStatement {
  const base = { source: form.source, domain, name, record: null };
  if (answer === undefined) return { ...base, text: form.absent, ttl: null, dnssec: 'indeterminate' };
  if (answer.kind === 'failure') return { ...base, text: form.unsure, ttl: null, dnssec: 'indeterminate' };
  const found = { ...base, ttl: answer.ttl, dnssec: dnssecOf(answer) };
  const records = answer.kind === 'records' ? answer.records : [];
  for (const record of records) {
    const text = form.read(parseTagList(record).tags);
    if (text !== undefined) return { ...found, record, text };
  }
  return { ...found, text: form.absent };
}
