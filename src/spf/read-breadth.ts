/** The breadth of a record for a domain whose check was somebody else's: that a server reports a pass says nothing of how many would. */
import type { LookupOptions } from '../dns/ask-once.ts';
import { LIMITS } from '../limits.ts';
import { letsEveryonePass } from './breadth.ts';
import { parseSpfRecord } from './parse.ts';
import { selectRecords } from './select.ts';
import type { ParsedSpfRecord } from './types.ts';

/**
 * Whether the domain's SPF record lets about everyone pass. Reads it with the records it includes, at most
 * `LIMITS.spfLookupTerms` in all; what cannot be read adds nothing.
 * @throws the signal's reason where the signal is aborted
 */
export async function readsAsEveryone(domain: string, { resolver, signal }: LookupOptions): Promise<boolean> {
  const records = new Map<string, ParsedSpfRecord>();
  let wanted = [domain];
  let asked = 0;
  while (wanted.length > 0 && asked < LIMITS.spfLookupTerms) {
    const names = wanted.slice(0, LIMITS.spfLookupTerms - asked);
    asked += names.length;
    const answers = await Promise.all(names.map((name) => resolver.query(name, 'TXT', { signal })));
    wanted = [];
    for (const [at, answer] of answers.entries()) {
      const [selected, ...others] = selectRecords(answer.kind === 'records' ? answer.records : [], 'mfrom');
      if (selected === undefined || others.length > 0) continue;
      const record = parseSpfRecord(selected.text, selected.version);
      records.set(names[at] ?? '', record);
      wanted.push(...targetsOf(record).filter((name) => !records.has(name)));
    }
  }
  return letsEveryonePass(domain, (name) => records.get(name));
}

/** Names whose records count as part of this one; those with macros differ with each message. */
function targetsOf({ terms }: ParsedSpfRecord): readonly string[] {
  return terms.flatMap((term) => {
    const leads = term.kind === 'redirect' || (term.kind === 'include' && term.result === 'pass');
    return leads && term.domain.parts.every(({ kind }) => kind === 'literal') ? [term.domain.text.toLowerCase()] : [];
  });
}
