/** The envelope sender counts only as the reader's servers wrote it down (RFC 5321 §4.4; a Return-Path below is anybody's). */
import { describe, expect, it } from 'vitest';
import { readReceivedSpf, readServerResults } from '../../src/authres/trust.ts';
import type { TrustSettings } from '../../src/authres/types.ts';
import { findTrustBoundary } from '../../src/trace/boundary.ts';
import { readEnvelopeFrom, type EnvelopeFrom } from '../../src/trace/envelope.ts';
import { readReceived } from '../../src/trace/received.ts';
import { messageOf } from '../support/message.ts';

const TRUST: TrustSettings = { authservIds: ['mx.mine.example'] };
const ENTRY =
  'Received: from m.a.example (m.a.example [192.0.2.1]) by mx.mine.example with ESMTPS id 1; Mon, 2 Nov 2026 10:00:00 +0100';
const RETURN_PATH = 'Return-Path: <x@a.example>';

function senderOf(lines: readonly string[], { trust = TRUST, clientKnown = false } = {}): EnvelopeFrom | null {
  const message = messageOf(...lines, 'From: x@a.example');
  const boundary = findTrustBoundary(message, readReceived(message), trust);
  return readEnvelopeFrom(message, {
    boundary,
    receivedSpf: readReceivedSpf(message, trust, boundary),
    serverResults: readServerResults(message, trust, boundary),
    clientKnown,
  });
}

describe('the envelope sender', () => {
  it('is the Return-Path above the field of entry', () => {
    expect(senderOf([RETURN_PATH, ENTRY])).toEqual({ address: 'x@a.example', domain: 'a.example', field: 0 });
    expect(senderOf(['Return-Path: <>', ENTRY])).toEqual({ address: '', domain: null, field: 0 });
  });

  it.each([
    ['below the field of entry', [ENTRY, RETURN_PATH], TRUST],
    ['in a message without Received fields', [RETURN_PATH], TRUST],
    ['above the Received field of a stranger', [RETURN_PATH, ENTRY.replaceAll('mine', 'other')], TRUST],
    ['where nobody is trusted', [RETURN_PATH, ENTRY], { authservIds: [] }],
    ['above the boundary, and no address', ['Return-Path: nobody at all', ENTRY, RETURN_PATH], TRUST],
  ])('is no Return-Path %s', (_name, lines, trust) => {
    expect(senderOf(lines, { trust })).toBeNull();
  });

  it('is the Return-Path above every Received field for a caller who knows the client, and no other', () => {
    const nobody = { trust: { authservIds: [] }, clientKnown: true };
    expect(senderOf([RETURN_PATH, ENTRY], nobody)?.address).toBe('x@a.example');
    expect(senderOf([ENTRY, RETURN_PATH], nobody)).toBeNull();
    expect(senderOf([ENTRY, RETURN_PATH], { clientKnown: true })).toBeNull();
  });

  it.each([
    [
      'Authentication-Results',
      'Authentication-Results: mx.mine.example; spf=pass smtp.mailfrom=y@b.example',
      'y@b.example',
    ],
    [
      'a result of the domain',
      'Authentication-Results: mx.mine.example; spf=pass smtp.mailfrom=b.example',
      'b.example',
    ],
    ['a result of the null path', 'Authentication-Results: mx.mine.example; spf=pass smtp.mailfrom=<>', ''],
    [
      'Received-SPF',
      'Received-SPF: pass (x) receiver=mx.mine.example; client-ip=192.0.2.1; envelope-from="y@b.example"',
      'y@b.example',
    ],
    [
      'the comment of Received-SPF',
      'Received-SPF: Pass (mx.mine.example: domain of b.example designates 192.0.2.1 as permitted sender)',
      'b.example',
    ],
  ])('is what the own server wrote in %s, where there is no Return-Path', (_name, field, address) => {
    expect(senderOf([field, ENTRY])).toMatchObject({ address, field: 0 });
    expect(senderOf([ENTRY, field])).toBeNull();
  });

  it('is the one that SPF was about at entry, where the message was passed on under another', () => {
    const reported = 'Authentication-Results: mx.mine.example; spf=pass smtp.mailfrom=y@b.example';
    expect(senderOf([RETURN_PATH, reported, ENTRY])?.address).toBe('y@b.example');
    expect(senderOf([RETURN_PATH, reported.replace('b.example', 'a.example'), ENTRY])?.address).toBe('x@a.example');
  });
});
