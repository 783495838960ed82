/** Results are remembered, but neither failures nor what got no answer. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createChecker } from '../../../extension/judging/checker.ts';
import { UnreadableMessage } from '../../../extension/judging/fault.ts';
import { DEFAULT_SETTINGS } from '../../../extension/settings/settings.ts';
import type { Resolver } from '../../../src/dns/resolver.ts';
import { parseDomain } from '../../../src/domain/name.ts';
import { createCircle } from '../../../src/identity/circle.ts';
import { createUnavailableResolver } from '../../../src/dns/unavailable.ts';
import { createZoneResolver } from '../../../src/dns/zone.ts';
import { FAILED, reportMessage } from '../../trace/delivery/support.ts';
import type { Report } from '../../../src/report/types.ts';
import { memoryArchive, memoryOf, observation } from '../../support/memory.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const RAW = new TextEncoder().encode('From: Ann <ann@quiet.example>\r\nSubject: Hello\r\n\r\nHi\r\n');
const MESSAGE = { id: 1, accountId: 'account1', folder: 'INBOX' };
const answering = createZoneResolver({ 'quiet.example': { A: ['192.0.2.1'] } });

function setUp(
  resolver: Resolver = answering,
  remember = true,
  observed = memoryOf(),
  passKeys: readonly string[] = [],
  circle = createCircle([], []),
) {
  const readRaw = vi.fn(() => Promise.resolve(RAW));
  const learn = vi.fn(() => Promise.resolve());
  const note = vi.fn((_report: Report, _digest: () => Promise<string>) => Promise.resolve());
  const archive = memoryArchive();
  const checker = createChecker({
    host: { readRaw, ownAddresses: () => Promise.resolve(['ann@quiet.example']) },
    loadSettings: () => Promise.resolve({ ...DEFAULT_SETTINGS, remember }),
    resolverFor: () => Promise.resolve(resolver),
    memory: { archive, observed, learn, circle: () => Promise.resolve(circle) },
    passKeys: { inForce: () => Promise.resolve(passKeys), note },
    now: () => NOW,
  });
  return { checker, readRaw, learn, note };
}

describe('the checker', () => {
  it('compares authors with domains the reader knows, where anything is remembered', async () => {
    const known = [parseDomain('quiit.example')].filter((domain) => domain !== undefined);
    const idsWith = async (remember: boolean): Promise<readonly string[]> => {
      const { checker } = setUp(undefined, remember, undefined, undefined, createCircle([], known));
      return (await checker.check(MESSAGE)).report.findings.map(({ id }) => id);
    };
    expect(await idsWith(true)).toContain('known-domain-alike');
    expect(await idsWith(false)).not.toContain('known-domain-alike');
  });

  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('checks a message once, however often and from wherever it is asked', async () => {
    const { checker, readRaw } = setUp();
    const [first, second] = await Promise.all([checker.check(MESSAGE), checker.check(MESSAGE)]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(second).toBe(first);
    expect(await checker.check(MESSAGE)).toBe(first);
    expect(readRaw).toHaveBeenCalledOnce();
  });

  it('checks again after it was told to forget', async () => {
    const { checker, readRaw } = setUp();
    await checker.check(MESSAGE);
    checker.forget(MESSAGE.id);
    await checker.check(MESSAGE);
    checker.forget();
    await checker.check(MESSAGE);
    expect(readRaw).toHaveBeenCalledTimes(3);
  });

  it('asks again after a while what got no answer', async () => {
    const { checker, readRaw } = setUp(createUnavailableResolver('offline'));
    expect((await checker.check(MESSAGE)).report.level).toBe('unchecked');
    await checker.check(MESSAGE);
    expect(readRaw).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(60_000);
    await checker.check(MESSAGE);
    expect(readRaw).toHaveBeenCalledTimes(2);
  });

  it('tells a message it cannot read from a fault of its own, and tries again', async () => {
    const { checker, readRaw } = setUp();
    readRaw.mockRejectedValueOnce(new Error('Message not found: 1.'));
    await expect(checker.check(MESSAGE)).rejects.toThrow(UnreadableMessage);
    await expect(checker.check(MESSAGE)).resolves.toHaveProperty('report');
  });

  it('remembers a bounded number of messages', async () => {
    const { checker, readRaw } = setUp();
    for (let id = 1; id <= 100; id++) await checker.check({ id, accountId: null, folder: null });
    readRaw.mockClear();
    await checker.check({ id: 100, accountId: null, folder: null });
    expect(readRaw).not.toHaveBeenCalled();
    await checker.check({ id: 1, accountId: null, folder: null });
    expect(readRaw).toHaveBeenCalledOnce();
  });

  it('hands out the header as octets, with the domain and name it was read from untouched', async () => {
    const { checker } = setUp();
    expect((await checker.check(MESSAGE)).header).toEqual([
      { name: 'From', value: ' Ann <ann@quiet.example>' },
      { name: 'Subject', value: ' Hello' },
    ]);
  });

  it('learns from a message when told that it was read, and holds earlier mail against it', async () => {
    const { checker, learn } = setUp(answering, true, memoryOf(observation('quiet.example')));
    const { report } = await checker.check(MESSAGE);
    expect(report.headline).toBe('unsigned-unlike-before');
    expect(learn).not.toHaveBeenCalled();
    await checker.learn(MESSAGE);
    expect(learn).toHaveBeenCalledExactlyOnceWith(report, expect.stringMatching(/^[\w-]{16}$/), NOW);
  });

  it('looks for the pass keys in force, and notes each check for those it finds', async () => {
    const { checker, note } = setUp(answering, true, memoryOf(), ['org.example.me:key']);
    const { report } = await checker.check(MESSAGE);
    expect(report.solicitation.passKeys).toEqual([]);
    expect(note).toHaveBeenCalledOnce();
    const [noted, digest] = note.mock.calls[0] ?? [];
    expect(noted).toBe(report);
    expect(await digest?.()).toMatch(/^[\w-]{16}$/);
    const other = setUp(answering, false, memoryOf(), ['org.example.me:key']);
    await other.checker.check(MESSAGE);
    expect(other.note).not.toHaveBeenCalled();
  });

  it('knows the addresses of its reader, by which mail that comes back is told from other people’s', async () => {
    const { checker, readRaw } = setUp();
    const returned = 'From: Eve <eve@other.example>\r\n\r\n';
    const bounce = reportMessage({ type: 'delivery-status', status: FAILED, returned });
    readRaw.mockResolvedValueOnce(new TextEncoder().encode(bounce));
    const { report } = await checker.check(MESSAGE);
    expect(report.deliveryReport?.ownership).toEqual({ result: 'foreign', reason: 'other-author' });
  });

  it('tells what needs no answer before there is one, and how far it is, reading the message once', async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (answer = resolve));
    const slow: Resolver = { query: (...question) => waiting.then(() => answering.query(...question)) };
    const { checker, readRaw } = setUp(slow, true, memoryOf(observation('quiet.example')));
    const checking = checker.check(MESSAGE);
    const first = await checker.lookFirst(MESSAGE);
    expect(first.report.identities.from[0]?.address).toBe('ann@quiet.example');
    expect(first.report.observed).toBeNull();
    expect(first).toMatchObject({ answered: 0 });
    expect((await checker.lookFirst(MESSAGE)).asked).toBeGreaterThan(0);
    answer();
    expect((await checking).report.headline).toBe('unsigned-unlike-before');
    const { asked, answered } = await checker.lookFirst(MESSAGE);
    expect(answered).toBe(asked);
    expect(readRaw).toHaveBeenCalledOnce();
  });

  it('learns nothing from a message that was not checked', async () => {
    const { checker, learn } = setUp();
    await checker.learn(MESSAGE);
    expect(learn).not.toHaveBeenCalled();
  });

  it('neither learns nor looks where the reader wants nothing remembered', async () => {
    const { checker, learn } = setUp(answering, false, memoryOf(observation('quiet.example')));
    const { report } = await checker.check(MESSAGE);
    await checker.learn(MESSAGE);
    expect(report.observed).toBeNull();
    expect(learn).not.toHaveBeenCalled();
  });
});
