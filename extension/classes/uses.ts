/** Which mail used a pass key: what is kept of it, counted once per message and bounded. Pure. */
import { asciiEqual } from '../../src/bytes/ascii.ts';
import { LIMITS } from '../../src/limits.ts';
import type { Report } from '../../src/report/types.ts';
import { receivedAt } from '../../src/trace/path.ts';
import { listIn, textsIn, type PassKey } from './collection.ts';

export interface PassKeyUse {
  readonly keyword: string;
  /** By which the message is known again. */
  readonly digest: string;
  /** When it was received: ISO time. */
  readonly at: string;
  /** The author domain, in A-label form; null where there is not one. */
  readonly author: string | null;
  /** Domains whose signatures cover the whole declaration; empty where anyone can have written the key. */
  readonly signedBy: readonly string[];
}

/** Uses kept of one key, the latest received; older ones go first. */
export const MOST_USES = 100;
const MOST_USES_OF_ALL = 2000;
const MOST_SIGNERS = 8;
const LONGEST_TEXT = 255;

/** The reader's keys, in force or revoked, that a message declares. */
export function keysUsed({ solicitation }: Report, passKeys: readonly PassKey[]): readonly string[] {
  return passKeys
    .map(({ keyword }) => keyword)
    .filter((keyword) => solicitation.declared.some((declared) => asciiEqual(declared, keyword)))
    .slice(0, LIMITS.solicitationKeywords);
}

/** @param now for a message of which no own server says when it was received */
export function useOf(
  keyword: string,
  digest: string,
  { solicitation, identities, path }: Report,
  now: Date,
): PassKeyUse {
  const { from } = identities;
  return {
    keyword,
    digest,
    at: (receivedAt(path) ?? now).toISOString(),
    author: from.length === 1 ? (from[0]?.domain ?? null) : null,
    signedBy: solicitation.signedBy.slice(0, MOST_SIGNERS),
  };
}

/** With one more use. A message that was checked again is shown as it was found last. */
export function addUse(uses: readonly PassKeyUse[], use: PassKeyUse): readonly PassKeyUse[] {
  const others = uses.filter(({ keyword, digest }) => !(asciiEqual(keyword, use.keyword) && digest === use.digest));
  const ofKey = [...usesOf(others, use.keyword), use].sort(byTime).slice(0, MOST_USES);
  return [...others.filter(({ keyword }) => !asciiEqual(keyword, use.keyword)), ...ofKey].slice(-MOST_USES_OF_ALL);
}

/** Uses of one key, the latest first. */
export function usesOf(uses: readonly PassKeyUse[], key: string): readonly PassKeyUse[] {
  return uses.filter(({ keyword }) => asciiEqual(keyword, key)).toSorted(byTime);
}

function byTime(left: PassKeyUse, right: PassKeyUse): number {
  return left.at < right.at ? 1 : left.at > right.at ? -1 : 0;
}

/** Uses out of whatever storage held. */
export function repairUses(stored: unknown): readonly PassKeyUse[] {
  return listIn(stored, 'uses')
    .flatMap((use): readonly PassKeyUse[] => {
      const [keyword, digest, at, author] = textsIn(use, ['keyword', 'digest', 'at', 'author']);
      if (keyword === '' || digest === '' || Number.isNaN(Date.parse(at))) return [];
      const signers = listIn(use, 'signedBy').filter((signer) => typeof signer === 'string');
      return [
        {
          keyword,
          digest: digest.slice(0, LONGEST_TEXT),
          at,
          author: author === '' ? null : author.slice(0, LONGEST_TEXT),
          signedBy: signers.slice(0, MOST_SIGNERS).map((signer) => signer.slice(0, LONGEST_TEXT)),
        },
      ];
    })
    .slice(-MOST_USES_OF_ALL);
}
