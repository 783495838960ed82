/** SPF as data: identities, the terms of a record, the result of check_host() and the profile of a domain (RFC 7208, RFC 4406). */
import type { DnsFailure, DnssecState } from '../dns/resolver.ts';
import type { IpAddress } from './ip.ts';
import type { SpfFindingId, SpfFindingSeverity, SpfProblemCode, SpfReason, SpfResultName } from './reasons.ts';

/** MAIL FROM, the Purported Responsible Address (RFC 4407), or the HELO name (RFC 7208 §2.3, §2.4; RFC 4406 §3.1). */
export type SpfIdentity = 'mfrom' | 'pra' | 'helo';

/** What a qualifier makes of a match: "+", "-", "~", "?" (RFC 7208 §4.6.2). */
export type SpfMatchResult = 'pass' | 'fail' | 'softfail' | 'neutral';

/** RFC 7208 §7.2. */
export type MacroLetter = 's' | 'l' | 'o' | 'd' | 'i' | 'p' | 'h' | 'c' | 'r' | 't' | 'v';
/** What each letter expands to. */
export type MacroValues = Readonly<Record<MacroLetter, string>>;

export type MacroPart =
  | { readonly kind: 'literal'; readonly text: string }
  /** "%%", "%_" or "%-", as it expands. */
  | { readonly kind: 'escape'; readonly text: string }
  | {
      readonly kind: 'macro';
      readonly letter: MacroLetter;
      /** How many right-hand parts are kept; null for all. */
      readonly keep: number | null;
      readonly reverse: boolean;
      /** Characters the value is split at; empty for the default, a dot. */
      readonly delimiters: string;
      /** Written in upper case: URL-escaped. */
      readonly escaped: boolean;
    };

export interface MacroString {
  readonly text: string;
  /** Byte offset in the record. */
  readonly at: number;
  readonly parts: readonly MacroPart[];
}

interface TermBase {
  /** As written. */
  readonly text: string;
  /** Byte offset in the record. */
  readonly at: number;
}

interface DirectiveBase extends TermBase {
  /** The result where this term matches. */
  readonly result: SpfMatchResult;
}

/** One member of a union for every kind, so that a test of `kind` tells them apart. */
type OfKind<Kind extends string, Term> = Kind extends string ? Term & { readonly kind: Kind } : never;

/** A mechanism with its qualifier (RFC 7208 §5). `domain` is null where the domain being checked is meant. */
export type SpfDirective =
  | OfKind<'all', DirectiveBase>
  | OfKind<'include' | 'exists', DirectiveBase & { readonly domain: MacroString }>
  | OfKind<
      'a' | 'mx',
      DirectiveBase & { readonly domain: MacroString | null; readonly prefix4: number; readonly prefix6: number }
    >
  | OfKind<'ptr', DirectiveBase & { readonly domain: MacroString | null }>
  | OfKind<'ip4' | 'ip6', DirectiveBase & { readonly network: IpAddress; readonly prefix: number }>;

/** RFC 7208 §6. */
export type SpfModifier =
  | OfKind<'redirect' | 'exp', TermBase & { readonly domain: MacroString }>
  | OfKind<'unknown-modifier', TermBase & { readonly name: string; readonly value: MacroString }>;

export type SpfTerm = SpfDirective | SpfModifier;

/** A syntax problem and where it is. */
export interface SpfProblem {
  readonly code: SpfProblemCode;
  /** Byte offset in the record. */
  readonly at: number;
  /** The term as written, at most 100 characters of it. */
  readonly term: string;
}

/** The version section of a record: `v=spf1`, or `spf2.0/` with its scopes (RFC 4406 §3.1). */
export interface SpfVersion {
  readonly version: 'spf1' | 'spf2';
  /** Lower case; empty for `v=spf1`. */
  readonly scopes: readonly string[];
  /** Octets of the version section. */
  readonly length: number;
}

/** A record as far as it could be read. It may be used only where `problems` is empty and `cut` is null (RFC 7208 §4.6). */
export interface ParsedSpfRecord {
  readonly text: string;
  readonly version: SpfVersion;
  /** In the order written. */
  readonly terms: readonly SpfTerm[];
  readonly problems: readonly SpfProblem[];
  /** A bound of this implementation ended the reading. */
  readonly cut: 'record-too-long' | 'too-many-terms' | null;
}

/** Why a check could not be brought to its end, and where. */
export interface SpfTrouble {
  /** The name of the record that was being evaluated. */
  readonly recordName: string;
  /** The term at fault, as written. */
  readonly term?: string;
  /** Byte offset of the fault in the record. */
  readonly at?: number;
  readonly syntax?: SpfProblemCode;
  /** The question that got no answer. */
  readonly question?: string;
  readonly failure?: DnsFailure;
}

/** One term that was evaluated and either caused look-ups or matched, in order. */
export interface SpfStep {
  /** 0 in the record of the identity and its redirects, 1 inside an "include" of it, and so on. */
  readonly depth: number;
  readonly recordName: string;
  readonly term: string;
  /** The name the term led to, macros expanded; null where it has none or none could be composed. */
  readonly target: string | null;
  readonly outcome: 'match' | 'no-match' | 'error' | 'redirect';
}

/** The result of check_host() (RFC 7208 §4) and the evidence for it. */
export interface SpfReport {
  readonly identity: SpfIdentity;
  /** The domain checked, lower case, U-labels as A-labels; as written where it is malformed. */
  readonly domain: string;
  /** The client address, normalised (RFC 5952); an IPv4-mapped address counts as IPv4. */
  readonly clientIp: string;
  readonly result: SpfResultName;
  /** null exactly when `result` is `pass`. */
  readonly reason: SpfReason | null;
  /** The publisher's own words for a `fail` (RFC 7208 §6.2): untrusted text, visible ASCII and spaces, of bounded length. */
  readonly explanation?: string;
  /** Terms that caused look-ups, at most 10 (RFC 7208 §4.6.4). */
  readonly lookups: number;
  /** Look-ups among them that found nothing. */
  readonly voidLookups: number;
  /** The term that gave the result, as written in `record`. */
  readonly mechanism?: string;
  /** The record that gave the result, as published: that of `domain`, or the one its redirects led to. */
  readonly record?: string;
  readonly recordName?: string;
  /** Where and why a check ended in an error. */
  readonly trouble?: SpfTrouble;
  /** The record lets about everyone pass (src/spf/breadth.ts), so that the pass says nothing; absent where it does not. */
  readonly everyonePasses?: true;
  /** The weakest state of all answers used. */
  readonly dnssec: DnssecState;
  /** Seconds until the first of the answers used expires; null where none was. */
  readonly ttl: number | null;
  readonly steps: readonly SpfStep[];
}

/** Look-ups that find nothing, for a client of each family: a host without AAAA records is void for IPv6 clients only. */
export interface VoidLookups {
  readonly ipv4: number;
  readonly ipv6: number;
}

/** One term of a profiled record. Counts include everything below an "include" or redirect=. */
export interface SpfProfileTerm {
  readonly term: SpfTerm;
  /** false behind an "all", which always matches (RFC 7208 §5.1, §6.1): nothing was asked. */
  readonly reachable: boolean;
  /** The name the term asks for; null where it has none, none can be composed, or it differs with each message. */
  readonly target: string | null;
  /** Its macros need a message: nothing was asked. */
  readonly dependsOnMessage: boolean;
  /** What the look-up found; null where none was made. For exp= only a usable explanation counts as `records`. */
  readonly found: 'records' | 'nothing' | 'failure' | null;
  /** Mail servers an "mx" term names; null for other terms. */
  readonly mxNames: number | null;
  readonly lookups: number;
  readonly voidLookups: VoidLookups;
  /** The record an "include" or redirect= leads to. */
  readonly leadsTo: SpfProfileRecord | null;
}

export interface SpfProfileRecord {
  readonly name: string;
  /** `loop`: the name is being evaluated already further up; `not-read`: a limit of the profile was reached. */
  readonly outcome: 'record' | 'no-record' | 'several-records' | 'nonexistent-domain' | 'failure' | 'loop' | 'not-read';
  readonly record: string | null;
  readonly failure: DnsFailure | null;
  readonly ttl: number | null;
  readonly dnssec: DnssecState;
  /** Octets of the name and of all TXT records at it (RFC 7208 §3.4). */
  readonly octets: number;
  readonly problems: readonly SpfProblem[];
  readonly cut: ParsedSpfRecord['cut'];
  readonly terms: readonly SpfProfileTerm[];
  readonly lookups: number;
  readonly voidLookups: VoidLookups;
}

/** Something a postmaster would want to be told. */
export interface SpfProfileFinding {
  readonly id: SpfFindingId;
  readonly severity: SpfFindingSeverity;
  readonly recordName: string;
  readonly term?: string;
  /** Byte offset in the record. */
  readonly at?: number;
  readonly syntax?: SpfProblemCode;
}

/** The record that speaks for some identities, and all records it leads to. */
export interface SpfProfileTree {
  readonly identities: readonly SpfIdentity[];
  readonly root: SpfProfileRecord;
  /** Look-up terms an evaluation needs where nothing matches before the end; more than 10 is an error (RFC 7208 §4.6.4). */
  readonly lookups: number;
  readonly voidLookups: VoidLookups;
  readonly findings: readonly SpfProfileFinding[];
}

export interface SpfProfile {
  readonly domain: string;
  /** false where the domain is malformed: then there is no tree. */
  readonly wellFormed: boolean;
  readonly limits: { readonly lookups: number; readonly voidLookups: number };
  /** One tree for each distinct choice of records; usually one for all three identities. */
  readonly trees: readonly SpfProfileTree[];
  /** DNS questions asked. */
  readonly queries: number;
  /** A limit of the profile left something unread. */
  readonly complete: boolean;
}
