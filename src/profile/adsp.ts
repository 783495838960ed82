/** The ADSP record of a domain as its publisher should see it (RFC 5617 §4). Most domains have none, and lack nothing. */
import { parseAdspRecord } from '../adsp/parse.ts';
import type { AdspDiscovery } from '../adsp/types.ts';
import { ADSP_FINDINGS } from './reasons.ts';
import type { AdspFindingId } from './reasons.ts';
import type { AdspProfile, RecordFinding } from './types.ts';

export function profileAdsp(discovery: AdspDiscovery): AdspProfile {
  const { record, reason, name } = discovery;
  const findings: RecordFinding<AdspFindingId>[] = [];
  const add = (id: AdspFindingId, place: Pick<RecordFinding<AdspFindingId>, 'tag' | 'at'> = {}): void => {
    findings.push({ id, severity: ADSP_FINDINGS[id], name, ...place });
  };
  const parsed = record === null ? undefined : parseAdspRecord(record);
  if (parsed?.ok === false) {
    const { tag, at } = parsed.problem;
    add('record-invalid', { ...(tag !== null && { tag }), at });
  }
  if (reason === 'several-records' || reason === 'practice-unrecognized') add(reason);
  if (reason === 'record-unavailable' || reason === 'existence-unavailable') add('dns-failure');
  if (record !== null || reason === 'several-records') add('historic');
  return { ...discovery, findings };
}
