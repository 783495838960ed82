/** What the reader chose. Stored as plain data with a version; whatever is found in storage is repaired from the defaults, never trusted. */
import type { CheckSwitches } from '../../src/assessment/facts.ts';
import { parseResolverUrl } from './resolvers.ts';

export interface AccountTrust {
  /** authserv-ids of the account's own receiving side (RFC 8601 §5). */
  readonly authservIds: readonly string[];
  /** Results that server writes directly below its Received field, as some do. */
  readonly resultsBelowEntry: number;
}

export interface Settings {
  readonly version: 1;
  /** The DoH address that gets the questions; null until the reader has chosen: then nothing is asked. */
  readonly resolver: string | null;
  readonly checks: CheckSwitches;
  /** Whether practices are also asked for in older forms. */
  readonly older: boolean;
  /** Whether keys and observed practice are remembered and made use of. What was remembered before stays until it is erased. */
  readonly remember: boolean;
  /** Whether rules are applied to new mail as it comes. */
  readonly runRules: boolean;
  /** By account identifier. */
  readonly trust: Readonly<Record<string, AccountTrust>>;
}

export const DEFAULT_SETTINGS: Settings = {
  version: 1,
  resolver: null,
  checks: { dkim: true, practices: true, arc: true, spf: true },
  older: false,
  remember: true,
  runRules: false,
  trust: {},
};

/** Accounts, servers per account and the length of a name that are kept. */
const MOST_ACCOUNTS = 200;
const MOST_SERVERS = 50;
const LONGEST_NAME = 255;
const MOST_RESULTS_BELOW = 5;

/** Settings out of whatever storage held. */
export function repairSettings(stored: unknown): Settings {
  const found = isRecord(stored) ? stored : {};
  return {
    version: 1,
    resolver: typeof found['resolver'] === 'string' ? (parseResolverUrl(found['resolver']) ?? null) : null,
    checks: repairChecks(found['checks']),
    older: typeof found['older'] === 'boolean' ? found['older'] : DEFAULT_SETTINGS.older,
    remember: typeof found['remember'] === 'boolean' ? found['remember'] : DEFAULT_SETTINGS.remember,
    runRules: typeof found['runRules'] === 'boolean' ? found['runRules'] : DEFAULT_SETTINGS.runRules,
    trust: repairTrust(found['trust']),
  };
}

function repairChecks(stored: unknown): CheckSwitches {
  const found = isRecord(stored) ? stored : {};
  const keep = (name: keyof CheckSwitches): boolean => {
    const value = found[name];
    return typeof value === 'boolean' ? value : DEFAULT_SETTINGS.checks[name];
  };
  return { dkim: keep('dkim'), practices: keep('practices'), arc: keep('arc'), spf: keep('spf') };
}

function repairTrust(stored: unknown): Settings['trust'] {
  if (!isRecord(stored)) return {};
  const accounts = Object.entries(stored).slice(0, MOST_ACCOUNTS);
  return Object.fromEntries(
    accounts.flatMap(([account, trust]) => (isRecord(trust) ? [[account, repairAccount(trust)]] : [])),
  );
}

function repairAccount(found: Record<string, unknown>): AccountTrust {
  const ids = Array.isArray(found['authservIds']) ? found['authservIds'].map(String).flatMap(cleanAuthservId) : [];
  const below = Number(found['resultsBelowEntry']);
  return {
    authservIds: [...new Set(ids)].slice(0, MOST_SERVERS),
    resultsBelowEntry: Number.isInteger(below) ? Math.min(Math.max(below, 0), MOST_RESULTS_BELOW) : 0,
  };
}

/** A server name as the reader typed it, or nothing where it can be none. */
export function cleanAuthservId(text: string): readonly string[] {
  const name = text.trim().toLowerCase();
  return name.length > 0 && name.length <= LONGEST_NAME && !/[\s;"()<>]/.test(name) ? [name] : [];
}

/** The trust of one account; nobody where the reader said nothing. */
export function trustOf(settings: Settings, accountId: string | null): AccountTrust {
  const known = new Map(Object.entries(settings.trust));
  return known.get(accountId ?? '') ?? { authservIds: [], resultsBelowEntry: 0 };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
