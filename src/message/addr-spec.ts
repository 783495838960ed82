/**
 * Single addresses: `local@domain` read from tokens, and made out in text that is no address list. Implements RFC 5322 §3.4.1 with
 * §4.4 obs-local-part and obs-domain.
 *
 * Known differences: dots at odd places in a local part are accepted, since providers have given out such addresses.
 */
import { isWsp } from '../bytes/ascii.ts';
import { parseDomain } from '../domain/name.ts';
import { isAtext, skipFws } from '../syntax/cfws.ts';
import type { Token } from './address-tokens.ts';

/** Parts as written, quotes included, comments and white space around dots left out. */
export interface Address {
  readonly localPart: string;
  readonly domain: string;
}

export interface AddrSpec extends Address {
  /** No part of it could be read otherwise. */
  readonly clean: boolean;
}

export function isAt(token: Token): boolean {
  return token.kind === 'special' && token.raw === '@';
}

/** RFC 5322 §3.4.1 addr-spec with §4.4 obs-local-part and obs-domain; undefined where the tokens are no `local@domain`. */
export function readAddrSpec(tokens: readonly Token[]): AddrSpec | undefined {
  const at = tokens.findIndex(isAt);
  const local = tokens.slice(0, Math.max(at, 0));
  const host = tokens.slice(at + 1);
  if (host.length === 0 || host.some(isAt) || !isLocalPart(local)) return undefined;
  const literal = host.length === 1 && host[0]?.kind === 'literal';
  if (!literal && (host.some(({ kind }) => kind !== 'atom') || !isDotted(host))) return undefined;
  const localPart = local.map(({ raw }) => raw).join('');
  const domain = host.map(({ raw }) => raw).join('');
  // Nothing that RFC 5321 §4.1.3 allows in a literal holds these marks; another address might.
  const oddDomain = literal ? /[@<>]/.test(domain) : /^\.|\.\.|\.$/.test(domain);
  // Only an encoded word, read as one atom, brings these in; inside an address they separate addresses.
  const separators = [...local, ...host].some(({ kind, raw }) => kind === 'atom' && /[,;:<>[\]]/.test(raw));
  return { localPart, domain, clean: !oddDomain && !separators };
}

function isLocalPart(words: readonly Token[]): boolean {
  return words.length > 0 && words.every(isWord) && isDotted(words);
}

function isWord({ kind, closed }: Token): boolean {
  return kind === 'atom' || (kind === 'quoted' && closed);
}

/** Whether words follow each other with a dot between: `john . q`, `"john".q`, but not `john q`. */
function isDotted(words: readonly Token[]): boolean {
  return words.every((word, index) => {
    const before = words[index - 1];
    return before === undefined || endsInDot(before) || startsWithDot(word);
  });
}

function endsInDot({ kind, raw }: Token): boolean {
  return kind === 'atom' && raw.endsWith('.');
}

function startsWithDot({ kind, raw }: Token): boolean {
  return kind === 'atom' && raw.startsWith('.');
}

const DOT = 0x2e;

/**
 * Everything in the text that looks like `local@domain`, wherever it stands: in quotes, in comments, behind stray marks. For values
 * that are not well formed, where readers may pick any of them.
 */
export function findAddresses(text: string, limit: number): readonly Address[] {
  const found: Address[] = [];
  for (let at = text.indexOf('@'); at >= 0 && found.length < limit; at = text.indexOf('@', at + 1)) {
    const localPart = localPartBefore(text, at);
    const domain = domainAfter(text, at);
    if (localPart !== '' && parseDomain(domain) !== undefined) found.push({ localPart, domain });
  }
  return found;
}

function localPartBefore(text: string, at: number): string {
  let end = at;
  while (end > 0 && isWsp(text.charCodeAt(end - 1))) end--;
  if (text.charAt(end - 1) === '"') {
    const open = text.lastIndexOf('"', end - 2);
    return end < 2 || open < 0 ? '' : text.slice(open, end);
  }
  let start = end;
  while (start > 0 && isRun(text.charCodeAt(start - 1))) start--;
  return text.slice(start, end).replace(/^\.+/, '');
}

function domainAfter(text: string, at: number): string {
  const start = skipFws(text, at + 1);
  let end = start;
  while (end < text.length && isRun(text.charCodeAt(end))) end++;
  return text.slice(start, end).replace(/^\.+/, '');
}

function isRun(code: number): boolean {
  return code === DOT || isAtext(code);
}
