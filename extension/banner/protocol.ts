/**
 * What the script in a message may ask of the background, and nothing else: what to show above the message it is in, to open
 * the details of that message, and to keep such banners away. Apart from the requests of pages (messaging/protocol.ts), which a script in a message may not make.
 */

/** Everything the banner shows, as finished words. */
export interface BannerContent {
  readonly look: 'note' | 'broken' | 'caution' | 'warning';
  /** What kind of banner it is, in a word. */
  readonly word: string;
  readonly title: string;
  /** Empty where the title says it all. */
  readonly text: string;
  /** What a screen reader calls it. */
  readonly label: string;
  readonly evidence: string;
  readonly close: string;
  /** Keeps banners of this finding away from mail of this sender; null where that is not possible. */
  readonly mute: string | null;
  readonly language: string;
}

export type BannerRequestName = 'banner' | 'banner-evidence' | 'banner-mute';

export interface BannerRequest {
  readonly name: BannerRequestName;
}

const NAMES: ReadonlySet<unknown> = new Set<BannerRequestName>(['banner', 'banner-evidence', 'banner-mute']);

export function isBannerRequest(message: unknown): message is BannerRequest {
  if (typeof message !== 'object' || message === null || !('name' in message)) return false;
  return NAMES.has(message.name);
}
