/** Whom the reader believes for one account: whatever is found in storage or typed is made valid, or left out. */
import type { TrustSettings } from '../../src/authres/types.ts';
import { parseDomain } from '../../src/domain/name.ts';
import { parseNetwork } from '../../src/trace/networks.ts';

/** The core's settings; lists that say nothing, and a switch that is off, are absent. */
export interface AccountTrust extends TrustSettings {
  readonly resultsBelowEntry: number;
}

export const NOBODY: AccountTrust = { authservIds: [], resultsBelowEntry: 0 };

/** Names kept in one list, and the length of each. */
const MOST_NAMES = 50;
const LONGEST_NAME = 255;
export const MOST_RESULTS_BELOW = 5;

/** A text as one entry of a list, or none where it cannot be one. */
export type Clean = (text: string) => readonly string[];

/** An authserv-id need not be a domain (RFC 8601 §2.5). */
export const cleanAuthservId: Clean = (text) => {
  const name = text.trim().toLowerCase();
  return name.length > 0 && name.length <= LONGEST_NAME && !/[\s;"()<>]/.test(name) ? [name] : [];
};

/** A host stands for itself and every name below it, so a wildcard in front says nothing more. */
export const cleanHost: Clean = (text) => {
  const domain = parseDomain(text.trim().replace(/^\*\./, ''));
  return domain === undefined ? [] : [domain];
};

/** An address, or a network as `192.0.2.0/24`. */
export const cleanNetwork: Clean = (text) => {
  const network = text.trim().toLowerCase();
  return network.length <= LONGEST_NAME && parseNetwork(network) ? [network] : [];
};

/** Forwarders are declared by domain, by address, or both. */
export const cleanForwarder: Clean = (text) => {
  const network = cleanNetwork(text);
  return network.length > 0 ? network : cleanHost(text);
};

export function repairAccountTrust(found: Readonly<Record<string, unknown>>): AccountTrust {
  const stored = found['resultsBelowEntry'];
  const below = typeof stored === 'number' || typeof stored === 'string' ? Number(stored) : NaN; // an object may throw
  const receivingHosts = repairList(found['receivingHosts'], cleanHost);
  const forwarders = repairList(found['forwarders'], cleanForwarder);
  return {
    authservIds: repairList(found['authservIds'], cleanAuthservId),
    resultsBelowEntry: Number.isInteger(below) ? Math.min(Math.max(below, 0), MOST_RESULTS_BELOW) : 0,
    ...(found['withoutAuthservId'] === true ? { withoutAuthservId: true } : {}),
    ...(receivingHosts.length > 0 ? { receivingHosts } : {}),
    // An empty list has a meaning of its own: every client is foreign.
    ...(Array.isArray(found['receivingAddresses'])
      ? { receivingAddresses: repairList(found['receivingAddresses'], cleanNetwork) }
      : {}),
    ...(forwarders.length > 0 ? { forwarders } : {}),
  };
}

function repairList(found: unknown, clean: Clean): readonly string[] {
  if (!Array.isArray(found)) return [];
  const texts = found.filter((one) => typeof one === 'string' || typeof one === 'number').map(String);
  return [...new Set(texts.flatMap(clean))].slice(0, MOST_NAMES);
}

/**
 * The trust of an account as it is stored now, with what a page changed. What the page did not change stays as it is stored, also
 * where it was changed elsewhere meanwhile.
 * @param seen what the page showed
 * @param wanted what its reader made of that
 */
export function changedTrust(
  stored: AccountTrust = NOBODY,
  seen: AccountTrust = NOBODY,
  wanted: AccountTrust,
): AccountTrust {
  const before = new Map(Object.entries(seen));
  const after = new Map(Object.entries(wanted));
  const all = new Map(Object.entries(stored));
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    if (JSON.stringify(before.get(name)) === JSON.stringify(after.get(name))) continue;
    if (after.has(name)) all.set(name, after.get(name));
    else all.delete(name); // lists that say nothing are absent
  }
  return repairAccountTrust(Object.fromEntries(all));
}
