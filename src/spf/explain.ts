/**
 * The publisher's explanation of a `fail` (RFC 7208 §6.2). It is text of an unknown party, shaped by the sender's own words:
 * only visible ASCII and spaces of bounded length leave here, and whatever goes wrong means no explanation, never an error.
 */
import { LIMITS } from '../limits.ts';
import { macroValues } from './identity.ts';
import type { MacroContext } from './identity.ts';
import { expandPart, parseMacroString, usesMacro } from './macro.ts';
import { isStop, preferredName, validatedNames } from './mechanisms.ts';
import type { Client } from './mechanisms.ts';
import { expandTargetName } from './target-name.ts';
import type { MacroString, MacroValues } from './types.ts';

/**
 * Fetches and expands the explanation. Its look-ups count against no limit (RFC 7208 §4.6.4) and are at most twelve.
 * @param domain the domain of the record that holds exp=
 */
export async function explain(
  exp: MacroString,
  domain: string,
  context: MacroContext,
  { ip, lookups }: Client,
): Promise<string | undefined> {
  const client: Client = { ip, lookups: { ...lookups, countVoid: () => true } };
  const target = expandTargetName(exp, await valuesFor(exp, domain, context, client));
  if (target === undefined) return undefined;
  const answer = await client.lookups.ask(target, 'TXT');
  // More or fewer records than one: as if there were no exp= (RFC 7208 §6.2).
  const [text, ...others] = answer.kind === 'records' ? answer.records : [];
  if (text === undefined || others.length > 0 || text.length > LIMITS.spfRecordBytes) return undefined;
  const macro = parseMacroString(text, 0, true);
  if (!macro.ok) return undefined;
  const explanation = expandText(macro.value, await valuesFor(macro.value, domain, context, client));
  // RFC 7208 §6.2: US-ASCII. Control characters could only come from the sender's own words.
  return explanation !== '' && /^[\x20-\x7e]*$/.test(explanation) ? explanation : undefined;
}

async function valuesFor(
  macro: MacroString,
  domain: string,
  context: MacroContext,
  client: Client,
): Promise<MacroValues> {
  const names = usesMacro(macro, 'p') ? await validatedNames(client) : [];
  return macroValues(context, domain, isStop(names) ? 'unknown' : preferredName(names, domain));
}

function expandText(macro: MacroString, values: MacroValues): string {
  const pieces: string[] = [];
  let length = 0;
  for (const part of macro.parts) {
    const piece = expandPart(part, values);
    pieces.push(piece);
    length += piece.length;
    if (length >= LIMITS.spfExplanationCharacters) break;
  }
  return pieces.join('').slice(0, LIMITS.spfExplanationCharacters);
}
