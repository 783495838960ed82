/**
 * What is kept of running rules: runs, entries about messages, and the queue of what a run still has to look at. An entry is written
 * before anything is done to its message, so that stopping at any point loses nothing.
 */
import type { Level } from '../../src/assessment/types.ts';
import type { Because, RuleSet } from '../../src/rules/types.ts';

export type RunMode =
  | 'act'
  /** Tells what rules would do, and does nothing. */
  | 'preview'
  /** Puts back what entries tell. */
  | 'undo';

export type RunOrigin =
  | { readonly kind: 'new-mail'; readonly day: string }
  | { readonly kind: 'messages'; readonly count: number }
  | { readonly kind: 'folder'; readonly folderId: string; readonly name: string; readonly subfolders: boolean }
  /** Undoing a run, or one entry of it. */
  | { readonly kind: 'undo'; readonly run: number; readonly entry?: number };

export type RunState =
  | 'running'
  | 'paused'
  | 'cancelled'
  | 'finished'
  /** Ended by a fault of our own, told in `error`. */
  | 'broken';

/** Messages a second at most: as fast as it goes, or so that nothing else has to wait. */
export type Pace = 'full' | 'gentle';

export interface RunCounts {
  /** Messages to look at. */
  readonly total: number;
  readonly done: number;
  /** Messages of which something was, or would be, changed. */
  readonly acted: number;
  readonly failed: number;
}

export interface Run {
  readonly id: number;
  readonly mode: RunMode;
  readonly origin: RunOrigin;
  readonly state: RunState;
  readonly pace: Pace;
  /** Whether the queue holds all there is to do; before that nothing is done. */
  readonly collected: boolean;
  /** There were more messages than a run takes. */
  readonly cut: boolean;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly counts: RunCounts;
  /** Time spent working, without pauses. */
  readonly workedMs: number;
  readonly error?: string;
}

/** What is done to a message; what is absent stays. */
export interface Change {
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
  readonly read?: boolean;
  readonly flagged?: boolean;
  readonly junk?: boolean;
  /** Folder it goes to. */
  readonly moveTo?: string;
}

export interface EntryMessage {
  readonly headerMessageId: string;
  readonly author: string;
  readonly subject: string;
  readonly date: string;
}

/** How the message was before. */
export interface Before {
  readonly folderId: string;
  readonly tags: readonly string[];
  readonly read: boolean;
  readonly flagged: boolean;
  readonly junk: boolean;
}

export interface EntryRule {
  readonly id: string;
  readonly name: string;
  readonly because: readonly Pick<Because, 'condition' | 'found'>[];
}

export type ProblemWhy =
  /** The message could not be read, so nothing is known of it. */
  | 'unreadable'
  /** The rule's folder does not exist. */
  | 'no-folder'
  /** The message is not where it is expected. */
  | 'not-found'
  /** A message like it is in both folders after an interruption; both stay. */
  | 'in-two-places'
  /** The reader did not permit it, or no longer. */
  | 'not-permitted'
  /** The mail program refused. */
  | 'refused'
  /** Undoing: somebody changed it since, so it stays. */
  | 'changed-since';

export interface Problem {
  readonly why: ProblemWhy;
  /** A folder, a tag, or what the mail program said. */
  readonly detail: string;
}

export type EntryState =
  /** About to be done. */
  | 'intended'
  | 'done'
  /** At least a part was not done; `problems` say which. */
  | 'failed'
  /** Would be done. */
  | 'previewed';

export interface Entry {
  readonly id: number;
  readonly run: number;
  readonly at: string;
  readonly state: EntryState;
  readonly message: EntryMessage;
  /** Number of the message when the entry was written. */
  readonly messageId: number;
  readonly before: Before;
  readonly change: Change;
  readonly rules: readonly EntryRule[];
  readonly level: Level | null;
  readonly problems: readonly Problem[];
  /** The entry this one undoes. */
  readonly undoes?: number;
  /** The entry that undid this one. */
  readonly undoneBy?: number;
  /** When the mail program was told of its marks; absent once it has had time to hand them on to the server. */
  readonly unconfirmedSince?: string;
}

/** One message a run has still to look at. */
export interface QueueRow {
  readonly id: number;
  readonly run: number;
  readonly headerMessageId: string;
  readonly folderId: string;
  /** Its number when last seen; 0 where that is not known. */
  readonly messageId: number;
  /** Undoing: the entry to undo. */
  readonly entry?: number;
  /** The pass over the folders in which its number was looked up. */
  readonly pass?: number;
}

/** A new thing of the journal has no number yet. */
export type New<T extends { readonly id: number }> = Omit<T, 'id'>;

/** What one step of a run comes to. */
export interface Step {
  readonly run: number;
  /** Rows it took from the queue. */
  readonly rows: readonly number[];
  readonly entries: readonly New<Entry>[];
  readonly workedMs: number;
}

/** A message as the queue knows it. */
export type QueuedMessage = Pick<QueueRow, 'headerMessageId' | 'folderId' | 'messageId'>;

/** Both ends included. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** Where all of that is kept. Every method is one transaction. */
export interface Journal {
  /**
   * @param rules as they are to be applied; null for a run that goes by the present ones, or by none
   * @param messages what is in its queue from the start
   */
  addRun(run: New<Run>, rules: RuleSet | null, messages?: readonly QueuedMessage[]): Promise<Run>;
  run(id: number): Promise<Run | undefined>;
  rulesOf(run: number): Promise<RuleSet | null>;
  /** Runs in the state `running`, oldest first. */
  running(): Promise<readonly Run[]>;
  /** Changes a run as it is now; undefined where there is none. */
  changeRun(id: number, change: (run: Run) => Partial<Run>): Promise<Run | undefined>;
  /** A running run with nothing left in its queue is finished. */
  finish(id: number, at: Date): Promise<void>;
  /** Adds rows to the queue of a running run and to its total; false where it does not run any more. */
  enqueue(run: number, rows: readonly New<QueueRow>[]): Promise<boolean>;
  /** Puts new mail into the queue of its day's run, which runs (again) from then on. */
  enqueueNewMail(messages: readonly QueuedMessage[], at: Date): Promise<void>;
  emptyQueue(run: number): Promise<void>;
  /** The next rows of a run, in the order they came in. */
  nextRows(run: number, most: number): Promise<readonly QueueRow[]>;
  /** Gives rows the numbers of messages that were seen. In one pass each message finds at most one row. */
  renumber(run: number, pass: number, messages: readonly QueuedMessage[]): Promise<void>;
  /** Folders that rows of a run are in. */
  queuedFolders(run: number): Promise<readonly string[]>;
  /** Writes entries and takes their rows from the queue, all or nothing, safely on disk before it resolves. */
  record(step: Step): Promise<readonly Entry[]>;
  /** Writes how entries came out, and counts them. Marks that were set are unconfirmed from then on. */
  settle(entries: readonly Entry[], at: Date): Promise<void>;
  /** Entries with marks that the server may not have yet, oldest first. */
  unconfirmed(): Promise<readonly Entry[]>;
  /** All marks are confirmed but those set within a span of time. */
  confirm(except: Span): Promise<void>;
  /** Entries whose outcome is not known. */
  intended(): Promise<readonly Entry[]>;
  entry(id: number): Promise<Entry | undefined>;
  /** Entries of a run that can be undone, newest first, below the id given. */
  undoable(run: number, below: number | undefined, most: number): Promise<readonly Entry[]>;
  /** Whether an entry says that this message was put into that folder, by a rule or back again. */
  wasPutInto(headerMessageId: string, folderId: string): Promise<boolean>;
  /** Forgets what earlier previews tell. */
  dropPreviews(): Promise<void>;
}
