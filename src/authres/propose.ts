/**
 * Proposes whom to believe, from what the newest messages of one account carry. Serves RFC 8601 §5: the reader has to know the
 * authserv-ids of their own side, and nobody publishes them.
 *
 * A sender can add names to the messages they send, never to all of them: what is at the top of (nearly) every message was written
 * by the account's own servers. Proposals are only ever shown; the reader accepts them.
 */
import { asciiLower } from '../bytes/ascii.ts';
import { parseDomain } from '../domain/name.ts';
import { registeredDomain } from '../domain/public-suffix.ts';

/** What one message tells (`sampleTrust` in src/trace reads it). */
export interface TrustSample {
  /** authserv-ids of the results above the supposed Received field of entry. */
  readonly above: readonly string[];
  /** authserv-ids of the results between that field and the next Received field, topmost first. */
  readonly below: readonly string[];
  /** The `by` host of that field. */
  readonly host: string | null;
  /** How many results above it name no server (Exchange Online). */
  readonly nameless: number;
}

export interface AuthservIdProposal {
  /** As `TrustSettings.authservIds` wants it: a name, or `*.` and a name where the servers of the account use many. */
  readonly authservId: string;
  /** In how many of the samples it stands. */
  readonly count: number;
  readonly samples: number;
  /** What to set `TrustSettings.resultsBelowEntry` to for this server; 0 where its results are above. */
  readonly resultsBelowEntry: number;
}

/** To set `TrustSettings.withoutAuthservId`. */
export interface NamelessProposal {
  /** In how many of the samples such results stand. */
  readonly count: number;
  readonly samples: number;
}

export interface ReceivingHostProposal {
  readonly host: string;
  readonly count: number;
  readonly samples: number;
}

/** Fewer messages than this tell habit from chance too poorly. */
const FEWEST_SAMPLES = 5;

/** A server skips a message now and then (its own notices, mail sent inside). */
const NEARLY_ALL = 0.9;

/** Some servers write nothing for mail that is not signed, so not all samples need carry results; fewer than these tell no habit. */
const CARRYING = 0.5;

/**
 * The authserv-ids that nearly all samples with results above the point of entry carry there, where half of the samples have such
 * results; or those that all samples carry directly below it. The most frequent first.
 * Empty for fewer than five samples, and for a provider that writes no results.
 */
export function proposeAuthservIds(samples: readonly TrustSample[]): readonly AuthservIdProposal[] {
  if (samples.length < FEWEST_SAMPLES) return [];
  const carrying = samples.filter((sample) => sample.above.length > 0);
  const tells = carrying.length >= Math.max(FEWEST_SAMPLES, samples.length * CARRYING);
  const above = frequentNames(tells ? carrying.map((sample) => sample.above) : []);
  if (above.size > 0) {
    return [...above].map(([authservId, count]) => ({
      authservId,
      count,
      samples: samples.length,
      resultsBelowEntry: 0,
    }));
  }
  // Below the Received field of entry the sender's own fields follow, so there only what every message has can be the server's.
  return [...countNames(samples.map((sample) => sample.below))]
    .filter(([, count]) => count === samples.length)
    .map(([authservId, count]) => ({
      authservId,
      count,
      samples: samples.length,
      resultsBelowEntry: Math.min(
        ...samples.map(({ below }) => below.filter((id) => comparable(id) === authservId).length),
      ),
    }));
}

/**
 * That the provider writes results without its name: nearly all samples with results above the point of entry carry such ones there, where
 * half of the samples have results. Null where that is not so.
 */
export function proposeWithoutAuthservId(samples: readonly TrustSample[]): NamelessProposal | null {
  const carrying = samples.filter(({ above, nameless }) => above.length > 0 || nameless > 0);
  const count = carrying.filter(({ nameless }) => nameless > 0).length;
  const tells = carrying.length >= Math.max(FEWEST_SAMPLES, samples.length * CARRYING);
  return tells && count >= carrying.length * NEARLY_ALL ? { count, samples: samples.length } : null;
}

/** The hosts, or else the domains they share, by which nearly all samples were received. */
export function proposeReceivingHosts(samples: readonly TrustSample[]): readonly ReceivingHostProposal[] {
  if (samples.length < FEWEST_SAMPLES) return [];
  const hosts = frequentNames(samples.map(({ host }) => (host === null ? [] : [host])));
  return [...hosts].map(([name, count]) => ({
    host: name.startsWith('*.') ? name.slice(2) : name,
    count,
    samples: samples.length,
  }));
}

/** Names that nearly all samples have; where there is none, `*.` and the registered domains that nearly all have a name in. */
function frequentNames(samples: readonly (readonly string[])[]): Map<string, number> {
  const enough = samples.length * NEARLY_ALL;
  const frequent = (counts: Map<string, number>): [string, number][] =>
    [...counts].filter(([, count]) => count >= enough);
  const names = frequent(countNames(samples));
  if (names.length > 0) return new Map(names);
  const families = countNames(samples.map((one) => one.flatMap((name) => registeredDomainOf(name) ?? [])));
  return new Map(frequent(families).map(([name, count]) => [`*.${name}`, count]));
}

/** In how many samples each name occurs, most frequent first. */
function countNames(samples: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const names of samples) {
    for (const name of new Set(names.map(comparable))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Map([...counts].sort(([, left], [, right]) => right - left));
}

/** Names compare as domains where they are domains. */
function comparable(name: string): string {
  return parseDomain(name) ?? asciiLower(name);
}

function registeredDomainOf(name: string): string | undefined {
  const domain = parseDomain(name);
  return domain && registeredDomain(domain);
}
