/** What kept a question from being answered. Told only where an answer was needed. */
import type { DnsFailure } from '../../dns/resolver.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { one } from './support.ts';

export const ENVIRONMENT_ROWS = {
  /** No resolver has been chosen, so nothing was asked. */
  'resolver-not-chosen': { level: 'unchecked', find: failedWith(['not-configured']) },
  offline: { level: 'unchecked', find: failedWith(['offline']) },
  /** RFC 4035 §5.5: answers for this name are forged or its zone is broken; either way there is no answer. */
  'dns-bogus': { level: 'unchecked', find: failedWith(['bogus']) },
  'dns-failed': {
    level: 'unchecked',
    find: failedWith(['servfail', 'refused', 'timeout', 'network', 'http', 'captive', 'malformed']),
  },
} satisfies Record<string, Row>;

function failedWith(failures: readonly DnsFailure[]) {
  return ({ facts, authorship }: Insight): readonly Instance[] => {
    if (authorship.kind !== 'nobody') return [];
    const failed = facts.dnsFailures.filter((one) => failures.includes(one.failure));
    const first = failed[0];
    return first
      ? one(
          { name: first.name, failure: first.failure },
          failed.map(({ name, type }) => ({ kind: 'dns', name, type, record: null })),
        )
      : [];
  };
}
