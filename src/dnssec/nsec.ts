/** Absence by NSEC records that were verified: RFC 4035 §5.4, RFC 6840 §4. */
import type { Denial, DeniedKind } from './types.ts';
import { commonAncestor, compareNames, isBelow, wildcardOf } from './names.ts';
import { TYPE, type Nsec } from './records.ts';

/** Whether the records prove that the name, or its type, is not there. */
export function denyByNsec(
  records: readonly Nsec[],
  zone: string,
  name: string,
  typeCode: number,
  kind: DeniedKind,
): Denial | undefined {
  const match = records.find(({ owner }) => owner === name);
  if (match) return kind === 'no-data' && lacks(match, name, typeCode) ? denial(match.types) : undefined;
  const cover = records.find((record) => covers(record, name, zone));
  if (cover === undefined) return undefined;
  // RFC 4035 §3.1.3.2: a name with names below it and nothing of its own exists.
  if (isBelow(cover.next, name)) return kind === 'no-data' ? denial(NO_TYPES) : undefined;
  const wildcard = wildcardOf(closestEncloser(cover, name));
  if (kind === 'nxdomain') {
    return records.some((record) => covers(record, wildcard, zone)) ? denial(NO_TYPES) : undefined;
  }
  const source = records.find(({ owner }) => owner === wildcard);
  return source && lacks(source, wildcard, typeCode) ? denial(NO_TYPES) : undefined;
}

/** Whether the records prove that only the wildcard below `encloser` answers for the name (RFC 4035 §5.3.4). */
export function wildcardByNsec(records: readonly Nsec[], zone: string, name: string, encloser: string): boolean {
  return records.some(
    (record) => covers(record, name, zone) && !isBelow(record.next, name) && closestEncloser(record, name) === encloser,
  );
}

const NO_TYPES: ReadonlySet<number> = new Set();

function denial(types: ReadonlySet<number>): Denial {
  return { optOut: false, delegation: types.has(TYPE.NS) };
}

/** Whether the record at the name (or at the wildcard that stands for it) says that the type is not there. */
export function lacks({ types }: { readonly types: ReadonlySet<number> }, name: string, typeCode: number): boolean {
  if (types.has(typeCode) || types.has(TYPE.CNAME)) return false; // RFC 6840 §4.3
  // RFC 6840 §4.4: of a delegation only the parent's side knows the DS record, only the child's side the rest.
  if (typeCode === TYPE.DS) return name === '.' || !types.has(TYPE.SOA);
  return !isDelegation(types);
}

function isDelegation(types: ReadonlySet<number>): boolean {
  return types.has(TYPE.NS) && !types.has(TYPE.SOA);
}

/** RFC 6840 §4.1: what is at a delegation or at a DNAME record knows nothing of the names below it. */
export function knowsBelow(types: ReadonlySet<number>): boolean {
  return !isDelegation(types) && !types.has(TYPE.DNAME);
}

function covers({ owner, next, types }: Nsec, name: string, zone: string): boolean {
  if (compareNames(owner, name) >= 0) return false;
  if (next !== zone && compareNames(name, next) >= 0) return false;
  return !isBelow(name, owner) || knowsBelow(types);
}

function closestEncloser({ owner, next }: Nsec, name: string): string {
  const one = commonAncestor(name, owner);
  const other = commonAncestor(name, next);
  return isBelow(other, one) ? other : one;
}
