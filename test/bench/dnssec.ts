/** What proving DNS answers costs, from recorded packets, so without any network. Run: npm run bench:dnssec */
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { withCache } from '../../src/dns/cache.ts';
import { packetsOf, replay, type Recording } from '../dnssec/recording.ts';

const ROUNDS = 200;

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS * 2; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  // The first half does not count: engines compile in it.
  return times.slice(ROUNDS).sort((left, right) => left - right)[ROUNDS / 2] ?? 0;
}

/** One verification through WebCrypto, key imported beforehand: no validator can do with less for an answer. */
async function floor(): Promise<() => Promise<unknown>> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const data = new Uint8Array(200);
  const signature = await crypto.subtle.sign(algorithm, keys.privateKey, data);
  return () => crypto.subtle.verify(algorithm, keys.publicKey, signature, data);
}

const recording = JSON.parse(await readFile(new URL('../dnssec/recorded.json', import.meta.url), 'utf8')) as Recording;
const packets = packetsOf(recording);
const now = (): Date => new Date(recording.at);
// A DKIM key in a signed zone below a signed top-level domain: what is asked for most.
const question = recording.questions.find(
  (each) => each.verdict === 'secure' && /^(?:s1|_dmarc)/.test(each.name) && each.type === 'TXT',
);
if (question === undefined) throw new Error('nothing secure was recorded');
const { name, type } = question;

const known = replay(recording, packets).resolver;
const cache = withCache(known, { now });
const figures = {
  'one verification (floor)': await medianOf(await floor()),
  'cold: root, top and zone from nothing': await medianOf(() => replay(recording, packets).resolver.query(name, type)),
  'warm: the keys are known': await medianOf(() => known.query(name, type)),
  'the answer is in the cache': await medianOf(() => cache.query(name, type)),
};
const least = figures['one verification (floor)'];
for (const [label, milliseconds] of Object.entries(figures)) {
  console.info(
    `${label.padEnd(42)} ${(milliseconds * 1000).toFixed(0).padStart(6)} µs  ${(milliseconds / least).toFixed(1)}`,
  );
}
