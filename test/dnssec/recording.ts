/** Recorded packets as a source, with ways to put other ones in their place. Runs in Node and in browsers. */
import type { DnsAnswer, RecordType } from '../../src/dns/resolver.ts';
import type { MessageSource } from '../../src/dns/source.ts';
import { decodeAnswer, type QuestionType } from '../../src/dns/wire.ts';
import { parseTrustAnchors, type TrustAnchor } from '../../src/dnssec/anchors.ts';
import { createValidatingResolver, type ValidatingResolver } from '../../src/dnssec/resolver.ts';

export interface Recording {
  /** When; signatures are held against this time. */
  readonly at: string;
  readonly anchor: string;
  readonly questions: readonly RecordedQuestion[];
  /** Base64 by type and name. */
  readonly packets: Readonly<Record<string, string>>;
}

export interface RecordedQuestion {
  readonly name: string;
  readonly type: RecordType;
  /** What unbound made of it; `unsupported` where that rests on algorithms which this project leaves out. */
  readonly verdict: 'secure' | 'insecure' | 'refused' | 'unsupported';
}

export type Packets = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export function packetsOf({ packets }: Pick<Recording, 'packets'>): Packets {
  return new Map(
    Object.entries(packets).map(([key, text]) => [key, Uint8Array.from(atob(text), (octet) => octet.charCodeAt(0))]),
  );
}

export function anchorsOf({ anchor }: Pick<Recording, 'anchor'>): readonly TrustAnchor[] {
  const anchors = parseTrustAnchors(anchor);
  if (anchors === undefined) throw new Error('the recording has no trust anchor');
  return anchors;
}

export const keyOf = (name: string, type: QuestionType): string => `${type} ${name}`;

export interface Replay {
  readonly resolver: ValidatingResolver;
  /** What was asked so far. */
  readonly asked: readonly string[];
}

/** A validator over the packets; `instead` is handed out for some of the questions. What was not recorded cannot be had. */
export function replay(
  recording: Recording,
  packets: Packets,
  instead: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map(),
  at: Date = new Date(recording.at),
): Replay {
  const asked: string[] = [];
  const source: MessageSource = {
    ask(name, type) {
      const key = keyOf(name, type);
      asked.push(key);
      const octets = instead.get(key) ?? packets.get(key);
      if (octets === undefined) return Promise.resolve({ ok: false, failure: 'timeout', detail: 'not recorded' });
      const message = decodeAnswer(octets);
      return Promise.resolve(
        message.ok
          ? { ok: true, message: message.value, age: 0 }
          : { ok: false, failure: 'malformed', detail: message.problem },
      );
    },
  };
  return { resolver: createValidatingResolver(source, { now: () => at, anchors: anchorsOf(recording) }), asked };
}

/** An answer in the words of {@link RecordedQuestion}. */
export function verdictOf(answer: DnsAnswer): string {
  return answer.kind === 'failure' ? 'refused' : answer.dnssec;
}

/** What the answer says, apart from how long it may be kept and how it was proved. */
export function contentOf(answer: DnsAnswer): string {
  return JSON.stringify(
    answer.kind === 'records' ? [answer.kind, [...answer.records].map(String).sort()] : [answer.kind],
  );
}
