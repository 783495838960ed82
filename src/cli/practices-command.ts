/** `countersign practices`: what a domain says about its own mail. */
import { visibleText } from '../bytes/visible.ts';
import { discoverPractices } from '../practices/discover.ts';
import type { PracticesReport } from '../practices/types.ts';
import { domainFrom, resolverFrom, type ResolverOptions } from './options.ts';
import type { Terminal } from './terminal.ts';
import { line } from './text.ts';
import { keyOf } from '../words/translate.ts';
import { words } from './words.ts';

export interface PracticesCommandOptions extends ResolverOptions {
  readonly older?: true;
  readonly json?: true;
}

export async function runPractices(text: string, options: PracticesCommandOptions, terminal: Terminal): Promise<void> {
  const domain = domainFrom(text);
  const { older } = options;
  const practices = await discoverPractices(domain, {
    resolver: await resolverFrom(options, terminal),
    now: new Date(),
    older,
  });
  terminal.write(options.json ? `${JSON.stringify({ domain, ...practices })}\n` : formatPractices(practices));
}

/** Each statement in words, with its record, where it was found, how long it is valid, and whether it is validated (DNSSEC). */
export function formatPractices({ statements }: PracticesReport): string {
  const lines = statements.flatMap(({ text, domain, signer, record, name, ttl, dnssec }) => [
    words(keyOf('practice', text), { domain: visibleText(domain), signer: visibleText(signer ?? '') }),
    line('At', `${visibleText(name)}${ttl === null ? '' : `, ${ttl} s`}, DNSSEC ${dnssec}`),
    ...(record === null ? [] : [line('Record', visibleText(record))]),
  ]);
  return `${lines.join('\n')}\n`;
}
