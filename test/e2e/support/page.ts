/** A page of the extension as it is in Thunderbird: the popup of the button, or the tab in front. */
import { axeSource, listViolations, WCAG_AA } from './axe.ts';
import type { Violation } from './axe.ts';
import { waitFor } from './process.ts';

/**
 * Runs a function's text in the page and carries what it gives as JSON. Such a function sees the page's own globals and nothing
 * of the file it was written in.
 */
export type RunInPage = (code: string, argument: unknown) => Promise<unknown>;

/** Stands in the page: a click of the user's hand, with what browsers permit in answer to one. */
declare function press(element: Element): void;

export class ExtensionPage {
  readonly #run: RunInPage;
  readonly #name: string;

  constructor(name: string, run: RunInPage) {
    this.#name = name;
    this.#run = run;
  }

  async run<A, R>(act: (argument: A) => R | Promise<R>, argument: A): Promise<R> {
    return (await this.#run(act.toString(), argument)) as R;
  }

  /** Asks the page until it gives something other than null, false or nothing. A page that is being loaded is waited for. */
  waitFor<A, R>(what: string, ask: (argument: A) => R | null | false | undefined, argument: A): Promise<R> {
    return waitFor(`${what} in the ${this.#name}`, async () => {
      try {
        return (await this.run(ask, argument)) ?? undefined;
      } catch {
        return undefined; // still loading, or being replaced by another
      }
    });
  }

  /** The text of the element with that test id; waits for the element. */
  text(testId: string): Promise<string> {
    const read = (id: string) => document.querySelector(`[data-testid="${id}"]`)?.textContent.trim();
    return this.waitFor(testId, read, testId);
  }

  /** Waits until that element's text contains the words, and returns it. */
  textWith(testId: string, words: string): Promise<string> {
    const read = (wanted: { testId: string; words: string }) => {
      const text = document.querySelector(`[data-testid="${wanted.testId}"]`)?.textContent.trim();
      return text?.includes(wanted.words) === true && text;
    };
    return this.waitFor(`"${words}" in ${testId}`, read, { testId, words });
  }

  has(testId: string): Promise<boolean> {
    return this.run((id) => document.querySelector(`[data-testid="${id}"]`) !== null, testId);
  }

  /** Clicks the element with that test id, as a user would, once it is there and enabled. */
  async press(testId: string): Promise<void> {
    const click = (id: string) => {
      const element = document.querySelector(`[data-testid="${id}"]:not(:disabled)`);
      if (element === null) return false;
      press(element);
      return true;
    };
    await this.waitFor(testId, click, testId);
  }

  /** Replaces what is in an input field, with the event a keyboard causes. */
  async type(testId: string, text: string): Promise<void> {
    const fill = (wanted: { testId: string; text: string }) => {
      const input = document.querySelector<HTMLInputElement>(`[data-testid="${wanted.testId}"]`);
      if (input === null) return false;
      input.focus();
      input.value = wanted.text;
      return input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    };
    await this.waitFor(testId, fill, { testId, text });
  }

  async findViolations(): Promise<readonly Violation[]> {
    const code = `async (tags) => { ${await axeSource}; return (${listViolations.toString()})(tags); }`;
    return (await this.#run(code, WCAG_AA)) as readonly Violation[];
  }

  /** Every text of the page, folded parts included. */
  async allText(): Promise<string> {
    return this.run(() => document.body.textContent, null);
  }
}
