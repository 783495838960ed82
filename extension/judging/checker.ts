/** Checks messages of a host with the reader's settings, and remembers the newest results while the background is awake. */
import { bytesToText } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import type { KeyArchive } from '../../src/dkim/archive.ts';
import type { Circle } from '../../src/identity/circle.ts';
import type { Resolver } from '../../src/dns/resolver.ts';
import { createUnavailableResolver } from '../../src/dns/unavailable.ts';
import { parseMessage } from '../../src/message/parse.ts';
import type { Message } from '../../src/message/types.ts';
import { digestMessage } from '../../src/practices/message-digest.ts';
import type { Lesson, ObservedMemory } from '../../src/practices/observed.ts';
import { receivedAt } from '../../src/trace/path.ts';
import type { HostMessage, MailHost } from '../hosts/host.ts';
import type { CheckedMessage, CheckProgress, FirstLook } from './checked-message.ts';
import { trustOf, type Settings } from '../settings/settings.ts';
import { errorText, UnreadableMessage } from './fault.ts';
import type { PassKeyWatch } from './pass-keys.ts';

/** What this machine remembers of mail. Minds its own troubles: nothing here throws or rejects. */
export interface Memory {
  readonly archive: KeyArchive;
  readonly observed: ObservedMemory;
  /** The domains whose signed mail the reader had often: others that look like one of them are reported. */
  circle(): Promise<Circle>;
  /** Learns from a message that was read; never twice from the same. */
  learn(lesson: Lesson, digest: string, at: Date): Promise<void>;
}

/** What the reader has on this machine that a check makes use of. */
export interface OwnKnowledge extends Pick<Memory, 'archive' | 'observed'> {
  readonly circle?: Circle;
  readonly passKeys?: readonly string[];
  /** By which mail that comes back is known as the reader's. */
  readonly ownAddresses?: readonly string[];
}

export interface CheckerPorts {
  readonly host: Pick<MailHost, 'readRaw' | 'ownAddresses'>;
  readonly loadSettings: () => Promise<Settings>;
  readonly resolverFor: (settings: Settings) => Promise<Resolver>;
  readonly memory: Memory;
  readonly passKeys: Pick<PassKeyWatch, 'inForce' | 'note'>;
  readonly now: () => Date;
}

export interface Checker {
  check(message: HostMessage): Promise<CheckedMessage>;
  /** What can be told of a message before the DNS has answered. Begins its check where that was not done. */
  lookFirst(message: HostMessage): Promise<FirstLook>;
  /** Learns from a message that its reader has open and that was checked; nothing where the reader wants nothing remembered. */
  learn(message: HostMessage): Promise<void>;
  /** Forgets what is known of one message, or of all. */
  forget(messageId?: number): void;
}

const REMEMBERED = 40;
/** How long a result with unanswered questions is kept: long enough for the panel to show what the button says. */
const UNANSWERED_MS = 30_000;
/** Header fields handed to the panel; a reader scrolls no further. */
const MOST_FIELDS = 500;
const LONGEST_FIELD = 20_000;

interface Known {
  readonly checked: CheckedMessage;
  /** By which the message is known again; null where nothing is to be remembered. */
  readonly digest: string | null;
}

/** A message in hand, with all that its check takes. */
interface Prepared {
  readonly parsed: Message;
  readonly settings: Settings;
  readonly resolver: Resolver;
  readonly own: OwnKnowledge;
}

/** A check that was begun. */
interface Begun {
  readonly prepared: Promise<Prepared>;
  readonly known: Promise<Known>;
  readonly progress: () => CheckProgress;
  firstLook?: Promise<CheckedMessage>;
}

export function createChecker({ host, loadSettings, resolverFor, memory, passKeys, now }: CheckerPorts): Checker {
  const known = new Map<number, Begun>();

  async function prepare({ id }: HostMessage): Promise<Prepared> {
    const loading = loadSettings();
    const [raw, settings, resolver, keys, ownAddresses, circle] = await Promise.all([
      readRaw(id),
      loading,
      loading.then(resolverFor),
      passKeys.inForce(),
      host.ownAddresses(),
      memory.circle(),
    ]);
    return { parsed: parseMessage(raw), settings, resolver, own: { ...memory, circle, passKeys: keys, ownAddresses } };
  }

  async function checkPrepared(
    { parsed, settings, resolver, own }: Prepared,
    { accountId }: HostMessage,
    watch: (resolver: Resolver) => Resolver,
  ): Promise<Known> {
    const checked = await checkParsed(parsed, settings, accountId, watch(resolver), now, own);
    const digest = settings.remember ? await digestMessage(parsed) : null;
    if (digest !== null) void passKeys.note(checked.report, () => Promise.resolve(digest));
    return { checked, digest };
  }

  function begin(message: HostMessage): Begun {
    const earlier = known.get(message.id);
    if (earlier) return earlier;
    const { watch, progress } = countAnswers();
    const prepared = prepare(message);
    const begun = { prepared, progress, known: prepared.then((all) => checkPrepared(all, message, watch)) };
    known.set(message.id, begun);
    const drop = (): void => {
      if (known.get(message.id) === begun) known.delete(message.id);
    };
    // What failed is tried again the next time; what got no answer is asked again after a while.
    begun.known.then(({ checked: { report } }) => {
      if (report.dnsFailures.length > 0) setTimeout(drop, UNANSWERED_MS);
    }, drop);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return begun;
  }

  async function readRaw(id: number): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await host.readRaw(id);
    } catch (error) {
      throw new UnreadableMessage(errorText(error), { cause: error });
    }
  }

  return {
    check: async (message) => (await begin(message).known).checked,
    async lookFirst(message) {
      const begun = begin(message);
      const { parsed, settings, own } = await begun.prepared;
      // What this machine remembers stays out of it: by itself, it would say more of a message than its signatures bear out.
      begun.firstLook ??= checkParsed(
        parsed,
        { ...settings, remember: false },
        message.accountId,
        NOBODY_TO_ASK,
        now,
        own,
      );
      const { report, serverNamed } = await begun.firstLook;
      return { report, serverNamed, ...begun.progress() };
    },
    async learn({ id }) {
      const found = await known.get(id)?.known.catch(() => undefined);
      if (!found || found.digest === null) return;
      const { report } = found.checked;
      await memory.learn(report, found.digest, receivedAt(report.path) ?? now());
    },
    forget(messageId) {
      if (messageId === undefined) known.clear();
      else known.delete(messageId);
    },
  };
}

/** For what can be told without asking anybody. */
const NOBODY_TO_ASK = createUnavailableResolver('offline');

/** Counts the questions of one check, and those that are answered. */
function countAnswers(): { readonly watch: (resolver: Resolver) => Resolver; readonly progress: () => CheckProgress } {
  let asked = 0;
  let answered = 0;
  return {
    watch: (resolver) => ({
      async query(name, type, options) {
        asked++;
        const answer = await resolver.query(name, type, options);
        answered++;
        return answer;
      },
    }),
    progress: () => ({ asked, answered }),
  };
}

export interface CheckOptions {
  /** The text is not there, only the header. */
  readonly headerOnly?: boolean;
}

/** One check, with the header as the panel shows it. The memory is used where the reader wants one. */
export async function checkParsed(
  message: Message,
  settings: Settings,
  accountId: string | null,
  resolver: Resolver,
  now: () => Date,
  own?: OwnKnowledge,
  { headerOnly }: CheckOptions = {},
): Promise<CheckedMessage> {
  const remembered = settings.remember ? own : undefined;
  const report = await checkMessage(message, {
    resolver,
    now,
    trust: trustOf(settings, accountId),
    checks: settings.checks,
    headerOnly,
    older: settings.older,
    brands: settings.brands,
    archive: remembered?.archive,
    observed: remembered?.observed,
    circle: remembered?.circle,
    passKeys: own?.passKeys,
    ownAddresses: own?.ownAddresses,
  });
  const { raw, fields } = message;
  const header = fields.slice(0, MOST_FIELDS).map(({ name, valueStart, end }) => ({
    name,
    value: bytesToText(raw.subarray(valueStart, Math.min(end, valueStart + LONGEST_FIELD))),
  }));
  const serverNamed = trustOf(settings, accountId).authservIds.length > 0;
  return { report, header, headerCut: fields.length > MOST_FIELDS, serverNamed };
}
