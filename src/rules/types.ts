/**
 * The reader's own rules: ordered, each with conditions over what the Report says, and with actions. A rule acts; the Report never
 * does (RFC 5016 §5.3 requirement 7: practices dictate no disposition). No action destroys anything.
 *
 * The same shapes are stored, exported and imported; schema.json beside this file describes them, docs/rules.md explains them. A kind
 * of condition is added to `LeafCondition`, and the compiler then names every place that has to know it.
 */
import type { FindingId } from '../assessment/table.ts';
import type { Level } from '../assessment/types.ts';
import type { Relation } from '../dkim/types.ts';
import type { Evidence } from '../message/evidence.ts';
import type { ObservedHabit } from '../practices/observed.ts';
import type { PracticeStatementId } from '../practices/types.ts';
import type { Report } from '../report/types.ts';
import type { SubjectLabelLaw } from '../solicitation/types.ts';

/** Version of the rule file; raised when a member changes its meaning or goes away. */
export const RULES_VERSION = 1;

export interface RuleSet {
  readonly version: typeof RULES_VERSION;
  /** The first rule comes first. */
  readonly rules: readonly Rule[];
}

export interface Rule {
  /** Stable and unique in its set: letters, digits, `-` and `_`. */
  readonly id: string;
  /** The reader's words for it. Text only. */
  readonly name: string;
  readonly enabled: boolean;
  readonly conditions: ConditionGroup;
  readonly actions: readonly RuleAction[];
  /** Rules after this one are not looked at where it matches. */
  readonly stop: boolean;
  /** The rule also acts where the level is `unchecked`: where it could not be determined who sent the message. */
  readonly unchecked: boolean;
}

/** `all` of no conditions is every message; the others have at least one. */
export type ConditionGroup =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly none: readonly Condition[] };

export type Condition = ConditionGroup | LeafCondition;

export type LeafCondition =
  | KeywordCondition
  | PassKeyCondition
  | SubjectLabelCondition
  | LevelCondition
  | FindingCondition
  | SignatureCondition
  | AuthorDomainCondition
  | PracticeCondition
  | ObservedCondition
  | ListCondition
  | ServerResultCondition
  | AccountCondition
  | FolderCondition;

export type LeafField = LeafCondition['field'];

/** How a keyword is compared, without regard to case (RFC 3865 §2.2: keywords are built from domain names). */
export type KeywordMatch =
  | 'exact'
  /** The keyword itself and what continues it after a `.` or `:`, so `org.example` is not `org.examples`. */
  | 'prefix'
  /** `*` stands for any run of keyword characters, none included. */
  | 'glob';

/** Who put the keyword there. */
export type KeywordOrigin =
  /** The Solicitation or No-Solicit field says so; anybody can have written that. */
  | 'declared'
  /** The same, and one valid signature covers every such field. */
  | 'signed'
  /** One of the reader's servers recorded it in its Received field. */
  | 'recorded';

/** A solicitation class keyword (RFC 3865). */
export interface KeywordCondition {
  readonly field: 'keyword';
  readonly match: KeywordMatch;
  readonly value: string;
  readonly by: KeywordOrigin;
}

/** A keyword of the reader's own that correspondents were given (draft-malamud-subject-line-03 §5). */
export interface PassKeyCondition {
  readonly field: 'pass-key';
  readonly value: string;
  /** Whether one valid signature covers every such field. A key without can have been copied by anyone. */
  readonly coverage: 'signed' | 'unsigned' | 'either';
}

/** A label in the Subject; legacy evidence (draft-malamud-subject-line-03 §3, §4). Any label where neither member is given. */
export interface SubjectLabelCondition {
  readonly field: 'subject-label';
  /** A label that begins like this, without regard to case and width: `ADV:` is also the label `ADV:ADLT`. */
  readonly label?: string;
  /** A label this law or custom asks for. */
  readonly law?: SubjectLabelLaw;
}

/** Levels from best to worst: verified, signed, unsigned, unchecked, caution, warning. */
export interface LevelCondition {
  readonly field: 'level';
  readonly compare: 'is' | 'or-better' | 'or-worse';
  readonly level: Level;
}

export interface FindingCondition {
  readonly field: 'finding';
  readonly id: FindingId;
}

/** A valid DKIM signature whose key is not in test mode. What is given must all be true of the same signature. */
export interface SignatureCondition {
  readonly field: 'signature';
  /** The signing domain (d=), in A-label form. */
  readonly domain?: string;
  /** Names below `domain` count as well. */
  readonly subdomains: boolean;
  /** Relations to the author of which it has one. */
  readonly relations?: readonly Relation[];
}

/** The domain of an author as From names it, signed or not. */
export interface AuthorDomainCondition {
  readonly field: 'author-domain';
  /** In A-label form. */
  readonly domain: string;
  readonly subdomains: boolean;
}

/** What the author domain publishes; looked up only where no valid first party signature was found. */
export interface PracticeCondition {
  readonly field: 'practice';
  readonly statement: PracticeStatementId;
}

/** What earlier mail of the author domain has shown on this machine. The first four need enough of it to be called a habit. */
export interface ObservedCondition {
  readonly field: 'observed';
  /** `new-domain`: no message of the author domain was learned from before; never where nothing is remembered. */
  readonly practice: ObservedHabit | 'new-domain';
}

/** A mailing list by its List-Id, or by the field that names it where there is none. */
export interface ListCondition {
  readonly field: 'list';
  readonly id: string;
  /** `namespace`: every list whose identifier ends in a dot and `id` (RFC 2919 §2). */
  readonly match: 'exact' | 'namespace';
}

/** A result that a trusted server wrote (RFC 8601). Received-SPF is no such result: it is not acted on. */
export interface ServerResultCondition {
  readonly field: 'server-result';
  /** `dkim`, `spf`, `dmarc`, … in lower case. */
  readonly method: string;
  /** In lower case. */
  readonly result: string;
  /** The authserv-id; any trusted one where absent. */
  readonly server?: string;
}

/** The account a message is in, by the mail program's own identifier. */
export interface AccountCondition {
  readonly field: 'account';
  readonly account: string;
}

/** The folder a message is in: names from the account's root, joined by `/`. `INBOX` in any case is the inbox. */
export interface FolderCondition {
  readonly field: 'folder';
  readonly folder: string;
  readonly subfolders: boolean;
}

export type RuleAction = TagAction | MoveAction | MarkAction | NotifyAction | BannerAction;

/** Adds a tag: an IMAP keyword (RFC 9051 §2.3.2). */
export interface TagAction {
  readonly do: 'tag';
  readonly tag: string;
}

export interface MoveAction {
  readonly do: 'move';
  /** Names from the account's root, joined by `/`. */
  readonly folder: string;
  /** The message's own account where absent. */
  readonly account?: string;
}

export interface MarkAction {
  readonly do: 'mark';
  readonly as: 'read' | 'starred' | 'junk';
}

export interface NotifyAction {
  readonly do: 'notify';
}

/** Sets the banner above the message: which one, and the reader's own words in it. `none` keeps it away. */
export interface BannerAction {
  readonly do: 'banner';
  readonly show: 'note' | 'caution' | 'warning' | 'none';
  readonly text?: string;
}

/** What rules are evaluated against. */
export interface RuleSubject {
  readonly report: Report;
  readonly account?: string | undefined;
  /** Names from the account's root, joined by `/`. */
  readonly folder?: string | undefined;
}

/** Where a rule's reason comes from; `position` is a header field of which the Report keeps no more than its place. */
export type MatchEvidence = Evidence | { readonly kind: 'position'; readonly index: number };

/** One condition, whether it holds, and what was found. Text in `found` comes from the message or DNS. */
export interface Because {
  readonly condition: LeafCondition;
  readonly holds: boolean;
  /** Empty where it does not hold. */
  readonly found: readonly string[];
  readonly evidence: readonly MatchEvidence[];
}
