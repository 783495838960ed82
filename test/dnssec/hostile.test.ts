/** Whatever a server sends, a proof ends in an answer or a reason, with bounded work. */
import { describe, expect, it } from 'vitest';
import { decodeAnswer } from '../../src/dns/wire.ts';
import { LIMITS } from '../../src/limits.ts';
import { TYPE } from '../../src/dnssec/records.ts';
import { Section } from '../../src/dnssec/rrset.ts';
import { verifyRRset } from '../../src/dnssec/verify.ts';
import { TooMuchWork, Work } from '../../src/dnssec/work.ts';
import { fuzz } from './fuzz.ts';
import recorded from './recorded.json' with { type: 'json' };
import { keyOf, packetsOf, replay, type Recording } from './recording.ts';

const RECORDING = recorded as Recording;
const PACKETS = packetsOf(RECORDING);

describe('hostile answers', () => {
  it('never throw and are never called proved', async () => {
    const { states, forged } = await fuzz(RECORDING, 1_200, 1);
    expect(forged).toEqual([]);
    // Else nothing would have been read.
    for (const state of ['secure', 'insecure', 'bogus', 'malformed'])
      expect(states[state] ?? 0, state).toBeGreaterThan(20);
  });

  it('cost no more verifications than the limit, however many signatures and keys collide (CVE-2023-50387)', async () => {
    const message = decodeAnswer(PACKETS.get('DNSKEY .') ?? new Uint8Array());
    if (!message.ok) throw new Error(message.problem);
    const set = new Section(message.value.wire.answers).find('.', TYPE.DNSKEY);
    const [signature] = set?.signatures ?? [];
    if (set === undefined || signature === undefined) throw new Error('the root has no signature');
    let spent = 0;
    const work = new Work();
    const counting = Object.assign(Object.create(work) as Work, {
      spendVerification: () => {
        spent++;
        work.spendVerification();
      },
    });
    const key = {
      algorithm: signature.algorithm,
      keyTag: signature.keyTag,
      publicKey: new Uint8Array(64),
      rdata: new Uint8Array(68),
    };
    const many = { ...set, signatures: Array.from({ length: 500 }, () => signature) };
    const zone = { zone: '.', keys: Array.from({ length: 500 }, () => ({ ...key })) };
    const now = new Date(RECORDING.at).getTime() / 1000;
    await expect(verifyRRset(many, zone, now, counting)).rejects.toThrow(TooMuchWork);
    expect(spent).toBe(LIMITS.dnssecVerifications + 1);
  });

  it('cost no more hashes than the limit, however long the name (CVE-2023-50868)', () => {
    const work = new Work();
    const hashName = (): void => {
      work.spendDigests(LIMITS.nsec3Iterations + 1);
    };
    expect(() => {
      for (let label = 0; label < 127; label++) hashName();
    }).toThrow(TooMuchWork);
  });

  it('cost a bounded number of questions for a name of very many labels', async () => {
    const labels = Array.from({ length: 100 }, (_, index) => `l${index}`);
    const name = `${labels.join('.')}.z0.t1`.slice(-250).replace(/^[^.]*\./, '');
    // Every question is answered with the same unsigned nothing.
    const { resolver, asked } = replay(RECORDING, PACKETS, everything(name));
    const answer = await resolver.query(name, 'TXT');
    expect(answer.kind).toBe('failure');
    expect(asked.length).toBeLessThanOrEqual(LIMITS.dnssecQuestions + 1);
  });
});

/** Empty answers to the question and to every DS question on the way. */
function everything(name: string): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const labels = name.split('.');
  const instead = new Map([[keyOf(name, 'TXT'), empty(name, 16)]]);
  for (let at = 0; at < labels.length - 2; at++) {
    const owner = labels.slice(at).join('.');
    instead.set(keyOf(owner, 'DS'), empty(owner, 43));
  }
  return instead;
}

function empty(name: string, type: number): Uint8Array<ArrayBuffer> {
  const labels = name.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]);
  return Uint8Array.from([0, 0, 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, type, 0, 1]);
}
