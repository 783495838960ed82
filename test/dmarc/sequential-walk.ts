/**
 * An independent reading of RFC 9989 §4.10 to §4.10.2 and §5.3, step by step as the document tells it: one question after the other,
 * stopping where it says stop, records split by hand. What the product computes from answers asked all at once must come to the same.
 */
import { getPublicSuffix } from 'tldts';
import type { Resolver } from '../../src/dns/resolver.ts';

type Tags = Map<string, string>;
type Found = { domain: string; tags: Tags };

export class NoAnswer extends Error {}

/** Steps 1, 2 (5, 6): the one record at a name, or undefined. */
async function query(resolver: Resolver, domain: string): Promise<Tags | undefined> {
  const answer = await resolver.query(`_dmarc.${domain}`, 'TXT');
  if (answer.kind === 'failure') throw new NoAnswer(domain);
  if (answer.kind !== 'records') return undefined;
  const sets = answer.records.map(toTags).filter((tags) => tags[0]?.[0] === 'v' && tags[0][1] === 'DMARC1');
  return sets.length === 1 ? new Map(sets[0]) : undefined;
}

function toTags(text: string): [string, string][] {
  return text
    .split(';')
    .map((part) => part.split('='))
    .filter((part) => part.length === 2)
    .map(([name = '', value = '']) => [name.trim(), value.trim()]);
}

/** Steps 1 to 7. */
async function walk(resolver: Resolver, start: string): Promise<Found[]> {
  const found: Found[] = [];
  let target = start;
  for (;;) {
    const tags = await query(resolver, target);
    if (tags !== undefined) {
      found.push({ domain: target, tags });
      if (tags.get('psd') === 'n' || tags.get('psd') === 'y') return found;
    }
    const labels = target.split('.');
    const next = labels.length < 8 ? labels.slice(1) : labels.slice(-7);
    if (next.length === 0) return found;
    target = next.join('.');
  }
}

/** §4.10.2: "from the longest to the shortest". */
function select(start: string, found: readonly Found[]): string {
  for (const { domain, tags } of found) {
    if (tags.get('psd') === 'n') return domain;
    if (tags.get('psd') === 'y' && domain !== start) {
      return start
        .split('.')
        .slice(-(domain.split('.').length + 1))
        .join('.');
    }
  }
  return found.at(-1)?.domain ?? start;
}

export async function referenceOrganizationalDomain(resolver: Resolver, domain: string): Promise<string> {
  return select(domain, await walk(resolver, domain));
}

export interface ReferenceResult {
  readonly result: 'none' | 'pass' | 'fail' | 'temperror';
  readonly policy: string | null;
}

/** §5.3 for one passing signing domain, or none. */
export async function referenceResult(
  resolver: Resolver,
  author: string,
  signer: string | null,
): Promise<ReferenceResult> {
  try {
    const own = await query(resolver, author);
    let record = own;
    if (record === undefined) {
      const found = await walk(resolver, author);
      const organization = select(author, found);
      const operator = found.find(({ tags }) => tags.get('psd') === 'y');
      record = (found.find(({ domain }) => domain === organization) ?? operator)?.tags;
    }
    if (record === undefined) return { result: 'none', policy: null };
    const policies = ['none', 'quarantine', 'reject'];
    const isSound = (name: string): boolean => policies.includes(record.get(name) ?? '');
    const broken = !isSound('p') || ['sp', 'np'].some((name) => record.has(name) && !isSound(name));
    if (broken && !(record.get('rua') ?? '').startsWith('mailto:')) return { result: 'none', policy: null };

    let policy: string | null = broken ? 'none' : (record.get('p') ?? 'none');
    let open = false;
    if (!broken && own === undefined) {
      const subdomain = record.get('sp') ?? policy;
      const nonexistent = record.get('np') ?? subdomain;
      const existence = await resolver.query(author, 'MX');
      // A name below the author domain that exists says that the author domain does (RFC 8020).
      const below = await resolver.query(`_dmarc.${author}`, 'TXT');
      open = existence.kind === 'failure' && below.kind === 'nxdomain' && subdomain !== nonexistent;
      policy = existence.kind === 'nxdomain' ? nonexistent : subdomain;
    }
    if (signer !== null && (await aligned(resolver, author, signer, record.get('adkim') === 's'))) {
      return { result: 'pass', policy: open ? null : policy };
    }
    return open ? { result: 'temperror', policy: null } : { result: 'fail', policy };
  } catch (error) {
    if (error instanceof NoAnswer) return { result: 'temperror', policy: null };
    throw error;
  }
}

async function aligned(resolver: Resolver, author: string, signer: string, strict: boolean): Promise<boolean> {
  if (signer === author) return true;
  // Names without a label in common can share no organizational domain, so no query is required to tell.
  if (strict || signer.split('.').at(-1) !== author.split('.').at(-1)) return false;
  const organization = await referenceOrganizationalDomain(resolver, author);
  if (signer !== organization && !signer.endsWith(`.${organization}`)) return false;
  const own = await referenceOrganizationalDomain(resolver, signer);
  return own === organization && getPublicSuffix(organization, { allowPrivateDomains: true }) !== organization;
}
