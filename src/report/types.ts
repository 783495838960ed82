/**
 * The Report: everything known of one message, as plain data that survives JSON and messaging. Views read a Report and nothing
 * else. Documented field by field in docs/report.md; its JSON schema is schema.json beside this file.
 */
import type { Facts } from '../assessment/facts.ts';
import type { Assessment } from '../assessment/assess.ts';

/** Version of the Report's shape; raised when a field changes its meaning. */
export const REPORT_SCHEMA = 1;

export interface Report extends Facts, Assessment {
  readonly schema: typeof REPORT_SCHEMA;
}
