/** What every webmail offers to the script in its pages: which messages are on display, where a badge goes, and where the source is. */

/** A page, or a frame of it, as it is at this moment. */
export interface WebPage {
  readonly document: Document;
  readonly url: URL;
}

/** A message on display, or in a list. */
export interface PlacedMessage {
  /** As the webmail itself knows it, so that a message in the list and on display is the same one. */
  readonly id: string;
  /** What the badge is put behind. */
  readonly place: Element;
}

/** How the source of a message is asked for: always of the page's own origin, with the reader's own session. */
export interface SourceRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * How the answer holds the message. `octets`: as it is. `code-points`: as UTF-8, in which each character stands for the octet of its
   * number.
   */
  readonly form: 'octets' | 'code-points';
}

export interface WebHost {
  readonly name: WebHostName;
  recognises(page: WebPage): boolean;
  /** The messages on display in this page or frame, in order. */
  shown(page: WebPage): readonly PlacedMessage[];
  /** Null where this page has no way to the source. */
  source(page: WebPage, id: string): SourceRequest | null;
  /** The rows of the list of messages, as far as there is one. */
  listed(page: WebPage): readonly PlacedMessage[];
}

export type WebHostName = 'roundcube';
