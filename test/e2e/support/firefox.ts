/** A real Firefox with a throwaway profile and perhaps an unpacked extension, driven over WebDriver BiDi. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GECKO_ID } from '../../../extension/manifest/targets.ts';
import { BidiClient } from './bidi.ts';
import { startProgram, waitFor } from './process.ts';
import type { RunningProgram } from './process.ts';

const START_TIMEOUT_MS = 60_000;

/** The address of the extension's pages; Firefox would draw one by lot. */
const PAGES = '11111111-2222-4333-8444-555555555555';

const PREFERENCES: Readonly<Record<string, string | number | boolean>> = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: PAGES }),
  // The reader's yes to the permission that a click asks for: its dialog belongs to the browser and cannot be reached.
  'extensions.webextOptionalPermissionPrompts': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

export interface FirefoxOptions {
  /** Folder of an unpacked package to install. */
  readonly extension?: string;
  readonly preferences?: Readonly<Record<string, string | number | boolean>>;
}

/** Starts Firefox, and installs the extension where one is given. Nothing is left behind when it rejects. */
export async function startFirefox({ extension, preferences = {} }: FirefoxOptions): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), 'countersign-firefox-'));
  const lines = Object.entries({ ...PREFERENCES, ...preferences }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(profile, 'user.js'), lines.join(''));
  const program = startProgram(process.env['COUNTERSIGN_FIREFOX'] ?? 'firefox-esr', [
    '--headless',
    '--no-remote',
    '--profile',
    profile,
    '--remote-debugging-port=0',
    '--remote-allow-system-access',
  ]);
  try {
    const bidi = await connect(profile, program);
    if (extension !== undefined) {
      await bidi.send('webExtension.install', { extensionData: { type: 'path', path: extension } });
    }
    return new Firefox(bidi, program, profile);
  } catch (error) {
    await program.stop();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    throw new Error(`Firefox did not start: ${String(error)}\n${program.output()}`, { cause: error });
  }
}

/** Firefox writes the port of its remote agent into the profile. */
async function connect(profile: string, program: RunningProgram): Promise<BidiClient> {
  const file = join(profile, 'WebDriverBiDiServer.json');
  await waitFor('the remote agent', () => existsSync(file) || program.child.exitCode !== null, {
    timeout: START_TIMEOUT_MS,
  });
  return waitFor('the remote agent to answer', async () => {
    try {
      const { ws_host: host, ws_port: port } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
      return await BidiClient.connect(`ws://${String(host)}:${String(port)}/session`);
    } catch {
      return undefined; // the file is being written, or nobody listens yet
    }
  });
}

export class Firefox {
  readonly #bidi: BidiClient;
  readonly #program: RunningProgram;
  readonly #profile: string;

  constructor(bidi: BidiClient, program: RunningProgram, profile: string) {
    this.#bidi = bidi;
    this.#program = program;
    this.#profile = profile;
  }

  /** Opens a page of the extension, by its path in the package, in a new tab. */
  async open(path: string): Promise<FirefoxPage> {
    const page = await this.visit(`moz-extension://${PAGES}/${path}`);
    await page.waitFor('#root > :not([aria-busy=true])');
    return page;
  }

  /** Opens any page in a new tab, and waits until it is loaded. */
  async visit(url: string): Promise<FirefoxPage> {
    const { context } = (await this.#bidi.send('browsingContext.create', { type: 'tab' })) as { context: string };
    await this.#bidi.send('browsingContext.navigate', { context, url, wait: 'complete' });
    return new FirefoxPage(this.#bidi, context);
  }

  /** Ends Firefox and removes its profile. */
  async close(): Promise<void> {
    this.#bidi.close();
    await this.#program.stop();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface RemoteElement {
  readonly sharedId: string;
}

/** A page in Firefox. Elements are named by CSS selectors. */
export class FirefoxPage {
  readonly #bidi: BidiClient;
  readonly #context: string;

  constructor(bidi: BidiClient, context: string) {
    this.#bidi = bidi;
    this.#context = context;
  }

  /** Runs the text of a function of one argument within the page. */
  call(functionText: string, argument?: unknown): Promise<unknown> {
    return this.#bidi.call(this.#context, functionText, argument);
  }

  /** The text of the first such element once there is one and it holds `text`. */
  async waitFor(selector: string, text = ''): Promise<string> {
    return waitFor(`${selector} with "${text}"`, async () => {
      const found = await this.call('(selector) => document.querySelector(selector)?.textContent', selector);
      return typeof found === 'string' && found.includes(text) ? { found } : undefined;
    }).then(({ found }) => found);
  }

  /** A real click of the pointer, as a reader's hand makes it, once there is such an element. */
  async click(selector: string): Promise<void> {
    const element = await this.#locate(selector);
    await this.call("(selector) => document.querySelector(selector).scrollIntoView({ block: 'center' })", selector);
    await this.#bidi.send('input.performActions', {
      context: this.#context,
      actions: [
        {
          type: 'pointer',
          id: 'mouse',
          actions: [
            { type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element } },
            { type: 'pointerDown', button: 0 },
            { type: 'pointerUp', button: 0 },
          ],
        },
      ],
    });
  }

  /** Presses the keys of ASCII characters one after the other, into whatever has the focus. */
  async type(text: string): Promise<void> {
    const actions = Array.from(text).flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await this.#bidi.send('input.performActions', {
      context: this.#context,
      actions: [{ type: 'key', id: 'keyboard', actions }],
    });
  }

  /** Chooses files in a file input. */
  async chooseFiles(selector: string, ...files: readonly string[]): Promise<void> {
    await this.#bidi.send('input.setFiles', { context: this.#context, element: await this.#locate(selector), files });
  }

  /** Writes what the page shows to a PNG file. */
  async picture(file: string): Promise<void> {
    const { data } = (await this.#bidi.send('browsingContext.captureScreenshot', {
      context: this.#context,
      origin: 'document',
    })) as { data: string };
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(data, 'base64'));
  }

  /** The first such element once there is one. */
  async #locate(selector: string): Promise<RemoteElement> {
    return waitFor(selector, async () => {
      const { nodes } = (await this.#bidi.send('browsingContext.locateNodes', {
        context: this.#context,
        locator: { type: 'css', value: selector },
        maxNodeCount: 1,
      })) as { nodes: readonly RemoteElement[] };
      return nodes[0] && { sharedId: nodes[0].sharedId };
    });
  }
}
