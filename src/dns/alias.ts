/** CNAME chains, in an answer or in a zone file. Implements RFC 1034 §3.6.2 with a bound. */
import { LIMITS } from '../limits.ts';

export interface Alias {
  readonly target: string;
}

/**
 * The name at the end of the chain and the links to it, or undefined where the chain loops or is longer than any honest one.
 * @param aliasOf the CNAME at a name, if there is one
 */
export function followAliases<A extends Alias>(
  start: string,
  aliasOf: (name: string) => A | undefined,
): { readonly end: string; readonly links: readonly A[] } | undefined {
  const links: A[] = [];
  let end = start;
  for (let link = aliasOf(end); link !== undefined; link = aliasOf(end)) {
    if (links.length >= LIMITS.cnameLinks) return undefined;
    links.push(link);
    end = link.target;
  }
  return { end, links };
}
