/** What only Node can measure, or prepare for measuring. */
import { sign } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import type { Sample } from './corpus.ts';
import { inTurns, type Contestant, type FloorKey, type FloorPart } from './portable.ts';

/** mailauth, which reads from memory as well. */
export function mailauth({ messages, records }: Sample): Contestant {
  const buffers = messages.map((message) => Buffer.from(message.buffer, message.byteOffset, message.length));
  const resolver = (name: string): Promise<string[][]> => Promise.resolve([[records[name] ?? '']]);
  return () =>
    inTurns(buffers, 1, async (message) => {
      const { results } = await dkimVerify(message, { resolver });
      return results.every(({ status }) => status.result === 'pass');
    });
}

/** What the floor works on, for the messages of a sample. */
export function prepareFloor({ messages, key }: Sample): {
  readonly key: FloorKey;
  readonly parts: readonly FloorPart[];
} {
  const parts = messages.map((message) => {
    const end = Buffer.from(message.buffer, message.byteOffset, message.length).indexOf('\r\n\r\n');
    const data = message.subarray(0, Math.min(end, 1000)); // about what a signature covers
    const signature = new Uint8Array(sign(key.type === 'rsa' ? 'sha256' : null, data, key.privateKey));
    return { data, signature, body: message.subarray(end + 4) };
  });
  return { key: { type: key.type, octets: new Uint8Array(Buffer.from(key.publicKey, 'base64')) }, parts };
}
