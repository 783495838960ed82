/** `countersign profile`: what a domain publishes about its mail, the SPF tree with lookups counted, and what is wrong with it. */
import { profileDomain } from '../profile/profile.ts';
import { domainFrom, resolverFrom, type ResolverOptions } from './options.ts';
import { formatProfile } from './profile-text.ts';
import type { Terminal } from './terminal.ts';

export interface ProfileOptions extends ResolverOptions {
  readonly selector?: readonly string[];
  readonly older?: true;
  readonly json?: true;
}

export async function runProfile(text: string, options: ProfileOptions, terminal: Terminal): Promise<void> {
  const profile = await profileDomain(domainFrom(text), {
    resolver: await resolverFrom(options, terminal),
    now: new Date(),
    selectors: options.selector ?? [],
    older: options.older,
  });
  terminal.write(options.json ? `${JSON.stringify(profile)}\n` : formatProfile(profile));
}
