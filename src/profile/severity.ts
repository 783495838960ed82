/** The order in which findings of a profile are told. */
import type { ProfileSeverity } from './types.ts';

/** Worst first. */
export const SEVERITIES = ['error', 'warning', 'note'] as const satisfies readonly ProfileSeverity[];

/** Findings of one severity stay in their order. */
export function worstFirst<F extends { readonly severity: ProfileSeverity }>(findings: readonly F[]): readonly F[] {
  return findings.toSorted((left, right) => SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity));
}
