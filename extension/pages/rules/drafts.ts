/** Rules, conditions and actions as they begin in the editor: of the right shape, with texts still to be filled in. */
import { FINDING_IDS } from '../../../src/assessment/table.ts';
import type { LeafCondition, LeafField, Rule, RuleAction } from '../../../src/rules/types.ts';

/** Conditions by what they ask about, in the order they are offered. */
export const FIELD_GROUPS = {
  who: ['author-domain', 'signature', 'list'],
  found: ['level', 'finding', 'practice', 'observed', 'server-result'],
  says: ['keyword', 'pass-key', 'subject-label'],
  where: ['account', 'folder'],
} as const satisfies Record<string, readonly LeafField[]>;

export function newCondition(field: LeafField): LeafCondition {
  switch (field) {
    case 'keyword':
      return { field, match: 'exact', value: '', by: 'declared' };
    case 'pass-key':
      return { field, value: '', coverage: 'signed' };
    case 'subject-label':
      return { field };
    case 'level':
      return { field, compare: 'is', level: 'warning' };
    case 'finding':
      return { field, id: FINDING_IDS[0] ?? 'no-signature' };
    case 'signature':
      return { field, subdomains: false };
    case 'author-domain':
      return { field, domain: '', subdomains: false };
    case 'practice':
      return { field, statement: 'dmarc-reject' };
    case 'observed':
      return { field, practice: 'new-domain' };
    case 'list':
      return { field, id: '', match: 'exact' };
    case 'server-result':
      return { field, method: '', result: '' };
    case 'account':
      return { field, account: '' };
    case 'folder':
      return { field, folder: 'INBOX', subfolders: false };
  }
}

export const ACTION_KINDS = ['tag', 'move', 'mark', 'notify', 'banner'] as const satisfies readonly RuleAction['do'][];

export function newAction(kind: RuleAction['do']): RuleAction {
  switch (kind) {
    case 'tag':
      return { do: kind, tag: '' };
    case 'move':
      return { do: kind, folder: '' };
    case 'mark':
      return { do: kind, as: 'read' };
    case 'notify':
      return { do: kind };
    case 'banner':
      return { do: kind, show: 'note' };
  }
}

export function newRule(id: string, part: Partial<Rule> = {}): Rule {
  return {
    id,
    name: '',
    enabled: true,
    conditions: { all: [newCondition('author-domain')] },
    actions: [newAction('tag')],
    stop: false,
    unchecked: false,
    ...part,
  };
}

/** An identifier no other rule has. */
export function newId(): string {
  return crypto.randomUUID();
}
