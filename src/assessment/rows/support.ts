/** Small makers of instances and evidence, shared by the rows. */
import type { DnsFailure } from '../../dns/resolver.ts';
import { fieldEvidence, type Evidence } from '../../message/evidence.ts';
import type { Message } from '../../message/types.ts';
import type { Facts } from '../facts.ts';
import type { FindingParams, Instance } from '../types.ts';

/** A single instance. */
export function one(params: FindingParams = {}, evidence: readonly Evidence[] = []): readonly Instance[] {
  return [{ params, evidence }];
}

/** All fields of that lower-case name as evidence. */
export function fieldsAsEvidence(message: Message, key: string): readonly Evidence[] {
  return message.fields.filter((field) => field.key === key).map(fieldEvidence);
}

/** The day of an ISO time, as readers read it in every language: 2026-03-01. */
export function dayOf(time: string | null | undefined): string {
  return time?.slice(0, time.indexOf('T')) ?? '';
}

/** Whether there is a message at all. */
export function isMessage({ problems }: Facts): boolean {
  return !problems.includes('empty-message') && !problems.includes('not-a-message');
}

/** Failures that are the machine's or the resolver's, whichever name was asked for. */
const EVERYWHERE: ReadonlySet<DnsFailure> = new Set(['not-configured', 'offline', 'network', 'http']);

/**
 * Whether no question could have been answered. That a name did not answer which the message itself chose is no excuse for anything: its
 * sender may have chosen it for that.
 */
export function isResolverDown({ dnsFailures, cost }: Facts): boolean {
  const asked = cost.queries + cost.cacheHits;
  return dnsFailures.some(({ failure }) => EVERYWHERE.has(failure)) || (asked > 0 && dnsFailures.length >= asked);
}
