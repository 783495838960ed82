/**
 * DomainKeys, DKIM's predecessor: recognised and named, never verified. RFC 4870 is historic since RFC 4871 replaced it in 2007, and
 * its only algorithm is rsa-sha1, which must not count any more (RFC 8301 §3.1).
 */
import { fieldOctets, fieldsNamed } from '../message/parse.ts';
import type { Message } from '../message/types.ts';
import { parseTagList } from '../syntax/tag-list.ts';
import { readDomain } from './tags.ts';

/** What a DomainKey-Signature field claims (RFC 4870 §3.3.1). Nothing in it was checked. */
export interface DomainKeysSignature {
  /** Position of the field in the header. */
  readonly field: number;
  /** d= and s=, or null where missing or no domain. */
  readonly domain: string | null;
  readonly selector: string | null;
}

/** The DomainKey-Signature fields of a message, topmost first. */
export function parseDomainKeysSignatures(message: Message): readonly DomainKeysSignature[] {
  return fieldsNamed(message, 'domainkey-signature').map((field) => {
    const { tags } = parseTagList(fieldOctets(message, field));
    return {
      field: field.index,
      domain: readDomain(tags.get('d') ?? '') ?? null,
      selector: readDomain(tags.get('s') ?? '') ?? null,
    };
  });
}
