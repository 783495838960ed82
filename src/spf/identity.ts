/** The identity to check, read from what the client said (RFC 7208 §2.3, §2.4, §4.3), and what macros make of it (§7.2). */
import { isAscii } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { formatIp, formatIpDotted } from './ip.ts';
import type { IpAddress } from './ip.ts';
import { identityDomain } from './target-name.ts';
import type { MacroValues, SpfIdentity } from './types.ts';

export interface Identity {
  readonly localPart: string;
  /** As {@link identityDomain} reads it; undefined where it is malformed. */
  readonly domain: string | undefined;
  /** As written, at most LIMITS.spfIdentityCharacters of it. */
  readonly writtenDomain: string;
}

/**
 * @param sender the MAIL FROM address or the PRA; not used for `helo`
 * @param helo the name the client gave; it also stands in for an empty MAIL FROM
 */
export function readIdentity(identity: SpfIdentity, sender: string, helo: string): Identity {
  // A null reverse-path is checked as postmaster at the HELO name (RFC 7208 §2.4).
  const address = identity === 'helo' || (identity === 'mfrom' && sender === '') ? `@${helo}` : sender;
  // The last "@": a quoted local part may hold others (RFC 5321 §4.1.2).
  const at = address.lastIndexOf('@');
  const writtenDomain = address.slice(at + 1);
  const tooLong = address.length > LIMITS.spfIdentityCharacters;
  return {
    // Without local part it is "postmaster" (RFC 7208 §4.3).
    localPart: at > 0 ? address.slice(0, at) : 'postmaster',
    domain: tooLong ? undefined : identityDomain(writtenDomain),
    writtenDomain: writtenDomain.slice(0, LIMITS.spfIdentityCharacters),
  };
}

export interface MacroContext {
  readonly identity: Identity;
  readonly ip: IpAddress;
  readonly helo: string;
  readonly receiver: string;
  readonly time: Date;
}

/**
 * The values of all macro letters (RFC 7208 §7.2, §7.3).
 * @param domain the current <domain>, which "include" and redirect= change; the sender stays what it was
 * @param validatedName what %{p} stands for
 */
export function macroValues(context: MacroContext, domain: string, validatedName: string): MacroValues {
  const { identity, ip } = context;
  const senderDomain = isAscii(identity.writtenDomain) ? identity.writtenDomain : (identity.domain ?? '');
  return {
    s: `${identity.localPart}@${senderDomain}`,
    l: identity.localPart,
    o: senderDomain,
    d: domain,
    i: formatIpDotted(ip),
    p: validatedName,
    v: ip.family === 4 ? 'in-addr' : 'ip6',
    h: context.helo.slice(-LIMITS.spfIdentityCharacters),
    c: formatIp(ip),
    r: context.receiver,
    t: Math.floor(context.time.getTime() / 1000).toString(),
  };
}
