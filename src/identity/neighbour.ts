/** Spellings one slip apart. */

/** One letter put in, left out, changed or swapped with the next (Damerau's four slips). In linear time. */
export function isOneSlipApart(left: string, right: string): boolean {
  if (left === right) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  const [one, other] = [left.slice(start), right.slice(start)];
  return (
    one.slice(1) === other.slice(1) ||
    one.slice(1) === other ||
    one === other.slice(1) ||
    (one.slice(2) === other.slice(2) && one[0] === other[1] && one[1] === other[0])
  );
}
