import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { parseDomain } from '../../src/domain/name.ts';
import { createCircle } from '../../src/identity/circle.ts';
import { readIdentities } from '../../src/identity/read.ts';
import { LIMITS } from '../../src/limits.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { messageOf } from '../support/message.ts';

describe('the identities of a message', () => {
  it('are all told', () => {
    const message = messageOf(
      'Return-Path: <bounce@list.example>',
      'From: Ann <ann@x.example>',
      'Sender: Bot <bot@list.example>',
      'Reply-To: a@x.example, Desk <desk@y.example>',
    );
    expect(readIdentities(message)).toEqual({
      from: [{ displayName: 'Ann', address: 'ann@x.example', localPart: 'ann', domain: 'x.example' }],
      fromFields: 1,
      fromMalformed: false,
      sender: { displayName: 'Bot', address: 'bot@list.example', localPart: 'bot', domain: 'list.example' },
      replyTo: [
        { displayName: '', address: 'a@x.example', localPart: 'a', domain: 'x.example' },
        { displayName: 'Desk', address: 'desk@y.example', localPart: 'desk', domain: 'y.example' },
      ],
      returnPath: 'bounce@list.example',
      pra: { field: 'Sender', index: 2, address: 'bot@list.example', domain: 'list.example' },
      impersonations: [],
    });
  });

  it('are empty where there are none', () => {
    expect(readIdentities(messageOf('To: a@x.example'))).toEqual({
      from: [],
      fromFields: 0,
      fromMalformed: false,
      sender: null,
      replyTo: [],
      returnPath: null,
      pra: { illFormed: 'no-from' },
      impersonations: [],
    });
  });

  it('count From fields, and list the authors of all', () => {
    const read = readIdentities(messageOf('From: a@x.example', 'From: b@y.example', 'From:'));
    expect(read.fromFields).toBe(3);
    expect(read.from.map(({ address }) => address)).toEqual(['a@x.example', 'b@y.example']);
    expect(read.fromMalformed).toBe(true);
  });

  it('say that From could not be read to its end', () => {
    expect(readIdentities(messageOf('From: <a@x.example')).fromMalformed).toBe(true);
    expect(
      readIdentities(messageOf(`From: a@x.example ${' '.repeat(LIMITS.fieldValueBytes)} <b@y.example>`)).fromMalformed,
    ).toBe(true);
  });

  it('leave out a Reply-To that names nobody', () => {
    expect(readIdentities(messageOf('Reply-To: nobody <>')).replyTo).toEqual([]);
  });

  it('are plain data', () => {
    const read = readIdentities(messageOf('From: "p@y.example" (c) <a@x.example>'));
    expect(JSON.parse(JSON.stringify(read))).toEqual(read);
  });
});

describe('Return-Path (RFC 5321 §4.4)', () => {
  it.each([
    ['the null path', ['Return-Path: <>'], ''],
    ['the null path with white space', ['Return-Path:\t< >'], ''],
    ['none', [], null],
    ['an address', ['Return-Path: <a@x.example>'], 'a@x.example'],
    ['an address without brackets', ['Return-Path: a@x.example'], 'a@x.example'],
    ['a source route', ['Return-Path: <@r.example:a@x.example>'], 'a@x.example'],
    ['an address without domain', ['Return-Path: <MAILER-DAEMON>'], 'MAILER-DAEMON'],
    ['a quoted local part', ['Return-Path: <"a b"@x.example>'], '"a b"@x.example'],
    [
      'a path with an equals sign',
      ['Return-Path: <bounce+a=x.example@list.example>'],
      'bounce+a=x.example@list.example',
    ],
    ['several: the topmost', ['Return-Path: <a@x.example>', 'Return-Path: <b@y.example>'], 'a@x.example'],
    ['several: the topmost, though it is null', ['Return-Path: <>', 'Return-Path: <b@y.example>'], ''],
    ['two addresses in one: neither', ['Return-Path: <a@x.example> <b@y.example>'], null],
    ['nothing that is a path', ['Return-Path: none'], null],
    ['an empty field', ['Return-Path:'], null],
  ])('%s', (_name, lines, expected) => {
    expect(readIdentities(messageOf(...lines)).returnPath).toBe(expected);
  });
});

describe('what misleads', () => {
  it('is looked for in all authors, and compared with domains the reader knows', () => {
    const known = ['paypal.example'].map(parseDomain).filter((name) => name !== undefined);
    const message = messageOf('From: a@x.example', 'From: Service <b@paypa1.example>');
    expect(readIdentities(message).impersonations).toEqual([]);
    expect(readIdentities(message, createCircle([], known)).impersonations).toEqual([
      { kind: 'look-alike', domain: 'paypa1.example', shown: 'paypa1.example', resembles: 'paypal.example' },
    ]);
  });
});

it('never throws on any bytes', () => {
  const names = fc.constantFrom(
    'From',
    'Sender',
    'Reply-To',
    'Return-Path',
    'Resent-From',
    'Resent-Sender',
    'Received',
  );
  const value = fc.array(
    fc.oneof(
      fc.constantFrom('<', '>', '@', '"', '(', ',', ':', ';', 'a@x.example', '=?utf-8?Q?', '?=', '\xff', '\0'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 12 },
  );
  const line = fc.tuple(names, value).map(([name, parts]) => `${name}: ${parts.join('')}`.replace(/[^\0-\xff]/g, ''));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
      const read = readIdentities(parseMessage(stringToOctets(`${lines.join('\r\n')}\r\n\r\n`)));
      expect(JSON.parse(JSON.stringify(read))).toEqual(read);
    }),
  );
});
