/**
 * What a server's result speaks of: which domain, and by which identity. Implements the properties of RFC 8601 §2.7 and RFC 9989 §7.1, and
 * the forms that servers write instead (IronPort's `d=`, `from=` without a type, no property at all).
 */
import { parseDomain, type DomainName } from '../domain/name.ts';
import type { AuthenticationProperty, MethodResult } from './types.ts';

/** What is known of the message beside the result. */
export interface ClaimContext {
  /** The domain of the one author: a DMARC result that names no domain is about it (RFC 9989 §4.4). Null where there is none, or several. */
  readonly authorDomain?: string | null | undefined;
  /** The message was sent with the null reverse-path, so the HELO name is the MAIL FROM identity (RFC 7208 §2.4). */
  readonly nullReversePath?: boolean | undefined;
}

/**
 * The domain a result speaks of: header.d or header.i for DKIM, the author domain for DMARC, the MAIL FROM domain for SPF, the account's
 * domain for SMTP AUTH. In A-label form; undefined where none can be read.
 */
export function claimedDomain(method: MethodResult, context: ClaimContext = {}): DomainName | undefined {
  const named = propertyOf(method, CLAIMING_PROPERTIES[method.method] ?? []);
  switch (method.method) {
    case 'dmarc':
      return named ? domainOf(named) : parseDomain(context.authorDomain ?? '');
    case 'spf': {
      const isNull = named === undefined ? context.nullReversePath === true : isNullPath(named);
      const identity = isNull ? propertyOf(method, HELO_PROPERTIES) : named;
      return identity && domainOf(identity);
    }
    case 'auth':
      return named?.value.includes('@') ? domainOf(named) : undefined; // an account need not be an address
    default:
      return named && domainOf(named);
  }
}

/** The MAIL FROM address, or its domain alone, that an SPF result is about: "" for the null path; undefined where it says nothing of it. */
export function claimedMailFrom(method: MethodResult): string | undefined {
  const named = method.method === 'spf' ? propertyOf(method, MAIL_FROM_PROPERTIES) : undefined;
  if (named === undefined) return undefined;
  if (isNullPath(named)) return '';
  return domainOf(named) === undefined ? undefined : withoutBrackets(named.value);
}

/** Whether the server accepted in spite of DMARC because an ARC chain passed (RFC 8617 §7.2.2): Gmail says so in a comment. */
export function isOverriddenByArc({ method, result, comments }: MethodResult): boolean {
  if (method !== 'dmarc' || result !== 'fail') return false;
  return comments.some(
    (comment) => /(?:^|\s)arc=pass(?:\s|$)/i.test(comment) && !/\bdis=(?:reject|quarantine)\b/i.test(comment),
  );
}

/** `mail` and `envelope-from` stand in results of servers older than RFC 7001; Amazon still writes the latter without a type. */
const MAIL_FROM_PROPERTIES: readonly string[] = ['smtp.mailfrom', 'smtp.mail', 'smtp.envelope-from', 'envelope-from'];

const HELO_PROPERTIES: readonly string[] = ['smtp.helo', 'helo'];

/** The first one present counts. */
const CLAIMING_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  dkim: ['header.d', 'header.i', 'd', 'i'],
  dmarc: ['header.from', 'from', 'd', 'header.d'],
  spf: MAIL_FROM_PROPERTIES,
  auth: ['smtp.auth'],
};

function propertyOf({ properties }: MethodResult, names: readonly string[]): AuthenticationProperty | undefined {
  for (const name of names) {
    const property = properties.find(
      (one) => (one.ptype === '' ? one.property : `${one.ptype}.${one.property}`) === name,
    );
    if (property) return property;
  }
  return undefined;
}

function domainOf({ value }: AuthenticationProperty): DomainName | undefined {
  const address = withoutBrackets(value);
  return parseDomain(address.slice(address.lastIndexOf('@') + 1));
}

function isNullPath({ value }: AuthenticationProperty): boolean {
  return withoutBrackets(value) === '';
}

/** Some write the address as it is in the field or in the command. */
function withoutBrackets(value: string): string {
  return value.replace(/^.*</, '').replace(/>$/, '');
}
