import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { toSieve } from '../../src/rules/sieve.ts';
import { comment, escapeRegex, quote, quoteAgainstVariables, quoteList } from '../../src/rules/sieve-text.ts';
import type { Condition, LeafCondition, Rule, RuleAction } from '../../src/rules/types.ts';
import { anyRuleSet } from './support/arbitrary.ts';
import { LEAVES, ruleOf, setOf, tagging } from './support/rules.ts';
import { hasSieve, startSieve, type SieveServer } from './support/sieve.ts';

const move = (folder: string) => ({ do: 'move', folder }) as const;
const keyword = (value: string, match: 'exact' | 'prefix' | 'glob' = 'exact') =>
  ({ field: 'keyword', match, value, by: 'declared' }) as const;
const author = { field: 'author-domain', domain: 'example.com', subdomains: true } as const;
const acting = (condition: Condition, ...actions: readonly RuleAction[]) =>
  ruleOf({ conditions: { all: [condition] }, actions });

describe('the text of a script', () => {
  it.each([
    ['plain', '"plain"'],
    ['a "b" \\c', '"a \\"b\\" \\\\c"'],
    ['', '""'],
  ])('quotes %j (RFC 5228 §2.4.2)', (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });

  it('writes one string by itself and several as a list', () => {
    expect(quoteList(['a'])).toBe('"a"');
    expect(quoteList(['a', 'b"'])).toBe('["a", "b\\""]');
  });

  it('keeps comments on their line', () => {
    expect(comment('a\r\nstop;\0\u2028\ud800#')).toBe('# a\ufffd\ufffdstop;\ufffd\ufffd\ufffd#');
  });

  it('keeps text from being taken for a variable (RFC 5229 §3)', () => {
    expect(quoteAgainstVariables('${a}$b"')).toBe('"${dollar}{a}$b\\""');
  });

  it('escapes what has a meaning in regular expressions', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(new RegExp(`^${escapeRegex(text)}$`).test(text)).toBe(true);
      }),
    );
  });
});

describe('toSieve', () => {
  it('writes a script that keeps everything where there are no rules', () => {
    expect(toSieve(setOf())).toEqual({
      script: '# Countersign: rules of the reader, written as a script for the server.\r\n',
      requires: [],
      left: [],
      handedOver: [],
    });
  });

  it('writes lines that end in CRLF (RFC 5228 §2.2), with the name above each rule', () => {
    const { script } = toSieve(
      setOf(ruleOf({ name: 'Mine\n}', actions: [{ do: 'mark', as: 'read' }, move('A/b')], stop: true })),
    );
    expect(script.split('\r\n')).toEqual([
      '# Countersign: rules of the reader, written as a script for the server.',
      'require ["fileinto", "imap4flags"];',
      '',
      '# Mine\ufffd}',
      'if true {',
      '  addflag "\\\\Seen";',
      '  fileinto "A/b";',
      '  stop;',
      '}',
      '',
    ]);
  });

  it.each<[string, readonly Rule[], readonly string[]]>([
    ['nothing for a stop', [ruleOf({ stop: true })], []],
    ['flags', [tagging('x')], ['imap4flags']],
    ['a folder', [ruleOf({ actions: [move('A')] })], ['fileinto']],
    ['a keyword', [tagging('x', keyword('a'))], ['imap4flags', 'regex']],
    ['a Subject label', [tagging('x', { field: 'subject-label' })], ['imap4flags', 'index', 'regex']],
    ['moves that wait', [ruleOf({ actions: [move('A')] }), tagging('x')], ['fileinto', 'imap4flags', 'variables']],
    [
      'moves that need not wait',
      [ruleOf({ actions: [move('A')], stop: true }), ruleOf({ actions: [move('B')] })],
      ['fileinto'],
    ],
  ])('requires just what it uses: %s', (_name, rules, requires) => {
    const result = toSieve(setOf(...rules));
    expect(result.requires).toEqual(requires);
    expect(result.script.includes('require')).toBe(requires.length > 0);
  });

  it.each<[LeafCondition['field'], string]>([
    ['level', 'needs-check'],
    ['finding', 'needs-check'],
    ['signature', 'needs-check'],
    ['practice', 'needs-check'],
    ['observed', 'needs-check'],
    ['server-result', 'needs-trust'],
    ['account', 'account-unknown'],
  ])('leaves a condition on %s to the reader: %s', (field, why) => {
    const leaf = LEAVES.find((one) => one.field === field);
    expect(leaf && toSieve(setOf(tagging('x', leaf))).left).toMatchObject([{ why, field }]);
  });

  it.each<[string, LeafCondition, string]>([
    ['a signed keyword', { ...keyword('a'), by: 'signed' }, 'needs-check'],
    ['a recorded keyword', { ...keyword('a'), by: 'recorded' }, 'needs-trust'],
    ['a covered pass key', { field: 'pass-key', value: 'a', coverage: 'signed' }, 'needs-check'],
    ['an uncovered pass key', { field: 'pass-key', value: 'a', coverage: 'unsigned' }, 'needs-check'],
    ['a label of the reader', { field: 'subject-label', label: 'my own:' }, 'own-label'],
    ['a custom label', { field: 'subject-label', law: 'custom' }, 'own-label'],
  ])('leaves %s to the reader', (_name, leaf, why) => {
    expect(toSieve(setOf(tagging('x', leaf))).left).toMatchObject([{ why, field: leaf.field }]);
  });

  it('puts the separator of the server between folder names, where none of them holds it', () => {
    const rules = setOf(acting({ all: [keyword('a')] }, move('Lists/Dev')));
    expect(toSieve(rules, { separator: '.' }).script).toContain('fileinto "Lists.Dev";');
    const dotted = setOf(acting({ all: [keyword('a')] }, move('Lists/a.b')));
    expect(toSieve(dotted, { separator: '.' }).left).toMatchObject([{ why: 'not-expressible', action: 'move' }]);
  });

  it('names the mail it leaves alone', () => {
    const handedOver = (condition: LeafCondition) => toSieve(setOf(tagging('x', condition))).handedOver;
    expect(handedOver(keyword('a'))).toEqual(['long-keyword-list']);
    expect(handedOver(author)).toEqual(['unclear-author']);
    expect(handedOver({ field: 'subject-label', label: 'ADV:' })).toEqual(['unclear-subject-label']);
    expect(handedOver({ field: 'subject-label', label: '[SPAM]' })).toEqual([]);
    expect(handedOver({ field: 'list', id: 'a.b', match: 'exact' })).toEqual([]);
  });

  it('writes the same script for the same rules', () => {
    fc.assert(
      fc.property(anyRuleSet, (rules) => {
        expect(toSieve(rules)).toEqual(toSieve(rules));
      }),
      { numRuns: 20 },
    );
  });
});

describe.skipIf(!hasSieve)('scripts on a server', () => {
  let server: SieveServer;
  beforeAll(() => {
    server = startSieve();
  });
  afterAll(() => {
    server.close();
  });
  const message = (...lines: readonly string[]) => utf8ToBytes([...lines, '', 'text', ''].join('\r\n'));

  it('always compile and run, whatever texts the rules hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyRuleSet, async (rules) => {
        const deliver = await server.load(toSieve(rules, { account: 'account1' }).script);
        await deliver(message('From: a@example.com', 'No-Solicit: A', 'Subject: ADV: x'));
      }),
      { numRuns: 80 },
    );
  }, 120_000);

  it.each([
    '"; discard; #',
    '\\',
    '\\"',
    '${folder}',
    '${dollar}{x}',
    '"\r\n discard;',
    'a/* b',
    '*/ a',
    'x" } stop; {',
    'Ünï/"\\',
  ])('file into a folder called %j and nowhere else', async (name) => {
    const folder = name.replace(/[\r\n]/g, '');
    const waiting = setOf(
      ruleOf({ name, actions: [move(folder)] }),
      ruleOf({ name, actions: [{ do: 'tag', tag: 'x' }] }),
    );
    const deliver = await server.load(toSieve(waiting).script);
    expect(await deliver(message('From: a@example.com'))).toEqual({ folder, flags: ['x'] });
    const direct = await server.load(toSieve(setOf(ruleOf({ name, actions: [move(folder)] }))).script);
    expect(await direct(message('From: a@example.com'))).toEqual({ folder, flags: [] });
  });

  it('leave lists of more than 1000 characters alone, and act on those of 1000 (RFC 3865 §2.2)', async () => {
    const deliver = await server.load(toSieve(setOf(tagging('x', keyword('a.b')))).script);
    const list = (length: number) => message('From: a@example.com', `No-Solicit: a.b,${'c'.repeat(length - 4)}`);
    expect((await deliver(list(1000))).flags).toEqual(['x']);
    expect((await deliver(list(1001))).flags).toEqual([]);
  });

  it('find a keyword of 1000 characters', async () => {
    const long = 'k'.repeat(1000);
    const deliver = await server.load(toSieve(setOf(tagging('x', keyword(long)))).script);
    expect((await deliver(message('From: a@example.com', `No-Solicit: ${long}`))).flags).toEqual(['x']);
    expect((await deliver(message('From: a@example.com', `No-Solicit: ${long.slice(1)}`))).flags).toEqual([]);
  });

  it.each([
    ['a@example.com', ['x']],
    ['Ann <a@mail.example.com>', ['x']],
    ['"Doe, Ann (Sales)" <a@example.com>', []],
    ['"Doe, Ann" <a@example.com>', ['x']],
    ['=?utf-8?q?M=C3=BCller=2C_Ann?= <a@example.com>', ['x']],
    ['Müller (GmbH) <a@example.com>', ['x']],
    ['a@example.com <b@other.example>', []],
    ['b@other.example <a@example.com>', []],
    ['a@notexample.com', []],
  ])('read the author in From: %s as the rules do, or leave the message alone', async (from, flags) => {
    const deliver = await server.load(toSieve(setOf(tagging('x', author))).script);
    expect((await deliver(message(`From: ${from}`))).flags).toEqual(flags);
  });
});
