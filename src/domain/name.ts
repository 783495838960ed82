/**
 * Domain names in one comparable form. Implements the lookup side of RFC 5890 to 5893 through UTS 46 (the host parser of the
 * URL Standard, which browsers and Node share), and label-wise comparison. Domains are compared here and nowhere else.
 */
import { parseUrl } from '../bytes/url.ts';
import punycode from 'punycode/punycode.es6.js';
import { asciiLower, isAscii } from '../bytes/ascii.ts';
import { createMemo } from '../bytes/memo.ts';
import { LIMITS } from '../limits.ts';

declare const domainBrand: unique symbol;
/** A domain in A-label form, lower case, without trailing dot, each label 1 to 63 octets, at most 253 in all. */
export type DomainName = string & { readonly [domainBrand]: true };

/** A label as it occurs in mail and DNS: letters, digits, hyphen, underscore (`_domainkey`), nothing else. */
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** The same few names are in one message again and again. */
const read = createMemo<DomainName>(LIMITS.domainsRemembered);

/** Reads a domain as written in mail (any case, U-labels or A-labels, with or without trailing dot). */
export function parseDomain(text: string): DomainName | undefined {
  if (text.length === 0 || text.length > 1000) return undefined;
  return read.get(text, () => readDomain(text));
}

function readDomain(text: string): DomainName | undefined {
  const ascii = isAscii(text) ? asciiLower(text) : unicodeToAscii(text);
  if (ascii === undefined) return undefined;
  const name = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii;
  if (name.length > 253) return undefined;
  return name.split('.').every((label) => LABEL.test(label)) ? (name as DomainName) : undefined;
}

function unicodeToAscii(text: string): string | undefined {
  // Characters with a meaning in a URL would end the host early; none of them occurs in a domain.
  if (/[\0-\x20"#%/:<>?@[\\\]^`{|}\x7f]/.test(text)) return undefined;
  const hostname = parseUrl(`http://${text}/`)?.hostname;
  return hostname === undefined || /(?:^|\.)\d+$/.test(hostname) ? undefined : hostname; // digits of another script, which a URL would read as an IPv4 address
}

/** The labels, leftmost first. */
export function labelsOf(domain: DomainName): readonly string[] {
  return domain.split('.');
}

export function sameDomain(left: DomainName, right: DomainName): boolean {
  return left === right;
}

/** Whether `domain` is `ancestor` itself or below it, label by label (`notexample.com` is not below `example.com`). */
export function isWithin(domain: DomainName, ancestor: DomainName): boolean {
  return domain === ancestor || domain.endsWith(`.${ancestor}`);
}

/** The name one label up, or undefined for a single label. */
export function parentOf(domain: DomainName): DomainName | undefined {
  const dot = domain.indexOf('.');
  return dot < 0 ? undefined : (domain.slice(dot + 1) as DomainName);
}

/** The last `count` labels. */
export function lastLabels(domain: DomainName, count: number): DomainName {
  return domain.split('.').slice(-count).join('.') as DomainName;
}

/** Prefixes labels such as `_dmarc` or `selector._domainkey`; undefined where the result is no legal name. */
export function below(prefix: string, domain: DomainName): DomainName | undefined {
  return parseDomain(`${prefix}.${domain}`);
}

/**
 * U-label form for people. An A-label that stands for no U-label stays (RFC 5890 §2.3.2.1): decoded it could show control characters,
 * or the text of another domain.
 */
export function displayDomain(domain: DomainName): string {
  return domain
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (unicodeLabel(label) ?? label) : label))
    .join('.');
}

function unicodeLabel(label: string): string | undefined {
  try {
    const decoded = punycode.toUnicode(label);
    return parseDomain(decoded) === label ? decoded : undefined;
  } catch {
    return undefined; // RangeError: not punycode
  }
}

/** A domain as written in mail or DNS, as people read it; what is no domain stays as it was written, and none is empty. */
export function shownDomain(written: string | null): string {
  const domain = parseDomain(written ?? '');
  return domain ? displayDomain(domain) : (written ?? '');
}
