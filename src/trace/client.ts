/**
 * The connecting client, for a recheck of SPF at the reader's side: only ever as the reader's servers wrote it down, never from below the
 * boundary, since such fields are easy to forge (draft-newton-maawg-spf-considerations §5, RFC 7208 §9.1).
 */
import { countedResults } from '../authres/counted.ts';
import type { MethodResult, ReceivedSpfReport, ServerResult, TrustBoundary } from '../authres/types.ts';
import { formatIp, parseIp, unmapIp } from '../spf/ip.ts';

export interface TrustedClient {
  /** Position of the field that names it. */
  readonly field: number;
  readonly ip: string;
  readonly helo: string | null;
}

/** The client from the Received field of entry, or else from a believed Received-SPF or Authentication-Results field. */
export function trustedClient(
  boundary: TrustBoundary,
  receivedSpf: readonly ReceivedSpfReport[],
  serverResults: readonly ServerResult[],
): TrustedClient | null {
  if (boundary.entryField !== null && boundary.clientIp !== null) {
    return { field: boundary.entryField, ip: boundary.clientIp, helo: boundary.helo };
  }
  for (const { field, trusted, pairs } of receivedSpf) {
    const values = new Map(Object.entries(pairs));
    const ip = trusted ? plainIp(values.get('client-ip')) : undefined;
    if (ip !== undefined) return { field, ip, helo: values.get('helo') ?? null };
  }
  for (const result of serverResults) {
    for (const method of countedResults(result)) {
      const ip = method.method === 'spf' ? clientOf(method) : undefined;
      if (ip !== undefined) return { field: result.field, ip, helo: smtpProperty(method, ['helo']) ?? null };
    }
  }
  return null;
}

function clientOf(method: MethodResult): string | undefined {
  const written = smtpProperty(method, CLIENT_PROPERTIES);
  // Exchange Online writes it in a comment only.
  return plainIp(written ?? method.comments.flatMap((comment) => /^sender IP is (\S+)$/i.exec(comment)?.[1] ?? [])[0]);
}

/** RFC 8617 §10.2 registers smtp.remote-ip; smtp.client-ip is written as well. */
const CLIENT_PROPERTIES: readonly string[] = ['remote-ip', 'client-ip'];

function smtpProperty({ properties }: MethodResult, names: readonly string[]): string | undefined {
  return properties.find(({ ptype, property }) => ptype === 'smtp' && names.includes(property))?.value;
}

function plainIp(text: string | undefined): string | undefined {
  const ip = text === undefined ? undefined : parseIp(text);
  return ip && formatIp(unmapIp(ip));
}
