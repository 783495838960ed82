/** Settings are repaired, never trusted: whatever storage holds, something honest comes out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { originPatternOf, RESOLVER_PRESETS } from '../../extension/settings/resolvers.ts';
import { DEFAULT_SETTINGS, repairSettings, trustOf } from '../../extension/settings/settings.ts';
import { parseDohUrl } from '../../src/dns/doh.ts';

describe('stored settings', () => {
  it('start with nobody asked and nobody believed', () => {
    expect(repairSettings(undefined)).toEqual(DEFAULT_SETTINGS);
    expect(DEFAULT_SETTINGS).toMatchObject({ resolver: null, trust: {} });
  });

  it('come back as they were saved', () => {
    const saved = {
      version: 1,
      resolver: 'https://dns.quad9.net/dns-query',
      secondResolver: 'https://dns.google/dns-query',
      dnssec: 'off',
      checks: { dkim: true, practices: false, arc: true, spf: false },
      older: true,
      brands: false,
      remember: false,
      runRules: true,
      banner: true,
      trust: { account1: { authservIds: ['mx.home.example'], resultsBelowEntry: 1 } },
    };
    expect(repairSettings(structuredClone(saved))).toEqual(saved);
  });

  it.each([
    ['a resolver that is no DoH address', { resolver: 'http://dns.example/' }, { resolver: null }],
    ['a second resolver that is no DoH address', { secondResolver: 'ftp://dns.example/' }, { secondResolver: null }],
    ['a word that is none of the choices', { dnssec: 'sometimes' }, { dnssec: 'always' }],
    ['a switch that is none', { older: 'yes' }, { older: false }],
    ['a script as resolver', { resolver: 'javascript:alert(1)' }, { resolver: null }],
    ['a banner that is no switch', { banner: 1 }, { banner: false }],
    ['a memory that is no switch', { remember: 'no' }, { remember: true }],
    ['checks that are no switches', { checks: { dkim: 'no', spf: false } }, { checks: { dkim: true, spf: false } }],
    [
      'trust in nonsense',
      { trust: { a: { authservIds: ['mx.a.example', 'b; dkim=pass', 7, ''] } } },
      { trust: { a: { authservIds: ['mx.a.example', '7'] } } },
    ],
    [
      'an own side that is none',
      {
        trust: {
          a: {
            authservIds: 'mx.a.example',
            resultsBelowEntry: 99,
            receivingHosts: ['*.A.Example.', 'a b', {}],
            receivingAddresses: ['10.0.0.1', '10.0.0.0/8', '10.0.0.0/99', 'a.example'],
            forwarders: ['old.example', '203.0.113.0/24', 'no host', null],
            withoutAuthservId: 'yes',
          },
        },
      },
      {
        trust: {
          a: {
            authservIds: [],
            resultsBelowEntry: 5,
            receivingHosts: ['a.example'],
            receivingAddresses: ['10.0.0.1', '10.0.0.0/8'],
            forwarders: ['old.example', '203.0.113.0/24'],
          },
        },
      },
    ],
    ['a list instead of accounts', { trust: ['mx.a.example'] }, { trust: {} }],
  ])('are repaired: %s', (_name, stored, expected) => {
    expect(repairSettings(stored)).toMatchObject(expected);
  });

  it('keep that the provider writes results without its name', () => {
    const stored = { trust: { a: { authservIds: ['mx.a.example'], withoutAuthservId: true } } };
    expect(trustOf(repairSettings(stored), 'a')).toEqual({
      authservIds: ['mx.a.example'],
      resultsBelowEntry: 0,
      withoutAuthservId: true,
    });
    expect(trustOf(repairSettings({ trust: { a: { withoutAuthservId: 1 } } }), 'a')).not.toHaveProperty(
      'withoutAuthservId',
    );
  });

  it('tell a list that says nothing from one that says that nothing is inside', () => {
    const trust = { authservIds: ['mx.a.example'], receivingHosts: [], forwarders: [], receivingAddresses: [] };
    expect(trustOf(repairSettings({ trust: { a: trust } }), 'a')).toEqual({
      authservIds: ['mx.a.example'],
      resultsBelowEntry: 0,
      receivingAddresses: [],
    });
  });

  it('survive values that become no primitive', () => {
    const bare: unknown = Object.create(null);
    for (const resultsBelowEntry of [bare, { valueOf: null, toString: null }, Symbol('x'), [bare]]) {
      const trust = { account1: { authservIds: [bare], resultsBelowEntry, receivingHosts: bare, forwarders: [bare] } };
      expect(repairSettings({ version: bare, resolver: bare, checks: bare, trust }).trust).toEqual({
        account1: { authservIds: [], resultsBelowEntry: 0 },
      });
    }
  });

  it('survive any stored value', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const settings = repairSettings(stored);
        expect(repairSettings(settings)).toEqual(settings);
      }),
    );
  });

  it('believe nobody for an account nobody set up, whatever it is called', () => {
    const settings = repairSettings({ trust: { account1: { authservIds: ['mx.home.example'] } } });
    expect(trustOf(settings, 'account1').authservIds).toEqual(['mx.home.example']);
    for (const other of ['account2', null, 'toString', '__proto__'])
      expect(trustOf(settings, other).authservIds).toEqual([]);
  });
});

describe('the resolvers offered', () => {
  it.each(RESOLVER_PRESETS)('$name has a usable address and asks permission for its host alone', ({ url }) => {
    expect(parseDohUrl(url)?.href).toBe(url);
    expect(originPatternOf(url)).toBe(`https://${new URL(url).hostname}/*`);
  });

  it('asks for a loopback resolver without its port, which match patterns do not know', () => {
    expect(originPatternOf('http://127.0.0.1:8053/dns-query')).toBe('http://127.0.0.1/*');
  });
});
