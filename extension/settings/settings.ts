/** What the reader chose. Stored as plain data with a version; whatever is found in storage is repaired from the defaults, never trusted. */
import type { CheckSwitches } from '../../src/assessment/facts.ts';
import { NOBODY, repairAccountTrust, type AccountTrust } from './account-trust.ts';
import { parseResolverUrl } from './resolvers.ts';

export interface Settings {
  readonly version: 1;
  /** The DoH address that gets the questions; null until the reader has chosen: then nothing is asked. */
  readonly resolver: string | null;
  /** Another one, asked only where the first cannot be reached; null where the reader wants none. */
  readonly secondResolver: string | null;
  /** Whether answers are proved on this machine from the root of the DNS down, or the resolver's word is taken. */
  readonly dnssec: 'always' | 'off';
  readonly checks: CheckSwitches;
  /** Whether practices are also asked for in older forms. */
  readonly older: boolean;
  /** Whether names of authors are held against a short list of those impersonated often. */
  readonly brands: boolean;
  /** Whether keys and observed practice are remembered and made use of. What was remembered before stays until it is erased. */
  readonly remember: boolean;
  /** Whether rules are applied to new mail as it comes. */
  readonly runRules: boolean;
  /** Whether a banner is above odd messages, and where a rule sets one. */
  readonly banner: boolean;
  /** By account identifier. */
  readonly trust: Readonly<Record<string, AccountTrust>>;
}

export const DEFAULT_SETTINGS: Settings = {
  version: 1,
  resolver: null,
  secondResolver: null,
  dnssec: 'always',
  checks: { dkim: true, practices: true, arc: true, spf: true },
  older: false,
  brands: true,
  remember: true,
  runRules: false,
  banner: false,
  trust: {},
};

/** Accounts whose trust is kept. */
const MOST_ACCOUNTS = 200;

/** Settings out of whatever storage held. */
export function repairSettings(stored: unknown): Settings {
  const found = isRecord(stored) ? stored : {};
  return {
    version: 1,
    resolver: repairResolver(found['resolver']),
    secondResolver: repairResolver(found['secondResolver']),
    dnssec: found['dnssec'] === 'off' ? 'off' : DEFAULT_SETTINGS.dnssec,
    checks: repairChecks(found['checks']),
    older: typeof found['older'] === 'boolean' ? found['older'] : DEFAULT_SETTINGS.older,
    brands: typeof found['brands'] === 'boolean' ? found['brands'] : DEFAULT_SETTINGS.brands,
    remember: typeof found['remember'] === 'boolean' ? found['remember'] : DEFAULT_SETTINGS.remember,
    runRules: typeof found['runRules'] === 'boolean' ? found['runRules'] : DEFAULT_SETTINGS.runRules,
    banner: typeof found['banner'] === 'boolean' ? found['banner'] : DEFAULT_SETTINGS.banner,
    trust: repairTrust(found['trust']),
  };
}

function repairResolver(stored: unknown): string | null {
  return typeof stored === 'string' ? (parseResolverUrl(stored) ?? null) : null;
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
    accounts.flatMap(([account, trust]) => (isRecord(trust) ? [[account, repairAccountTrust(trust)]] : [])),
  );
}

/** The trust of one account; nobody where the reader said nothing. */
export function trustOf(settings: Settings, accountId: string | null): AccountTrust {
  const known = new Map(Object.entries(settings.trust));
  return known.get(accountId ?? '') ?? NOBODY;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
