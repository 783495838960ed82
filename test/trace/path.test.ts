import { describe, expect, it } from 'vitest';
import { proposeAuthservIds } from '../../src/authres/propose.ts';
import { readReceivedSpf, readServerResults } from '../../src/authres/trust.ts';
import type { TrustSettings } from '../../src/authres/types.ts';
import type { Message } from '../../src/message/types.ts';
import { findTrustBoundary } from '../../src/trace/boundary.ts';
import { trustedClient } from '../../src/trace/client.ts';
import type { TrustedClient } from '../../src/trace/client.ts';
import { readPath, receivedAt } from '../../src/trace/path.ts';
import { readReceived } from '../../src/trace/received.ts';
import { sampleTrust } from '../../src/trace/sample.ts';
import type { Hop } from '../../src/trace/types.ts';
import { messageOf } from '../support/message.ts';

const TRUST: TrustSettings = { authservIds: ['mx.mine.example'] };

function pathOf(message: Message, trust = TRUST): readonly Hop[] {
  const received = readReceived(message);
  return readPath(received, findTrustBoundary(message, received, trust));
}

const MESSAGE = messageOf(
  'Return-Path: <x@a.example>',
  'Received: from mx.mine.example ([10.0.0.2]) by imap.mine.example with LMTP id 3; Mon, 2 Nov 2026 10:00:07 +0100',
  'Received: from m.a.example (m.a.example [192.0.2.1]) by mx.mine.example (Postfix) with ESMTPS id 2; Mon, 2 Nov 2026 10:00:05 +0100',
  'Received: by m.a.example id 1; Mon, 2 Nov 2026 04:00:30 -0500',
  'Received: by pc.a.example id 0; some time ago',
  'From: x@a.example',
);

describe('the path', () => {
  it('lists the hops topmost first, with the seconds since the hop below and who wrote them', () => {
    expect(pathOf(MESSAGE).map(({ field, delay, trusted }) => ({ field, delay, trusted }))).toEqual([
      { field: 1, delay: 2, trusted: true },
      { field: 2, delay: -25, trusted: true },
      { field: 3, delay: null, trusted: false },
      { field: 4, delay: null, trusted: false },
    ]);
  });

  it('trusts no hop without a boundary', () => {
    expect(pathOf(MESSAGE, { authservIds: [] }).some((hop) => hop.trusted)).toBe(false);
  });
});

describe('the time of receipt', () => {
  it('is that of the topmost trusted hop', () => {
    expect(receivedAt(pathOf(MESSAGE))).toEqual(new Date('2026-11-02T09:00:07Z'));
  });

  it('is never taken from a hop that is not trusted', () => {
    expect(receivedAt(pathOf(MESSAGE, { authservIds: [] }))).toBeUndefined();
    expect(receivedAt([])).toBeUndefined();
  });

  it('is that of the next trusted hop where the topmost has no readable date', () => {
    const message = messageOf(
      'Received: from mx.mine.example ([10.0.0.2]) by imap.mine.example with LMTP id 3; now',
      'Received: from m (m [192.0.2.1]) by mx.mine.example with SMTP; 2 Nov 2026 10:00:05 +0100',
    );
    expect(receivedAt(pathOf(message))).toEqual(new Date('2026-11-02T09:00:05Z'));
  });
});

describe('the connecting client, for SPF', () => {
  function clientOf(...lines: readonly string[]): TrustedClient | null {
    const message = messageOf(...lines);
    const boundary = findTrustBoundary(message, readReceived(message), TRUST);
    return trustedClient(
      boundary,
      readReceivedSpf(message, TRUST, boundary),
      readServerResults(message, TRUST, boundary),
    );
  }
  const withoutAddress = 'Received: from m.a.example by mx.mine.example with SMTP; Mon, 2 Nov 2026 10:00:05 +0100';

  it('comes from the Received field of entry', () => {
    expect(clientOf('Received: from m.a.example (x [IPv6:2001:DB8::1]) by mx.mine.example with SMTP; x')).toEqual({
      field: 0,
      ip: '2001:db8::1',
      helo: 'm.a.example',
    });
  });

  it('else from a believed Received-SPF field', () => {
    const line = 'Received-SPF: pass (mx.mine.example: x) client-ip=::ffff:192.0.2.1; helo=m.a.example';
    expect(clientOf(line, withoutAddress)).toEqual({ field: 0, ip: '192.0.2.1', helo: 'm.a.example' });
    expect(clientOf(withoutAddress, line)).toBeNull();
    expect(clientOf('Received-SPF: pass (mx.mine.example: x) client-ip=here', withoutAddress)).toBeNull();
  });

  it('else from a believed SPF result', () => {
    const line =
      'Authentication-Results: mx.mine.example; dkim=none; spf=pass smtp.remote-ip=192.0.2.1 smtp.helo=m.a.example';
    expect(clientOf(line, withoutAddress)).toEqual({ field: 0, ip: '192.0.2.1', helo: 'm.a.example' });
    expect(
      clientOf('Authentication-Results: mx.mine.example; spf=pass smtp.client-ip=192.0.2.1', withoutAddress)?.helo,
    ).toBeNull();
    expect(
      clientOf('Authentication-Results: mx.mine.example; arc=pass smtp.remote-ip=192.0.2.1', withoutAddress),
    ).toBeNull();
    expect(clientOf(withoutAddress, line)).toBeNull();
  });
});

describe('samples for proposals', () => {
  const stored = 'Received: from mx.mine.example ([10.0.0.2]) by imap.mine.example with LMTP id 3; x';
  const entry = 'Received: from m.a.example (m.a.example [192.0.2.1]) by mx.mine.example with SMTP; x';
  const result = 'Authentication-Results: mx.mine.example; none';

  it('tell results above the supposed field of entry from those directly below it, and leave the rest', () => {
    const message = messageOf(
      result,
      stored,
      'ARC-Authentication-Results: i=1; arc.mine.example; none',
      'Authentication-Results: spf=pass',
      entry,
      'Authentication-Results: below.example; none',
      'ARC-Authentication-Results: i=1; list.example; none',
      'Received: by m.a.example; x',
      result,
    );
    expect(sampleTrust(message)).toEqual({
      above: ['mx.mine.example', 'arc.mine.example'],
      below: ['below.example'],
      nameless: 1,
      host: 'mx.mine.example',
    });
  });

  it('are none without a Received field', () => {
    expect(sampleTrust(messageOf(result))).toBeUndefined();
  });

  it('lead to proposals under which the results are believed', () => {
    const message = messageOf(entry, result, 'Received: by m.a.example; x');
    const seen = Array.from({ length: 5 }, () => sampleTrust(message)).flatMap((sample) => sample ?? []);
    const [proposal] = proposeAuthservIds(seen);
    expect(proposal).toMatchObject({ authservId: 'mx.mine.example', resultsBelowEntry: 1 });
    const trust = { authservIds: [proposal?.authservId ?? ''], resultsBelowEntry: proposal?.resultsBelowEntry ?? 0 };
    const boundary = findTrustBoundary(message, readReceived(message), trust);
    expect(readServerResults(message, trust, boundary)[0]?.trusted).toBe(true);
  });
});
