/** What a server does with exported rules, held against what the rules themselves say: Pigeonhole, message by message. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesToText } from '../../src/bytes/ascii.ts';
import { evaluateRules } from '../../src/rules/evaluate.ts';
import { toSieve } from '../../src/rules/sieve.ts';
import type { Report } from '../../src/report/types.ts';
import type { RuleSet } from '../../src/rules/types.ts';
import { reportOfBytes } from '../rules/support/subject.ts';
import { sampleMessages } from '../rules/support/messages.ts';
import { AUTHORS, GROUPS, HEADERS, KEYWORDS, LABELS, ORDERED, tagEach } from '../rules/support/exportable.ts';
import { hasSieve, startSieve, type Outcome, type SieveServer } from '../rules/support/sieve.ts';

const MARKS = { read: '\\seen', starred: '\\flagged', junk: '$junk' };

/** What the rules say: the folder, and the flags as a server would set them. */
function outcomeOf(rules: RuleSet, report: Report): Outcome {
  const actions = evaluateRules(rules, { report, folder: 'INBOX' }).actions.map(({ action }) => action);
  const flags = actions.flatMap((action) =>
    action.do === 'tag' ? [action.tag] : action.do === 'mark' ? [MARKS[action.as]] : [],
  );
  return { folder: actions.find((action) => action.do === 'move')?.folder ?? 'INBOX', flags: flags.sort() };
}

function isSame(one: Outcome, other: Outcome): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Two at a time: each waits for a program of its own. */
async function inPairs<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += 2) results.push(...(await Promise.all(items.slice(at, at + 2).map(work))));
  return results;
}

const UNTOUCHED: Outcome = { folder: 'INBOX', flags: [] };

const SETS: readonly (readonly [string, RuleSet])[] = [
  ['keywords, pass keys and lists', tagEach([...KEYWORDS, ...HEADERS])],
  ['authors and Subject labels', tagEach([...AUTHORS, ...LABELS])],
  ['groups', tagEach(GROUPS)],
  ['order, stops and moves', ORDERED],
];
describe.skipIf(!hasSieve)('Pigeonhole and evaluateRules', () => {
  let server: SieveServer;
  beforeAll(() => {
    server = startSieve();
  });
  afterAll(() => {
    server.close();
  });

  it.each(SETS)(
    'agree on %s for 320 messages, or the script leaves the message alone',
    async (_name, rules) => {
      const { script, left, handedOver } = toSieve(rules);
      expect(left.filter(({ why }) => why !== 'disabled')).toEqual([]);
      const deliver = await server.load(script);
      const results = await inPairs(sampleMessages(320, 3865), async (raw) => {
        const expected = outcomeOf(rules, await reportOfBytes(raw));
        return { expected, outcome: await deliver(raw), message: bytesToText(raw) };
      });
      const same = results.filter(({ expected, outcome }) => isSame(expected, outcome));
      const alone = results.filter(({ expected, outcome }) => !isSame(expected, outcome) && isSame(outcome, UNTOUCHED));
      const wrong = results.filter((result) => !same.includes(result) && !alone.includes(result));
      expect(wrong).toEqual([]);
      // Neither side may get its way by doing nothing.
      expect(same.filter(({ outcome }) => !isSame(outcome, UNTOUCHED)).length).toBeGreaterThan(100);
      expect(alone.length).toBeLessThan(200);
      if (handedOver.length === 0) expect(alone).toEqual([]);
    },
    120_000,
  );
});
