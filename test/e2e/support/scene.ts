/** The scene most tests play on: the demo mailbox in Thunderbird, and unbound with the demo's zones behind a proxy. */
import { join } from 'node:path';
import type { ZoneFile } from '../../../src/dns/zone-file.ts';
import { buildDemo } from '../../fixtures/build/demo.ts';
import type { Demo, DemoMessage } from '../../fixtures/build/demo.ts';
import { plainButton, tellsLevel } from './expected.ts';
import type { PlainButton } from './expected.ts';
import { startFaultProxy } from './fault-proxy.ts';
import type { FaultProxy } from './fault-proxy.ts';
import type { PreferenceValue } from './profile.ts';
import type { Thunderbird } from './session.ts';
import { startThunderbird } from './thunderbird.ts';
import { startUnbound } from './unbound.ts';

/** What the build leaves behind. */
export const DIST = join(import.meta.dirname, '../../../dist');
export const THUNDERBIRD_PACKAGE = join(DIST, 'countersign-thunderbird.xpi');
/** Screenshots and other things to look at. */
export const OUTPUT = join(DIST, 'e2e');

/** Otherwise connections within this machine go on, and here the resolver is one of them. */
const OFFLINE_IS_OFFLINE = { 'network.disable-localhost-when-offline': true };

export interface Scene {
  readonly thunderbird: Thunderbird;
  readonly demo: Demo;
  /** When the demo was made; what it expects holds at that time. */
  readonly now: Date;
  readonly proxy: FaultProxy;
  /** DoH address of unbound, through the proxy. */
  readonly resolver: string;
  /** Rows of the inbox by the id of the demo's message, or by the Message-ID of another. */
  readonly rowOf: (id: string) => number;
  /** Selects a message and returns its button once that tells a level. */
  readonly judge: (id: string) => Promise<PlainButton>;
  readonly close: () => Promise<void>;
}

export interface SceneOptions {
  /** Whether resolver and trust are already chosen. Default true. */
  readonly configured?: boolean;
  /** Messages beside those of the demo. */
  readonly extraMessages?: (demo: Demo) => readonly Uint8Array[];
  /** What the DNS says beside the demo's zone. */
  readonly extraZone?: ZoneFile;
  /** Domains whose signed records are changed on the way. */
  readonly tampered?: readonly string[];
  readonly preferences?: Readonly<Record<string, PreferenceValue>>;
}

/** Starts everything; leaves nothing behind when a part does not start. */
export async function startScene(options: SceneOptions = {}): Promise<Scene> {
  const { configured = true, extraMessages = () => [], extraZone = {}, tampered = [], preferences = {} } = options;
  const now = new Date();
  const demo = await buildDemo(now);
  const cleanups: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    const unbound = await startUnbound({ ...demo.zone, ...extraZone }, { tampered });
    cleanups.push(unbound.close);
    const proxy = await startFaultProxy(unbound.port);
    cleanups.push(proxy.close);
    const thunderbird = await startThunderbird({
      extension: THUNDERBIRD_PACKAGE,
      messages: [...demo.messages.map(({ eml }) => eml), ...extraMessages(demo)],
      display: 'own',
      authority: unbound.authority,
      preferences: { ...OFFLINE_IS_OFFLINE, ...preferences },
    });
    cleanups.push(() => thunderbird.close());
    const resolver = `https://localhost:${proxy.port}/dns-query`;
    if (configured) await thunderbird.configure({ resolver, authservIds: demo.trust.authservIds });
    const rows = await thunderbird.openInbox();
    const rowOf = (id: string) => {
      const wanted = demo.messages.find((message) => message.id === id);
      const messageId = wanted === undefined ? id : messageIdOf(wanted.eml);
      const row = rows.findIndex((one) => one.messageId === messageId);
      if (row < 0) throw new Error(`the inbox has no ${id}`);
      return row;
    };
    const judge = async (id: string) => {
      await thunderbird.select(rowOf(id));
      return plainButton(await thunderbird.waitForButton(tellsLevel));
    };
    return { thunderbird, demo, now, proxy, resolver, rowOf, judge, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The message of the demo with that id. */
export function demoMessage(demo: Demo, id: string): DemoMessage {
  const found = demo.messages.find((message) => message.id === id);
  if (found === undefined) throw new Error(`the demo has no ${id}`);
  return found;
}

function messageIdOf(eml: Uint8Array): string {
  const found = /^Message-ID:\s*<([^>]+)>/im.exec(Buffer.from(eml).toString('latin1'));
  if (found?.[1] === undefined) throw new Error('a message of the demo has no Message-ID');
  return found[1];
}
