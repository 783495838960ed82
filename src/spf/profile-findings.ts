/** What a profiled tree of records tells its postmaster: one pass over the tree, every finding with its place. */
import { asciiLower } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { usesMacro } from './macro.ts';
import { SPF_FINDINGS } from './reasons.ts';
import type { SpfFindingId } from './reasons.ts';
import type { SpfProfileFinding, SpfProfileRecord, SpfProfileTerm } from './types.ts';

/** RFC 7208 §3.4: name and texts of fewer octets fit into an answer of 512. */
const SAFE_ANSWER_OCTETS = 450;
/** Networks larger than these are worth a second look. */
const WIDE_PREFIX = { ip4: 16, ip6: 32 } as const;

type Found = Omit<SpfProfileFinding, 'severity'>;

/**
 * @param root the record of the domain profiled
 * @param lookups look-up terms of the whole tree
 * @returns at most LIMITS.spfProfileFindings, in the order of the tree; a record that occurs twice is told of once
 */
export function profileFindings(root: SpfProfileRecord, lookups: number): readonly SpfProfileFinding[] {
  const { ipv4, ipv6 } = root.voidLookups;
  const found = new Map<string, SpfProfileFinding>();
  const add = (finding: Found): void => {
    const key = `${finding.id} ${finding.recordName} ${finding.at ?? ''}`;
    if (found.size >= LIMITS.spfProfileFindings || found.has(key)) return;
    found.set(key, { ...finding, severity: SPF_FINDINGS[finding.id] });
  };
  if (lookups > LIMITS.spfLookupTerms) add({ id: 'too-many-lookups', recordName: root.name });
  if (Math.max(ipv4, ipv6) > LIMITS.spfVoidLookups) add({ id: 'too-many-void-lookups', recordName: root.name });
  const rootProblem = ROOT_FINDINGS[root.outcome];
  if (rootProblem !== null) add({ id: rootProblem, recordName: root.name });
  visit(root, true, add);
  return [...found.values()];
}

type Outcomes = Readonly<Record<SpfProfileRecord['outcome'], SpfFindingId | null>>;

const ROOT_FINDINGS: Outcomes = {
  record: null,
  'no-record': 'no-record',
  'several-records': 'several-records',
  'nonexistent-domain': 'nonexistent-domain',
  failure: 'dns-failure',
  loop: 'loop',
  'not-read': 'profile-incomplete',
};

/** @param decides whether what this record leaves open is the end of the check: the root and what it redirects to */
function visit(record: SpfProfileRecord, decides: boolean, add: (finding: Found) => void): void {
  const recordName = record.name;
  for (const { code, at, term } of record.problems) add({ id: 'syntax-error', recordName, term, at, syntax: code });
  if (record.cut !== null) add({ id: record.cut, recordName });
  if (record.octets >= SAFE_ANSWER_OCTETS) add({ id: 'large-answer', recordName });
  if (asciiLower(record.record ?? '').startsWith('spf2.')) add({ id: 'sender-id-record', recordName });
  for (const profiled of record.terms) {
    const { text: term, at } = profiled.term;
    for (const id of termFindings(profiled, decides)) add({ id, recordName, term, at });
    if (profiled.leadsTo !== null) visit(profiled.leadsTo, decides && profiled.term.kind === 'redirect', add);
  }
  const ends = record.terms.some(({ term }) => term.kind === 'all' || term.kind === 'redirect');
  if (decides && record.outcome === 'record' && !ends) add({ id: 'no-default', recordName });
}

function termFindings(profiled: SpfProfileTerm, decides: boolean): readonly SpfFindingId[] {
  const { term, reachable } = profiled;
  if (!reachable) return [term.kind === 'redirect' ? 'redirect-ignored' : 'unreachable-term'];
  const ids: SpfFindingId[] = [...lookUpFindings(profiled)];
  const pointer = 'domain' in term && term.domain !== null && usesMacro(term.domain, 'p');
  if (term.kind === 'ptr' || pointer) ids.push('ptr-used');
  if (term.kind === 'unknown-modifier') ids.push('unknown-modifier');
  if (term.kind === 'all' && term.result === 'pass') ids.push('pass-all');
  const open = term.kind === 'all' && (term.result === 'neutral' || term.result === 'softfail');
  if (open && decides) ids.push('uncommitted-default');
  const network = term.kind === 'ip4' || term.kind === 'ip6' ? term : undefined;
  if (network?.result === 'pass' && network.prefix < WIDE_PREFIX[network.kind]) ids.push('wide-network');
  return ids;
}

function* lookUpFindings({
  term,
  target,
  dependsOnMessage,
  found,
  mxNames,
  leadsTo,
}: SpfProfileTerm): Generator<SpfFindingId> {
  const spec = 'domain' in term ? term.domain : null;
  if (dependsOnMessage) yield 'depends-on-message';
  else if (spec !== null && target === null) yield 'impossible-name';
  if (mxNames !== null && mxNames > LIMITS.spfMxNames) yield 'too-many-mx-names';
  if (leadsTo?.outcome === 'loop') yield 'loop';
  if (leadsTo?.outcome === 'not-read') yield 'profile-incomplete';
  if (leadsTo?.outcome === 'several-records') yield 'several-records';
  if (found === 'failure') yield 'dns-failure';
  if (found !== 'nothing') return;
  if (term.kind === 'include') yield 'include-without-record';
  else if (term.kind === 'redirect') yield 'redirect-without-record';
  else yield term.kind === 'exp' ? 'explanation-unusable' : 'void-term';
}
