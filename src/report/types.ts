/**
 * The Report: everything known of one message, as plain data that survives JSON and messaging. Views read a Report and nothing
 * else. Documented field by field in docs/report.md; its JSON schema is schema.json beside this file.
 */
import type { Facts } from '../assessment/facts.ts';
import type { FindingId } from '../assessment/table.ts';
import type { Finding, FindingParams, Level } from '../assessment/types.ts';

/** Version of the Report's shape; raised when a field changes its meaning. */
export const REPORT_SCHEMA = 1;

export interface Report extends Facts {
  readonly schema: typeof REPORT_SCHEMA;
  readonly level: Level;
  /** The finding that decides the level; its text is the headline, filled with `headlineParams`. */
  readonly headline: FindingId;
  readonly headlineParams: FindingParams;
  readonly findings: readonly Finding[];
}
