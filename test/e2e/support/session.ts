/** A running Thunderbird: what a user could do or see in it. What happens within it is in inside/thunderbird.js. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BidiClient } from './bidi.ts';
import type { Display } from './display.ts';
import { ExtensionPage } from './page.ts';
import { waitFor } from './process.ts';
import type { RunningProgram } from './process.ts';
import type { Profile } from './profile.ts';

const MAIN_WINDOW = 'chrome://messenger/content/messenger.xhtml';
/** The picture lags behind the document. */
const PICTURE_DELAY_MS = 300;

/** What the reader would have chosen in the options. */
export interface Configuration {
  /** DoH address; its host permission is granted along with it. */
  readonly resolver: string | null;
  /** authserv-ids believed for the local account. */
  readonly authservIds?: readonly string[];
}

export interface Button {
  /** Without the spaces that make all words equally wide. */
  readonly label: string;
  readonly width: number;
  readonly title: string;
  /** File name of the icon. */
  readonly icon: string;
}

/** Milliseconds from the selection of a message. */
export interface Timing {
  /** The button no longer says anything of the message before. */
  readonly cleared: number;
  /** The header of the message is there to be read. */
  readonly header: number;
  /** Thunderbird tells add-ons that the message is displayed. */
  readonly displayed: number;
  /** The button tells the verdict. */
  readonly judged: number;
  /** Words the button bore, one after the other. */
  readonly words: readonly string[];
  /** Its icons, one after the other, that of the message before included. */
  readonly icons: readonly string[];
}

/** What is above a message, and where. */
export interface Banner {
  readonly look: string;
  readonly words: readonly string[];
  readonly buttons: readonly string[];
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Nothing lies over it. */
  readonly isOnTop: boolean;
  /** It is to be seen. */
  readonly isPainted: boolean;
}

export interface MessageRow {
  /** Without angle brackets. */
  readonly messageId: string;
  readonly subject: string;
}

/** A message that is being written. */
export interface OpenLetter {
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
  /** Value of one header field of the writer's own. */
  readonly header: string;
}

export interface TabInfo {
  readonly mode: string;
  /** Path inside the extension, or the whole address of another page. */
  readonly url: string;
  readonly active: boolean;
}

/** Where a message is read: the pane or tab of the main window that is in front, or the newest message window. */
export type MessagePlace = 'pane' | 'window';

interface Parts {
  readonly bidi: BidiClient;
  /** Text of inside/thunderbird.js. */
  readonly inside: string;
  readonly addonId: string;
  readonly profile: Profile;
  readonly program: RunningProgram;
  readonly display: Display | undefined;
}

export class Thunderbird {
  /** The popup of the button. */
  readonly popup: ExtensionPage;
  /** The extension page in the tab in front. */
  readonly tab: ExtensionPage;
  readonly #parts: Parts;
  #context: string | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.popup = new ExtensionPage('popup', (code, argument) =>
      this.#call('inPage', { where: 'popup', code, argument }),
    );
    this.tab = new ExtensionPage('tab', (code, argument) => this.#call('inPage', { where: 'tab', code, argument }));
  }

  /** Whether the main window, its inbox and the extension's background are there. */
  async isReady(): Promise<boolean> {
    const contexts = await this.#parts.bidi.chromeContexts();
    this.#context = contexts.find(({ url }) => url === MAIN_WINDOW)?.context;
    return this.#context !== undefined && (await this.#call('ready')) === true;
  }

  /** Resolves when Thunderbird has ended by itself, as when its reader closes it. */
  async ended(): Promise<void> {
    const { child } = this.#parts.program;
    if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
  }

  /** Ends Thunderbird and its display, and removes the profile. */
  async close(): Promise<void> {
    this.#parts.bidi.close();
    await this.#parts.program.stop();
    await this.#parts.display?.stop();
    await this.#parts.profile.remove();
  }

  /** Ends Thunderbird at once, as a power cut does, and its display. What is left is the profile. */
  async kill(): Promise<Profile> {
    await this.#parts.program.kill();
    this.#parts.bidi.close();
    await this.#parts.display?.stop();
    return this.#parts.profile;
  }

  /** The end of what Thunderbird wrote to its console, for a failure's message. */
  console(): string {
    return this.#parts.program.output();
  }

  /** Chooses resolver and trust as the options page stores them, with every check on. Leaves the mail tab in front. */
  async configure({ resolver, authservIds = [] }: Configuration): Promise<void> {
    if (resolver !== null) await this.grantHost(`${new URL(resolver).protocol}//${new URL(resolver).hostname}/*`);
    await this.openPage('pages/settings/index.html');
    await this.tab.run(
      async (chosen) => {
        const accounts = await messenger.accounts.list(false);
        const trust = Object.fromEntries(
          accounts.map(({ id }) => [id, { authservIds: chosen.authservIds, resultsBelowEntry: 0 }]),
        );
        const checks = { dkim: true, practices: true, arc: true, spf: true };
        await messenger.storage.local.set({ settings: { version: 1, resolver: chosen.resolver, checks, trust } });
      },
      { resolver, authservIds },
    );
    await this.closeOtherTabs();
  }

  /** The letter in a compose window, once there is one. */
  async openLetter(headerName: string): Promise<OpenLetter> {
    const look = () => this.#call('letter', { headerName }) as Promise<OpenLetter | null>;
    return waitFor('the letter', async () => (await look()) ?? undefined);
  }

  async closeLetter(): Promise<void> {
    await this.#call('closeLetter');
  }

  /** Shows the local inbox in the first tab and returns its rows. */
  async openInbox(): Promise<readonly MessageRow[]> {
    await this.#call('openInbox');
    return this.rows();
  }

  /** The rows of the folder on display. */
  async rows(): Promise<readonly MessageRow[]> {
    return (await this.#call('rows')) as readonly MessageRow[];
  }

  /** Makes the main window as large as the display. */
  async maximize(): Promise<void> {
    await this.#call('maximize');
  }

  /** Selects rows of the list and returns at once. The label then reads `stale` until the extension has taken the message up. */
  async select(...rows: readonly number[]): Promise<void> {
    await this.#call('select', { rows });
  }

  /** Selects rows one after the other, this many milliseconds apart, without waiting for anything. */
  async selectQuickly(rows: readonly number[], pause: number): Promise<void> {
    await this.#call('selectQuickly', { rows, pause });
  }

  /** Has the background forget what it found about messages; what the DNS answered stays. Leaves the mail tab in front. */
  async forgetChecks(): Promise<void> {
    await this.openPage('pages/settings/index.html');
    await this.tab.run(async () => {
      const { settings } = await messenger.storage.local.get('settings');
      await messenger.storage.local.set({ settings: { ...(settings as object), touched: Date.now() } });
    }, null);
    await this.closeOtherTabs();
  }

  /** Selects a row and tells when its message was displayed and when the button told its level, by the clock of the main window. */
  async timeSelection(row: number): Promise<Timing> {
    return (await this.#call('timeSelection', { row })) as Timing;
  }

  /** What is on display; null where nothing is. */
  async displayed(where: MessagePlace = 'pane'): Promise<MessageRow | null> {
    return (await this.#call('displayed', { where })) as MessageRow | null;
  }

  /** The button of the message on display; null where there is none. */
  async readButton(where: MessagePlace = 'pane'): Promise<Button | null> {
    return (await this.#call('button', { where })) as Button | null;
  }

  /** The button as soon as it is as wanted. */
  async waitForButton(isWanted: (button: Button) => boolean, where: MessagePlace = 'pane'): Promise<Button> {
    let last: Button | null = null;
    try {
      return await waitFor('the button', async () => {
        last = await this.readButton(where);
        return last !== null && isWanted(last) ? last : undefined;
      });
    } catch (error) {
      throw new Error(`the button stays ${JSON.stringify(last)}`, { cause: error });
    }
  }

  /** Presses the button of this extension in the spaces toolbar. */
  async openSpace(): Promise<{ readonly title: string; readonly address: string }> {
    return (await this.#call('openSpace', {})) as { title: string; address: string };
  }

  /** Presses the button and waits until the popup shows something settled. */
  async openPanel(where: MessagePlace = 'pane'): Promise<void> {
    await this.#call('pressButton', { where });
    const isSettled = () => document.querySelector('#root > :not([aria-busy=true])') !== null;
    await this.popup.waitFor('the panel', isSettled, null);
  }

  /** Opens the details of the message on display, by way of the pop-up. */
  async openDetails(): Promise<void> {
    await this.openPanel();
    await this.popup.press('open-details');
    const isSettled = () =>
      location.pathname.endsWith('/pages/details/index.html') &&
      document.querySelector('[data-testid=subject]') !== null;
    await this.tab.waitFor('the details', isSettled, null);
  }

  async closePanel(): Promise<void> {
    await this.#call('closePopup');
  }

  /** Opens a page of the extension in a tab in front. */
  async openPage(path: string): Promise<void> {
    await this.#call('openTab', { path });
    const isSettled = (file: string) =>
      location.pathname.endsWith(file) && document.querySelector('#root > :not([aria-busy=true])') !== null;
    await this.tab.waitFor(path, isSettled, path.replace(/[?#].*/, ''));
  }

  async tabs(): Promise<readonly TabInfo[]> {
    return (await this.#call('tabs')) as readonly TabInfo[];
  }

  /** Closes every tab but the first, and every message window. */
  async closeOtherTabs(): Promise<void> {
    await this.#call('closeOtherTabs');
  }

  async openMessage(row: number, how: 'tab' | 'window'): Promise<void> {
    await this.#call('openMessage', { row, how });
  }

  /** Opens the first attachment of the message on display. */
  async openAttachment(): Promise<void> {
    await this.#call('openAttachment');
  }

  /** The text on the clipboard. */
  async clipboard(): Promise<string> {
    return String(await this.#call('clipboard'));
  }

  /** Answers Thunderbird's own question whether the extension may have a permission. */
  async answerPermission(answer: 'allow' | 'deny'): Promise<void> {
    await this.#call('answerPermission', { answer });
  }

  /** The banner above the message on display; null where there is none. */
  async banner(): Promise<Banner | null> {
    return (await this.#call('banner', { where: 'pane' })) as Banner | null;
  }

  /** The banner once there is one that is wanted. */
  waitForBanner(isWanted: (banner: Banner) => boolean = () => true): Promise<Banner> {
    return waitFor('the banner', async () => {
      const banner = await this.banner().catch(() => null); // a document that is going away does not answer
      return banner !== null && isWanted(banner) ? banner : undefined;
    });
  }

  /** Presses a button of the banner, counted from 0. */
  async pressBanner(button: number): Promise<void> {
    await this.#call('banner', { where: 'pane', press: button });
  }

  /** Clicks an element of the message on display. */
  async pressInMessage(selector: string): Promise<void> {
    await this.#call('inMessage', { selector, press: true });
  }

  /** Whether the message on display has such an element. */
  async isShownInMessage(selector: string): Promise<boolean> {
    return (await this.#call('inMessage', { selector, press: false })) === true;
  }

  /** Writes what the display shows to a PNG file. */
  async screenshot(file: string): Promise<void> {
    if (this.#parts.display === undefined) throw new TypeError('there are no pictures of the display of the reader');
    await sleep(PICTURE_DELAY_MS);
    await this.#parts.display.picture(file);
  }

  async setDark(dark: boolean): Promise<void> {
    await this.#call('setTheme', { dark });
  }

  async setOffline(offline: boolean): Promise<void> {
    await this.#call('setOffline', { offline });
  }

  /** Ends the background page, as Thunderbird does when it was idle for a while. */
  async sleepBackground(): Promise<void> {
    await this.#call('sleepBackground');
  }

  async backgroundState(): Promise<string> {
    return String(await this.#call('backgroundState'));
  }

  /** Has Thunderbird remember the password of a mail server. */
  async rememberPassword(login: { readonly origin: string; readonly user: string; readonly password: string }) {
    await this.#call('rememberPassword', login);
  }

  /** Shows a folder in the first tab, has its server asked for news, and returns its number of messages. */
  async openFolder(uri: string): Promise<number> {
    return Number(await this.#call('openFolder', { uri }));
  }

  /** Has a folder's server asked for new mail, as its reader does. A server may be slow to tell of it by itself. */
  async getMail(uri: string): Promise<void> {
    await this.#call('getMail', { uri });
  }

  /** Grants a host permission, as if the reader had agreed. */
  async grantHost(origin: string): Promise<void> {
    await this.#call('grantHost', { origin });
  }

  async revokeHost(origin: string): Promise<void> {
    await this.#call('revokeHost', { origin });
  }

  #call(name: string, argument: unknown = null): Promise<unknown> {
    if (this.#context === undefined) throw new TypeError('the main window is not there yet');
    const { bidi, inside, addonId } = this.#parts;
    const code = `(argument) => { ${inside}; return inside(${JSON.stringify(addonId)}).${name}(argument); }`;
    return bidi.call(this.#context, code, argument);
  }
}
