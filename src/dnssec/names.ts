/**
 * Names as DNSSEC orders and nests them: RFC 4034 §6.1. A name is written as `src/dns/wire-name.ts` reads it: lower case, labels joined
 * with dots, odd octets as `\DDD`, the root as `.`, so that equal names are equal strings and dots only ever part labels.
 */
import { labelOctets, labelsOf } from '../dns/wire-name.ts';

export { labelsOf };

/** How many labels a name has; the root and a leading wildcard do not count (RFC 4034 §3.1.3). */
export function countLabels(name: string): number {
  const labels = labelsOf(name);
  return labels[0] === '*' ? labels.length - 1 : labels.length;
}

/** The name made of the last `count` labels. */
export function lastLabels(name: string, count: number): string {
  return count === 0 ? '.' : labelsOf(name).slice(-count).join('.');
}

/** The name one label up. */
export function parentOf(name: string): string {
  return lastLabels(name, labelsOf(name).length - 1);
}

export function isAtOrBelow(name: string, ancestor: string): boolean {
  return ancestor === '.' || name === ancestor || name.endsWith(`.${ancestor}`);
}

export function isBelow(name: string, ancestor: string): boolean {
  return name !== ancestor && isAtOrBelow(name, ancestor);
}

/** The wildcard directly below a name. */
export function wildcardOf(name: string): string {
  return name === '.' ? '*' : `*.${name}`;
}

/** Canonical order: label by label from the right, octet by octet; an ancestor comes before what is below it. */
export function compareNames(left: string, right: string): number {
  const these = labelsOf(left);
  const those = labelsOf(right);
  const shared = Math.min(these.length, those.length);
  for (let back = 1; back <= shared; back++) {
    const one = labelOctets(these[these.length - back] ?? '');
    const other = labelOctets(those[those.length - back] ?? '');
    if (one !== other) return one < other ? -1 : 1;
  }
  return these.length - those.length;
}

/** The longest name that both are at or below. */
export function commonAncestor(left: string, right: string): string {
  const these = labelsOf(left);
  const those = labelsOf(right);
  let shared = 0;
  while (shared < Math.min(these.length, those.length) && these.at(-1 - shared) === those.at(-1 - shared)) shared++;
  return lastLabels(left, shared);
}
