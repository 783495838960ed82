/** Observed practice: what is learned from a message, what never is, and what a message is held against. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DkimSignatureReport } from '../../src/dkim/types.ts';
import { LIMITS } from '../../src/limits.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { digestMessage } from '../../src/practices/message-digest.ts';
import { judge, learn, taughtDomain, type Lesson, type Observation } from '../../src/practices/observed.ts';
import { observation } from '../support/memory.ts';

const AUTHOR = 'shop.example';
const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));

/** As much of a signature as is looked at. */
function signature(
  result: DkimSignatureReport['result'],
  relation: DkimSignatureReport['relation'],
  domain = AUTHOR,
  testing = false,
): DkimSignatureReport {
  return { result, relation, domain, testing } as DkimSignatureReport;
}

const OWN = signature('pass', 'domain');
const BROKEN = signature('fail', 'domain');
const LIST = { kind: 'list', name: 'Walks <walks.example>' };

function lesson(dkim: readonly DkimSignatureReport[] = [], changes: Partial<Lesson> = {}): Lesson {
  return {
    level: dkim.some(({ result }) => result === 'pass') ? 'verified' : 'unsigned',
    switches: { dkim: true },
    identities: { from: [{ domain: AUTHOR }] },
    dkim,
    intermediaries: [],
    ...changes,
  };
}

const teach = (...lessons: readonly Lesson[]): Observation | null =>
  lessons.reduce<Observation | null>((known, one, at) => learn(known, one, String(at), day(1)), null);

describe('learning', () => {
  it.each<[string, Lesson, number, number]>([
    ['a signed message', lesson([OWN]), 1, 1],
    ['an unsigned one', lesson(), 1, 0],
    ['one that only somebody else signed', lesson([signature('pass', 'third-party', 'mailer.example')]), 1, 0],
    ['a signature by a key in test mode', lesson([signature('pass', 'third-party', 'x.example', true)]), 1, 0],
    ['a signed one that came through a list', lesson([OWN], { intermediaries: [LIST] }), 1, 1],
    ['an unsigned one that came through a list', lesson([], { intermediaries: [LIST] }), 0, 0],
    ['one whose own signature does not verify', lesson([BROKEN]), 0, 0],
  ])('counts %s', (_, one, messages, signed) => {
    expect(teach(one)).toMatchObject({ domain: AUTHOR, messages, signed });
  });

  it.each<[string, Partial<Lesson>]>([
    ['a message with something odd', { level: 'caution' }],
    ['a message with something very wrong', { level: 'warning' }],
    ['a message that could not be checked', { level: 'unchecked' }],
    ['where signatures were not looked at', { switches: { dkim: false } }],
    ['several authors', { identities: { from: [{ domain: AUTHOR }, { domain: 'other.example' }] } }],
    ['no author', { identities: { from: [] } }],
    ['an author without domain', { identities: { from: [{ domain: null }] } }],
  ])('takes nothing from %s', (_, changes) => {
    expect(taughtDomain(lesson([OWN], changes))).toBeNull();
    expect(teach(lesson([OWN], changes))).toBeNull();
    const known = observation(AUTHOR);
    expect(learn(known, lesson([OWN], changes), 'new', day(1))).toBe(known);
  });

  it('names who signed, the author’s side and others, and the lists', () => {
    const known = teach(
      lesson([OWN, signature('pass', 'aligned', 'mail.shop.example'), BROKEN]),
      lesson([OWN, OWN, signature('pass', 'third-party', 'list.example')], { intermediaries: [LIST, LIST] }),
    );
    const names = (all: Observation['signers'] = []) => all.map(({ name, messages }) => [name, messages]);
    expect(names(known?.signers)).toEqual([
      [AUTHOR, 2],
      ['mail.shop.example', 1],
    ]);
    expect(names(known?.relays)).toEqual([['list.example', 1]]);
    expect(names(known?.lists)).toEqual([[LIST.name, 1]]);
  });

  it('counts a message once, however often it is read', () => {
    const once = learn(null, lesson([OWN]), 'digest', day(1));
    expect(learn(once, lesson([OWN]), 'digest', day(2))).toBe(once);
  });

  it('stays within bounds', () => {
    let known: Observation | null = null;
    for (let at = 0; at < LIMITS.observedDigests + 5; at++) {
      const other = signature('pass', 'third-party', `${at}.example`);
      const intermediaries = [{ kind: 'list', name: `${at} ${'x'.repeat(1000)}` }];
      known = learn(known, lesson([OWN, other], { intermediaries }), String(at), day(1 + at));
    }
    expect(known?.messages).toBe(LIMITS.observedDigests + 5);
    expect(known?.counted).toHaveLength(LIMITS.observedDigests);
    expect(known?.relays).toHaveLength(LIMITS.observedNames);
    expect(known?.relays[0]?.name).toBe(`${LIMITS.observedDigests + 4}.example`);
    expect(known?.lists[0]?.name).toHaveLength(LIMITS.observedNameCharacters);
  });

  it('comes to the same counts whatever the order', () => {
    const kinds = [lesson([OWN]), lesson(), lesson([BROKEN]), lesson([OWN], { intermediaries: [LIST] })];
    const mail = fc.array(fc.record({ kind: fc.nat({ max: 3 }), at: fc.integer({ min: 1, max: 300 }) }), {
      maxLength: 30,
    });
    const learnAll = (all: readonly { readonly kind: number; readonly at: number; readonly digest: string }[]) => {
      const known = all.reduce<Observation | null>(
        (before, { kind, at, digest }) => learn(before, kinds[kind] ?? lesson(), digest, day(at)),
        null,
      );
      return known && { ...known, counted: known.counted.toSorted() };
    };
    fc.assert(
      fc.property(
        mail.chain((all) => {
          const numbered = all.map((one, at) => ({ ...one, digest: String(at) }));
          const length = { minLength: all.length, maxLength: all.length };
          return fc.tuple(fc.constant(numbered), fc.shuffledSubarray(numbered, length));
        }),
        ([one, other]) => {
          expect(learnAll(other)).toEqual(learnAll(one));
        },
      ),
    );
  });
});

describe('judging', () => {
  const relays = [{ name: 'list.example', messages: 1, since: day(1).toISOString(), lastSeen: day(1).toISOString() }];
  const all = observation(AUTHOR, { relays });
  const few = LIMITS.observedMessages - 1;

  it.each<[string, Observation, readonly DkimSignatureReport[], string | null]>([
    ['an unsigned message where all were signed', all, [], 'unlike-all'],
    ['a broken signature where all were signed', all, [BROKEN], 'unlike-all'],
    ['a signature by a key in test mode', all, [signature('pass', 'domain', AUTHOR, true)], 'unlike-all'],
    ['somebody else’s signature', all, [signature('pass', 'third-party', 'other.example')], 'unlike-all'],
    ['a relay seen before', all, [signature('pass', 'third-party', 'list.example')], null],
    [
      'a relay seen before whose signature is broken',
      all,
      [signature('fail', 'third-party', 'list.example')],
      'unlike-all',
    ],
    ['a signed message', all, [OWN], null],
    [
      'a key that did not answer, which a made-up signature can arrange',
      all,
      [signature('temperror', 'domain')],
      'unlike-all',
    ],
    [
      'somebody else’s key that did not answer',
      all,
      [signature('temperror', 'third-party', 'o.example')],
      'unlike-all',
    ],
    ['too few messages', observation(AUTHOR, { messages: few, signed: few }), [], null],
    ['nearly all signed', observation(AUTHOR, { messages: 143, signed: 142 }), [], 'unlike-most'],
    ['hardly a habit', observation(AUTHOR, { messages: 143, signed: 100 }), [], null],
  ])('%s', (_, known, dkim, expected) => {
    expect(judge(known, { dkim }).unsigned).toBe(expected);
  });

  it('names new signing domains: the author’s own, or else others', () => {
    const other = signature('pass', 'third-party', 'other.example');
    const aligned = signature('pass', 'aligned', 'new.shop.example');
    expect(judge(all, { dkim: [OWN, other] }).newSigners).toEqual([]);
    expect(judge(all, { dkim: [OWN, aligned, other] }).newSigners).toEqual(['new.shop.example']);
    expect(judge(all, { dkim: [other] }).newSigners).toEqual(['other.example']);
    expect(judge(observation(AUTHOR, { messages: few }), { dkim: [other] }).newSigners).toEqual([]);
  });
});

describe('the digest of a message', () => {
  const digest = (text: string): Promise<string> => digestMessage(parseMessage(utf8ToBytes(text)));

  it('tells messages apart by Message-ID, Date and From, and by nothing else', async () => {
    const message = 'Message-ID: <1@a.example>\r\nDate: today\r\nFrom: a@a.example\r\nSubject: x\r\n\r\nHello.\r\n';
    const known = await digest(message);
    expect(known).toHaveLength(16);
    expect(await digest(`Received: later\r\n${message.replace('Hello', 'Bye')}`)).toBe(known);
    for (const part of ['<1@', 'today', 'From: a@']) {
      expect(await digest(message.replace(part, part.toUpperCase().replace('1', '2')))).not.toBe(known);
    }
  });

  it('is there for a message without any of them', async () => {
    expect(await digest('')).toHaveLength(16);
  });
});
