/** Which domain and selectors the page is to look at, as typed or as a link from the panel names them. */
import { parseDomain, type DomainName } from '../../src/domain/name.ts';

export interface ProfileRequest {
  readonly domain: string;
  readonly selectors: readonly string[];
}

/** Out of the page's address: `?domain=…&selector=…&selector=…`. */
export function readRequest(search: string): ProfileRequest {
  const params = new URLSearchParams(search);
  return { domain: params.get('domain') ?? '', selectors: params.getAll('selector') };
}

/** What {@link readRequest} reads. */
export function writeRequest({ domain, selectors }: ProfileRequest): string {
  const params = new URLSearchParams({ domain });
  for (const selector of selectors) params.append('selector', selector);
  return `?${params.toString()}`;
}

/** Selectors as typed: one after the other, with spaces or commas between. */
export function splitSelectors(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((selector) => selector !== ''))];
}

/** A domain as people type it: an address of mail or of a page will do. */
export function domainOf(text: string): DomainName | undefined {
  const host = text
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[/?#].*$/, '');
  return parseDomain(host.slice(host.lastIndexOf('@') + 1));
}
