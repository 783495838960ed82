/** axe-core: what a page breaks of WCAG 2.2 at level AA, as far as a program can tell. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** A fault axe-core found, short enough for a failure's message. */
export interface Violation {
  readonly rule: string;
  readonly elements: readonly string[];
}

export const WCAG_AA: readonly string[] = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The text of axe-core. As a script element pages of an extension would refuse it. */
export const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe-core within the page. */
declare const axe: {
  run(
    root: Document,
    options: { readonly runOnly: readonly string[] },
  ): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
    }[];
  }>;
};

/** Runs in the page, after `axeSource` did. */
export async function listViolations(tags: readonly string[]): Promise<readonly Violation[]> {
  const { violations } = await axe.run(document, { runOnly: tags });
  return violations.map(({ id, nodes }) => ({
    rule: id,
    elements: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary ?? ''}`),
  }));
}
