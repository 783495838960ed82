/** The checks a reader may switch off, in the order they are shown. */
import type { CheckSwitches } from '../../../src/assessment/facts.ts';

export const CHECKS: readonly (keyof CheckSwitches)[] = ['dkim', 'practices', 'spf', 'arc'];
