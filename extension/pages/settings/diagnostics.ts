/** What Countersign can see of itself, for a report of a fault. It names no person, account, server, or domain of anybody's mail. */
import type { Settings } from '../../settings/settings.ts';
import { RESOLVER_PRESETS } from '../../settings/resolvers.ts';

export interface Observed {
  readonly version: string;
  readonly target: string;
  /** The program's name and version, as it says itself. */
  readonly program: string;
  readonly language: string;
  readonly isOnline: boolean;
  /** The browser lets Countersign reach the DNS service. */
  readonly mayReachDns: boolean;
  /** Permissions that were given, without hosts. */
  readonly permissions: readonly string[];
  readonly settings: Settings;
  readonly accounts: number;
  readonly rules: { readonly all: number; readonly on: number } | 'unreadable';
  readonly memory: { readonly keys: number; readonly domains: number } | 'unreadable';
  readonly classes: { readonly classes: number; readonly passKeys: number };
}

/** Lines of `name: value`, in English, as whoever reads the report needs them. */
export function describe(seen: Observed): string {
  const { settings, rules, memory, classes } = seen;
  const trusts = Object.values(settings.trust);
  const count = (list: (trust: (typeof trusts)[number]) => readonly string[] | undefined): number =>
    trusts.filter((trust) => (list(trust) ?? []).length > 0).length;
  const rows: readonly (readonly [string, string | number | boolean])[] = [
    ['Countersign', `${seen.version} (${seen.target})`],
    ['Program', seen.program],
    ['Language', seen.language],
    ['Online', seen.isOnline],
    ['DNS service', dnsService(settings.resolver)],
    ['DNS service permitted', seen.mayReachDns],
    ['DNSSEC checked here', settings.dnssec === 'always'],
    ['Permissions', seen.permissions.toSorted().join(' ') || 'none'],
    ...Object.entries(settings.checks).map(([name, on]) => [`Check ${name}`, on] as const),
    ['Older policies', settings.older],
    ['Remember', settings.remember],
    ['Banner', settings.banner],
    ['Rules on new mail', settings.runRules],
    ['Accounts', seen.accounts],
    ['Accounts with a server', count(({ authservIds }) => authservIds)],
    ['Accounts with receiving hosts', count(({ receivingHosts }) => receivingHosts)],
    ['Accounts with forwarders', count(({ forwarders }) => forwarders)],
    ['Rules', rules === 'unreadable' ? rules : `${rules.all}, ${rules.on} on`],
    ['Memory', memory === 'unreadable' ? memory : `${memory.keys} keys, ${memory.domains} domains`],
    ['Classes', `${classes.classes}, ${classes.passKeys} pass keys`],
  ];
  return rows
    .map(([name, value]) => `${name}: ${typeof value === 'boolean' ? (value ? 'yes' : 'no') : value}\n`)
    .join('');
}

/** A service that is none of the known ones may be the reader's own machine, so it isn't named. */
function dnsService(url: string | null): string {
  if (url === null) return 'none';
  return RESOLVER_PRESETS.find((preset) => preset.url === url)?.name ?? 'another';
}
