/** `countersign profile`: the SPF records of a domain as a tree with look-ups counted, and what it publishes about its mail. */
import { visibleText } from '../bytes/visible.ts';
import { discoverPractices } from '../practices/discover.ts';
import { profileSpf } from '../spf/profile.ts';
import type { SpfProfile, SpfProfileRecord, SpfProfileTerm, SpfProfileTree } from '../spf/types.ts';
import { domainFrom, resolverFrom, type ResolverOptions } from './options.ts';
import { formatPractices } from './practices-command.ts';
import type { Terminal } from './terminal.ts';
import { line } from './text.ts';

export interface ProfileOptions extends ResolverOptions {
  readonly json?: true;
}

export async function runProfile(text: string, options: ProfileOptions, terminal: Terminal): Promise<void> {
  const domain = domainFrom(text);
  const lookups = { resolver: await resolverFrom(options), now: new Date() };
  const [spf, practices] = await Promise.all([profileSpf(domain, lookups), discoverPractices(domain, lookups)]);
  if (options.json) terminal.write(`${JSON.stringify({ domain, spf, practices })}\n`);
  else terminal.write(`${formatProfile(spf)}\n${formatPractices(practices)}`);
}

function formatProfile({ trees, limits, complete }: SpfProfile): string {
  const lines = trees.flatMap((tree) => formatTree(tree, limits.lookups));
  if (!complete) lines.push('Not everything was read: the profile has its own limits.');
  return `${lines.join('\n')}\n`;
}

function formatTree({ identities, root, lookups, findings }: SpfProfileTree, limit: number): readonly string[] {
  return [
    `SPF for ${identities.join(', ')}: ${lookups} look-ups of ${limit}`,
    ...formatRecord(root, '  '),
    ...findings.map(({ id, severity, recordName, term }) =>
      line(severity, `${id} at ${visibleText(recordName)}${term === undefined ? '' : `: ${visibleText(term)}`}`),
    ),
  ];
}

/** Depth is bounded by the profiler: it names a loop instead of following it. */
function formatRecord({ name, outcome, record, terms }: SpfProfileRecord, indent: string): readonly string[] {
  const head = `${indent}${visibleText(name)}: ${record === null ? outcome : visibleText(record)}`;
  return [head, ...terms.flatMap((term) => formatTerm(term, `${indent}  `))];
}

function formatTerm({ term, reachable, lookups, leadsTo }: SpfProfileTerm, indent: string): readonly string[] {
  const remark = reachable ? (lookups > 0 ? `  (${lookups})` : '') : '  (never reached)';
  const head = `${indent}${visibleText(term.text)}${remark}`;
  return leadsTo === null ? [head] : [head, ...formatRecord(leadsTo, `${indent}  `)];
}
