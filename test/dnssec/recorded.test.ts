/** Packets that unbound handed out, judged again: the same verdicts, and no more questions than a proof needs. */
import { describe, expect, it } from 'vitest';
import recorded from './recorded.json' with { type: 'json' };
import { packetsOf, replay, verdictOf, type Recording } from './recording.ts';

const RECORDING = recorded as Recording;
const PACKETS = packetsOf(RECORDING);

describe('recorded answers', () => {
  it.each(RECORDING.questions)('$name $type: $verdict', async ({ name, type, verdict }) => {
    const { resolver } = replay(RECORDING, PACKETS);
    const answer = await resolver.query(name, type);
    if (verdict === 'unsupported') expect(verdictOf(answer)).not.toBe('secure');
    else expect(verdictOf(answer)).toBe(verdict);
    if (answer.kind !== 'failure') {
      expect(answer.proof?.state).toBe(answer.dnssec);
      expect(answer.proof?.reason === null).toBe(answer.dnssec === 'secure');
    }
  });

  it('of every kind are among them', () => {
    const verdicts = RECORDING.questions.map(({ verdict }) => verdict);
    for (const verdict of ['secure', 'insecure', 'refused'] as const) {
      expect(verdicts.filter((each) => each === verdict).length, verdict).toBeGreaterThan(30);
    }
  });
});

const SECURE = RECORDING.questions.filter(({ verdict }) => verdict === 'secure');

describe('the proof', () => {
  it('names the zones from the root to the one that answered, and is JSON-safe', async () => {
    for (const { name, type } of SECURE) {
      const { proof } = await replay(RECORDING, PACKETS).resolver.query(name, type);
      expect(proof?.zones[0]?.zone).toBe('.');
      expect(proof?.zones.length).toBeGreaterThanOrEqual(3);
      expect(proof?.signatures.length).toBeGreaterThan(0);
      expect(JSON.parse(JSON.stringify(proof))).toEqual(proof);
      for (const { validFrom, validUntil } of proof?.signatures ?? []) {
        expect(new Date(validFrom * 1000).getUTCFullYear()).toBe(2020);
        expect(new Date(validUntil * 1000).getUTCFullYear()).toBe(2036);
      }
    }
  });

  it('holds no longer than the shortest-lived part of it', async () => {
    for (const { name, type } of SECURE) {
      const answer = await replay(RECORDING, PACKETS).resolver.query(name, type);
      expect(answer.kind !== 'failure' && answer.ttl <= 300).toBe(true);
    }
  });

  it('ends with the signatures', async () => {
    for (const at of [new Date('2037-01-01T00:00:00Z'), new Date('2019-01-01T00:00:00Z')]) {
      for (const { name, type } of SECURE.slice(0, 10)) {
        const answer = await replay(RECORDING, PACKETS, new Map(), at).resolver.query(name, type);
        const reason = at.getUTCFullYear() > 2030 ? 'signature-expired' : 'signature-not-yet-valid';
        expect(answer).toMatchObject({ kind: 'failure', failure: 'bogus', proof: { reason, at: '.' } });
      }
    }
  });
});

describe('questions asked for a proof', () => {
  const [first] = SECURE;
  if (first === undefined) throw new Error('nothing secure was recorded');
  const zone = first.name.split('.').slice(-2).join('.');
  const top = first.name.split('.').slice(-1).join('.');

  it('are five for the first name, all at once, and none for the next of the zone', async () => {
    const { resolver, asked } = replay(RECORDING, PACKETS);
    const answer = await resolver.query(first.name, first.type);
    const chain = [`DNSKEY ${zone}`, 'DNSKEY .', `DNSKEY ${top}`, `DS ${top}`, `DS ${zone}`];
    expect([...asked].sort()).toEqual([`${first.type} ${first.name}`, ...chain].sort());
    expect(answer.proof?.questions).toBe(5);
    const again = await resolver.query(first.name, first.type);
    expect(asked).toHaveLength(7);
    expect(again.proof?.questions).toBe(0);
  });

  it('are two for a zone below a known one', async () => {
    const other = SECURE.find(
      ({ name }) => new RegExp(`^(?!.*(?:away|gone|far)).*\\.z\\d+\\.${top}$`).test(name) && !name.endsWith(zone),
    );
    if (other === undefined) throw new Error('no second zone was recorded');
    const { resolver } = replay(RECORDING, PACKETS);
    await resolver.query(first.name, first.type);
    expect((await resolver.query(other.name, other.type)).proof?.questions).toBe(2);
  });

  it('are asked anew once the keys are too old, and after they were forgotten', async () => {
    const { resolver } = replay(RECORDING, PACKETS);
    await resolver.query(first.name, first.type);
    resolver.clear();
    expect((await resolver.query(first.name, first.type)).proof?.questions).toBe(5);
  });
});

describe('a server that hands out no keys', () => {
  const failing = (keys: readonly string[]): Map<string, Uint8Array<ArrayBuffer>> =>
    new Map(keys.map((key) => [key, servfail(PACKETS.get(key) ?? new Uint8Array(12))]));

  /** The response with SERVFAIL and nothing in it. */
  function servfail(octets: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const end = octets.indexOf(0, 12) + 5;
    const copy = octets.slice(0, end);
    copy[3] = ((copy[3] ?? 0) & 0xf0) | 2;
    copy.fill(0, 6, 12);
    return copy;
  }

  it('is a failure that names the trouble, not an answer', async () => {
    for (const { name, type } of SECURE.slice(0, 5)) {
      const zone = name.split('.').slice(-2).join('.');
      const { resolver } = replay(RECORDING, PACKETS, failing([`DS ${zone}`]));
      expect(await resolver.query(name, type)).toMatchObject({
        kind: 'failure',
        failure: 'servfail',
        proof: { state: 'indeterminate', reason: 'keys-unavailable', at: zone },
      });
    }
  });
});
