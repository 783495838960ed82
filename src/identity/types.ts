/** Who is shown and who is named: From, Sender, Reply-To, Return-Path, and the Purported Responsible Address (RFC 4407). */
import type { Mailbox } from '../message/types.ts';
import type { Likeness } from './circle.ts';
import type { CharacterEffect } from './deceptive-characters.ts';
import type { ReplyToTwin } from './reply-to.ts';

/** Why there is no PRA (RFC 4407 §2, steps 3 to 6). */
export type PraIllFormed = 'several-sender' | 'several-from' | 'no-from' | 'not-one-mailbox' | 'no-domain';
export type PraField = 'Resent-Sender' | 'Resent-From' | 'Sender' | 'From';

export type PraResult =
  | { readonly field: PraField; readonly index: number; readonly address: string; readonly domain: string }
  | { readonly illFormed: PraIllFormed };

/** A way in which what is shown misleads about who is named. */
export type Impersonation =
  /**
   * What is shown of the author holds an address other than the From address. Services and lists do that as well: they write "via" behind
   * it, and answers go to the address shown (`answered`).
   */
  | {
      readonly kind: 'address-in-name';
      readonly shown: string;
      readonly actual: string;
      readonly via: boolean;
      readonly answered: boolean;
    }
  /** It holds another domain: `known` to the reader, `web` where it reads as nothing else, `word` where it may as well be a name. */
  | {
      readonly kind: 'domain-in-name';
      readonly shown: string;
      readonly actual: string;
      readonly form: 'known' | 'web' | 'word';
    }
  /** A label mixes scripts or uses characters that look like others (UTS 39). */
  | { readonly kind: 'mixed-script'; readonly domain: string; readonly shown: string }
  | { readonly kind: 'look-alike'; readonly domain: string; readonly shown: string; readonly resembles: string }
  /** The domain begins like `inner`, which is somebody else's. */
  | { readonly kind: 'domain-in-subdomain'; readonly domain: string; readonly inner: string }
  /** The domain is written in letters or dots of other forms, which are mapped to plain ones (RFC 5892 §2.2). */
  | { readonly kind: 'odd-letters-domain'; readonly domain: string; readonly shown: string }
  /** The name is made of letters of mathematics and the like, or has strokes laid over its letters. */
  | { readonly kind: 'odd-letters-name'; readonly name: string; readonly reads: string }
  /** A word of the name mixes Latin with look-alikes of Cyrillic or Greek. */
  | { readonly kind: 'mixed-script-name'; readonly word: string }
  /** A name with so many blanks or characters that the address moves out of sight. */
  | { readonly kind: 'address-pushed-away'; readonly characters: number; readonly actual: string }
  /** Answers go to a mailbox nearly named like the author's, of the same provider. */
  | ({ readonly kind: 'reply-to-twin' } & ReplyToTwin)
  /** A person of that name is known at other addresses, none of them of this domain's holder. */
  | {
      readonly kind: 'known-name';
      readonly name: string;
      readonly actual: string;
      readonly known: string;
      readonly freeProvider: boolean;
    }
  /** The name is one of those that are impersonated often, and the domain is not its holder's. */
  | { readonly kind: 'brand-in-name'; readonly brand: string; readonly actual: string }
  /** The domain resembles one that the reader knows. */
  | {
      readonly kind: 'known-domain-alike';
      readonly domain: string;
      readonly known: string;
      readonly likeness: Likeness;
    }
  /** Invisible or direction-changing characters in what is shown (RFC 5322 has no use for them). */
  | {
      readonly kind: 'deceptive-characters';
      readonly name: string;
      readonly codePoints: readonly string[];
      readonly effect: CharacterEffect;
    };

export interface IdentitiesReport {
  readonly from: readonly Mailbox[];
  /** How many From fields there are (RFC 5322 §3.6 wants exactly one). */
  readonly fromFields: number;
  /** The From field could not be read to its end as mailboxes. */
  readonly fromMalformed: boolean;
  readonly sender: Mailbox | null;
  readonly replyTo: readonly Mailbox[];
  /**
   * The topmost Return-Path as it is in the message, for display: an address, "" for the null path, null where there is none. Anyone
   * may have written it; the envelope sender that counts is `EnvelopeFrom` in src/trace/envelope.ts.
   */
  readonly returnPath: string | null;
  readonly pra: PraResult;
  readonly impersonations: readonly Impersonation[];
}
