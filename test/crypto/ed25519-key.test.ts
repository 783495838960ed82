/** Keys of small order, held against the arithmetic of the curve (RFC 8032 §5.1). */
import { describe, expect, it } from 'vitest';
import { isSmallOrder } from '../../src/crypto/ed25519-key.ts';

const P = 2n ** 255n - 19n;
const mod = (value: bigint): bigint => ((value % P) + P) % P;
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let [square, left] = [mod(base), exponent]; left > 0n; left >>= 1n, square = mod(square * square)) {
    if (left & 1n) result = mod(result * square);
  }
  return result;
}
const inverse = (value: bigint): bigint => power(value, P - 2n);
const D = mod(-121665n * inverse(121666n));

type Point = readonly [x: bigint, y: bigint];

function add([x1, y1]: Point, [x2, y2]: Point): Point {
  const product = mod(D * x1 * x2 * y1 * y2);
  return [mod((x1 * y2 + x2 * y1) * inverse(1n + product)), mod((y1 * y2 + x1 * x2) * inverse(1n - product))];
}

/** RFC 8032 §5.1.3, but also y that is not reduced and x = 0 with a sign, which some platforms accept. Undefined off the curve. */
function decode(key: Uint8Array): Point | undefined {
  const encoded = key.reduceRight((value, octet) => value * 256n + BigInt(octet), 0n);
  const y = mod(encoded & (2n ** 255n - 1n));
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * power(2n, (P - 1n) / 4n));
  if (mod(x * x) !== square) return undefined;
  return [(x & 1n) === encoded >> 255n ? x : mod(-x), y];
}

function hasSmallOrder(key: Uint8Array): boolean {
  let point = decode(key);
  for (let doubled = 0; doubled < 3 && point; doubled++) point = add(point, point);
  return point !== undefined && point[0] === 0n && point[1] === 1n;
}

const encode = (y: bigint, sign: number): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, at) => Number((y >> BigInt(8 * at)) & 0xffn) | (at === 31 ? sign << 7 : 0));

/** y of a point of order eight: the doubled point has y = 0. */
const EIGHTH = [...Array(200).keys()].map((n) => decode(encode(BigInt(n), 0))).find((point) => point !== undefined);

describe('isSmallOrder', () => {
  it('finds all points whose order divides eight, in every encoding', () => {
    const L = 2n ** 252n + 27742317777372353535851937790883648493n;
    expect(EIGHTH).toBeDefined();
    // L times any point has an order that divides eight; over several points all of them occur.
    const ys = new Set<bigint>();
    for (let n = 0n; n < 40n; n++) {
      const start = decode(encode(n, 0));
      let [sum, square, left]: [Point, Point | undefined, bigint] = [[0n, 1n], start, L];
      if (!square) continue;
      for (; left > 0n; left >>= 1n, square = add(square, square)) if (left & 1n) sum = add(sum, square);
      ys.add(sum[1]);
    }
    expect(ys.size).toBe(5);
    for (const y of ys) {
      for (const encoded of [y, y + P].filter((value) => value < 2n ** 255n)) {
        for (const sign of [0, 1]) {
          expect(hasSmallOrder(encode(encoded, sign)), String(encoded)).toBe(true);
          expect(isSmallOrder(encode(encoded, sign)), String(encoded)).toBe(true);
        }
      }
    }
  });

  it('finds no others', () => {
    for (let n = 2n; n < 300n; n++) {
      const key = encode(power(3n, n * n), Number(n & 1n));
      expect(isSmallOrder(key)).toBe(hasSmallOrder(key));
      expect(isSmallOrder(key)).toBe(false);
    }
  });
});
