/** What the reader types about his own side, and what accepting a proposal makes of it. */
import { describe, expect, it } from 'vitest';
import { openHosts, ownHosts, withHost, withServer } from '../../../extension/settings/own-side.ts';
import {
  changedTrust,
  cleanAuthservId,
  cleanForwarder,
  cleanHost,
  cleanNetwork,
  type Clean,
} from '../../../extension/settings/account-trust.ts';
import type { TrustSettings } from '../../../src/authres/types.ts';
import { findTrustBoundary } from '../../../src/trace/boundary.ts';
import { readReceived } from '../../../src/trace/received.ts';
import { messageOf } from '../../support/message.ts';

describe('what is typed', () => {
  it.each<[string, Clean, string, readonly string[]]>([
    ['a server', cleanAuthservId, ' MX.Home.Example ', ['mx.home.example']],
    ['a server that is no domain', cleanAuthservId, 'my_server', ['my_server']],
    ['a server', cleanAuthservId, 'a b', []],
    ['a server', cleanAuthservId, '', []],
    ['a host', cleanHost, '*.Mail.Example.', ['mail.example']],
    ['a host', cleanHost, 'bücher.example', ['xn--bcher-kva.example']],
    ['a host', cleanHost, '192.0.2.1/24', []],
    ['a network', cleanNetwork, ' 2001:DB8::/32 ', ['2001:db8::/32']],
    ['a network', cleanNetwork, '192.0.2.1', ['192.0.2.1']],
    ['a network', cleanNetwork, '192.0.2.0/33', []],
    ['a network', cleanNetwork, 'mail.example', []],
    ['a forwarder', cleanForwarder, 'Old.example', ['old.example']],
    ['a forwarder', cleanForwarder, '203.0.113.0/24', ['203.0.113.0/24']],
    ['a forwarder', cleanForwarder, 'old example', []],
  ])('is taken as %s where it can be one (%#)', (_, clean, text, expected) => {
    expect(clean(text)).toEqual(expected);
  });
});

describe('the own side', () => {
  const trust = { authservIds: ['mx.home.example', '*.mail.home.example'], resultsBelowEntry: 0 };
  const proposal = (host: string) => ({ host, count: 9, samples: 10 });

  it('is where the believed servers are, until hosts are declared', () => {
    expect(ownHosts(trust)).toEqual(['home.example']);
    expect(ownHosts({ ...trust, receivingHosts: ['in.host.example'] })).toEqual(['in.host.example']);
  });

  it('needs no proposal of what it holds already', () => {
    expect(openHosts([proposal('mx.home.example'), proposal('in.host.example')], trust)).toEqual([
      proposal('in.host.example'),
    ]);
  });

  it('does not lose what counted without being declared when a host is added', () => {
    expect(withHost(trust, 'in.host.example').receivingHosts).toEqual(['home.example', 'in.host.example']);
    expect(withHost(withHost(trust, 'a.example'), 'b.example').receivingHosts).toEqual([
      'home.example',
      'a.example',
      'b.example',
    ]);
  });

  it('begins where a confirmed server wrote its results, so that they count', () => {
    const nobody = { authservIds: [], resultsBelowEntry: 0 };
    const server = { authservId: 'mx.home.example', resultsBelowEntry: 1 };
    expect(withServer(nobody, server, [proposal('in.provider.example')])).toEqual({
      authservIds: ['mx.home.example'],
      resultsBelowEntry: 1,
      receivingHosts: ['home.example', 'in.provider.example'],
    });
    // Where the server's own domain received the mail, nothing has to be declared.
    expect(withServer(nobody, server, [proposal('in.home.example')])).toEqual({
      authservIds: ['mx.home.example'],
      resultsBelowEntry: 1,
    });
  });

  it('is what the check takes it for', () => {
    const message = messageOf(
      'Received: from x.example (x.example [192.0.2.1]) by in.host.example; Sun, 22 Nov 2026 07:00:00 +0000',
      'From: a@x.example',
    );
    const reason = (settings: TrustSettings) => findTrustBoundary(message, readReceived(message), settings).reason;
    expect(reason(trust)).toBe('undeclared-host');
    expect(reason(withHost(trust, 'in.host.example'))).toBe('entry');
  });
});

describe('a change made on a page', () => {
  const stored = { authservIds: ['mx.example'], resultsBelowEntry: 1, receivingHosts: ['in.example'] };

  it('takes nothing from what was changed elsewhere meanwhile', () => {
    const seen = { authservIds: ['mx.example'], resultsBelowEntry: 0 };
    expect(changedTrust(stored, seen, { ...seen, authservIds: ['mx.example', 'mx2.example'] })).toEqual({
      ...stored,
      authservIds: ['mx.example', 'mx2.example'],
    });
  });

  it('empties a list, and begins with an account nobody is trusted for', () => {
    const { receivingHosts: _hosts, ...without } = stored;
    expect(changedTrust(stored, stored, without)).toEqual(without);
    expect(changedTrust(undefined, undefined, without)).toEqual(without);
  });
});
