/** IP addresses in the one text form that answers carry: dotted decimal, and RFC 5952 for IPv6. */

import { parseUrl } from '../bytes/url.ts';

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Four decimal numbers without leading zeros (RFC 1035 §3.4.1), or undefined. */
export function canonicalIpv4(text: string): string | undefined {
  return IPV4.test(text) ? text : undefined;
}

/** Any spelling of RFC 4291 §2.2, written as RFC 5952 §4 wants it (by the URL Standard's host serializer), or undefined. */
export function canonicalIpv6(text: string): string | undefined {
  if (!/^[0-9a-f:.]{2,45}$/i.test(text)) return undefined;
  return parseUrl(`http://[${text}]/`)?.hostname.slice(1, -1);
}
