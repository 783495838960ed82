/** The diagnostics say what is needed to find a fault, and nothing that names anybody. */
import { describe as group, expect, it } from 'vitest';
import { describe, type Observed } from '../../../../extension/pages/settings/diagnostics.ts';
import { DEFAULT_SETTINGS } from '../../../../extension/settings/settings.ts';

const seen: Observed = {
  version: '1.2.3',
  target: 'thunderbird',
  program: 'Thunderbird 140.0, Linux x86_64',
  language: 'de',
  isOnline: true,
  mayReachDns: true,
  permissions: ['storage', 'messagesRead'],
  settings: {
    ...DEFAULT_SETTINGS,
    resolver: 'https://dns.dave-at-home.example/dns-query',
    trust: {
      'account-of-dave': {
        authservIds: ['mx.home.example'],
        resultsBelowEntry: 0,
        receivingHosts: ['in.home.example'],
        forwarders: ['alumni.example'],
      },
      account2: { authservIds: [], resultsBelowEntry: 0 },
    },
  },
  accounts: 2,
  rules: { all: 3, on: 2 },
  memory: { keys: 118, domains: 64 },
  classes: { classes: 1, passKeys: 2 },
};

group('the diagnostics', () => {
  it('name no account, no server and no private DNS service', () => {
    const text = describe(seen);
    expect(text).not.toMatch(/dave|home\.example|alumni/);
    expect(text).toContain('DNS service: another\n');
    expect(text).toContain('Accounts with a server: 1\n');
    expect(text).toContain('Accounts with forwarders: 1\n');
  });

  it('name a public DNS service, since many have it', () => {
    const settings = { ...seen.settings, resolver: 'https://dns.quad9.net/dns-query' };
    expect(describe({ ...seen, settings })).toContain('DNS service: Quad9\n');
    expect(describe({ ...seen, settings: DEFAULT_SETTINGS })).toContain('DNS service: none\n');
  });

  it('say what could not be read', () => {
    const text = describe({ ...seen, rules: 'unreadable', memory: 'unreadable', permissions: [] });
    expect(text).toContain('Rules: unreadable\n');
    expect(text).toContain('Memory: unreadable\n');
    expect(text).toContain('Permissions: none\n');
  });
});
