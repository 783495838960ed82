import { describe, expect, it } from 'vitest';
import { macroValues, readIdentity } from '../../src/spf/identity.ts';
import { parseIp } from '../../src/spf/ip.ts';
import { expandPart, parseMacroString } from '../../src/spf/macro.ts';
import { expandTargetName } from '../../src/spf/target-name.ts';
import type { MacroString, MacroValues } from '../../src/spf/types.ts';

function valuesFor(ip: string, sender: string, helo = 'mx.example.org'): MacroValues {
  const address = parseIp(ip);
  if (address === undefined) throw new TypeError('the test needs an address');
  const identity = readIdentity('mfrom', sender, helo);
  const context = { identity, ip: address, helo, receiver: 'unknown', time: new Date(1_700_000_000_999) };
  return macroValues(context, identity.domain ?? '', 'mx.example.org');
}

function parsed(text: string, explanation = false): MacroString {
  const macro = parseMacroString(text, 0, explanation);
  if (!macro.ok) throw new TypeError(`${macro.code} at ${macro.at}`);
  return macro.value;
}

const expand = (text: string, values: MacroValues): string =>
  parsed(text, true)
    .parts.map((part) => expandPart(part, values))
    .join('');

describe('macro expansion: the examples of RFC 7208 §7.4', () => {
  const values = valuesFor('192.0.2.3', 'strong-bad@email.example.com');

  it.each([
    ['%{s}', 'strong-bad@email.example.com'],
    ['%{o}', 'email.example.com'],
    ['%{d}', 'email.example.com'],
    ['%{d4}', 'email.example.com'],
    ['%{d3}', 'email.example.com'],
    ['%{d2}', 'example.com'],
    ['%{d1}', 'com'],
    ['%{dr}', 'com.example.email'],
    ['%{d2r}', 'example.email'],
    ['%{l}', 'strong-bad'],
    ['%{l-}', 'strong.bad'],
    ['%{lr}', 'strong-bad'],
    ['%{lr-}', 'bad.strong'],
    ['%{l1r-}', 'strong'],
    ['%{ir}.%{v}._spf.%{d2}', '3.2.0.192.in-addr._spf.example.com'],
    ['%{lr-}.lp._spf.%{d2}', 'bad.strong.lp._spf.example.com'],
    ['%{lr-}.lp.%{ir}.%{v}._spf.%{d2}', 'bad.strong.lp.3.2.0.192.in-addr._spf.example.com'],
    ['%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}', '3.2.0.192.in-addr.strong.lp._spf.example.com'],
    ['%{d2}.trusted-domains.example.net', 'example.com.trusted-domains.example.net'],
  ])('%s', (text, expected) => {
    expect(expand(text, values)).toBe(expected);
  });

  it('%{ir}.%{v}._spf.%{d2} of an IPv6 client', () => {
    const six = valuesFor('2001:db8::cb01', 'strong-bad@email.example.com');
    expect(expandTargetName(parsed('%{ir}.%{v}._spf.%{d2}'), six)).toBe(
      '1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com',
    );
  });
});

describe('macro expansion: the rules of RFC 7208 §7.3', () => {
  const values = valuesFor('192.0.2.3', 'a+b-c_d@email.example.com', 'Mail.Example.ORG');

  it.each([
    ['%%%_%-', '% %20', 'escapes'],
    ['%{h}', 'Mail.Example.ORG', 'the HELO name as given'],
    ['%{p}', 'mx.example.org', 'the validated name'],
    ['%{c}', '192.0.2.3', 'the address for people'],
    ['%{r}', 'unknown', 'the receiver'],
    ['%{t}', '1700000000', 'whole seconds since the epoch'],
    ['%{l+-_}', 'a.b.c.d', 'several delimiters'],
    ['%{l2+-_}', 'c.d', 'right-hand parts'],
    ['%{l2r+-_}', 'b.a', 'right-hand parts after reversal'],
    ['%{l3R+-_}', 'c.b.a', 'R like r'],
    ['%{l/}', 'a+b-c_d', 'a delimiter that does not occur: also no dot is split at'],
    ['%{d127}', 'email.example.com', 'more parts than there are'],
    ['%{d999999999999999999999999}', 'email.example.com', 'absurdly many parts'],
    ['%{d02}', 'example.com', 'leading zeros in a count'],
    ['%{S}', 'a%2Bb-c_d%40email.example.com', 'upper case: URL-escaped'],
    ['%{O2}', 'example.com', 'nothing to escape'],
  ])('%s is %s: %s', (text, expected) => {
    expect(expand(text, values)).toBe(expected);
  });

  it('escapes everything outside the unreserved set (RFC 3986 §2.3)', () => {
    const odd = valuesFor('192.0.2.3', '"~!*\'() /?é"@example.com');
    expect(expand('%{L}', odd)).toBe('%22~%21%2A%27%28%29%20%2F%3F%C3%A9%22');
  });

  it.each([
    ['%', 0],
    ['a%', 1],
    ['%a', 0],
    ['%{', 0],
    ['%{}', 0],
    ['%{d', 0],
    ['%{x}', 0],
    ['%{d0}', 0],
    ['%{d00}', 0],
    ['%{dr2}', 0],
    ['%{d2rr}', 0],
    ['%{d:}', 0],
    ['%{ d}', 0],
    ['ok.%{d}.%{q}', 8],
    ['%(d)', 0],
  ])('refuses %s at %i', (text, at) => {
    expect(parseMacroString(text, 0)).toEqual({ ok: false, code: 'invalid-macro', at });
  });

  it.each(['c', 'r', 't', 'C', 'R', 'T'])('allows %s in explanations only (RFC 7208 §7.2)', (letter) => {
    expect(parseMacroString(`%{${letter}}`, 0, true).ok).toBe(true);
    expect(parseMacroString(`%{${letter}}`, 0).ok).toBe(false);
  });

  it.each([
    ['a b', 1],
    ['a\tb', 1],
    ['a\0', 1],
    ['\x7f', 0],
    ['aé', 1],
  ])('refuses octets that are not visible ASCII in %j, with the byte offset', (text, at) => {
    expect(parseMacroString(text, 100)).toEqual({ ok: false, code: 'not-ascii', at: 100 + at });
  });

  it('allows spaces, but no other invisible octet, in explanations', () => {
    expect(parseMacroString('a b', 0, true).ok).toBe(true);
    expect(parseMacroString('a\tb', 0, true).ok).toBe(false);
  });
});

describe('the identity behind the macros', () => {
  it.each([
    ['', 'mail.example.org', 'postmaster@mail.example.org', 'the null path (RFC 7208 §2.4)'],
    ['@example.com', 'h', 'postmaster@example.com', 'no local part (RFC 7208 §4.3)'],
    ['example.com', 'h', 'postmaster@example.com', 'no local part and no "@"'],
    ['"a@b"@Example.com', 'h', '"a@b"@Example.com', 'an "@" in a quoted local part'],
    ['x@bücher.example', 'h', 'x@xn--bcher-kva.example', 'U-labels become A-labels (RFC 7208 §4.3)'],
  ])('MAIL FROM %j with HELO %s is %s: %s', (sender, helo, expected) => {
    expect(valuesFor('192.0.2.1', sender, helo).s).toBe(expected);
  });

  it('is postmaster at the HELO name for HELO, whatever the sender', () => {
    expect(readIdentity('helo', 'x@example.com', 'mail.example.org')).toMatchObject({
      localPart: 'postmaster',
      domain: 'mail.example.org',
    });
  });

  it('has no HELO name to fall back to for the PRA', () => {
    expect(readIdentity('pra', '', 'mail.example.org').domain).toBeUndefined();
  });
});
