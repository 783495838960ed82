/** One term of a record: a directive or a modifier (RFC 7208 §4.6.1, §12). */
import { asciiLower } from '../bytes/ascii.ts';
import { parseIp4, parseIp6 } from './ip.ts';
import { parseMacroString } from './macro.ts';
import type { SpfProblemCode } from './reasons.ts';
import type { MacroString, SpfMatchResult, SpfTerm } from './types.ts';

interface Located {
  readonly ok: false;
  readonly code: SpfProblemCode;
  readonly at: number;
}
type Parsed<T> = { readonly ok: true; readonly value: T } | Located;

const QUALIFIERS: ReadonlyMap<string, SpfMatchResult> = new Map([
  ['+', 'pass'],
  ['-', 'fail'],
  ['~', 'softfail'],
  ['?', 'neutral'],
]);
/** RFC 7208 §12, name. */
const NAME = /^[A-Za-z][A-Za-z0-9._-]*/;
/** RFC 7208 §7.1, toplabel: letters, digits and inner hyphens, not digits alone. */
const TOP_LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
const DIGITS_ONLY = /^[0-9]+$/;
/** RFC 7208 §12: no leading zeros. */
const PREFIX_LENGTH = /^(?:0|[1-9][0-9]{0,2})$/;

const problem = (code: SpfProblemCode, at: number): Located => ({ ok: false, code, at });

/**
 * Reads one term.
 * @param text the term as written, without spaces
 * @param at its byte offset in the record
 */
export function parseTerm(text: string, at: number): Parsed<SpfTerm> {
  const result = QUALIFIERS.get(text.charAt(0));
  const start = result === undefined ? 0 : 1;
  const name = NAME.exec(text.slice(start))?.[0] ?? '';
  const rest = text.slice(start + name.length);
  // A modifier is a name directly followed by "="; it has no qualifier (RFC 7208 §4.6.1).
  if (rest.startsWith('=') && result === undefined) return parseModifier(text, at, name);
  return parseDirective({ text, at, result: result ?? 'pass' }, asciiLower(name), rest, at + start + name.length);
}

function parseModifier(text: string, at: number, name: string): Parsed<SpfTerm> {
  if (name === '') return problem('invalid-modifier-name', at);
  const valueAt = at + name.length + 1;
  const value = text.slice(name.length + 1);
  const kind = asciiLower(name);
  if (kind === 'redirect' || kind === 'exp') {
    const domain = parseDomainSpec(value, valueAt);
    return domain.ok ? { ok: true, value: { kind, text, at, domain: domain.value } } : domain;
  }
  const macro = parseMacroString(value, valueAt);
  return macro.ok ? { ok: true, value: { kind: 'unknown-modifier', text, at, name, value: macro.value } } : macro;
}

interface Directive {
  readonly text: string;
  readonly at: number;
  readonly result: SpfMatchResult;
}

function parseDirective(base: Directive, name: string, rest: string, restAt: number): Parsed<SpfTerm> {
  switch (name) {
    case 'all':
      return rest === '' ? { ok: true, value: { ...base, kind: 'all' } } : problem('unexpected-argument', restAt);
    case 'include':
    case 'exists': {
      if (!rest.startsWith(':')) return problem(rest === '' ? 'missing-domain' : 'unexpected-argument', restAt);
      const domain = parseDomainSpec(rest.slice(1), restAt + 1);
      return domain.ok ? { ok: true, value: { ...base, kind: name, domain: domain.value } } : domain;
    }
    case 'ptr': {
      if (rest === '') return { ok: true, value: { ...base, kind: 'ptr', domain: null } };
      if (!rest.startsWith(':')) return problem('unexpected-argument', restAt);
      const domain = parseDomainSpec(rest.slice(1), restAt + 1);
      return domain.ok ? { ok: true, value: { ...base, kind: 'ptr', domain: domain.value } } : domain;
    }
    case 'a':
    case 'mx':
      return parseHostTerm(base, name, rest, restAt);
    case 'ip4':
    case 'ip6':
      return parseNetwork(base, name, rest, restAt);
    default:
      return problem(name === '' && firstNotAscii(base.text) ? 'not-ascii' : 'unknown-mechanism', base.at);
  }
}

function firstNotAscii(text: string): boolean {
  const code = text.charCodeAt(0);
  return code <= 0x20 || code >= 0x7f;
}

/** a and mx: [ ":" domain-spec ] [ dual-cidr-length ] (RFC 7208 §5.3, §5.4). */
function parseHostTerm(base: Directive, kind: 'a' | 'mx', rest: string, restAt: number): Parsed<SpfTerm> {
  const cidrAt = startOfDualCidr(rest);
  const prefixes = parseDualCidr(rest.slice(cidrAt), restAt + cidrAt);
  if (!prefixes.ok) return prefixes;
  const { prefix4, prefix6 } = prefixes.value;
  const target = rest.slice(0, cidrAt);
  if (target === '') return { ok: true, value: { ...base, kind, domain: null, prefix4, prefix6 } };
  if (target.startsWith('/')) return problem('invalid-prefix-length', restAt);
  if (!target.startsWith(':')) return problem('unexpected-argument', restAt);
  const domain = parseDomainSpec(target.slice(1), restAt + 1);
  return domain.ok ? { ok: true, value: { ...base, kind, domain: domain.value, prefix4, prefix6 } } : domain;
}

/**
 * Where the prefix lengths at the end begin: "/24", "//64" or "/24//64". A domain-spec may hold slashes and digits itself but
 * can end in neither, so what looks like a prefix length at the end is one.
 */
function startOfDualCidr(text: string): number {
  const slash = slashBeforeDigits(text, text.length);
  if (slash < 0) return text.length;
  if (slash === 0 || text.charAt(slash - 1) !== '/') return slash;
  const first = slashBeforeDigits(text, slash - 1);
  return first < 0 ? slash - 1 : first;
}

/** Index of the "/" that begins a run of one or more digits ending at `end`, or -1. */
function slashBeforeDigits(text: string, end: number): number {
  let at = end;
  while (at > 0 && isDigit(text.charCodeAt(at - 1))) at--;
  return at < end && at > 0 && text.charAt(at - 1) === '/' ? at - 1 : -1;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function parseDualCidr(text: string, at: number): Parsed<{ readonly prefix4: number; readonly prefix6: number }> {
  const double = text.indexOf('//');
  const text4 = double < 0 ? text : text.slice(0, double);
  const prefix4 = parsePrefix(text4, 32, at);
  if (!prefix4.ok) return prefix4;
  const prefix6 = double < 0 ? parsePrefix('', 128, at) : parsePrefix(text.slice(double + 1), 128, at + double + 1);
  return prefix6.ok ? { ok: true, value: { prefix4: prefix4.value, prefix6: prefix6.value } } : prefix6;
}

/** "/" and a number up to `longest`; an empty text means `longest`, a whole address. */
function parsePrefix(text: string, longest: 32 | 128, at: number): Parsed<number> {
  if (text === '') return { ok: true, value: longest };
  const digits = text.slice(1);
  const prefix = Number(digits);
  const legal = text.startsWith('/') && PREFIX_LENGTH.test(digits) && prefix <= longest;
  return legal ? { ok: true, value: prefix } : problem('invalid-prefix-length', at);
}

/** ip4 and ip6: ":" network [ "/" prefix length ] (RFC 7208 §5.6). */
function parseNetwork(base: Directive, kind: 'ip4' | 'ip6', rest: string, restAt: number): Parsed<SpfTerm> {
  if (!rest.startsWith(':')) return problem('invalid-address', restAt);
  const slash = rest.indexOf('/');
  const end = slash < 0 ? rest.length : slash;
  const written = rest.slice(1, end);
  const network = kind === 'ip4' ? parseIp4(written) : parseIp6(written);
  if (network === undefined) return problem('invalid-address', restAt + 1);
  const prefix = parsePrefix(rest.slice(end), kind === 'ip4' ? 32 : 128, restAt + end);
  return prefix.ok ? { ok: true, value: { ...base, kind, network, prefix: prefix.value } } : prefix;
}

/** A macro-string that ends in a macro or in a dot and a legal top label (RFC 7208 §7.1, domain-end). */
function parseDomainSpec(text: string, at: number): Parsed<MacroString> {
  if (text === '') return problem('missing-domain', at);
  const macro = parseMacroString(text, at);
  if (!macro.ok) return macro;
  const last = macro.value.parts.at(-1);
  if (last?.kind !== 'literal') return macro;
  const labels = (last.text.endsWith('.') ? last.text.slice(0, -1) : last.text).split('.');
  const top = labels.at(-1) ?? '';
  // A top label alone is not enough: the dot before it belongs to the grammar.
  const legal = labels.length > 1 && TOP_LABEL.test(top) && !DIGITS_ONLY.test(top);
  return legal ? macro : problem('invalid-domain', at);
}
