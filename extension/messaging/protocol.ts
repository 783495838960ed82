/** Every request a page may make of the background, with what is asked and answered. */
import type { AuthservIdProposal, ReceivingHostProposal } from '../../src/authres/propose.ts';
import type { RuleSet } from '../../src/rules/types.ts';
import type { HostAccount, HostMessage } from '../hosts/host.ts';
import type { RulesReply, TriedMessage } from '../judging/outcome.ts';
import type { MailFolder } from '../hosts/mail-store.ts';
import type { CheckedMessage, FirstLook } from '../judging/checked-message.ts';

/** What there is to show for a tab or a message. */
export type CheckReply =
  | { readonly state: 'none' | 'several' }
  | (CheckedMessage & {
      readonly state: 'checked';
      readonly messageId: number;
      /** What the reader's rules say of it. */
      readonly rules: RulesReply;
    })
  /** The host could not hand out the source: nothing can be said. */
  | { readonly state: 'unreadable'; readonly error: string }
  /** Our own fault: shown as that, and never as a statement about the message. */
  | { readonly state: 'broken'; readonly error: string };

/** A message by the tab that shows it, or by its own number. */
export type MessagePlace = { readonly tabId: number } | { readonly messageId: number };

/** Which messages rules are run over. */
export type RunScope =
  | { readonly kind: 'messages'; readonly ids: readonly number[] }
  | { readonly kind: 'folder'; readonly folderId: string; readonly subfolders?: boolean };

export type RunReply = { readonly run: number } | { readonly refused: 'not-permitted' | 'no-folder' | 'still-running' };

/** A message with what rules say of it, or why nothing can be said. */
export type TriedReply =
  ({ readonly state: 'tried' } & TriedMessage) | Extract<CheckReply, { readonly state: 'unreadable' | 'broken' }>;

/** Whom an account's reader could believe, learned from what its newest messages all carry. */
export interface TrustProposals {
  readonly servers: readonly AuthservIdProposal[];
  readonly hosts: readonly ReceivingHostProposal[];
}

/** A request that needs no words. */
export type Nothing = Readonly<Record<string, never>>;

export interface Protocol {
  readonly 'check-tab': { readonly request: { readonly tabId: number }; readonly reply: CheckReply };
  readonly 'check-message': { readonly request: { readonly messageId: number }; readonly reply: CheckReply };
  /** What is known before the DNS has answered; null where there is no one message to speak of, or it could not be read. */
  readonly 'look-first': { readonly request: { readonly place: MessagePlace }; readonly reply: FirstLook | null };
  /** Checks again, asking anew what got no answer. */
  readonly recheck: { readonly request: { readonly messageId: number }; readonly reply: CheckReply };
  readonly accounts: { readonly request: Nothing; readonly reply: readonly HostAccount[] };
  readonly 'propose-trust': {
    readonly request: { readonly accountId: string };
    readonly reply: TrustProposals;
  };
  /** The messages on display or selected, in whichever tab. */
  readonly 'shown-messages': { readonly request: Nothing; readonly reply: readonly HostMessage[] };
  /** What these rules would do with a message, without doing it. */
  readonly 'preview-rules': {
    readonly request: { readonly rules: RuleSet; readonly message: HostMessage };
    readonly reply: TriedReply;
  };
  /** Switches the banner on, for which the page has asked permission, or off, which gives the permission back. */
  readonly 'switch-banner': { readonly request: { readonly on: boolean }; readonly reply: null };
  readonly 'clear-cache': { readonly request: Nothing; readonly reply: null };
  /** Folders that hold messages. */
  readonly folders: { readonly request: Nothing; readonly reply: readonly MailFolder[] };
  /** Runs the rules as they are now over messages, or tells what they would do. */
  readonly 'start-run': {
    readonly request: {
      readonly scope: RunScope;
      readonly mode: 'act' | 'preview';
      readonly pace?: 'full' | 'gentle';
    };
    readonly reply: RunReply;
  };
  readonly 'pause-run': { readonly request: { readonly run: number }; readonly reply: null };
  readonly 'resume-run': { readonly request: { readonly run: number }; readonly reply: null };
  readonly 'cancel-run': { readonly request: { readonly run: number }; readonly reply: null };
  /** Takes back a whole run, or one entry of it. */
  readonly undo: { readonly request: { readonly run: number; readonly entry?: number }; readonly reply: RunReply };
}

export type RequestName = keyof Protocol;
export type Request = { readonly [N in RequestName]: { readonly name: N } & Protocol[N]['request'] }[RequestName];

/** Requests about running rules. */
export type RunRequestName = 'folders' | 'start-run' | 'pause-run' | 'resume-run' | 'cancel-run' | 'undo';

export type Handlers = {
  readonly [N in RequestName]: (request: Protocol[N]['request']) => Promise<Protocol[N]['reply']>;
};
