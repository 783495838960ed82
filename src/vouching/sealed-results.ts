/**
 * What sealers the reader believes recorded (RFC 8617 §4.1.1, §7.2): only in a chain that validates here, and only from the newest set
 * down to the first sealer that is not believed, since behind that one the message may have been changed.
 */
import type { ArcReport } from '../arc/types.ts';
import { parseAuthenticationResults } from '../authres/parse.ts';
import { isUnreadable } from '../authres/trust.ts';
import type { ServerResult, TrustSettings } from '../authres/types.ts';
import { sameOrganization } from './standing.ts';

export function sealedResults(arc: ArcReport, trust: TrustSettings): readonly ServerResult[] {
  if (arc.result !== 'pass') return [];
  const believed = [...trust.authservIds, ...(trust.forwarders ?? [])].map((name) => name.replace(/^\*\./, ''));
  const results: ServerResult[] = [];
  for (const { seal, authenticationResults } of arc.instances.toReversed()) {
    const sealer = seal?.domain ?? null;
    if (!believed.some((name) => sameOrganization(name, sealer)) || authenticationResults === null) break;
    const { authservId, version, methods, deviations } = parseAuthenticationResults(authenticationResults.value);
    if (isUnreadable(deviations)) break;
    results.push({
      field: authenticationResults.field,
      authservId: authservId ?? sealer,
      server: authservId ?? sealer,
      version,
      methods,
      deviations,
      trusted: true,
      distrust: null,
      ownPlace: false,
    });
  }
  return results;
}
