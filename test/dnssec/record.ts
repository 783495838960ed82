/**
 * Writes test/dnssec/recorded.json: what unbound handed out over a private tree, and what it made of it, so that the validator can be
 * tested without any of the programs. Run: npx tsx test/dnssec/record.ts
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeAnswer, type QuestionType } from '../../src/dns/wire.ts';
import { parseTrustAnchors } from '../../src/dnssec/anchors.ts';
import { createValidatingResolver } from '../../src/dnssec/resolver.ts';
import type { Recording } from './recording.ts';
import { sourceOver, startUnboundOver } from './unbound.ts';
import { buildWorld } from './world.ts';

const SEED = 11;
const ZONES = 18;
const QUESTIONS = 14;
const SERVFAIL = 2;

async function record(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-dnssec-'));
  const world = await buildWorld(folder, SEED, ZONES, QUESTIONS);
  const unbound = await startUnboundOver(folder, world);
  const packets: Record<string, string> = {};
  const ask = async (name: string, type: QuestionType): Promise<Uint8Array> => {
    const answer = await unbound.ask(name, type, true);
    answer.set([0, 0], 0);
    packets[`${type} ${name}`] = Buffer.from(answer).toString('base64');
    return answer;
  };
  const anchors = parseTrustAnchors(world.anchor);
  const questions: Recording['questions'][number][] = [];
  for (const { name, type, unsupported } of world.questions) {
    // A resolver of its own for each, so that all that is ever asked for is recorded.
    await createValidatingResolver(sourceOver(ask), { anchors }).query(name, type);
    // What is asked where nothing says who signed, as in the tests that take the signatures away.
    const labels = name.split('.');
    for (let at = 0; at < labels.length; at++) await ask(labels.slice(at).join('.'), 'DS');
    const message = decodeAnswer(await unbound.ask(name, type, false));
    if (!message.ok) throw new Error(message.problem);
    const { rcode, authenticData } = message.value;
    const verdict = rcode === SERVFAIL ? 'refused' : authenticData ? 'secure' : 'insecure';
    questions.push({ name, type, verdict: unsupported ? 'unsupported' : verdict });
  }
  await unbound.stop();
  await rm(folder, { recursive: true, force: true });
  const recording: Recording = { at: new Date().toISOString(), anchor: world.anchor, questions, packets };
  const lines = JSON.stringify(recording, null, 1).replaceAll(
    /\{\s+"name": (.*),\s+"type": (.*),\s+"verdict": (.*)\s+\}/g,
    '{ "name": $1, "type": $2, "verdict": $3 }',
  );
  await writeFile(new URL('recorded.json', import.meta.url), `${lines}\n`);
}

await record();
