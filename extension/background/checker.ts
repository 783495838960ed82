/** Checks messages of a host with the reader's settings, and remembers the newest results while the background is awake. */
import { bytesToText } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import type { Resolver } from '../../src/dns/resolver.ts';
import { parseMessage } from '../../src/message/parse.ts';
import type { Report } from '../../src/report/types.ts';
import type { HostMessage, MailHost } from '../hosts/host.ts';
import type { ShownField } from '../messaging/protocol.ts';
import { trustOf, type Settings } from '../settings/settings.ts';

export interface CheckedMessage {
  readonly report: Report;
  readonly header: readonly ShownField[];
  readonly headerCut: boolean;
}

export interface CheckerPorts {
  readonly host: Pick<MailHost, 'readRaw'>;
  readonly loadSettings: () => Promise<Settings>;
  readonly resolverFor: (url: string | null) => Promise<Resolver>;
  readonly now: () => Date;
}

/** The host could not hand out the source: not yet downloaded, deleted meanwhile, or a fault of the store. */
export class UnreadableMessage extends Error {}

export interface Checker {
  check(message: HostMessage): Promise<CheckedMessage>;
  /** Forgets what is known of one message, or of all. */
  forget(messageId?: number): void;
}

const REMEMBERED = 40;
/** How long a result with unanswered questions is kept: long enough for the panel to show what the button says. */
const UNANSWERED_MS = 30_000;
/** Header fields handed to the panel; a reader scrolls no further. */
const MOST_FIELDS = 500;
const LONGEST_FIELD = 20_000;

export function createChecker({ host, loadSettings, resolverFor, now }: CheckerPorts): Checker {
  const known = new Map<number, Promise<CheckedMessage>>();

  async function checkAnew({ id, accountId }: HostMessage): Promise<CheckedMessage> {
    const [raw, settings] = await Promise.all([readRaw(id), loadSettings()]);
    return checkRaw(raw, settings, accountId, await resolverFor(settings.resolver), now);
  }

  async function readRaw(id: number): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await host.readRaw(id);
    } catch (error) {
      throw new UnreadableMessage(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  return {
    check(message) {
      const earlier = known.get(message.id);
      if (earlier) return earlier;
      const checking = checkAnew(message);
      known.set(message.id, checking);
      const drop = (): void => {
        if (known.get(message.id) === checking) known.delete(message.id);
      };
      // What failed is tried again the next time; what got no answer is asked again after a while.
      checking.then(({ report }) => {
        if (report.dnsFailures.length > 0) setTimeout(drop, UNANSWERED_MS);
      }, drop);
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
      return checking;
    },
    forget(messageId) {
      if (messageId === undefined) known.clear();
      else known.delete(messageId);
    },
  };
}

/** One check of raw bytes, with the header as the panel shows it. */
export async function checkRaw(
  raw: Uint8Array<ArrayBuffer>,
  settings: Settings,
  accountId: string | null,
  resolver: Resolver,
  now: () => Date,
): Promise<CheckedMessage> {
  const report = await checkMessage(raw, {
    resolver,
    now,
    trust: trustOf(settings, accountId),
    checks: settings.checks,
  });
  const { fields } = parseMessage(raw);
  const header = fields.slice(0, MOST_FIELDS).map(({ name, valueStart, end }) => ({
    name,
    value: bytesToText(raw.subarray(valueStart, Math.min(end, valueStart + LONGEST_FIELD))),
  }));
  return { report, header, headerCut: fields.length > MOST_FIELDS };
}
