/** Checks one saved message as the reader's settings have it, and says what their rules make of it. */
import { parseMessage } from '../../src/message/parse.ts';
import { memory } from '../adapters/memory.ts';
import { loadClasses } from '../adapters/classes-store.ts';
import { resolverFor } from '../adapters/resolver.ts';
import { loadRules } from '../adapters/rules-store.ts';
import { loadSettings } from '../adapters/settings-store.ts';
import { checkParsed, type CheckOptions } from './checker.ts';
import type { CheckedMessage } from './checked-message.ts';
import { activeKeys } from '../classes/collection.ts';
import { applyRules, type RulesReply } from './outcome.ts';

/** A saved file can hold anything its writer liked, so no server named in it is believed. */
export async function checkSaved(raw: Uint8Array<ArrayBuffer>, options: CheckOptions = {}): Promise<CheckedMessage> {
  const [settings, classes, circle] = await Promise.all([loadSettings(), loadClasses(), memory.circle()]);
  const own = { ...memory, circle, passKeys: activeKeys(classes) };
  return checkParsed(parseMessage(raw), settings, null, await resolverFor(settings), () => new Date(), own, options);
}

/** It is in no account and in no folder. A fault of the rules takes nothing from what was found. */
export async function judgeSaved({ report }: CheckedMessage): Promise<RulesReply> {
  try {
    return applyRules(await loadRules(), { report }, []);
  } catch (error) {
    console.error(error);
    return 'unreadable';
  }
}
