/** Every request a page may make of the background, with what is asked and answered. */
import type { AuthservIdProposal } from '../../src/authres/propose.ts';
import type { Report } from '../../src/report/types.ts';
import type { HostAccount } from '../hosts/host.ts';

/** A header field as it is shown: unfolded for reading, one character per octet. */
export interface ShownField {
  readonly name: string;
  readonly value: string;
}

/** What there is to show for a tab or a message. */
export type CheckReply =
  | { readonly state: 'none' | 'several' }
  | {
      readonly state: 'checked';
      readonly messageId: number;
      readonly report: Report;
      readonly header: readonly ShownField[];
      /** The message has more fields than are shown. */
      readonly headerCut: boolean;
    }
  /** The host could not hand out the source: nothing can be said. */
  | { readonly state: 'unreadable'; readonly error: string }
  /** Our own fault: shown as that, and never as a statement about the message. */
  | { readonly state: 'broken'; readonly error: string };

/** A request that needs no words. */
export type Nothing = Readonly<Record<string, never>>;

export interface Protocol {
  readonly 'check-tab': { readonly request: { readonly tabId: number }; readonly reply: CheckReply };
  readonly 'check-message': { readonly request: { readonly messageId: number }; readonly reply: CheckReply };
  /** Checks again, asking anew what got no answer. */
  readonly recheck: { readonly request: { readonly messageId: number }; readonly reply: CheckReply };
  readonly accounts: { readonly request: Nothing; readonly reply: readonly HostAccount[] };
  readonly 'propose-trust': {
    readonly request: { readonly accountId: string };
    readonly reply: readonly AuthservIdProposal[];
  };
  readonly 'clear-cache': { readonly request: Nothing; readonly reply: null };
}

export type RequestName = keyof Protocol;
export type Request = { readonly [N in RequestName]: { readonly name: N } & Protocol[N]['request'] }[RequestName];

export type Handlers = {
  readonly [N in RequestName]: (request: Protocol[N]['request']) => Promise<Protocol[N]['reply']>;
};
