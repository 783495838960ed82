/**
 * Works off runs, one step after the other: a step takes some messages from the queue, looks at them, writes down what is to be
 * done, does it, and writes down how it came out. All that has to outlast an end of the background is in the journal:
 *
 * - before a step was written down nothing of it was done, and its messages are still in the queue;
 * - after that its messages are out of the queue, and what was not finished is finished first at the next start;
 * - a mail program that was killed right after a step may not have told the server yet: marks of that moment of which the server
 *   shows nothing are set once more. What its reader changed before that or after stays as the reader wants it.
 */
import type { RuleSet } from '../../../src/rules/types.ts';
import type { Entry, Run, Span } from '../../journal/types.ts';
import { carryOut } from './carry-out.ts';
import { collect } from './collect.ts';
import { findByNumber, locateEntries, renumber } from './locate.ts';
import { lookAtEntries, lookAtMessages, type LookPorts, type Notice } from './look.ts';
import { showsNoMark } from './plan.ts';

export interface RunnerPorts extends LookPorts {
  readonly loadRules: () => Promise<RuleSet>;
  /** Tells the reader, once. */
  readonly notify: (notices: readonly Notice[]) => Promise<void>;
  /** Resolves once the mail program is up to date enough to act on its mail; true where it was started since the last time. */
  readonly ready: () => Promise<boolean>;
  /** While it is on, the background is woken again should it end. */
  readonly keepAwake: (on: boolean) => Promise<void>;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface Runner {
  /** Works until there is nothing left to do; whoever calls it meanwhile waits for the same. */
  wake(): Promise<void>;
}

/** A step is short, so that pausing and cancelling take effect soon. */
const STEP = 50;
/** Time in which a mail program hands marks on to the server. */
const HANDING_ON_MS = 20_000;
const NEVER: Span = { from: new Date(0), to: new Date(0) };
const GENTLE_STEP = 10;
const GENTLE_MS_PER_MESSAGE = 100;
/** Looking again for messages to undo: an IMAP server's list of a folder may lag behind what was moved there. */
const UNDO_PASSES = 3;
const UNDO_WAIT_MS = 3000;

export function createRunner(ports: RunnerPorts): Runner {
  const { store, journal, loadRules, notify, ready, keepAwake, sleep, now } = ports;
  /** Times the numbers of a run's messages were looked up since the background started. */
  const passes = new Map<number, number>();
  let working: Promise<void> | undefined;
  let again = false;
  let recovered = false;
  let confirming = false;

  function wake(): Promise<void> {
    again = true;
    working ??= work();
    return working;
  }

  async function work(): Promise<void> {
    try {
      while (again) {
        again = false;
        await workOff();
      }
    } catch (error) {
      console.error(error); // the journal itself fails; what it holds is taken up at the next start
    } finally {
      working = undefined;
      await keepAwake(false).catch(console.error);
    }
  }

  async function workOff(): Promise<void> {
    if (!recovered) await recover();
    recovered = true;
    for (let run = nextOf(await journal.running()); run; run = nextOf(await journal.running())) {
      await keepAwake(true);
      if (run.mode !== 'preview') await ready(); // a preview changes nothing, so it need not wait
      try {
        await (run.collected ? step(run) : collect(store, journal, run));
      } catch (error) {
        await giveUp(run, error);
      }
    }
  }

  /** Finishes what an earlier life of the background left. */
  async function recover(): Promise<void> {
    const interrupted = await journal.intended();
    const unconfirmed = await journal.unconfirmed();
    if (interrupted.length === 0 && unconfirmed.length === 0) return;
    await keepAwake(true);
    const isNewSession = await ready();
    if (isNewSession) await repeat(unconfirmed);
    await (isNewSession ? journal.confirm(NEVER) : confirm());
    if (interrupted.length > 0) await settle(await carryOut(store, await locateEntries(store, interrupted)));
    else void confirmLater();
  }

  /** Sets marks again that cannot have reached the server, which has none of them. */
  async function repeat(entries: readonly Entry[]): Promise<void> {
    const located = (await locateEntries(store, entries)).flatMap(({ entry, source, target }) => {
      const { moveTo, ...marks } = entry.change;
      const place = moveTo === undefined ? source : target;
      if (!place || !showsNoMark(entry, place)) return [];
      return [{ entry: { ...entry, change: marks }, source: place, target: undefined }];
    });
    if (located.length > 0) await carryOut(store, located);
  }

  async function settle(entries: readonly Entry[]): Promise<void> {
    await journal.settle(entries, now());
    await confirm();
    void confirmLater();
  }

  /** Marks that had their time are on the server; so are those of a time to come, which the clock was set back from. */
  function confirm(): Promise<void> {
    const to = now();
    return journal.confirm({ from: new Date(to.getTime() - HANDING_ON_MS), to });
  }

  /** One for all that was settled meanwhile, which is longest at work where nothing comes after it. */
  async function confirmLater(): Promise<void> {
    if (confirming) return;
    confirming = true;
    try {
      await sleep(HANDING_ON_MS);
      await confirm();
    } catch (error) {
      console.error(error);
    } finally {
      confirming = false;
    }
  }

  async function step(run: Run): Promise<void> {
    const started = now().getTime();
    const { rows, found } = await nextMessages(run);
    if (rows.length === 0) {
      passes.delete(run.id);
      return journal.finish(run.id, now());
    }
    const { entries, notices } =
      run.mode === 'undo'
        ? await lookAtEntries(ports, run, rows, found)
        : await lookAtMessages(ports, run, (await journal.rulesOf(run.id)) ?? (await loadRules()), rows, found);
    const worked = (): number => now().getTime() - started;
    const written = await journal.record({
      run: run.id,
      rows: rows.map(({ id }) => id),
      entries,
      workedMs: worked(),
    });
    if (notices.length > 0) await notify(notices).catch(console.error);
    const recordedAt = now().getTime();
    const byMessage = new Map([...found.values()].map((message) => [message.id, message]));
    const intended = written.filter(({ state }) => state === 'intended');
    if (intended.length > 0) {
      const located = intended.map((entry) => ({ entry, source: byMessage.get(entry.messageId), target: undefined }));
      await settle(await carryOut(store, located));
      await journal.changeRun(run.id, ({ workedMs }) => ({ workedMs: workedMs + now().getTime() - recordedAt }));
    }
    if (run.pace === 'gentle') await sleep(Math.max(0, rows.length * GENTLE_MS_PER_MESSAGE - worked()));
  }

  /** The next rows of a run and their messages; numbers of an earlier session are looked up once. */
  async function nextMessages(run: Run) {
    const most = run.pace === 'gentle' ? GENTLE_STEP : STEP;
    let rows = await journal.nextRows(run.id, most);
    let found = await findByNumber(store, rows);
    const mostPasses = run.mode === 'undo' ? UNDO_PASSES : 1;
    while (found.size < rows.length && (passes.get(run.id) ?? 0) < mostPasses) {
      const pass = (passes.get(run.id) ?? 0) + 1;
      passes.set(run.id, pass);
      if (pass > 1) await sleep(UNDO_WAIT_MS);
      await renumber(store, journal, run.id, passNumber());
      rows = await journal.nextRows(run.id, most);
      found = await findByNumber(store, rows);
    }
    return { rows, found };
  }

  /** New mail that was not looked at yet waits for its run to go on; of other runs nothing is left to do. */
  async function giveUp({ id, origin }: Run, error: unknown): Promise<void> {
    console.error(error);
    await journal.changeRun(id, () => ({ state: 'broken', endedAt: now().toISOString(), error: String(error) }));
    if (origin.kind !== 'new-mail') await journal.emptyQueue(id);
  }

  return { wake };
}

/** Unlike that of any earlier pass, also of a life of the background in which the clock showed another time. */
function passNumber(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** New mail goes before what is done at leisure. */
function nextOf(runs: readonly Run[]): Run | undefined {
  return runs.find(({ origin }) => origin.kind === 'new-mail') ?? runs[0];
}
