/** Whose results count, from `--trust-file` and the options that add to it. */
import { readFile } from 'node:fs/promises';
import type { TrustSettings } from '../authres/types.ts';
import { parseDomain } from '../domain/name.ts';
import { parseNetwork } from '../trace/networks.ts';
import { causeOf, UsageError } from './options.ts';

export interface TrustOptions {
  readonly trust?: readonly string[];
  readonly ownHost?: readonly string[];
  readonly ownNetwork?: readonly string[];
  readonly resultsBelow?: string;
  readonly trustFile?: string;
}

/** Lists are those of the file and those of the options together; a number given as an option replaces that of the file. */
export async function trustFrom(options: TrustOptions): Promise<TrustSettings> {
  const file = options.trustFile === undefined ? {} : await readTrustFile(options.trustFile);
  const below = options.resultsBelow === undefined ? file.resultsBelowEntry : countFrom(options.resultsBelow);
  const hosts = [...(file.receivingHosts ?? []), ...each('--own-host', options.ownHost, 'receivingHosts')];
  const networks = each('--own-network', options.ownNetwork, 'receivingAddresses');
  return {
    ...file,
    authservIds: [...(file.authservIds ?? []), ...(options.trust ?? [])],
    ...(hosts.length === 0 ? {} : { receivingHosts: hosts }),
    ...(networks.length === 0 ? {} : { receivingAddresses: [...(file.receivingAddresses ?? []), ...networks] }),
    ...(below === undefined ? {} : { resultsBelowEntry: below }),
  };
}

const isDomain = (text: string): boolean => parseDomain(text) !== undefined;
const isNetwork = (text: string): boolean => parseNetwork(text) !== undefined;
const isText = (text: string): boolean => text !== '';

/** What each list of the file may hold, with an example for the message about what it may not. */
const LISTS = {
  authservIds: { holds: isText, example: 'mx.example.org' },
  receivingHosts: { holds: isDomain, example: 'mx.example.org' },
  receivingAddresses: { holds: isNetwork, example: '192.0.2.0/24' },
  forwarders: { holds: (text) => isDomain(text) || isNetwork(text), example: 'lists.example.org' },
} satisfies Record<string, { readonly holds: (text: string) => boolean; readonly example: string }>;

/** The members that are no lists. */
const SINGLE: ReadonlyMap<string, { readonly holds: (value: unknown) => boolean; readonly example: string }> = new Map([
  ['resultsBelowEntry', { holds: isCount, example: 'a whole number, such as 1' }],
  ['withoutAuthservId', { holds: (value: unknown) => typeof value === 'boolean', example: 'true or false' }],
]);

async function readTrustFile(path: string): Promise<Partial<TrustSettings>> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`the trust file ${path} can't be read as JSON (${causeOf(error)})`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new UsageError(`the trust file ${path} must hold one object, such as { "authservIds": ["mx.example.org"] }`);
  }
  for (const [member, value] of Object.entries(json)) checkMember(path, member, value);
  return json;
}

function checkMember(path: string, member: string, value: unknown): void {
  const list = Object.hasOwn(LISTS, member) ? LISTS[member as keyof typeof LISTS] : undefined;
  if (list === undefined) {
    const single = SINGLE.get(member);
    if (single?.holds(value)) return;
    const known = [...Object.keys(LISTS), ...SINGLE.keys()].join(', ');
    throw new UsageError(
      single
        ? `the trust file ${path} has a wrong ${member}: enter ${single.example}`
        : `the trust file ${path} has an unknown member "${member}": use ${known}`,
    );
  }
  const holds = Array.isArray(value) && value.every((one) => typeof one === 'string' && list.holds(one));
  if (!holds)
    throw new UsageError(`the trust file ${path} has a wrong ${member}: enter a list, such as ["${list.example}"]`);
}

/** What was given with an option, checked like the members of that list. */
function each(option: string, texts: readonly string[] | undefined, list: keyof typeof LISTS): readonly string[] {
  const { holds, example } = LISTS[list];
  const wrong = texts?.find((text) => !holds(text));
  if (wrong === undefined) return texts ?? [];
  throw new UsageError(`${option} wants a value such as ${example}, not "${wrong}"`);
}

function countFrom(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && isCount(count)) return count;
  throw new UsageError(`--results-below wants a whole number such as 1, not "${text}"`);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
