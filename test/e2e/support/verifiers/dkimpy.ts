/** dkimpy (Debian: python3-dkim), by a script that hands it a zone. */
import { existsSync } from 'node:fs';
import type { SigningKey } from '../../../dkim/support/signer.ts';
import { algorithmOf, ask, base64, type Peer, type TxtZone } from './peer.ts';

export const hasDkimpy = existsSync('/usr/lib/python3/dist-packages/dkim/__init__.py');

/** The key as dkimpy wants it: RSA as PEM, Ed25519 as the bare seed. */
function dkimpyKey({ type, privateKey }: SigningKey): string {
  if (type === 'rsa') return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  return privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-32).toString('base64');
}

export const dkimpy: Peer = {
  name: 'dkimpy',
  async verify(messages, zone) {
    const request = { do: 'verify', zone, jobs: messages.map(base64) };
    const answers = await ask<[kind: string, text: string]>('/usr/bin/python3', 'dkimpy.py', request);
    return answers.map(([kind, text]) => {
      if (kind === 'pass') return 'pass';
      if (kind === 'fail') return text === '' ? 'signature' : 'key';
      if (text.startsWith('body hash mismatch')) return 'body';
      if (/in the future|past|x= value/.test(text)) return 'time';
      if (text.startsWith('public key too small')) return 'weak';
      return kind === 'KeyFormatError' || kind === 'UnknownKeyTypeError' ? 'key' : 'form';
    });
  },
  async sign(jobs) {
    const work = jobs.map(({ message, key, ...job }) => ({
      ...job,
      message: base64(message),
      key: dkimpyKey(key),
      algorithm: algorithmOf(key),
    }));
    const fields = await ask<string>('/usr/bin/python3', 'dkimpy.py', { do: 'sign', zone: {}, jobs: work });
    return jobs.map(({ message }, at) => Buffer.from(fields[at] ?? '', 'base64').toString('latin1') + message);
  },
};

/** One server on the way of a message that seals it. */
export interface Hop {
  readonly domain: string;
  readonly selector: string;
  /** What it says of the chain so far. */
  readonly arc: 'none' | 'pass';
  /** Octets it appends to the body. */
  readonly appended: string;
}

/** The message as each of the hops sends it on, sealed. */
export async function sealInTurn(message: string, key: SigningKey, hops: readonly Hop[]): Promise<readonly string[]> {
  const work = hops.map((hop) => ({ ...hop, appended: base64(hop.appended) }));
  const jobs = [{ message: base64(message), key: dkimpyKey(key), hops: work }];
  const [sent = []] = await ask<string[]>('/usr/bin/python3', 'dkimpy.py', { do: 'seal', zone: {}, jobs });
  return sent.map((text) => Buffer.from(text, 'base64').toString('latin1'));
}

/** The result of a chain and, newest first, whether each message signature verifies. */
export type ChainVerdict = readonly [result: string, messageSignatures: readonly boolean[]];

export function verifyChains(messages: readonly string[], zone: TxtZone): Promise<readonly ChainVerdict[]> {
  return ask('/usr/bin/python3', 'dkimpy.py', { do: 'verify-arc', zone, jobs: messages.map(base64) });
}
