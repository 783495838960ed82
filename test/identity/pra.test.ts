import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { purportedResponsibleAddress } from '../../src/identity/pra.ts';
import type { PraField, PraIllFormed } from '../../src/identity/types.ts';
import { messageOf } from '../support/message.ts';

const FROM = 'From: Ann <ann@from.example>';
const SENDER = 'Sender: sender@sender.example';
const RESENT_FROM = 'Resent-From: rf@resent-from.example';
const RESENT_SENDER = 'Resent-Sender: rs@resent-sender.example';
const RECEIVED = 'Received: from a by b; Mon, 1 Jan 2026 00:00:00 +0000';
const RETURN_PATH = 'Return-Path: <x@x.example>';

const DOMAINS: Readonly<Record<PraField, string>> = {
  From: 'from.example',
  Sender: 'sender.example',
  'Resent-From': 'resent-from.example',
  'Resent-Sender': 'resent-sender.example',
};

type Chosen = readonly [name: string, lines: readonly string[], field: PraField];

describe('the field that is chosen (RFC 4407 §2)', () => {
  const cases: readonly Chosen[] = [
    // Step 1
    ['Resent-Sender alone', [RESENT_SENDER, SENDER, FROM], 'Resent-Sender'],
    ['Resent-Sender right below Resent-From: one resending', [RESENT_FROM, RESENT_SENDER, FROM], 'Resent-Sender'],
    ['Resent-Sender above Resent-From', [RESENT_SENDER, RESENT_FROM, FROM], 'Resent-Sender'],
    [
      'Resent-Sender above a trace field and Resent-From',
      [RESENT_SENDER, RECEIVED, RESENT_FROM, FROM],
      'Resent-Sender',
    ],
    ['Received between Resent-From and Resent-Sender', [RESENT_FROM, RECEIVED, RESENT_SENDER, FROM], 'Resent-From'],
    ['Return-Path between them', [RESENT_FROM, RETURN_PATH, RESENT_SENDER, FROM], 'Resent-From'],
    ['Received among others between them', [RESENT_FROM, 'X: 1', RECEIVED, 'Y: 2', RESENT_SENDER, FROM], 'Resent-From'],
    ['Received above both', [RECEIVED, RESENT_FROM, RESENT_SENDER, FROM], 'Resent-Sender'],
    ['Received below both', [RESENT_FROM, RESENT_SENDER, RECEIVED, FROM], 'Resent-Sender'],
    ['other fields between them', [RESENT_FROM, 'X: 1', 'Resent-Date: x', RESENT_SENDER, FROM], 'Resent-Sender'],
    ['an empty Resent-From does not precede', ['Resent-From: ', RECEIVED, RESENT_SENDER, FROM], 'Resent-Sender'],
    ['an empty Resent-Sender is not there', ['Resent-Sender: \t ', RESENT_FROM, FROM], 'Resent-From'],
    [
      'the first Resent-Sender that is not empty',
      ['Resent-Sender:', RESENT_SENDER, 'Resent-Sender: other@other.example', FROM],
      'Resent-Sender',
    ],
    [
      'a second Resent-From between trace and Resent-Sender does not help: the first precedes as well',
      [RESENT_FROM, RECEIVED, 'Resent-From: other@other.example', RESENT_SENDER, FROM],
      'Resent-From',
    ],
    // Step 2
    ['Resent-From without Resent-Sender', [RESENT_FROM, SENDER, FROM], 'Resent-From'],
    ['the first of several Resent-From', [RESENT_FROM, 'Resent-From: other@other.example', FROM], 'Resent-From'],
    ['Resent-From below everything', [FROM, SENDER, RESENT_FROM], 'Resent-From'],
    // Step 3
    ['Sender before From', [FROM, SENDER], 'Sender'],
    ['one Sender besides empty ones', ['Sender:', SENDER, 'Sender: \t', FROM], 'Sender'],
    // Step 4
    ['From', [FROM], 'From'],
    ['From, where Sender is empty', ['Sender:  ', FROM], 'From'],
    ['one From besides empty ones', ['From:', FROM, 'From: '], 'From'],
    ['names in any case', ['FROM: ann@from.example'], 'From'],
  ];

  it.each(cases)('%s', (_name, lines, field) => {
    expect(purportedResponsibleAddress(messageOf(...lines))).toMatchObject({ field, domain: DOMAINS[field] });
  });

  it('is pointed at by its place in the header', () => {
    expect(purportedResponsibleAddress(messageOf('Sender:', 'X: 1', SENDER, FROM))).toEqual({
      field: 'Sender',
      index: 2,
      address: 'sender@sender.example',
      domain: 'sender.example',
    });
  });
});

describe('an ill-formed message (RFC 4407 §2 steps 3 to 6)', () => {
  const cases: readonly (readonly [string, readonly string[], PraIllFormed])[] = [
    ['two Sender fields', [SENDER, SENDER, FROM], 'several-sender'],
    ['two From fields', [FROM, FROM], 'several-from'],
    ['no originator', ['To: a@x.example'], 'no-from'],
    ['an empty From', ['From: \t'], 'no-from'],
    ['an empty header', [], 'no-from'],
    ['two mailboxes in From', ['From: a@x.example, b@x.example'], 'not-one-mailbox'],
    ['the same mailbox twice', ['From: a@x.example, a@x.example'], 'not-one-mailbox'],
    ['two mailboxes in Sender, however good From is', ['Sender: a@x.example, b@x.example', FROM], 'not-one-mailbox'],
    ['a bad Resent-Sender: no step back', ['Resent-Sender: @', RESENT_FROM, FROM], 'no-domain'],
    ['a bad Resent-From: no step back', ['Resent-From: a@x.example, b@x.example', SENDER, FROM], 'not-one-mailbox'],
    ['a group', ['From: Team: a@x.example;'], 'not-one-mailbox'],
    ['an empty group', ['From: Undisclosed:;'], 'not-one-mailbox'],
    ['a comment only', ['From: (nobody)'], 'not-one-mailbox'],
    ['two brackets', ['From: <a@x.example> <b@y.example>'], 'not-one-mailbox'],
    ['an open bracket', ['From: <a@x.example'], 'not-one-mailbox'],
    ['an address before the brackets', ['From: a@good.example <b@evil.example>'], 'not-one-mailbox'],
    ['a name only', ['From: Ann Bee'], 'no-domain'],
    ['a local part only', ['From: <root>'], 'no-domain'],
    ['an address literal', ['From: a@[192.0.2.1]'], 'no-domain'],
    ['a domain that is none', ['From: a@-x-.example'], 'no-domain'],
  ];

  it.each(cases)('%s', (_name, lines, illFormed) => {
    expect(purportedResponsibleAddress(messageOf(...lines))).toEqual({ illFormed });
  });
});

describe('the address', () => {
  it.each([
    ['From: "Ann, B" (c) <"a b"@Mail.Bücher.example>', '"a b"@Mail.Bücher.example', 'mail.xn--bcher-kva.example'],
    ['From: <@x.example:a@y.example>', 'a@y.example', 'y.example'],
    ['From: a @ y . example (c)', 'a@y.example', 'y.example'],
  ])('of %s is as written, its domain in A-label form', (line, address, domain) => {
    expect(purportedResponsibleAddress(messageOf(line))).toEqual({ field: 'From', index: 0, address, domain });
  });

  it('is found in raw bytes as well', () => {
    expect(purportedResponsibleAddress(utf8ToBytes('From: a@x.example\n\nbody'))).toMatchObject({
      address: 'a@x.example',
    });
    expect(purportedResponsibleAddress(new Uint8Array())).toEqual({ illFormed: 'no-from' });
  });

  it('is not looked for in the body', () => {
    expect(purportedResponsibleAddress(utf8ToBytes('To: a@x.example\r\n\r\nFrom: b@x.example\r\n'))).toEqual({
      illFormed: 'no-from',
    });
  });
});
