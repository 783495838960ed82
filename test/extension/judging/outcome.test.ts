/** What rules say of a message, in words; and the background that says it without doing anything. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Report } from '../../../src/report/types.ts';
import type { Rule } from '../../../src/rules/types.ts';
import type { CheckedMessage } from '../../../extension/judging/checked-message.ts';
import type { HostMessage } from '../../../extension/hosts/host.ts';
import { reportOf } from '../../rules/support/subject.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { readCatalogue, wordsOf } = await import('../../e2e/support/catalogue.ts');
const { applyRules, describeTried, viewReply } = await import('../../../extension/judging/outcome.ts');
const { withRules } = await import('../../../extension/pages/rules/changes.ts');
const { newRule } = await import('../../../extension/pages/rules/drafts.ts');
const { createJudge } = await import('../../../extension/background/judge.ts');
const { UnreadableMessage } = await import('../../../extension/judging/fault.ts');

const t = wordsOf(readCatalogue('en'));
const ACCOUNTS = [{ id: 'account1', name: 'Work' }];

let report: Report;
beforeAll(async () => {
  report = await reportOf(
    'From: Ann <ann@a.example>',
    'Subject: ADV: =?utf-8?q?caf=C3=A9?=',
    'No-Solicit: org.example:ADV',
  );
});

const rule = (id: string, part: Partial<Rule>): Rule => newRule(id, { name: id.toUpperCase(), ...part });
const ADV = { field: 'keyword', match: 'prefix', value: 'org.example', by: 'declared' } as const;
const IN_SHOPS = { field: 'folder', folder: 'INBOX/Shops', subfolders: false } as const;
const toFolder = (folder: string) => ({ do: 'move', folder }) as const;

const RULES = withRules([
  rule('a', { conditions: { all: [ADV, { field: 'account', account: 'account1' }] }, actions: [toFolder('A')] }),
  rule('b', { conditions: { none: [IN_SHOPS] }, actions: [toFolder('B'), { do: 'banner', show: 'caution' }] }),
  rule('c', { conditions: { all: [IN_SHOPS] }, actions: [] }),
]);

describe('the outcome of rules', () => {
  it('says which match and why, what is asked for, and what is not done', () => {
    const reply = applyRules(RULES, { report, account: 'account1', folder: 'INBOX' }, ACCOUNTS);
    expect(viewReply(reply, t)).toEqual({
      banner: { show: 'caution', text: 'B', rule: 'B' },
      matched: [
        { name: 'A', because: ['declared as org.example or below: org.example:ADV', 'in the account Work'] },
        { name: 'B', because: ['not: in the folder INBOX/Shops'] },
      ],
      actions: ['move it to A', 'show a caution banner'],
      heldBack: [],
      overruled: ['Not done: move it to B. "A" comes first.'],
    });
  });

  it('tells what was held back because the message could not be checked', () => {
    const reply = applyRules(RULES, { report: { ...report, level: 'unchecked' }, folder: 'INBOX/Shops' }, []);
    expect(viewReply(reply, t)).toMatchObject({
      matched: [],
      actions: [],
      banner: null,
      heldBack: [{ name: 'C', because: ['in the folder INBOX/Shops'] }],
    });
  });

  it('is nothing where there are no rules, and is told to be missing where they cannot be read', () => {
    expect(viewReply(applyRules(withRules([]), { report }, []), t)).toBeNull();
    expect(viewReply('unreadable', t)).toBe('unreadable');
  });

  it('tells what was found where the condition leaves it open, and not twice', async () => {
    const listed = await reportOf('From: Ann <ann@a.example>', 'List-Id: <dev.lists.example>', 'Subject: ADV: x');
    const conditions = {
      all: [
        { field: 'list', id: 'dev.lists.example', match: 'exact' },
        { field: 'list', id: 'example', match: 'namespace' },
        { field: 'subject-label' },
      ],
    } as const;
    const reply = applyRules(withRules([rule('l', { conditions })]), { report: listed }, []);
    expect(viewReply(reply, t)).toMatchObject({
      matched: [
        {
          because: [
            'from the mailing list dev.lists.example',
            'from a mailing list below example: dev.lists.example',
            'a label in the subject: ADV:',
          ],
        },
      ],
    });
  });

  it('says of a rule without conditions that it takes every message', () => {
    const every = withRules([rule('e', { conditions: { all: [] } })]);
    expect(viewReply(applyRules(every, { report }, []), t)).toMatchObject({
      matched: [{ name: 'E', because: ['every message'] }],
    });
  });
});

describe('trying rules', () => {
  const MESSAGE: HostMessage = { id: 7, accountId: 'account1', folder: 'INBOX' };
  const checked = (): CheckedMessage => ({
    report,
    header: [{ name: 'SUBJECT', value: ' ADV:\r\n =?utf-8?q?caf=C3=A9?=\r\n' }],
    headerCut: false,
    serverNamed: false,
  });
  const judgeWith = (part: Partial<Parameters<typeof createJudge>[0]> = {}) =>
    createJudge({
      host: {
        accounts: () => Promise.resolve(ACCOUNTS),
        tabsOnDisplay: () => Promise.resolve([1, 2, 3]),
        displayedIn: (tab) =>
          tab === 3 ? Promise.reject(new Error('no mail there')) : Promise.resolve([MESSAGE, { ...MESSAGE, id: tab }]),
      },
      checker: { check: () => Promise.resolve(checked()) },
      loadRules: () => Promise.resolve(RULES),
      ...part,
    });

  it('tells the message by its decoded Subject and its author', () => {
    expect(describeTried(checked(), 'none')).toMatchObject({ subject: 'ADV: café', author: 'Ann' });
  });

  it('finds each message on display once, in whichever tab', async () => {
    const shown = await judgeWith().handlers['shown-messages']({});
    expect(shown.map(({ id }) => id)).toEqual([7, 1, 2]);
  });

  it('uses the rules it is given, and account and folder of the message', async () => {
    const rules = withRules([
      rule('x', { conditions: { all: [{ field: 'folder', folder: 'inbox', subfolders: false }] } }),
    ]);
    const reply = await judgeWith().handlers['preview-rules']({ rules, message: MESSAGE });
    expect(reply).toMatchObject({ state: 'tried', rules: { evaluation: { matched: [{ rule: 'x' }] } } });
  });

  it('says what could not be read, and what is our own fault', async () => {
    const failing = (error: Error) => judgeWith({ checker: { check: () => Promise.reject(error) } });
    const request = { rules: RULES, message: MESSAGE };
    const gone = await failing(new UnreadableMessage('gone')).handlers['preview-rules'](request);
    expect(gone).toEqual({ state: 'unreadable', error: 'gone' });
    vi.spyOn(console, 'error').mockReturnValue();
    const ours = await failing(new TypeError('oops')).handlers['preview-rules'](request);
    expect(ours).toEqual({ state: 'broken', error: 'oops' });
  });

  it('takes nothing from a check where the stored rules cannot be read', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const judge = judgeWith({ loadRules: () => Promise.reject(new Error('no rules')) });
    expect(await judge.judge(MESSAGE, report)).toBe('unreadable');
  });
});
