/**
 * Every keyword of a message with whose it is and who put it there, each keyword once: what the panel tells of a class. Who declared, who
 * signed and who recorded stay apart (RFC 3865 §2.5, §2.6, §3).
 */
import { asciiLower } from '../bytes/ascii.ts';
import { parseDomain, type DomainName } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { compareOwner, ownerOf } from './owner.ts';
import type { KeywordRecorder, RecordedKeyword, SolicitationClass } from './types.ts';

export interface DeclaredKeyword {
  readonly keyword: string;
  /** Domains whose valid signatures cover a field that holds it. */
  readonly signedBy: readonly string[];
}

/** Declared keywords in their order, then those that were only recorded. */
export function drawClasses(
  declared: readonly DeclaredKeyword[],
  recorded: readonly RecordedKeyword[],
  authorDomain: string | null,
): readonly SolicitationClass[] {
  const author = parseDomain(authorDomain ?? '');
  const byKeyword = new Map<string, Gathered>();
  const gather = (keyword: string): Gathered => {
    const key = asciiLower(keyword);
    const known = byKeyword.get(key) ?? { keyword, declared: false, signedBy: new Set(), recordedBy: [] };
    byKeyword.set(key, known);
    return known;
  };
  for (const { keyword, signedBy } of declared) {
    const gathered = gather(keyword);
    gathered.declared = true;
    for (const domain of signedBy) gathered.signedBy.add(domain);
  }
  for (const { keyword, by, trusted } of recorded) gather(keyword).recordedBy.push({ by, trusted });
  return [...byKeyword.values()].slice(0, LIMITS.solicitationKeywords).map((one) => describe(one, author));
}

interface Gathered {
  readonly keyword: string;
  declared: boolean;
  readonly signedBy: Set<string>;
  readonly recordedBy: KeywordRecorder[];
}

function describe(
  { keyword, declared, signedBy, recordedBy }: Gathered,
  author: DomainName | undefined,
): SolicitationClass {
  const name = ownerOf(keyword);
  return {
    keyword,
    domain: name?.domain ?? null,
    organization: name?.organization ?? null,
    owner: name && author ? compareOwner(name, author) : null,
    declared,
    signedBy: [...signedBy],
    recordedBy,
  };
}
