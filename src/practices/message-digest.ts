/** By what a message is known again, without keeping anything of it. */
import { encodeBase64Url } from '../bytes/base64.ts';
import { sha256 } from '../crypto/digest.ts';
import { firstText } from '../message/parse.ts';
import type { Message } from '../message/types.ts';

/** Fields that tell messages apart (RFC 5322 §3.6). */
const TELLING_FIELDS = ['message-id', 'date', 'from'];
/** Of the digest that are kept: enough that no two messages of one reader share them. */
const KEPT_OCTETS = 12;

/** A digest of Message-ID, Date and From, each as its first field has it. */
export async function digestMessage(message: Message): Promise<string> {
  const values = TELLING_FIELDS.map((name) => firstText(message, name) ?? '');
  const digest = await sha256(new TextEncoder().encode(JSON.stringify(values)));
  return encodeBase64Url(new Uint8Array(digest, 0, KEPT_OCTETS));
}
