/**
 * Mangled responses to every question a proof asks, from a seed: octets changed, cut, doubled, responses put in each other's place.
 * Each must end in an answer or a reason. Run many: npx tsx test/dnssec/fuzz.ts 1000000
 */
import { readFile } from 'node:fs/promises';
import { keyOf, packetsOf, replay, type Recording } from './recording.ts';
import { createRandom } from './world.ts';

export interface FuzzOutcome {
  /** How often each state came out. */
  readonly states: Readonly<Record<string, number>>;
  /** Answers called proved that say something else than the recorded ones: none is allowed. */
  readonly forged: readonly string[];
}

/** @throws what the validator throws, which is a fault of it */
export async function fuzz(recording: Recording, runs: number, seed: number): Promise<FuzzOutcome> {
  const packets = packetsOf(recording);
  const keys = [...packets.keys()];
  const random = createRandom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const known = await recordedContents(recording);
  const states: Record<string, number> = {};
  const forged: string[] = [];
  const instead = new Map<string, Uint8Array<ArrayBuffer>>();
  let validator = replay(recording, packets, instead);
  for (let run = 0; run < runs; run++) {
    const { name, type } = recording.questions[below(recording.questions.length)] ?? { name: '.', type: 'A' as const };
    // Keys stay known for a while, so that not all time goes into finding them again.
    if (run % 20 === 0) validator = replay(recording, packets, instead);
    const key = random() < 0.7 ? keyOf(name, type) : (keys[below(keys.length)] ?? '');
    instead.clear();
    instead.set(key, mangle(packets.get(random() < 0.9 ? key : (keys[below(keys.length)] ?? '')), below));
    const answer = await validator.resolver.query(name, type);
    const state = answer.kind === 'failure' ? answer.failure : answer.dnssec;
    states[state] = (states[state] ?? 0) + 1;
    if (answer.kind !== 'failure' && answer.dnssec === 'secure' && contentOf(answer) !== known.get(keyOf(name, type))) {
      forged.push(`run ${run}: ${name} ${type}`);
    }
  }
  return { states, forged };
}

async function recordedContents(recording: Recording): Promise<ReadonlyMap<string, string>> {
  const { resolver } = replay(recording, packetsOf(recording));
  const contents = new Map<string, string>();
  for (const { name, type } of recording.questions) {
    contents.set(keyOf(name, type), contentOf(await resolver.query(name, type)));
  }
  return contents;
}

function mangle(
  packet: Uint8Array<ArrayBuffer> | undefined,
  below: (count: number) => number,
): Uint8Array<ArrayBuffer> {
  const whole = packet ?? new Uint8Array(12);
  switch (below(8)) {
    case 0:
      return whole.slice(0, below(whole.length));
    case 1:
      return Uint8Array.from({ length: below(600) }, () => below(256));
    case 2:
      return Uint8Array.from([...whole, ...whole]);
    case 3: {
      // The counts of records, which say where sections begin.
      const copy = whole.slice();
      copy[6 + below(6)] = below(8);
      return copy;
    }
    default: {
      const copy = whole.slice();
      for (let changes = 1 + below(4); changes > 0; changes--)
        copy[2 + below(Math.max(1, copy.length - 2))] = below(256);
      return copy;
    }
  }
}

function contentOf(answer: { kind: string; records?: readonly unknown[] }): string {
  return JSON.stringify([answer.kind, [...(answer.records ?? [])].map((record) => JSON.stringify(record)).sort()]);
}

if (process.argv[1]?.endsWith('fuzz.ts') === true) {
  const runs = Number(process.argv[2] ?? 10_000);
  const recording = JSON.parse(await readFile(new URL('recorded.json', import.meta.url), 'utf8')) as Recording;
  const started = Date.now();
  const seed = Number(process.argv[3] ?? started);
  const { states, forged } = await fuzz(recording, runs, seed);
  console.info(`${runs} runs from seed ${seed} in ${Math.round((Date.now() - started) / 1000)} s`, states, forged);
  process.exitCode = forged.length > 0 ? 1 : 0;
}
