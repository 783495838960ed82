/** The same verdicts as other verifiers on what each of their signers, and ours, makes of a message, and on all that may happen to it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { validateArc } from '../../src/index.ts';
import type { ArcReport } from '../../src/index.ts';
import { damagedCases, PROGRAMS, wrongCases, type Case } from './support/verifiers/cases.ts';
import { DIFFERENCES, type Difference } from './support/verifiers/differences.ts';
import { chainCases, CHAIN_ZONE, type ChainCase } from './support/verifiers/chains.ts';
import { hasDkimpy, verifyChains, type ChainVerdict } from './support/verifiers/dkimpy.ts';
import { hasMailDkim } from './support/verifiers/mail-dkim.ts';
import { hasOpenDkim } from './support/verifiers/opendkim.ts';
import { resolverOf } from './support/verifiers/ours.ts';
import type { Verdict } from './support/verifiers/peer.ts';
import { ZONE } from './support/verifiers/wrong-signatures.ts';

const complete = hasDkimpy && hasMailDkim && hasOpenDkim;
if (!complete)
  console.info('python3-dkim, libmail-dkim-perl and opendkim are not all installed: no verdicts are compared');

function isSame(said: Verdict | undefined, expected: Verdict): boolean {
  const either = (verdict: Verdict | undefined) => verdict === 'body' || verdict === 'signature' || verdict === 'fail';
  if (expected === 'fail' || said === 'fail') return either(expected) && either(said);
  return said === expected;
}

describe.skipIf(!complete)('verdicts', () => {
  let cases: readonly Case[];
  const verdicts = new Map<string, readonly Verdict[]>();

  beforeAll(async () => {
    cases = (await Promise.all([...PROGRAMS.map(damagedCases), wrongCases()])).flat();
    const messages = cases.map(({ message }) => message);
    await Promise.all(PROGRAMS.map(async ({ name, verify }) => verdicts.set(name, await verify(messages, ZONE))));
  }, 170_000);

  it('are asked for on many messages', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThan(1000);
    expect(cases.filter(({ expected }) => expected === 'pass').length).toBeGreaterThan(400);
  });

  describe.each(PROGRAMS)('of $name', ({ name }) => {
    const known = DIFFERENCES[name] ?? [];
    const differenceOf = (message: string): Difference | undefined =>
      known.find(({ messages }) => messages.test(message));

    it('are as expected, but for the known differences', () => {
      const odd = cases.flatMap(({ name: message, expected }, at) => {
        const said = verdicts.get(name)?.[at];
        const difference = differenceOf(message);
        const right = difference ? said === difference.says : isSame(said, expected);
        return right ? [] : [`${said ?? 'nothing'} instead of ${difference?.says ?? expected}: ${message}`];
      });
      expect(odd).toEqual([]);
    });

    it('differ where the list says so', () => {
      const unseen = known.filter(
        (difference) =>
          !cases.some(
            ({ name: message, expected }) => differenceOf(message) === difference && !isSame(difference.says, expected),
          ),
      );
      expect(unseen).toEqual([]);
    });
  });
});

/** The lowest instance from which on all message signatures verify, or 0 where all do (RFC 8617 §5.2 step 5). */
function oldestPassOf(newestFirst: readonly boolean[]): number {
  const broken = newestFirst.indexOf(false);
  return broken < 0 ? 0 : newestFirst.length - broken + 1;
}

describe.skipIf(!hasDkimpy)('chains', () => {
  let cases: readonly ChainCase[];
  let theirs: readonly ChainVerdict[];
  let reports: readonly ArcReport[];

  beforeAll(async () => {
    cases = await chainCases();
    const options = { resolver: resolverOf(CHAIN_ZONE), now: new Date() };
    theirs = await verifyChains(
      cases.map(({ message }) => message),
      CHAIN_ZONE,
    );
    reports = await Promise.all(cases.map(({ message }) => validateArc(stringToOctets(message), options)));
  });

  it('of one to three sets by dkimpy and ours get the same result from both, whatever happens to them', () => {
    expect(cases).toHaveLength(90);
    const results = cases.map(({ name }, at) => [name, theirs[at]?.[0], reports[at]?.result]);
    expect(results).toEqual(cases.map(({ name, expected }) => [name, expected, expected]));
  });

  it('pass from the same set on', () => {
    const passing = cases.flatMap(({ name }, at) => (reports[at]?.result === 'pass' ? [{ name, at }] : []));
    const oldest = passing.map(({ name, at }) => [name, reports[at]?.oldestPass]);
    expect(oldest).toEqual(passing.map(({ name, at }) => [name, oldestPassOf(theirs[at]?.[1] ?? [])]));
    expect(oldest.map(([, instance]) => instance)).toEqual(expect.arrayContaining([0, 2]));
  });
});
