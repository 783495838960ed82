/** Whatever is changed in an answer, another answer is never called proved. */
import { describe, expect, it } from 'vitest';
import recorded from './recorded.json' with { type: 'json' };
import { contentOf, keyOf, packetsOf, replay, verdictOf, type Recording } from './recording.ts';
import { recordsIn, without } from './wire-edit.ts';

const RECORDING = recorded as Recording;
const PACKETS = packetsOf(RECORDING);
const SECURE = RECORDING.questions.filter(({ verdict }) => verdict === 'secure');

/** One question for each way an answer is proved: by what it holds and by the zone it comes from. */
const SHAPES = new Map(
  SECURE.map((question) => {
    const octets = PACKETS.get(keyOf(question.name, question.type)) ?? new Uint8Array();
    const shape = recordsIn(octets).map(({ section, type }) => `${section}${type}`);
    return [[...new Set(shape)].sort().join(' '), question] as const;
  }),
);

/** Of an alias that is left out, of a record, or of the proof that there is none. */
const MISSING = expect.stringMatching(/^(?:denial|signature)-missing$/) as unknown;

describe('a changed answer', () => {
  it('has many shapes here', () => {
    expect(SHAPES.size).toBeGreaterThan(8);
  });

  it.each([...SHAPES.values()])(
    'is refused or says the same, whichever octet was changed: $name $type',
    async ({ name, type }) => {
      const key = keyOf(name, type);
      const octets = PACKETS.get(key) ?? new Uint8Array();
      // The keys are known, so that one change costs one or two verifications.
      const instead = new Map<string, Uint8Array<ArrayBuffer>>();
      const { resolver } = replay(RECORDING, PACKETS, instead);
      const content = contentOf(await resolver.query(name, type));
      let refused = 0;
      // Every octet of some, a third of the others: another third of the octets for each.
      const from = 2 + (octets.length % 3);
      for (let at = from; at < octets.length; at += octets.length < 500 ? 1 : 3) {
        const changed = octets.slice();
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
        instead.set(key, changed);
        const answer = await resolver.query(name, type);
        if (verdictOf(answer) !== 'secure') refused++;
        else expect(contentOf(answer), `octet ${at}`).toBe(content);
      }
      expect(refused).toBeGreaterThan(octets.length / 12);
    },
  );

  it.each([...SHAPES.values()])(
    'is refused where any record of it is left out: $name $type',
    async ({ name, type }) => {
      const key = keyOf(name, type);
      const octets = PACKETS.get(key) ?? new Uint8Array();
      const instead = new Map<string, Uint8Array<ArrayBuffer>>();
      const { resolver } = replay(RECORDING, PACKETS, instead);
      const content = contentOf(await resolver.query(name, type));
      for (const record of recordsIn(octets)) {
        instead.set(key, without(octets, [record]));
        const answer = await resolver.query(name, type);
        if (verdictOf(answer) === 'secure') expect(contentOf(answer)).toBe(content);
      }
    },
  );

  it('is refused without its signatures', async () => {
    let bogus = 0;
    for (const { name, type } of SECURE) {
      const key = keyOf(name, type);
      const octets = PACKETS.get(key) ?? new Uint8Array();
      const unsigned = without(
        octets,
        recordsIn(octets).filter(({ type: code }) => code === 46),
      );
      const answer = await replay(RECORDING, PACKETS, new Map([[key, unsigned]])).resolver.query(name, type);
      // RFC 9276 §3.2 knows that zones which hash too often lose this protection.
      if (answer.proof?.reason === 'nsec3-iterations') expect(verdictOf(answer)).toBe('insecure');
      else expect(answer, key).toMatchObject({ kind: 'failure' });
      if (answer.proof?.state === 'bogus') bogus++;
    }
    // The rest: aliases into zones whose every name was not recorded, and zones that hash too often.
    expect(bogus).toBeGreaterThan(SECURE.length * 0.8);
  });

  it('is refused where it is called absent without proof, or with the proof of another name', async () => {
    const denials = SECURE.filter(({ name, type }) => {
      const octets = PACKETS.get(keyOf(name, type)) ?? new Uint8Array();
      return recordsIn(octets).every(({ section }) => section !== 'answer');
    });
    const present = SECURE.filter((question) => !denials.includes(question));
    expect(denials.length).toBeGreaterThan(10);
    for (const { name, type } of present.slice(0, 20)) {
      const key = keyOf(name, type);
      const own = PACKETS.get(key) ?? new Uint8Array();
      for (const rcode of [0, 3]) {
        const instead = new Map([[key, absent(own, rcode)]]);
        const empty = await replay(RECORDING, PACKETS, instead).resolver.query(name, type);
        expect(empty, key).toMatchObject({ kind: 'failure', proof: { state: 'bogus', reason: MISSING } });
      }
    }
  });

  it('is refused where the keys of a zone were changed', async () => {
    for (const { name, type } of [...SHAPES.values()].slice(0, 6)) {
      const zone = name.split('.').slice(-2).join('.');
      for (const key of [`DNSKEY ${zone}`, `DS ${zone}`, 'DNSKEY .']) {
        const octets = PACKETS.get(key);
        if (octets === undefined) continue;
        for (const record of recordsIn(octets).filter(({ section }) => section === 'answer')) {
          const changed = octets.slice();
          const last = record.end - 1;
          changed[last] = (changed[last] ?? 0) ^ 1;
          const answer = await replay(RECORDING, PACKETS, new Map([[key, changed]])).resolver.query(name, type);
          // Where a zone has more than one key or DS record, one of them may be enough.
          if (verdictOf(answer) === 'secure') expect(recordsIn(octets).length).toBeGreaterThan(2);
          else expect(answer).toMatchObject({ kind: 'failure', failure: 'bogus' });
        }
      }
    }
  });
});

/** The response with nothing in it. */
function absent(octets: Uint8Array<ArrayBuffer>, rcode: number): Uint8Array<ArrayBuffer> {
  const empty = without(octets, recordsIn(octets));
  empty[3] = ((empty[3] ?? 0) & 0xf0) | rcode;
  return empty;
}
