/**
 * Proposes what a rule for mail like one message could ask for. Anyone can write a From address, a List-Id or a Solicitation field, so where
 * a valid signature is behind one, the proposal asks for that signature too, and where none does, it says so (`basis`).
 *
 * Known differences: conditions that a rule file cannot hold (an author at an address literal, a list without a usable identifier) are not
 * proposed.
 */
import { isFirstParty } from '../dkim/relation.ts';
import { asciiLower } from '../bytes/ascii.ts';
import type { DkimSignatureReport } from '../dkim/types.ts';
import { isWithin, parseDomain } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import type { Report } from '../report/types.ts';
import { parseRules } from './parse.ts';
import { RULES_VERSION } from './types.ts';
import type { LeafCondition } from './types.ts';

export type ProposalKind =
  'author' | 'list' | 'signer' | 'pass-key' | 'keyword' | 'subject-label' | 'finding' | 'level';

/** What makes mail that meets the conditions what it says it is. */
export type ProposalBasis =
  /** A valid signature is asked for as well. */
  | 'signed'
  /** The reader's own machine or server finds it out. */
  | 'checked'
  /** Nothing: anyone can write such a message. */
  | 'claimed';

export interface ConditionProposal {
  readonly kind: ProposalKind;
  /** They belong together: all of them have to hold. */
  readonly conditions: readonly LeafCondition[];
  readonly basis: ProposalBasis;
  /** A careful choice to begin with; at most one proposal of a message is that. */
  readonly chosen: boolean;
}

type Proposal = Omit<ConditionProposal, 'chosen'>;

/** Proposals in the order a reader would look at them; at most `LIMITS.ruleProposals` of each kind. */
export function proposeConditions(report: Report): readonly ConditionProposal[] {
  const signatures = report.dkim.filter(speaksForItsDomain);
  const proposals = [
    proposeAuthors(report, signatures),
    proposeLists(report, signatures),
    proposeSigners(signatures),
    proposePassKeys(report),
    proposeKeywords(report),
    proposeSubjectLabels(report),
    proposeFindings(report),
    proposeLevel(report),
  ].flatMap((ofKind) => ofKind.filter(canBeAsked).slice(0, LIMITS.ruleProposals));
  const first = carefulChoice(proposals, report);
  return proposals.map((proposal) => ({ ...proposal, chosen: proposal === first }));
}

/** RFC 6376 §8.14: a signature of a public suffix says nothing of the names below it. */
function speaksForItsDomain({ result, testing, notes }: DkimSignatureReport): boolean {
  return result === 'pass' && !testing && !notes.includes('public-suffix-domain');
}

/** Where something is odd, that is what the reader means; elsewhere it is who proved to have sent it. */
function carefulChoice(proposals: readonly Proposal[], { level, headline }: Report): Proposal | undefined {
  if (level === 'caution' || level === 'warning')
    return proposals.find(({ conditions: [one] }) => one?.field === 'finding' && one.id === headline);
  return (['pass-key', 'list', 'author', 'keyword'] as const)
    .map((wanted) => proposals.find(({ kind, basis }) => kind === wanted && basis === 'signed'))
    .find((proposal) => proposal !== undefined);
}

function proposeAuthors({ identities }: Report, signatures: readonly DkimSignatureReport[]): readonly Proposal[] {
  const domains = [...new Set(identities.from.flatMap(({ domain }) => domain ?? []))];
  return domains.map((domain) => {
    // Relations are to the author, so with several authors only the name itself tells whose signature it is.
    const own = signatures.find(
      (signature) => signature.domain === domain || (domains.length === 1 && isFirstParty(signature.relation)),
    );
    return withSignature('author', { field: 'author-domain', domain, subdomains: false }, own);
  });
}

/** RFC 2919 §3: a list identifier ends in a domain of whoever runs the list. */
function proposeLists({ intermediaries }: Report, signatures: readonly DkimSignatureReport[]): readonly Proposal[] {
  const ids = intermediaries.flatMap(({ kind, name }) => (kind === 'list' ? asciiLower(name) : []));
  return [...new Set(ids)].map((id) => {
    const home = parseDomain(id.slice(id.lastIndexOf('@') + 1));
    const own = signatures.find((signature) => {
      const signer = parseDomain(signature.domain ?? '');
      return home !== undefined && signer !== undefined && isWithin(home, signer);
    });
    return withSignature('list', { field: 'list', id, match: 'exact' }, own);
  });
}

function withSignature(
  kind: ProposalKind,
  condition: LeafCondition,
  signature: DkimSignatureReport | undefined,
): Proposal {
  const domain = signature?.domain ?? null;
  if (domain === null) return { kind, conditions: [condition], basis: 'claimed' };
  return { kind, conditions: [condition, { field: 'signature', domain, subdomains: false }], basis: 'signed' };
}

/** Those who sign for others: services that send, lists that sign anew. */
function proposeSigners(signatures: readonly DkimSignatureReport[]): readonly Proposal[] {
  const others = signatures.filter(({ relation }) => !isFirstParty(relation));
  return [...new Set(others.flatMap(({ domain }) => domain ?? []))].map((domain) => ({
    kind: 'signer',
    conditions: [{ field: 'signature', domain, subdomains: false }],
    basis: 'signed',
  }));
}

/** draft-malamud-subject-line-03 §5: a key that no signature covers can have been copied by anyone. */
function proposePassKeys({ solicitation: { passKeys, signed } }: Report): readonly Proposal[] {
  return passKeys.map((value) => ({
    kind: 'pass-key',
    conditions: [{ field: 'pass-key', value, coverage: signed ? 'signed' : 'unsigned' }],
    basis: signed ? 'signed' : 'claimed',
  }));
}

/** RFC 3865 §2: what was declared, and what the reader's servers recorded. */
function proposeKeywords({ solicitation }: Report): readonly Proposal[] {
  const { recorded, signed } = solicitation;
  const keys = new Set(solicitation.passKeys.map(asciiLower));
  const declared = solicitation.declared.filter((value) => !keys.has(asciiLower(value)));
  const own = recorded.filter(({ trusted }) => trusted).map(({ keyword }) => keyword);
  return [
    ...declared.map((value) => keyword(value, signed ? 'signed' : 'declared', signed ? 'signed' : 'claimed')),
    ...[...new Set(own)].map((value) => keyword(value, 'recorded', 'checked')),
  ];
}

function keyword(value: string, by: 'signed' | 'declared' | 'recorded', basis: ProposalBasis): Proposal {
  return { kind: 'keyword', conditions: [{ field: 'keyword', match: 'exact', value, by }], basis };
}

function proposeSubjectLabels({ solicitation }: Report): readonly Proposal[] {
  return solicitation.subjectLabels.map(({ label }) => ({
    kind: 'subject-label',
    conditions: [{ field: 'subject-label', label }],
    basis: 'claimed',
  }));
}

/** What moved the level down; notes and what is in order make no rule. */
function proposeFindings({ findings, headline }: Report): readonly Proposal[] {
  const odd = findings.filter(({ level }) => level === 'caution' || level === 'warning').map(({ id }) => id);
  const ids = [...new Set(odd)].toSorted((left, right) => Number(right === headline) - Number(left === headline));
  return ids.map((id) => ({ kind: 'finding', conditions: [{ field: 'finding', id }], basis: 'checked' }));
}

/** Rules leave mail alone that could not be checked, so its level is nothing to ask for. */
function proposeLevel({ level }: Report): readonly Proposal[] {
  if (level === 'unchecked') return [];
  return [{ kind: 'level', conditions: [{ field: 'level', compare: 'is', level }], basis: 'checked' }];
}

/** What comes from a message may be anything; a rule may not. */
function canBeAsked({ conditions }: Proposal): boolean {
  const rule = { id: 'proposed', name: 'proposed', conditions: { all: conditions } };
  return parseRules({ version: RULES_VERSION, rules: [rule] }).ok;
}
