/** A real Chromium with a throwaway profile and one unpacked extension. It reaches nothing but this machine. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { axeSource, listViolations, WCAG_AA } from './axe.ts';
import type { Violation } from './axe.ts';

export interface ChromiumOptions {
  /** Folder of the unpacked extension. */
  readonly extension: string;
  /** Language of the browser's own words, and so of the extension's. Default `en`. */
  readonly language?: string;
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

export async function startChromium({ extension, language = 'en' }: ChromiumOptions): Promise<Chromium> {
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
        '--disable-component-update',
        '--disable-sync',
        '--disable-gpu',
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

  /** Ends Chromium and removes its profile. */
  async close(): Promise<void> {
    await this.context.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What the page breaks of WCAG 2.2 at level AA, as far as a program can tell. */
export async function findViolations(page: Page): Promise<readonly Violation[]> {
  await page.evaluate(`${await axeSource};0`);
  return page.evaluate(listViolations, WCAG_AA);
}
