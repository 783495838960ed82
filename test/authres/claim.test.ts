/** Which domain a server's result speaks of, in the standard's properties and in the forms that servers write instead. */
import { describe, expect, it } from 'vitest';
import { claimedDomain, claimedMailFrom, type ClaimContext } from '../../src/authres/claim.ts';
import { parseAuthenticationResults } from '../../src/authres/parse.ts';
import type { MethodResult } from '../../src/authres/types.ts';

function resultOf(text: string): MethodResult {
  const [method] = parseAuthenticationResults(`mx.mine.example; ${text}`).methods;
  if (!method) throw new Error(`no result in ${text}`);
  return method;
}

const AUTHOR: ClaimContext = { authorDomain: 'author.example' };
const NULL_PATH: ClaimContext = { nullReversePath: true };

describe('the domain a result speaks of', () => {
  it.each<[name: string, result: string, domain: string | undefined, context?: ClaimContext]>([
    ['the signing domain', 'dkim=pass header.d=a.example header.i=@b.a.example', 'a.example'],
    ['the signing identity alone', 'dkim=pass header.i=x@a.example', 'a.example'],
    ['none for a signature that names nobody', 'dkim=pass header.s=sel', undefined, AUTHOR],
    ['the author of RFC 9989', 'dmarc=pass header.from=a.example', 'a.example', AUTHOR],
    ['the address of the author', 'dmarc=pass header.from="Ann <ann@A.example>"', 'a.example'],
    ['the address in angle brackets', 'dmarc=pass header.from=<ann@a.example>', 'a.example'],
    ["IronPort's untyped domain", 'dmarc=pass (p=none dis=none) d=a.example', 'a.example'],
    ['an untyped author', 'dmarc=pass from=a.example', 'a.example'],
    ['the From domain where DMARC names none', 'dmarc=pass', 'author.example', AUTHOR],
    ['the From domain whatever else is named', 'dmarc=pass smtp.mailfrom=x@b.example', 'author.example', AUTHOR],
    ['none where there is not precisely one author', 'dmarc=pass', undefined, { authorDomain: null }],
    ['the domain named, not the From domain', 'dmarc=pass header.from=b.example', 'b.example', AUTHOR],
    ['none where what is named is no domain', 'dmarc=pass header.from=-', undefined, AUTHOR],
    ['the envelope sender', 'spf=pass smtp.mailfrom=x@a.example smtp.helo=m.a.example', 'a.example'],
    ['the envelope sender as a domain', 'spf=pass smtp.mailfrom=a.example', 'a.example'],
    ['the envelope sender in an older form', 'spf=pass smtp.mail=x@a.example', 'a.example'],
    ["Amazon's untyped envelope sender", 'spf=pass envelope-from=x@a.example', 'a.example'],
    ['the HELO name where the path is null', 'spf=pass smtp.mailfrom=<> smtp.helo=m.a.example', 'm.a.example'],
    ['the HELO name where the path is empty', 'spf=pass smtp.mailfrom="" smtp.helo=m.a.example', 'm.a.example'],
    ['the HELO name of a message known to have none', 'spf=pass smtp.helo=m.a.example', 'm.a.example', NULL_PATH],
    ['none for a HELO name beside an unknown path', 'spf=pass smtp.helo=m.a.example', undefined],
    ['the sender named, whatever is known of the path', 'spf=pass smtp.mailfrom=a.example', 'a.example', NULL_PATH],
    ['the domain behind a quoted local part', 'spf=pass smtp.mailfrom="x@bank.example"@evil.example', 'evil.example'],
    ['the account of SMTP AUTH', 'auth=pass smtp.auth=ann@a.example', 'a.example'],
    ['none for an account that is no address', 'auth=pass smtp.auth=ann smtp.mailfrom=ann@a.example', undefined],
    ['none for a method without such a property', 'iprev=pass policy.iprev=192.0.2.1', undefined, AUTHOR],
  ])('is %s', (_name, result, domain, context) => {
    expect(claimedDomain(resultOf(result), context)).toBe(domain);
  });
});

describe('the MAIL FROM a result speaks of', () => {
  it.each([
    ['an address', 'spf=pass smtp.mailfrom=x@a.example', 'x@a.example'],
    ['a domain', 'spf=fail smtp.mailfrom=a.example', 'a.example'],
    ['an address in angle brackets', 'spf=pass smtp.mailfrom=<x@a.example>', 'x@a.example'],
    ['the null path', 'spf=pass smtp.mailfrom=<> smtp.helo=m.a.example', ''],
    ['nothing for a HELO name', 'spf=pass smtp.helo=m.a.example', undefined],
    ['nothing for what is no address', 'spf=none smtp.mailfrom=x@[192.0.2.1]', undefined],
    ['nothing for another method', 'dmarc=pass smtp.mailfrom=x@a.example', undefined],
  ])('is %s', (_name, result, address) => {
    expect(claimedMailFrom(resultOf(result))).toBe(address);
  });
});
