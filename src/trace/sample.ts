/** What one message of an account tells about whom its reader could believe: the input of `proposeAuthservIds`. */
import { parseArcAuthenticationResults, parseAuthenticationResults } from '../authres/parse.ts';
import type { TrustSample } from '../authres/propose.ts';
import { LIMITS } from '../limits.ts';
import { fieldText } from '../message/parse.ts';
import type { Message } from '../message/types.ts';
import { findEntry } from './entry.ts';
import { undeclaredNetworks } from './networks.ts';
import { readReceived } from './received.ts';

/**
 * Reads a sample. Nothing is declared yet, so the field of entry is supposed to be the topmost Received field with a client from
 * outside, whatever host it is by. Undefined where there is no Received field.
 */
export function sampleTrust(message: Message): TrustSample | undefined {
  const received = readReceived(message);
  const boundary = findEntry(message, received, {
    isOwnHost: () => true,
    networks: undeclaredNetworks(),
  });
  const { entryField, nextReceived } = boundary;
  if (entryField === null || nextReceived === null) return undefined;
  const above: string[] = [];
  const below: string[] = [];
  let nameless = 0;
  const results = message.fields.filter((field) => field.index < nextReceived && PARSERS.has(field.key));
  for (const field of results.slice(0, LIMITS.resultFields)) {
    const id = PARSERS.get(field.key)?.(fieldText(message, field)).authservId;
    if (id === undefined) continue;
    if (id === null) {
      if (field.index < entryField && field.key === 'authentication-results') nameless++;
    } else if (field.index < entryField) above.push(id);
    else if (field.key === 'authentication-results') below.push(id);
  }
  return { above, below, nameless, host: received.find((hop) => hop.field === entryField)?.by ?? null };
}

const PARSERS: ReadonlyMap<string, (value: string) => { readonly authservId: string | null }> = new Map([
  ['authentication-results', parseAuthenticationResults],
  ['arc-authentication-results', parseArcAuthenticationResults],
]);
