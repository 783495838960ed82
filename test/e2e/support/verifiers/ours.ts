/** This project as one more verifier, through what the library exports, and the tests' own signer. */
import { stringToOctets } from '../../../../src/bytes/ascii.ts';
import type { DkimReason } from '../../../../src/dkim/reasons.ts';
import { createZoneResolver, verifyDkim, type Resolver } from '../../../../src/index.ts';
import { canonicalBody, signMessage } from '../../../dkim/support/signer.ts';
import type { Peer, TxtZone, Verdict } from './peer.ts';

/** The word all verifiers share for each of our reasons. */
const VERDICTS: Readonly<Record<DkimReason, Verdict>> = {
  'signature-syntax': 'form',
  'signature-missing-tag': 'form',
  'signature-version': 'form',
  'signature-domain-mismatch': 'form',
  'from-not-signed': 'form',
  'algorithm-unknown': 'form',
  'canonicalization-unknown': 'form',
  'query-method-unknown': 'form',
  'signature-limit': 'form',
  'algorithm-forbidden': 'weak',
  'algorithm-unavailable': 'form',
  'key-unavailable': 'key',
  'key-not-found': 'key',
  'key-syntax': 'key',
  'key-revoked': 'key',
  'key-unusable': 'key',
  'key-hash-mismatch': 'key',
  'key-algorithm-mismatch': 'key',
  'key-service-mismatch': 'key',
  'key-strict-identity': 'key',
  'key-too-small': 'weak',
  'key-too-large': 'weak',
  'body-hash-mismatch': 'body',
  'body-too-short': 'body',
  'signature-mismatch': 'signature',
  expired: 'time',
  'from-future': 'time',
  'times-reversed': 'time',
};

export function resolverOf(zone: TxtZone): Resolver {
  return createZoneResolver(
    Object.fromEntries(Object.entries(zone).map(([name, records]) => [name, { TXT: records }])),
  );
}

export const ours: Peer = {
  name: 'Countersign',
  async verify(messages, zone) {
    const options = { resolver: resolverOf(zone), now: new Date() };
    const verdicts: Verdict[] = [];
    for (const message of messages) {
      const [report] = await verifyDkim(stringToOctets(message), options);
      if (!report) throw new Error(`no signature in ${message.slice(0, 200)}`);
      verdicts.push(report.reason === null ? 'pass' : VERDICTS[report.reason]);
    }
    return verdicts;
  },
  sign: (jobs) =>
    Promise.resolve(
      jobs.map(({ message, lifetime, length, tags, ...job }) => {
        const now = Math.floor(Date.now() / 1000);
        const [, bodyForm = 'simple'] = job.canonicalization.split('/');
        const body = canonicalBody(message.slice(message.indexOf('\r\n\r\n') + 4), bodyForm);
        return signMessage(message, {
          ...job,
          ...(length ? { length: body.length } : {}),
          tags: { t: String(now), ...(lifetime === undefined ? {} : { x: String(now + lifetime) }), ...tags },
        });
      }),
    ),
};
