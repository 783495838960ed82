import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldText, parseMessage } from '../../src/message/parse.ts';
import { decodeEncodedWords } from '../../src/message/encoded-word.ts';
import { evaluateRules } from '../../src/rules/evaluate.ts';
import { toThunderbirdFilters } from '../../src/rules/msgfilter.ts';
import type { Condition, LeafCondition, RuleAction } from '../../src/rules/types.ts';
import { anyRuleSet } from './support/arbitrary.ts';
import { LEAVES, ruleOf, setOf, tagging } from './support/rules.ts';
import { reportOf, reportOfBytes } from './support/subject.ts';
import { sampleMessages } from './support/messages.ts';
import { holds, readAttributes, readCondition, readFilters, type Term } from './support/thunderbird.ts';

const ROOT = 'imap://ann%40example.org@imap.example.org';
const keyword = (value: string, match: 'exact' | 'prefix' | 'glob' = 'exact') =>
  ({ field: 'keyword', match, value, by: 'declared' }) as const;
const termsOf = (...conditions: readonly Condition[]): readonly Term[] => {
  const [filter] = readFilters(toThunderbirdFilters(setOf(tagging('x', ...conditions))).text);
  if (!filter) throw new Error('left out');
  return readCondition(filter.condition);
};
const leftOf = (...conditions: readonly Condition[]) => toThunderbirdFilters(setOf(tagging('x', ...conditions))).left;

describe('the file', () => {
  it('is what Thunderbird writes itself', () => {
    const actions: readonly RuleAction[] = [
      { do: 'tag', tag: '$label1' },
      { do: 'mark', as: 'read' },
      { do: 'mark', as: 'starred' },
      { do: 'mark', as: 'junk' },
      { do: 'move', folder: 'Lists/My dev' },
    ];
    const list = { field: 'list', id: 'dev.lists.example.org', match: 'exact' } as const;
    const rules = setOf(ruleOf({ name: 'My "own"', conditions: { all: [list] }, actions, stop: true }));
    expect(toThunderbirdFilters(rules, { root: ROOT })).toEqual({
      left: [],
      text: [
        'version="9"',
        'logging="no"',
        'name="My \\"own\\""',
        'enabled="yes"',
        'type="17"',
        'action="AddTag"',
        'actionValue="$label1"',
        'action="Mark read"',
        'action="Mark flagged"',
        'action="JunkScore"',
        'actionValue="100"',
        'action="Move to folder"',
        'actionValue="imap://ann%40example.org@imap.example.org/Lists/My%20dev"',
        'action="Stop execution"',
        'condition="AND (\\"list-id\\",ends with,\\"<dev.lists.example.org>\\")"',
        '',
      ].join('\n'),
    });
  });

  it('takes every message where there is no condition', () => {
    expect(toThunderbirdFilters(setOf(tagging('x'))).text).toContain('condition="ALL"');
  });

  it.each(['"', '\\', '\\"', 'a\r\nname="b"', '\0', '"\\', 'end\\', '\ud800'])(
    'holds a name like %j in one value',
    (name) => {
      const filters = readFilters(toThunderbirdFilters(setOf(ruleOf({ name, stop: true }), tagging('x'))).text);
      expect(filters).toHaveLength(2);
      expect(filters[0]).toMatchObject({ enabled: true, type: '17', condition: 'ALL' });
      expect(filters[0]?.name.replaceAll('\ufffd', '')).toBe(name.replace(/[\r\n\0\ud800]/g, '').replaceAll('\\', '/'));
    },
  );

  it('can be read back whatever texts the rules hold', () => {
    fc.assert(
      fc.property(anyRuleSet, (rules) => {
        const { text, left } = toThunderbirdFilters(rules, { account: 'account1', root: ROOT });
        expect(readAttributes(text).slice(0, 2)).toEqual([
          ['version', '9'],
          ['logging', 'no'],
        ]);
        const filters = readFilters(text);
        const wholly = new Set(left.filter(({ action }) => action === undefined).map(({ rule }) => rule));
        expect(filters.length).toBeLessThanOrEqual(rules.rules.length - wholly.size);
        for (const { condition } of filters) {
          const terms = readCondition(condition);
          expect(new Set(terms.map(({ join }) => join)).size).toBeLessThanOrEqual(1);
          expect(terms.filter(({ value }) => value === '')).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('what filters can say', () => {
  it('a keyword alone in its list, at either end, and between others', () => {
    const terms = termsOf(keyword('a.b'));
    expect(new Set(terms.map(({ join }) => join))).toEqual(new Set(['OR']));
    const found = (value: string) => holds(terms, '', new Map([['no-solicit', [value]]]));
    expect(['a.b', 'A.B,c', 'c, a.b', 'c,a.b', 'c, a.b ,d'].map(found)).toEqual([true, true, true, true, true]);
    expect(['a.bc', 'xa.b', 'c, xa.b', 'a.b c', 'c a.b'].map(found)).toEqual([false, false, false, false, false]);
  });

  it('keywords that begin like a pattern', () => {
    const found = (value: string) => holds(termsOf(keyword('a:*', 'glob')), '', new Map([['no-solicit', [value]]]));
    expect(['a:b', 'x, a:b', 'xa:b', 'x ya:b'].map(found)).toEqual([true, true, false, false]);
  });

  it('that none of some keywords is there', () => {
    const terms = termsOf({ none: [keyword('a.b'), { any: [keyword('c', 'prefix')] }] });
    expect(terms.map(({ attribute, operator, value }) => [attribute, operator, value])).toEqual([
      ['solicitation', "doesn't contain", 'a.b'],
      ['no-solicit', "doesn't contain", 'a.b'],
      ['solicitation', "doesn't contain", 'c'],
      ['no-solicit', "doesn't contain", 'c'],
    ]);
  });

  it('labels by themselves, values with parentheses and spaces included', () => {
    expect(termsOf({ field: 'subject-label', label: '(광고)' })).toEqual([
      { join: 'AND', header: false, attribute: 'subject', operator: 'contains', value: '(광고)' },
    ]);
    expect(termsOf({ field: 'subject-label', label: 'spam:' }).map(({ operator, value }) => [operator, value])).toEqual(
      [
        ['begins with', 'spam:'],
        ['contains', ' spam:'],
      ],
    );
  });

  it.each<[string, readonly Condition[], string]>([
    ['groups in groups', [{ any: [{ all: [keyword('a'), keyword('b')] }, keyword('c')] }], 'not-expressible'],
    ['several alternatives together', [keyword('a'), keyword('b')], 'not-expressible'],
    ['patterns with more than an end open', [keyword('a*b', 'glob')], 'not-expressible'],
    ['the pattern for everything', [keyword('*', 'glob')], 'not-expressible'],
    ['that a label is not there', [{ none: [{ field: 'subject-label', label: 'ADV:' }] }], 'not-expressible'],
    ['labels of the reader', [{ field: 'subject-label', label: 'mine' }], 'own-label'],
    ['who signed', [{ field: 'signature', subdomains: false }], 'needs-check'],
    ['what was seen before', [{ field: 'observed', practice: 'new-domain' }], 'needs-check'],
    ['what servers said', [{ field: 'server-result', method: 'dkim', result: 'pass' }], 'needs-trust'],
  ])('but not %s', (_name, conditions, why) => {
    expect(leftOf(...conditions)).toMatchObject([{ why }]);
  });

  it('every condition, or the reason why not', () => {
    for (const leaf of LEAVES) {
      const { text, left } = toThunderbirdFilters(setOf(tagging('x', leaf)), { account: 'account1' });
      expect(readFilters(text).length + left.length).toBe(1);
    }
  });

  it.each([
    ['without the address of the root folder', 'A', undefined, 'folder-unknown'],
    ['with an address that cannot stand in the file', 'A', 'imap://a"b', 'folder-unknown'],
    ['beyond plain ASCII', 'Entwürfe', ROOT, 'not-expressible'],
    ['with an ampersand, which IMAP writes in its own way', 'A & B', ROOT, 'not-expressible'],
  ])('no folder %s', (_name, folder, root, why) => {
    const rules = setOf(ruleOf({ actions: [{ do: 'move', folder }] }));
    expect(toThunderbirdFilters(rules, { root }).left).toMatchObject([{ why, action: 'move' }]);
  });
});

describe('filters on messages', () => {
  const conditions: readonly LeafCondition[] = [
    keyword('org.example:ADV'),
    { field: 'pass-key', value: 'com.example.adv', coverage: 'either' },
    { field: 'subject-label' },
    { field: 'subject-label', label: 'ADV:' },
    { field: 'subject-label', law: 'korea' },
    { field: 'list', id: 'dev.lists.example.org', match: 'exact' },
    { field: 'list', id: 'lists.example.org', match: 'namespace' },
    { field: 'author-domain', domain: 'example.com', subdomains: false },
    { field: 'author-domain', domain: 'example.com', subdomains: true },
  ];

  it('act only where the rules do, and on most of these odd messages where they do', async () => {
    const exported = conditions.map((condition) => {
      const rules = setOf(tagging('x', condition));
      const [filter] = readFilters(toThunderbirdFilters(rules).text);
      return { condition, rules, terms: readCondition(filter?.condition ?? '') };
    });
    let agreed = 0;
    let missed = 0;
    for (const raw of sampleMessages(300, 2369)) {
      const report = await reportOfBytes(raw);
      // The differences that are documented: broken From and List-Id fields, more keywords than allowed.
      const { identities, solicitation } = report;
      if (identities.fromMalformed || identities.from.some(({ domain }) => domain === null)) continue;
      if (solicitation.malformed.some(({ problem }) => problem === 'too-long')) continue;
      const message = parseMessage(raw);
      const headers = new Map<string, string[]>();
      for (const field of message.fields) {
        // As Thunderbird joins the lines of a field, and decodes it.
        const value = decodeEncodedWords(fieldText(message, field).replace(/[ \t]*\r?\n[ \t]*/g, ' ')).trim();
        headers.set(field.key, [...(headers.get(field.key) ?? []), value]);
      }
      if ((headers.get('list-id') ?? []).some((value) => value.includes('>') && !/<[^<>]*>$/.test(value))) continue;
      const [subject = ''] = headers.get('subject') ?? [];
      for (const { condition, rules, terms } of exported) {
        const filtered = holds(terms, subject, headers);
        const wanted = evaluateRules(rules, { report }).matched.length > 0;
        if (filtered)
          expect([condition, wanted, Object.fromEntries(headers)]).toEqual([
            condition,
            true,
            Object.fromEntries(headers),
          ]);
        if (wanted && filtered) agreed++;
        if (wanted && !filtered) missed++;
      }
    }
    expect(agreed).toBeGreaterThan(missed);
  }, 60_000);

  it('rule out what contains the keyword anywhere', async () => {
    const rules = setOf(tagging('x', { none: [keyword('a.b')] }));
    const terms = readCondition(readFilters(toThunderbirdFilters(rules).text)[0]?.condition ?? '');
    for (const value of ['a.b', 'c ,\ta.b', 'A.B', 'c']) {
      const report = await reportOf('From: a@b.example', `No-Solicit: ${value}`);
      const wanted = evaluateRules(rules, { report }).matched.length > 0;
      expect(holds(terms, '', new Map([['no-solicit', [value]]]))).toBe(wanted);
    }
  });
});
