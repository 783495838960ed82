/**
 * What the script in a message may ask of the background, and nothing else: what to show above the message it stands in, and to open
 * the panel of that message. Apart from the requests of pages (messaging/protocol.ts), which a script in a message may not make.
 */

/** Everything the banner shows, as finished words. */
export interface BannerContent {
  readonly look: 'note' | 'caution' | 'warning';
  /** What kind of banner it is, in a word. */
  readonly word: string;
  readonly title: string;
  /** Empty where the title says it all. */
  readonly text: string;
  /** What a screen reader calls it. */
  readonly label: string;
  readonly evidence: string;
  readonly close: string;
  readonly language: string;
}

export type BannerRequestName = 'banner' | 'banner-evidence';

export interface BannerRequest {
  readonly name: BannerRequestName;
}

export function isBannerRequest(message: unknown): message is BannerRequest {
  if (typeof message !== 'object' || message === null || !('name' in message)) return false;
  return message.name === 'banner' || message.name === 'banner-evidence';
}
