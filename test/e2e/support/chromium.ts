/** A real Chromium with a throwaway profile and one unpacked extension. It reaches nothing but this machine. */
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { axeSource, listViolations, WCAG_AA } from './axe.ts';
import type { Violation } from './axe.ts';
import { waitFor } from './process.ts';

export interface ChromiumOptions {
  /** Folder of the unpacked extension. */
  readonly extension: string;
  /** Language of the browser's own words, and so of the extension's. Default `en`. */
  readonly language?: string;
  /** Takes servers of this machine at their word, whose authority it does not know. */
  readonly trustsLocalServers?: boolean;
}

interface ExtensionDescription {
  readonly id: string;
  /** `UNPACKED` for what was loaded from a folder; Chromium brings extensions of its own. */
  readonly location: string;
}

/** The part of Chromium's own extension page that the tests use. */
declare const chrome: {
  readonly developerPrivate: {
    addHostPermission(extension: string, origin: string): Promise<void>;
    getExtensionsInfo(): Promise<readonly ExtensionDescription[]>;
  };
};

const START_TIMEOUT_MS = 30_000;

export async function startChromium({
  extension,
  language = 'en',
  trustsLocalServers = false,
}: ChromiumOptions): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), 'countersign-chromium-'));
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env['COUNTERSIGN_CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce', // so that what is seen and measured is at rest
      env: { ...process.env, LANGUAGE: language },
      ignoreDefaultArgs: ['--disable-extensions'],
      args: [
        `--disable-extensions-except=${extension}`,
        `--load-extension=${extension}`,
        `--lang=${language}`,
        '--disable-background-networking',
        '--enable-unsafe-extension-debugging',
        '--disable-component-update',
        '--disable-sync',
        '--disable-gpu',
        ...(trustsLocalServers ? ['--ignore-certificate-errors'] : []),
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      ],
    });
    return await openChromium(context, profile);
  } catch (error) {
    await rm(profile, { recursive: true, force: true });
    throw error;
  }
}

async function openChromium(context: BrowserContext, profile: string): Promise<Chromium> {
  const asked: string[] = [];
  context.on('request', (request) => {
    if (/^(?:https?|wss?|ftp):/.test(request.url())) asked.push(request.url());
  });
  try {
    return new Chromium(context, await findExtension(context), profile, asked);
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** The identifier depends on the folder's path, so Chromium is asked for it. */
async function findExtension(context: BrowserContext): Promise<string> {
  const page = await context.newPage();
  await page.goto('chrome://extensions/', { timeout: START_TIMEOUT_MS });
  const found = await page.evaluate(() => chrome.developerPrivate.getExtensionsInfo());
  await page.close();
  const extension = found.find(({ location }) => location === 'UNPACKED');
  if (extension === undefined) throw new Error('Chromium did not load the extension');
  return extension.id;
}

export class Chromium {
  readonly context: BrowserContext;
  readonly extensionId: string;
  /** Every address on the network that a page or the background asked for, in order. */
  readonly asked: readonly string[];
  readonly #profile: string;

  constructor(context: BrowserContext, extensionId: string, profile: string, asked: readonly string[]) {
    this.context = context;
    this.extensionId = extensionId;
    this.#profile = profile;
    this.asked = asked;
  }

  /** Opens a page of the extension, by its path in the package, once it has rendered. */
  async open(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(`chrome-extension://${this.extensionId}/${path}`);
    await page.locator('#root > :not([aria-busy=true])').first().waitFor();
    return page;
  }

  /** Says yes beforehand to the permission the extension will ask for in a click: its dialog cannot be reached from here. */
  async agreeToHost(origin: string): Promise<void> {
    const page = await this.context.newPage();
    await page.goto('chrome://extensions/');
    await page.evaluate(([id, pattern]) => chrome.developerPrivate.addHostPermission(id, pattern), [
      this.extensionId,
      origin,
    ] as const);
    await page.close();
  }

  /** Presses the extension's button on the toolbar while a page is in front, and returns the pop-up, which lives until something closes it. */
  async pressButton(page: Page): Promise<Popup> {
    await page.bringToFront();
    const browser = this.context.browser();
    if (browser === null) throw new TypeError('there is no browser');
    const session = await browser.newBrowserCDPSession();
    const { targetInfos: tabs } = (await session.send('Target.getTargets', { filter: [{ type: 'tab' }] })) as Targets;
    const tab = tabs.find(({ url }) => url === page.url());
    if (tab === undefined) throw new Error(`no tab shows ${page.url()}`);
    // Not in the protocol playwright knows of: Chromium 140 and newer.
    await session.send(
      'Extensions.triggerAction' as 'Target.getTargets',
      { id: this.extensionId, targetId: tab.targetId } as object,
    );
    const popup = await waitFor('the pop-up', async () => {
      const { targetInfos } = (await session.send('Target.getTargets')) as Targets;
      return targetInfos.find(({ url, attached }) => url.endsWith('/pages/panel/index.html') && !attached);
    });
    return Popup.open(session, popup.targetId);
  }

  /** Ends Chromium and removes its profile. */
  async close(): Promise<void> {
    await this.context.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Targets {
  readonly targetInfos: readonly { readonly targetId: string; readonly url: string; readonly attached: boolean }[];
}

/** The pop-up of the button, which is a page playwright does not see. */
export class Popup {
  readonly #session: CDPSession;
  readonly #id: string;
  #last = 0;

  private constructor(session: CDPSession, id: string) {
    this.#session = session;
    this.#id = id;
  }

  static async open(session: CDPSession, targetId: string): Promise<Popup> {
    const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
    return new Popup(session, sessionId);
  }

  /** What an expression gives in it, as in answer to a press of its reader. */
  async evaluate(expression: string): Promise<unknown> {
    const answer = (await this.#send('Runtime.evaluate', {
      expression,
      userGesture: true,
      awaitPromise: true,
      returnByValue: true,
    })) as { readonly result: { readonly value?: unknown } };
    return answer.result.value;
  }

  /** The text of an element once there is one that holds `text`. */
  text(testId: string, text = ''): Promise<string> {
    return waitFor(`${testId} with "${text}" in the pop-up`, async () => {
      const found = await this.evaluate(`document.querySelector('[data-testid="${testId}"]')?.textContent ?? null`);
      return typeof found === 'string' && found.includes(text) ? found : undefined;
    });
  }

  async press(testId: string): Promise<void> {
    await this.text(testId);
    await this.evaluate(`document.querySelector('[data-testid="${testId}"]').click()`);
  }

  async picture(file: string): Promise<void> {
    const { data } = (await this.#send('Page.captureScreenshot', {})) as { readonly data: string };
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(data, 'base64'));
  }

  async close(): Promise<void> {
    await this.evaluate('window.close()').catch(() => undefined); // it does not live to answer
  }

  #send(method: string, params: object): Promise<unknown> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const hear = ({ message, sessionId }: { readonly message: string; readonly sessionId: string }): void => {
        const answer = JSON.parse(message) as {
          readonly id?: number;
          readonly result?: unknown;
          readonly error?: { readonly message: string };
        };
        if (sessionId !== this.#id || answer.id !== id) return;
        this.#session.off('Target.receivedMessageFromTarget', hear);
        clearTimeout(timer);
        if (answer.error) reject(new Error(answer.error.message));
        else resolve(answer.result);
      };
      const timer = setTimeout(() => {
        this.#session.off('Target.receivedMessageFromTarget', hear);
        reject(new Error(`${method}: the pop-up does not answer`));
      }, 5000);
      this.#session.on('Target.receivedMessageFromTarget', hear);
      void this.#session
        .send('Target.sendMessageToTarget', { sessionId: this.#id, message: JSON.stringify({ id, method, params }) })
        .catch(reject);
    });
  }
}

/** What the page breaks of WCAG 2.2 at level AA, as far as a program can tell. */
export async function findViolations(page: Page): Promise<readonly Violation[]> {
  await page.evaluate(`${await axeSource};0`);
  return page.evaluate(listViolations, WCAG_AA);
}
