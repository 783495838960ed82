/** One check in progress: what it knows, the names its terms lead to, and the questions worth sending early. */
import type { MacroContext } from './identity.ts';
import { matchesPrefix, reverseName } from './ip.ts';
import { usesMacro } from './macro.ts';
import { addressType, isStop, preferredName, validatedNames } from './mechanisms.ts';
import type { Client, Stop } from './mechanisms.ts';
import { expandTargetName } from './target-name.ts';
import type { MacroString, MacroValues, ParsedSpfRecord, SpfIdentity, SpfStep } from './types.ts';

export interface Check {
  readonly identity: SpfIdentity;
  readonly context: MacroContext;
  readonly client: Client;
  readonly steps: SpfStep[];
  /** The look-up of %{p} was counted: its one PTR question counts once (RFC 7208 §4.6.4). */
  pointerCounted: boolean;
  /** The records evaluated, by the name they were found at. */
  readonly records: Map<string, ParsedSpfRecord>;
}

/** The name a domain-spec leads to. Finding the validated name for %{p} may end the evaluation (RFC 7208 §4.6.4). */
export async function targetOf(
  check: Check,
  spec: MacroString,
  values: MacroValues,
): Promise<{ readonly name: string | undefined } | Stop> {
  if (!usesMacro(spec, 'p')) return { name: expandTargetName(spec, values) };
  if (!check.pointerCounted && !check.client.lookups.countTerm()) return { reason: 'too-many-lookups' };
  check.pointerCounted = true;
  const names = await validatedNames(check.client);
  if (isStop(names)) return names;
  return { name: expandTargetName(spec, { ...values, p: preferredName(names, values.d) }) };
}

/** Sends the first question of every term up to the one that surely matches, so that they travel together. */
export function sendAhead(check: Check, record: ParsedSpfRecord, values: MacroValues): void {
  const { ip, lookups } = check.client;
  const send = (spec: MacroString | null, type: 'A' | 'AAAA' | 'MX' | 'TXT'): void => {
    if (spec !== null && usesMacro(spec, 'p')) return;
    const name = spec === null ? values.d : expandTargetName(spec, values);
    if (name !== undefined) lookups.sendAhead(name, type);
  };
  for (const term of record.terms) {
    if (term.kind === 'all') return;
    if ((term.kind === 'ip4' || term.kind === 'ip6') && matchesPrefix(ip, term.network, term.prefix)) return;
    if (term.kind === 'include') send(term.domain, 'TXT');
    else if (term.kind === 'a') send(term.domain, addressType(ip));
    else if (term.kind === 'mx') send(term.domain, 'MX');
    else if (term.kind === 'exists') send(term.domain, 'A');
    else if (term.kind === 'ptr') lookups.sendAhead(reverseName(ip), 'PTR');
  }
  const redirect = record.terms.find((term) => term.kind === 'redirect');
  if (redirect !== undefined) send(redirect.domain, 'TXT');
}
