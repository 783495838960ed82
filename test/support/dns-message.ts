/** DNS responses built by the codec library (not by the code under test), for tests of the client. */
import { AUTHENTIC_DATA, RECURSION_AVAILABLE, RECURSION_DESIRED, encode } from '@dnsquery/dns-packet';
import type { Answer, Question } from '@dnsquery/dns-packet';

export interface ResponseParts {
  /** Null: the response does not repeat the question. */
  readonly question?: Question | null;
  readonly rcode?: number;
  readonly authenticData?: boolean;
  readonly answers?: Answer[];
  readonly authorities?: Answer[];
  readonly extendedError?: { readonly code: number; readonly text?: string };
}

/** A whole response; without `question` it is one to `example.com TXT`. */
export function encodeResponse(parts: ResponseParts): Uint8Array<ArrayBuffer> {
  const { question = { name: 'example.com', type: 'TXT' }, rcode = 0, authenticData = false, extendedError } = parts;
  const message = encode({
    type: 'response',
    id: 0,
    flags: RECURSION_DESIRED | RECURSION_AVAILABLE | (authenticData ? AUTHENTIC_DATA : 0) | (rcode & 0xf),
    questions: question === null ? [] : [question],
    answers: parts.answers ?? [],
    authorities: parts.authorities ?? [],
  });
  if (extendedError === undefined && rcode < 16) return new Uint8Array(message);
  const withOpt = Uint8Array.from([...message, ...optRecord(rcode, extendedError)]);
  withOpt[11] = 1; // ARCOUNT
  return withOpt;
}

/** By hand, since the library writes options of its own choice only: RFC 6891 §6.1.2, and RFC 8914 §2 for the option. */
function optRecord(rcode: number, error: ResponseParts['extendedError']): number[] {
  const text = new TextEncoder().encode(error?.text);
  const option = error === undefined ? [] : [0, 15, 0, text.length + 2, error.code >> 8, error.code & 0xff, ...text];
  return [0, 0, 41, 0x10, 0, rcode >> 4, 0, 0, 0, 0, option.length, ...option];
}

export function txt(name: string, text: string, ttl = 300): Answer {
  return { type: 'TXT', name, ttl, data: [new TextEncoder().encode(text)] };
}

export function cname(name: string, target: string, ttl = 300): Answer {
  return { type: 'CNAME', name, ttl, data: target };
}

export function soa(name: string, ttl: number, minimum: number): Answer {
  return { type: 'SOA', name, ttl, data: { mname: `ns.${name}`, rname: `hostmaster.${name}`, minimum } };
}
