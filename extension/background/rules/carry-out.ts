/**
 * Carries out what entries intend. Every act is one that can be repeated: what is so already is not done again, so that an
 * interrupted batch is finished by the same code.
 */
import type { MailStore, MessageUpdate, StoredMessage } from '../../hosts/mail-store.ts';
import type { Change, Entry, Problem } from '../../journal/types.ts';

/** An entry and the messages it may be about, where they are now. */
export interface Located {
  readonly entry: Entry;
  /** The message in the folder it had before. */
  readonly source: StoredMessage | undefined;
  /** The message in the folder it goes to. */
  readonly target: StoredMessage | undefined;
}

/** Updates in flight at once. */
const AT_ONCE = 4;

/** Does what is still to be done and returns the entries with their outcome. */
export async function carryOut(store: MailStore, located: readonly Located[]): Promise<readonly Entry[]> {
  const problems = new Map<number, Problem[]>(located.map(({ entry }) => [entry.id, [...entry.problems]]));
  const stayed = new Set<number>();
  const tell = ({ id }: Entry, why: Problem['why'], detail: string): void =>
    void problems.get(id)?.push({ why, detail });
  const outcomes = (): readonly Entry[] =>
    located.map(({ entry }) => withOutcome(entry, problems.get(entry.id) ?? [], stayed.has(entry.id)));

  if (!(await store.mayAct())) {
    for (const { entry } of located) {
      tell(entry, 'not-permitted', '');
      stayed.add(entry.id);
    }
    return outcomes();
  }
  const tags = new Set(located.flatMap(({ entry }) => entry.change.addTags));
  await store.ensureTags([...tags]).catch(() => undefined); // what cannot be set is told of each message
  await eachOf(located, AT_ONCE, async ({ entry, source, target }) => {
    const message = source ?? target;
    if (!message) return tell(entry, 'not-found', '');
    if (source && target && entry.change.moveTo !== undefined) tell(entry, 'in-two-places', '');
    try {
      await update(store, message, entry.change);
    } catch (error) {
      tell(entry, 'refused', textOf(error));
    }
  });
  for (const [folderId, group] of movesOf(located)) {
    await move(store, folderId, group, (entry, detail) => {
      tell(entry, 'refused', detail);
      stayed.add(entry.id);
    });
  }
  return outcomes();
}

async function update(store: MailStore, message: StoredMessage, change: Change): Promise<void> {
  const wanted = [...message.tags.filter((tag) => !change.removeTags.includes(tag))];
  wanted.push(...change.addTags.filter((tag) => !wanted.includes(tag)));
  const marks = (['read', 'flagged', 'junk'] as const).flatMap((mark) =>
    change[mark] === undefined || change[mark] === message[mark] ? [] : [[mark, change[mark]] as const],
  );
  const isSame = wanted.length === message.tags.length && wanted.every((tag) => message.tags.includes(tag));
  const all: MessageUpdate = { ...(isSame ? {} : { tags: wanted }), ...Object.fromEntries(marks) };
  if (Object.keys(all).length === 0) return;
  await store.update(message.id, all);
  if (all.tags === undefined) return;
  const now = await store.find(message.id);
  const missing = wanted.filter((tag) => now && !now.tags.includes(tag));
  if (missing.length > 0) throw new Error(missing.join(' '));
}

/** What is still to be moved, by the folder it goes to. */
function movesOf(located: readonly Located[]): ReadonlyMap<string, readonly Located[]> {
  const moves = new Map<string, Located[]>();
  for (const one of located) {
    const { moveTo } = one.entry.change;
    if (moveTo === undefined || !one.source || one.target) continue;
    const group = moves.get(moveTo);
    if (group) group.push(one);
    else moves.set(moveTo, [one]);
  }
  return moves;
}

/** Moves a group in one go. Where that is refused, those that are still in their place were not moved. */
async function move(
  store: MailStore,
  folderId: string,
  group: readonly Located[],
  tell: (entry: Entry, detail: string) => void,
): Promise<void> {
  try {
    await store.move(
      group.flatMap(({ source }) => source?.id ?? []),
      folderId,
    );
  } catch (error) {
    for (const { entry, source } of group) {
      const still = source && (await store.find(source.id));
      if (still?.folderId === source?.folderId) tell(entry, textOf(error));
    }
  }
}

/** A move that was not made is no part of the change, so that undoing looks for the message where it is. */
function withOutcome(entry: Entry, problems: readonly Problem[], stayed: boolean): Entry {
  const { moveTo, ...rest } = entry.change;
  const change: Change = stayed || moveTo === undefined ? rest : entry.change;
  return { ...entry, state: problems.length === 0 ? 'done' : 'failed', change, problems };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Works on all items, so many at once; stops at the first fault. */
export async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: Math.min(atOnce, items.length) }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}
