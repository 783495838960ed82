/**
 * Makes pass keys: keywords below the reader's own domain that nobody can guess, and the words to give them out with. As keywords of
 * RFC 3865 §2.2 they travel in Solicitation, which every mail program that can add a header field can write.
 */
import { parseDomain } from '../../src/domain/name.ts';
import { hasKnownSuffix } from '../../src/domain/public-suffix.ts';
import { reversedName } from '../../src/solicitation/owner.ts';

/** RFC 4648 §6, in lower case: keywords are compared without regard to case. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** 80 bits: out of reach for guessing, short enough to be typed. */
const RANDOM_OCTETS = 10;

/** The domain of an address or a domain as the reader typed it; undefined where it can be the start of no keyword. */
export function keyDomain(text: string): string | undefined {
  const typed = text.trim();
  const domain = parseDomain(typed.slice(typed.lastIndexOf('@') + 1));
  return domain !== undefined && domain.includes('.') && hasKnownSuffix(domain) ? domain : undefined;
}

/**
 * A new key: `org.example:key-…` for example.org.
 * @param domain as `keyDomain` gives it
 * @throws TypeError where it is no domain
 */
export function makePassKey(domain: string, random: Pick<Crypto, 'getRandomValues'> = crypto): string {
  const name = parseDomain(domain);
  if (name === undefined) throw new TypeError(`no domain: ${domain}`);
  return `${reversedName(name)}:key-${encodeBase32(random.getRandomValues(new Uint8Array(RANDOM_OCTETS)))}`;
}

/** The header line a correspondent adds to their mail. */
export function headerLine(keyword: string): string {
  return `Solicitation: ${keyword}`;
}

function encodeBase32(octets: Uint8Array): string {
  let bits = 0;
  let held = 0;
  let text = '';
  for (const octet of octets) {
    bits = (bits << 8) | octet;
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += BASE32[(bits >> held) & 31] ?? '';
    }
    bits &= 31;
  }
  return text;
}
