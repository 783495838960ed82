/** Findings of a profile as words, with the place they are about. */
import { shownDomain } from '../../../src/domain/name.ts';
import { markFaults, type Segment } from '../../../src/profile/marks.ts';
import { SEVERITIES, worstFirst } from '../../../src/profile/severity.ts';
import type { DomainProfile, ProfileSeverity, RecordFinding } from '../../../src/profile/types.ts';
import type { SpfProfileFinding } from '../../../src/spf/types.ts';
import { counted, keyOf, type Translate } from '../../ui/words.ts';

export interface ProblemView {
  readonly severity: ProfileSeverity;
  readonly severityWord: string;
  readonly text: string;
  /** The name of the record, and what in it; empty where the record itself is beside it. */
  readonly place: string;
}

export function viewFindings(
  prefix: 'dmarc_finding' | 'adsp_finding' | 'key_finding',
  findings: readonly RecordFinding<string>[],
  t: Translate,
): readonly ProblemView[] {
  return worstFirst(findings).map(({ id, severity, tag = '' }) => ({
    severity,
    severityWord: t(`profiler_severity_${severity}`),
    text: t(keyOf(prefix, id), { tag }),
    place: '',
  }));
}

export function viewSpfFindings(findings: readonly SpfProfileFinding[], t: Translate): readonly ProblemView[] {
  return worstFirst(findings).map(({ id, severity, recordName, term, at, syntax }) => {
    const place = at === undefined ? [] : [t('profiler_byte', { at: String(at) })];
    const why = syntax === undefined ? [] : [t(keyOf('spf_problem', syntax))];
    return {
      severity,
      severityWord: t(`profiler_severity_${severity}`),
      text: t(keyOf('spf_finding', id)),
      place: [shownDomain(recordName), ...(term === undefined ? [] : [term]), ...why, ...place].join(' · '),
    };
  });
}

/** A record with its faults marked. */
export function viewRecord(text: string, findings: readonly RecordFinding<string>[]): readonly Segment[] {
  return markFaults(
    text,
    findings.flatMap(({ at }) => at ?? []),
    ';',
  );
}

export interface CountView {
  readonly severity: ProfileSeverity;
  readonly text: string;
}

/** How many findings of each severity there are in all; none where there is nothing to tell. */
export function countFindings({ spf, dmarc, adsp, keys }: DomainProfile, t: Translate): readonly CountView[] {
  const all: readonly { readonly severity: ProfileSeverity }[] = [
    ...spf.trees.flatMap(({ findings }) => findings),
    ...dmarc.findings,
    ...adsp.findings,
    ...keys.flatMap(({ findings, records }) => [...findings, ...records.flatMap((record) => record.findings)]),
  ];
  return SEVERITIES.flatMap((severity) => {
    const count = all.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [{ severity, text: counted(t, `profiler_count_${severity}`, count) }];
  });
}
