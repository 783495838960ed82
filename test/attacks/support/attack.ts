/** Published attacks, each as a message with the zone that answers for it, and the levels an expert accepts. */
import type { Level } from '../../../src/assessment/types.ts';
import type { Domain, Draft, Person } from '../../judgement/support/draft.ts';

export interface Attack {
  /** Family and name: `composition/a1`. */
  readonly id: string;
  /** What the attacker does, in a sentence. */
  readonly what: string;
  readonly accepted: readonly Level[];
  /** Why a level without an alarm is accepted: what the header cannot show, and what is shown instead. */
  readonly byDesign?: string;
  /** What is accepted beside that where no server is believed, and why. */
  readonly alone?: { readonly accepted: readonly Level[]; readonly why: string };
  readonly make: (draft: Draft) => void;
}

export interface Family {
  readonly title: string;
  readonly about: string;
  /** Author, title, place and year, one each. */
  readonly sources: readonly string[];
  readonly attacks: readonly Attack[];
}

export const ALARM: readonly Level[] = ['caution', 'warning'];
/** Nobody is told that somebody confirms it. */
export const UNCONFIRMED: readonly Level[] = ['unsigned', 'unchecked', ...ALARM];
/** Whatever it is, its author's domain has not signed it. */
export const UNVERIFIED: readonly Level[] = ['signed', ...UNCONFIRMED];
export const ANY: readonly Level[] = ['verified', ...UNVERIFIED];

export interface Stage {
  /** Who is impersonated. */
  readonly target: Person;
  readonly evil: Domain;
}

/** Somebody whose domain asks for rejection, and a stranger with a domain, a server and SPF of their own. */
export function stage(d: Draft, policy: 'reject' | 'quarantine' | 'none' | null = 'reject', tags = ''): Stage {
  return { target: d.role(d.domain({ policy, tags }), 'admin', 'Accounts'), evil: d.domain() };
}

/** From the stranger's server, with an envelope that passes SPF for the stranger unless another is given. */
export function arrive(d: Draft, evil: Domain, results?: readonly string[], mailFrom = `any@${evil.name}`): void {
  d.deliver({ from: evil, mailFrom, ...(results ? { results } : {}) });
}
