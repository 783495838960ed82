/** What a profile tells a postmaster of DMARC, ADSP and key records: each finding once, with its section. SPF has SPF_FINDINGS. */
import type { SpfFindingSeverity } from '../spf/reasons.ts';

type Severities = Record<string, SpfFindingSeverity>;

export const DMARC_FINDINGS = {
  /** RFC 9989 §4.10: the walk found no record, so receivers know no policy. */
  'no-record': 'warning',
  /** RFC 9989 §4.10 steps 2 and 6: several records at one name are all discarded. */
  'several-records': 'error',
  /** RFC 9989 §4.7 v=: meant as a record, but it does not begin with `v=DMARC1`. */
  'not-dmarc': 'error',
  /** RFC 9989 §4.10.1: p, sp or np is missing or invalid, and rua= names no address. */
  'policy-unusable': 'error',
  /** LIMITS.txtRecordBytes. */
  'too-long': 'error',
  /** RFC 9989 §4.10.1: a name that may hold the record that applies did not answer. */
  'dns-failure': 'error',
  /** RFC 9989 §4.8: a part without an equals sign is ignored. */
  'missing-equals': 'warning',
  /** RFC 9989 §4.8 is silent; of a repeated tag the last one counts here, and others may choose the first. */
  'repeated-tag': 'warning',
  /** RFC 9989 §4.8: a value that is not allowed counts as the default. */
  'invalid-value': 'warning',
  /** RFC 9989 §4.7 p=, §4.10.1: counts as p=none where rua= names an address. */
  'missing-policy': 'warning',
  /** RFC 9989 §C.5.2: a tag of RFC 7489 that is ignored now. */
  'removed-tag': 'note',
  /** RFC 9989 §4.7 sp=: any subdomain may be used against the policy of the domain. */
  'subdomains-weaker': 'warning',
  /** RFC 9989 §4.7 np=: likewise for names that do not exist. */
  'nonexistent-weaker': 'warning',
  /** RFC 9989 §4.7 p=none: mail is watched, nothing is asked for. */
  'monitoring-only': 'note',
  /** RFC 9989 §4.7 t=y: the policy is applied one level less. */
  testing: 'note',
  /** RFC 9989 §4.7 rua=: nobody is told what receivers see. */
  'no-reports': 'note',
  /** RFC 9989 §4.10.1: the record of the organizational domain, or of the public suffix operator, applies. */
  inherited: 'note',
} as const satisfies Severities;

export type DmarcFindingId = keyof typeof DMARC_FINDINGS;

export const ADSP_FINDINGS = {
  /** RFC 5617 §4.1: a record that breaks the syntax is ignored. */
  'record-invalid': 'error',
  /** RFC 5617 §4.3: with more than one record the result is undefined. */
  'several-records': 'error',
  /** RFC 5617 §4.3: the record, or whether the domain exists, could not be determined. */
  'dns-failure': 'error',
  /** RFC 5617 §4.2.1: any other word counts as `unknown`. */
  'practice-unrecognized': 'warning',
  /** RFC 5617 has been historic since 2013: few receivers look. */
  historic: 'note',
} as const satisfies Severities;

export type AdspFindingId = keyof typeof ADSP_FINDINGS;

export const KEY_FINDINGS = {
  /** RFC 6376 §6.1.2 step 3. */
  'key-not-found': 'error',
  /** RFC 6376 §6.1.2 step 2. */
  'key-unavailable': 'error',
  /** RFC 6376 §3.1: selector and domain make no name that could be asked for. */
  'impossible-name': 'error',
  /** RFC 6376 §3.6.1, §6.1.2 step 5: no key record, or one with a fault. */
  'key-syntax': 'error',
  /** RFC 6376 §6.1.2 step 8. */
  'key-unusable': 'error',
  /** RFC 8301 §3.2: RSA keys under 1024 bits must not count. */
  'key-too-small': 'error',
  /** RFC 8301 §3.2: beyond 4096 bits verifiers may refuse; beyond LIMITS.rsaKeyBits this one does. */
  'key-too-large': 'error',
  /** RFC 6376 §3.6.1 k=: a kind of key that verifiers do not know. */
  'key-type-unknown': 'error',
  /** RFC 6376 §3.6.1 s=: neither `*` nor `email`. */
  'key-service-mismatch': 'error',
  /** RFC 6376 §3.6.1 h=: without sha256, the one hash that still counts (RFC 8301 §3.1). */
  'key-hash-mismatch': 'error',
  /** RFC 6376 §3.6.2.2: several records at one name have an undefined result. */
  'several-key-records': 'warning',
  /** RFC 8301 §3.2: 2048 bits are what signers should use. */
  'weak-key': 'warning',
  /** RFC 6376 §3.6.1 t=y: signatures by it count like none. */
  'testing-key': 'warning',
  /** RFC 6376 §3.6.1 p= is empty: withdrawn, which is what the owner wanted. */
  'key-revoked': 'note',
  /** RFC 6376 §C.2: g= of RFC 4871 restricts nothing any more. */
  'historic-granularity': 'note',
} as const satisfies Severities;

export type KeyFindingId = keyof typeof KEY_FINDINGS;
