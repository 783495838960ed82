/**
 * Replies that go to a twin of the author's mailbox: the same provider, a name nearly the same. At providers where anybody gets a mailbox,
 * 50 of 7,908 deceptive messages have that and one of 12,776 honest ones.
 */
import { asciiLower } from '../bytes/ascii.ts';
import type { Mailbox } from '../message/types.ts';
import { FREE_PROVIDERS, IGNORES_DOTS } from './free-providers.ts';
import { isOneSlipApart } from './neighbour.ts';
import { plainText } from './shown-text.ts';

export interface ReplyToTwin {
  readonly author: string;
  readonly replyTo: string;
  /** Whether anybody can have a mailbox there. */
  readonly freeProvider: boolean;
}

/** Shorter local parts are alike by chance. */
const SHORTEST = 4;

export function findReplyToTwins(from: readonly Mailbox[], replyTo: readonly Mailbox[]): readonly ReplyToTwin[] {
  return from.flatMap((author) =>
    replyTo
      .filter((answer) => author.domain !== null && answer.domain === author.domain)
      .filter((answer) => isTwin(author, answer))
      .map((answer) => ({
        author: author.address,
        replyTo: answer.address,
        freeProvider: FREE_PROVIDERS.has(author.domain ?? ''),
      })),
  );
}

function isTwin(author: Mailbox, answer: Mailbox): boolean {
  const domain = author.domain ?? '';
  const [one, other] = [author, answer].map(({ localPart }) => mailboxName(localPart, domain)) as [string, string];
  // Separators alone make no other person: programs and people write `no-reply` and `noreply`.
  if (
    one === other ||
    one.length < SHORTEST ||
    other.length < SHORTEST ||
    withoutSeparators(one) === withoutSeparators(other)
  ) {
    return false;
  }
  if (lettersOf(one) === lettersOf(other) && lettersOf(one).length >= SHORTEST) return true;
  return isOneSlipApart(withoutSeparators(one), withoutSeparators(other)) || bearsName(author.displayName, other);
}

/** What tells mailboxes apart at that provider: tags behind "+" do not, nor do dots where the provider says so. */
function mailboxName(localPart: string, domain: string): string {
  const name = asciiLower(localPart.split('+', 1)[0] ?? '');
  return IGNORES_DOTS.has(domain) ? name.replaceAll('.', '') : name;
}

function withoutSeparators(name: string): string {
  return name.replace(/[._-]/g, '');
}

function lettersOf(name: string): string {
  return name.replace(/[\d._-]/g, '');
}

/** Whether a local part bears every word of a name of two or more. */
function bearsName(displayName: string, localPart: string): boolean {
  const words =
    plainText(displayName)
      .toLowerCase()
      .match(/[\p{L}\p{M}]{3,}/gu) ?? [];
  return words.length >= 2 && words.every((word) => localPart.includes(word));
}
