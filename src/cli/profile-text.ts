/** A domain's profile as text for a terminal: the SPF tree by indentation, faults pointed at, every finding in words. */
import { visibleText } from '../bytes/visible.ts';
import { markFaults } from '../profile/marks.ts';
import { worstFirst } from '../profile/severity.ts';
import type { DomainProfile, KeyProfile, RecordFinding } from '../profile/types.ts';
import type { SpfProfile, SpfProfileFinding, SpfProfileRecord, SpfProfileTerm, SpfProfileTree } from '../spf/types.ts';
import { formatPractices } from './practices-command.ts';
import { line } from './text.ts';
import { counted, durationText, keyOf } from '../words/translate.ts';
import { words } from './words.ts';

export function formatProfile(profile: DomainProfile): string {
  const { domain, profiledAt, spf, practices, keys, selectorsLeftOut, dnsFailures } = profile;
  const sections = [
    [`${visibleText(domain)}, looked up at ${profiledAt}`],
    formatSpf(spf),
    [formatPractices(practices).trimEnd()],
    formatDmarc(profile),
    formatAdsp(profile),
    ...keys.map(formatKey),
    selectorsLeftOut === 0 ? [] : [counted(words, 'profiler_left_out', selectorsLeftOut)],
    dnsFailures.length === 0
      ? []
      : [
          'Without an answer:',
          ...dnsFailures.map(({ name, type, failure }) => line(type, `${visibleText(name)}: ${failure}`)),
        ],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function formatSpf({ trees, limits, complete }: SpfProfile): readonly string[] {
  const lines = trees.flatMap((tree) => formatTree(tree, limits));
  return complete ? lines : [...lines, 'Not everything was read: the profile has its own limits.'];
}

function formatTree(
  { identities, root, lookups, voidLookups, findings }: SpfProfileTree,
  limits: SpfProfile['limits'],
) {
  const { ipv4, ipv6 } = voidLookups;
  return [
    `SPF for ${identities.join(', ')}: ${counted(words, 'profiler_term_lookups', lookups)} of ${limits.lookups}, void ${ipv4} (IPv4) and ${ipv6} (IPv6) of ${limits.voidLookups}`,
    ...formatRecord(root, '  '),
    ...worstFirst(findings).map(formatSpfFinding),
  ];
}

function formatSpfFinding({ id, severity, recordName, term, at, syntax }: SpfProfileFinding): string {
  const where = `${visibleText(recordName)}${at === undefined ? '' : `, byte ${at}`}`;
  const what = term === undefined ? '' : `: ${visibleText(term)}`;
  const why = syntax === undefined ? '' : `, ${words(keyOf('spf_problem', syntax))}`;
  return line(severity, `${words(keyOf('spf_finding', id))} [${where}${what}${why}]`);
}

/** Depth is bounded by the profiler: it names a loop instead of following it. */
function formatRecord(record: SpfProfileRecord, indent: string): readonly string[] {
  const { name, outcome, terms, problems, ttl, dnssec } = record;
  const head = `${indent}${visibleText(name)}: `;
  const life = ttl === null ? '' : `${indent}  valid for ${durationText(words, ttl, 'long')}, DNSSEC ${dnssec}`;
  return [
    ...(record.record === null
      ? [`${head}${outcome}`]
      : pointAt(
          head,
          record.record,
          problems.map(({ at }) => at),
          ' ',
        )),
    ...(life === '' ? [] : [life]),
    ...terms.flatMap((term) => formatTerm(term, `${indent}  `)),
  ];
}

function formatTerm({ term, reachable, lookups, found, leadsTo }: SpfProfileTerm, indent: string): readonly string[] {
  const remarks = [
    ...(reachable ? [] : ['never reached']),
    ...(lookups > 0 ? [String(lookups)] : []),
    ...(found === 'nothing' ? ['finds nothing'] : []),
    ...(found === 'failure' ? ['no answer'] : []),
  ];
  const head = `${indent}${visibleText(term.text)}${remarks.length === 0 ? '' : `  (${remarks.join(', ')})`}`;
  return leadsTo === null ? [head] : [head, ...formatRecord(leadsTo, `${indent}  `)];
}

function formatDmarc({ dmarc }: DomainProfile): readonly string[] {
  const { organizationalDomain, policy, effectivePolicy, walk, findings } = dmarc;
  return [
    `DMARC: organizational domain ${visibleText(organizationalDomain ?? 'unknown')}`,
    line('Policy', policy === null ? 'none known' : `${policy}, applied as ${effectivePolicy ?? policy}`),
    ...walk.flatMap(({ name, outcome, record, failure }) => {
      const head = line('Asked', `${visibleText(name)}: `);
      const here = findings.filter((finding) => finding.name === name);
      return [
        ...(record === null ? [`${head}${failure ?? outcome}`] : pointAt(head, record, offsetsOf(here), ';')),
        ...formatFindings('dmarc_finding', here),
      ];
    }),
  ];
}

/** What ADSP says is among the statements; here is only what is wrong with it. */
function formatAdsp({ adsp: { name, record, findings } }: DomainProfile): readonly string[] {
  if (findings.length === 0) return [];
  const offsets = offsetsOf(findings);
  return [
    'ADSP',
    ...(record === null ? [] : pointAt(line('Asked', `${visibleText(name)}: `), record, offsets, ';')),
    ...formatFindings('adsp_finding', findings),
  ];
}

function offsetsOf(findings: readonly RecordFinding<string>[]): readonly number[] {
  return findings.flatMap(({ at }) => at ?? []);
}

function formatFindings(prefix: string, findings: readonly RecordFinding<string>[]): readonly string[] {
  return worstFirst(findings).map(({ id, severity, tag }) =>
    line(severity, words(keyOf(prefix, id), { tag: visibleText(tag ?? '') })),
  );
}

function formatKey({ selector, name, records, ttl, dnssec, findings }: KeyProfile): readonly string[] {
  return [
    `Key ${visibleText(selector)}${name === null ? '' : ` at ${name}`}`,
    ...(ttl === null ? [] : [line('Valid for', `${durationText(words, ttl, 'long')}, DNSSEC ${dnssec}`)]),
    ...formatFindings('key_finding', findings),
    ...records.flatMap((record) => {
      const { text, keyType, bits, testing, strictIdentity } = record;
      const flags = [...(testing ? ['t=y'] : []), ...(strictIdentity ? ['t=s'] : [])];
      const size = bits === null ? '' : `, ${bits} bits`;
      return [
        ...pointAt(line('Record', ''), text, offsetsOf(record.findings), ';'),
        ...(keyType === null ? [] : [line('Kind', [`${visibleText(keyType)}${size}`, ...flags].join(', '))]),
        ...formatFindings('key_finding', record.findings),
      ];
    }),
  ];
}

/** The record behind its head, and below it carets where it is at fault. */
function pointAt(head: string, record: string, offsets: readonly number[], separator: ' ' | ';'): readonly string[] {
  const segments = markFaults(record, offsets, separator).map(({ text, faulty }) => ({
    text: visibleText(text),
    faulty,
  }));
  const carets = segments.map(({ text, faulty }) => (faulty ? '^' : ' ').repeat(text.length)).join('');
  const shown = `${head}${segments.map(({ text }) => text).join('')}`;
  return carets.trimEnd() === '' ? [shown] : [shown, `${' '.repeat(head.length)}${carets.trimEnd()}`];
}
