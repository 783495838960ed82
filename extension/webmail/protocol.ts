/**
 * What the script in a page of webmail may ask of the background, and nothing else: to be told what a text is found to be, and what was
 * found before of messages it names. The page can make the script say anything, so every request is read as an attacker's
 * ({@link readWebRequest}). What the background says to the script is an order without content.
 */
import { DOUBTS, MOST_SOURCE_OCTETS, TROUBLES, type SourceDoubt, type SourceTrouble } from '../hosts/web/source.ts';
import type { WebHostName } from '../hosts/web/types.ts';
import type { ShownLevel } from '../ui/level-icon.tsx';

export type WebRequest =
  /** These messages are on display in the frame that asks, and no others. */
  | { readonly name: 'web-shown'; readonly ids: readonly string[] }
  /** The source of a message on display, a character an octet. */
  | { readonly name: 'web-source'; readonly id: string; readonly source: string; readonly doubt: SourceDoubt | null }
  /** There is no source to be had. */
  | { readonly name: 'web-trouble'; readonly id: string; readonly why: SourceTrouble }
  /** The reader pressed the badge of a message on display. */
  | { readonly name: 'web-details'; readonly id: string }
  /** What was found of messages in a list. */
  | { readonly name: 'web-listed'; readonly ids: readonly string[] };

/** Everything a badge shows, as finished words. */
export interface WebBadge {
  readonly look: ShownLevel | 'none';
  readonly word: string;
  readonly title: string;
  /** What the reader's rules mark the message with, and its class of mail. */
  readonly marks: readonly string[];
}

/** Null where the site was taken back, or the message is on display no more. */
export type BadgeReply = WebBadge | null;
/** By the id of the message. */
export type ListedReply = Readonly<Record<string, WebBadge>>;

/** What the background tells the script: to hand in everything anew, that lists have news, to vanish, or to tell what it recognises. */
export type WebOrder = { readonly name: 'web-again' | 'web-news' | 'web-leave' | 'web-diagnose' };

/** What one frame recognises; holds nothing of any message. */
export interface FrameDiagnosis {
  readonly path: string;
  readonly host: WebHostName | null;
  readonly shown: number;
  readonly listed: number;
  readonly sources: number;
  readonly troubles: readonly SourceTrouble[];
}

/** Messages one frame can have on display, and rows a list can ask for at once. */
export const MOST_SHOWN = 50;
export const MOST_LISTED = 300;
const LONGEST_ID = 3000;

/** The request a message holds; null where it is none, or one of absurd size. */
export function readWebRequest(message: unknown): WebRequest | null {
  if (typeof message !== 'object' || message === null) return null;
  const { name, id, ids, source, doubt, why } = message as Readonly<Record<string, unknown>>;
  switch (name) {
    case 'web-shown':
      return areIds(ids, MOST_SHOWN) ? { name, ids } : null;
    case 'web-listed':
      return areIds(ids, MOST_LISTED) ? { name, ids } : null;
    case 'web-details':
      return isId(id) ? { name, id } : null;
    case 'web-trouble':
      return isId(id) && isOneOf(TROUBLES, why) ? { name, id, why } : null;
    case 'web-source':
      if (!isId(id) || typeof source !== 'string' || source.length > MOST_SOURCE_OCTETS) return null;
      if (doubt !== null && !isOneOf(DOUBTS, doubt)) return null;
      return /[^\0-\xff]/.test(source) ? null : { name, id, source, doubt };
    default:
      return null;
  }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_ID;
}

function areIds(value: unknown, most: number): value is readonly string[] {
  return Array.isArray(value) && value.length <= most && value.every(isId);
}

function isOneOf<T extends string>(known: readonly T[], value: unknown): value is T {
  return (known as readonly unknown[]).includes(value);
}
