/**
 * Carries out what entries intend. Every act is one that can be repeated: what is so already is not done again, so that an
 * interrupted batch is finished by the same code.
 */
import type { MailStore, MessageUpdate, StoredMessage } from '../../hosts/mail-store.ts';
import { hasMarks } from '../../journal/changes.ts';
import type { Change, Entry, Problem } from '../../journal/types.ts';
import { errorText } from '../../judging/fault.ts';
import { eachOf } from './each-of.ts';
import { locateEntries, type Located } from './locate.ts';

/** Updates in flight at once. */
const AT_ONCE = 4;

/**
 * Does what is still to be done and returns the entries with their outcome. Messages are moved first and marked where they arrive:
 * a mail program hands marks on to the server in its own time, and would do it for a message that is no longer there.
 */
export async function carryOut(store: MailStore, located: readonly Located[]): Promise<readonly Entry[]> {
  const outcomes = new Map(located.map(({ entry }) => [entry.id, new Outcome(entry)]));
  const outcomeOf = ({ id }: Entry): Outcome => outcomes.get(id) ?? raise(id);
  if (!(await store.mayAct())) {
    for (const { entry } of located) outcomeOf(entry).tell('not-permitted', '', { stayed: true });
    return [...outcomes.values()].map((outcome) => outcome.entry());
  }
  const tags = new Set(located.flatMap(({ entry }) => entry.change.addTags));
  await store.ensureTags([...tags]).catch(() => undefined); // what cannot be set is told of each message

  const places = new Map(located.map(({ entry, source, target }) => [entry.id, source ?? target]));
  for (const { entry, source, target } of located) {
    if (!source && !target) outcomeOf(entry).tell('not-found', '');
    if (source && target) outcomeOf(entry).tell('in-two-places', '');
  }
  for (const [folderId, group] of movesOf(located)) {
    await move(store, folderId, group, places, outcomeOf);
  }
  await eachOf(located, AT_ONCE, async ({ entry }) => {
    const message = places.get(entry.id);
    if (!message) return;
    try {
      await update(store, message, entry.change);
    } catch (error) {
      outcomeOf(entry).tell('refused', errorText(error));
    }
  });
  return [...outcomes.values()].map((outcome) => outcome.entry());
}

/** How an entry comes out. */
class Outcome {
  readonly #entry: Entry;
  readonly #problems: Problem[];
  /** Whether it was to be moved, and was not. */
  stayed = false;

  constructor(entry: Entry) {
    this.#entry = entry;
    this.#problems = [...entry.problems];
  }

  tell(why: Problem['why'], detail: string, { stayed = false } = {}): void {
    this.#problems.push({ why, detail });
    this.stayed ||= stayed;
  }

  /** A move that was not made is no part of the change, so that undoing looks for the message where it is. */
  entry(): Entry {
    const { moveTo, ...rest } = this.#entry.change;
    const change: Change = this.stayed || moveTo === undefined ? rest : this.#entry.change;
    return {
      ...this.#entry,
      state: this.#problems.length === 0 ? 'done' : 'failed',
      change,
      problems: this.#problems,
    };
  }
}

function raise(id: number): never {
  throw new RangeError(`no entry ${id}`);
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

/**
 * Moves a group in one go. Where that is refused, those that are still in their place were not moved. Those that did not show up
 * where they went are looked for there.
 */
async function move(
  store: MailStore,
  folderId: string,
  group: readonly Located[],
  places: Map<number, StoredMessage | undefined>,
  outcomeOf: (entry: Entry) => Outcome,
): Promise<void> {
  let arrived: StoredMessage[] = [];
  try {
    const ids = group.flatMap(({ source }) => source?.id ?? []);
    arrived = [...(await store.move(ids, folderId))];
  } catch (error) {
    for (const { entry, source } of group) {
      const still = source && (await store.find(source.id));
      if (still?.folderId === source?.folderId) outcomeOf(entry).tell('refused', errorText(error), { stayed: true });
    }
  }
  for (const { entry, source } of group) {
    if (outcomeOf(entry).stayed) continue;
    const at = arrived.findIndex(({ headerMessageId }) => headerMessageId === source?.headerMessageId);
    places.set(entry.id, at < 0 ? undefined : arrived.splice(at, 1)[0]);
  }
  const unseen = group.map(({ entry }) => entry).filter((entry) => !places.get(entry.id) && hasMarks(entry.change));
  if (unseen.length === 0) return;
  for (const { entry, target } of await locateEntries(store, unseen)) {
    places.set(entry.id, target);
    if (!target) outcomeOf(entry).tell('not-found', '');
  }
}
