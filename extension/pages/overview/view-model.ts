/** What Countersign knows of the reader's mail and what is missing, in words. Computed without a browser. */
import { shownDomain } from '../../../src/domain/name.ts';
import type { Observation } from '../../../src/practices/observed.ts';
import type { HostAccount } from '../../hosts/host.ts';
import { trustOf, type Settings } from '../../settings/settings.ts';
import { counted, numberText, type Translate } from '../../ui/words.ts';

export interface Known {
  readonly settings: Settings;
  readonly accounts: readonly HostAccount[];
  /** Rules that are switched on. */
  readonly rules: number;
  readonly keys: number;
  readonly domains: readonly Observation[];
  readonly canRunRules: boolean;
}

/** The one thing that is missing most. */
export interface Missing {
  readonly what: 'dns' | 'server' | 'rules';
  readonly title: string;
  readonly text: string;
  readonly action: string;
  /** Where it is put right. */
  readonly href: string;
}

/** Without DNS nothing can be checked, without a server only signatures; rules come last. */
export function viewMissing({ settings, accounts, rules, canRunRules }: Known, t: Translate): Missing | undefined {
  if (settings.resolver === null)
    return {
      what: 'dns',
      title: t('overview_no_dns'),
      text: t('overview_no_dns_text'),
      action: t('overview_choose_dns'),
      href: '../welcome/index.html?step=dns',
    };
  const without = accounts.filter(({ id }) => trustOf(settings, id).authservIds.length === 0);
  const [account] = without;
  if (account !== undefined && without.length === accounts.length)
    return {
      what: 'server',
      title: t('overview_no_server'),
      text: t('overview_no_server_text'),
      action: t('overview_find_server'),
      href: '../welcome/index.html?step=server',
    };
  if (canRunRules && rules > 0 && !settings.runRules)
    return {
      what: 'rules',
      title: counted(t, 'overview_rules_off', rules),
      text: t('overview_rules_off_text'),
      action: t('overview_see_rules'),
      href: '../rules/index.html',
    };
  return undefined;
}

export interface Tile {
  readonly id: 'domains' | 'messages' | 'keys' | 'rules';
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly href: string;
}

export function viewTiles({ settings, rules, keys, domains, canRunRules }: Known, t: Translate): readonly Tile[] {
  const messages = sum(domains, 'messages');
  const senders = '../senders/index.html';
  return [
    {
      id: 'messages',
      label: t('overview_messages'),
      value: numberText(t, messages),
      note: t('overview_messages_note', { share: shareText(sum(domains, 'signed'), messages, t) }),
      href: senders,
    },
    {
      id: 'domains',
      label: t('overview_domains'),
      value: numberText(t, domains.length),
      note: t('overview_domains_note'),
      href: senders,
    },
    { id: 'keys', label: t('overview_keys'), value: numberText(t, keys), note: t('overview_keys_note'), href: senders },
    {
      id: 'rules',
      label: t('overview_rules'),
      value: numberText(t, rules),
      note: t(canRunRules && settings.runRules ? 'overview_rules_on' : 'overview_rules_not_on'),
      href: '../rules/index.html',
    },
  ];
}

export interface SenderBar {
  readonly domain: string;
  readonly messages: string;
  readonly signed: string;
  /** Of the longest bar, 0 to 100. */
  readonly length: number;
}

/** Sender domains by how much mail of theirs was opened. */
const MOST_BARS = 8;

export function viewSenders({ domains }: Known, t: Translate): readonly SenderBar[] {
  const most = domains.toSorted((left, right) => right.messages - left.messages).slice(0, MOST_BARS);
  const longest = most[0]?.messages ?? 1;
  return most.map(({ domain, messages, signed }) => ({
    domain: shownDomain(domain),
    messages: numberText(t, messages),
    signed: shareText(signed, messages, t),
    length: (100 * messages) / longest,
  }));
}

function sum(domains: readonly Observation[], field: 'messages' | 'signed'): number {
  return domains.reduce((total, domain) => total + domain[field], 0);
}

function shareText(part: number, whole: number, t: Translate): string {
  const share = whole === 0 ? 0 : part / whole;
  return new Intl.NumberFormat(t('language_tag'), { style: 'percent' }).format(share);
}
