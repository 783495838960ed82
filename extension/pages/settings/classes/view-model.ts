/** Pass keys and known classes as rows of words. Computed without a browser. */
import { shownDomain } from '../../../../src/domain/name.ts';
import { ownerOf } from '../../../../src/solicitation/owner.ts';
import { counted, dayText, timeText, type Translate } from '../../../ui/words.ts';
import type { ClassCollection, PassKey } from '../../../classes/collection.ts';
import { KNOWN_CLASSES } from '../../../classes/dictionary.ts';
import { headerLine, keyDomain } from '../../../classes/pass-key.ts';
import { MOST_USES, usesOf, type PassKeyUse } from '../../../classes/uses.ts';

export interface UseView {
  readonly digest: string;
  readonly at: string;
  readonly author: string;
  readonly signed: string;
  readonly isSigned: boolean;
}

export interface PassKeyView {
  readonly keyword: string;
  readonly name: string;
  /** The header line. */
  readonly line: string;
  /** What is copied: the line with a sentence that says what to do with it. */
  readonly handout: string;
  readonly state: string;
  readonly isRevoked: boolean;
  readonly summary: string;
  /** What may be wrong with the way it is used. */
  readonly warnings: readonly string[];
  readonly uses: readonly UseView[];
}

/** The newest key first; revoked ones behind those in force. */
export function viewPassKeys(
  { passKeys }: ClassCollection,
  uses: readonly PassKeyUse[],
  t: Translate,
): readonly PassKeyView[] {
  const rank = ({ revokedAt }: PassKey): number => (revokedAt === null ? 0 : 1);
  return passKeys
    .toReversed()
    .sort((left, right) => rank(left) - rank(right))
    .map((key) => viewPassKey(key, usesOf(uses, key.keyword), t));
}

function viewPassKey(key: PassKey, uses: readonly PassKeyUse[], t: Translate): PassKeyView {
  const { keyword, name, createdAt, revokedAt } = key;
  const line = headerLine(keyword);
  return {
    keyword,
    name,
    line,
    handout: `${t('pass_key_handout')}\n\n${line}\n`,
    state:
      revokedAt === null
        ? t('pass_key_since', { day: dayText(t, createdAt) })
        : t('pass_key_revoked_on', { day: dayText(t, revokedAt) }),
    isRevoked: revokedAt !== null,
    summary: usesText(uses.length, t),
    warnings: warningsOf(key, uses, t),
    uses: uses.map(({ digest, at, author, signedBy }) => ({
      digest,
      at: timeText(t, at),
      author: author === null ? t('pass_key_no_author') : shownDomain(author),
      signed:
        signedBy.length === 0
          ? t('pass_key_not_signed')
          : t('pass_key_signed', { domain: signedBy.map(shownDomain).join(', ') }),
      isSigned: signedBy.length > 0,
    })),
  };
}

/** Of the newest uses only so many are kept. */
function usesText(uses: number, t: Translate): string {
  if (uses === 0) return t('pass_key_unused');
  return uses < MOST_USES ? counted(t, 'pass_key_used', uses) : counted(t, 'pass_key_used_most', MOST_USES);
}

function warningsOf({ revokedAt }: PassKey, uses: readonly PassKeyUse[], t: Translate): readonly string[] {
  const unsigned = uses.filter(({ signedBy }) => signedBy.length === 0).length;
  const authors = [...new Set(uses.flatMap(({ author }) => author ?? []))];
  const late = uses.filter(({ at }) => revokedAt !== null && at > revokedAt).length;
  return [
    ...(unsigned > 0 ? [counted(t, 'pass_key_warn_unsigned', unsigned)] : []),
    ...(authors.length > 1 ? [t('pass_key_warn_domains', { domains: authors.map(shownDomain).join(', ') })] : []),
    ...(late > 0 ? [counted(t, 'pass_key_warn_revoked', late)] : []),
  ];
}

/** The domain the last key was made for: the reader's own, so the next will be for it too. */
export function usualDomain({ passKeys }: ClassCollection): string {
  const last = passKeys.at(-1);
  const domain = last && ownerOf(last.keyword)?.domain;
  return domain === undefined || keyDomain(domain) === undefined ? '' : shownDomain(domain);
}

export interface KnownView {
  readonly keyword: string;
  readonly name: string;
  readonly document: string;
}

export function viewKnown(t: Translate): readonly KnownView[] {
  return KNOWN_CLASSES.map(({ keyword, words, document }) => ({ keyword, name: t(words), document }));
}
