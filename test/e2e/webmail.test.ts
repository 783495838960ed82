/** Webmail in a real Chromium: a real Roundcube over a real Dovecot, DNS over HTTPS by unbound, and pages that attack in its place. */
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { checkMessage } from '../../src/check.ts';
import type { Report } from '../../src/report/types.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';
import { startChromium, type Chromium } from './support/chromium.ts';
import { startDovecot, type Dovecot } from './support/dovecot.ts';
import { waitFor } from './support/process.ts';
import { startRoundcube, type Roundcube } from './support/roundcube.ts';
import { startUnbound, type Unbound } from './support/unbound.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { chooseResolver, DIST, t } = await import('./support/pages.ts');
const { lookOf } = await import('../../extension/ui/look.ts');
const { headlineWords } = await import('../../src/words/finding.ts');

/** Stands in the background and the pages of the extension. */
declare const chrome: {
  readonly action: { getTitle(options: { tabId: number }): Promise<string> };
  readonly runtime: { getURL(path: string): string; sendMessage(message: unknown): Promise<unknown> };
  readonly storage: { readonly local: { get(key: string): Promise<Record<string, unknown>> } };
  readonly tabs: { query(query: object): Promise<readonly { readonly id: number; readonly url?: string }[]> };
};

const PICTURES = join(DIST, 'e2e');
/** Newest first, as the list shows them. */
const IDS = ['first-party', 'two-algorithms', 'solicitation'];

let demo: Demo;
let now: Date;
let unbound: Unbound;
let dovecot: Dovecot;
let roundcube: Roundcube;
let chromium: Chromium;
let settings: Page;
let mail: Page;

beforeAll(async () => {
  now = new Date();
  demo = await buildDemo(now);
  unbound = await startUnbound(demo.zone);
  dovecot = await startDovecot([]);
  for (const id of IDS.toReversed()) await dovecot.deliver('INBOX', [delivered(id)]);
  roundcube = await startRoundcube(dovecot.port);
  chromium = await startChromium({ extension: join(DIST, 'chrome'), trustsLocalServers: true });
  await chromium.agreeToHost('https://localhost/*');
  await chromium.agreeToHost('http://127.0.0.1/*');
  settings = await chromium.open('pages/settings/index.html');
  await chooseResolver(settings, `https://localhost:${unbound.port}/dns-query`);
  mail = await chromium.context.newPage();
});
afterAll(async () => {
  await chromium.close();
  await roundcube.stop();
  await dovecot.stop();
  await unbound.close();
});

function emlOf(id: string): Uint8Array<ArrayBuffer> {
  const found = demo.messages.find((message) => message.id === id);
  if (found === undefined) throw new Error(`no demo message ${id}`);
  return found.eml;
}

/** As the store has it. */
const delivered = (id: string): string => Buffer.from(emlOf(id)).toString('utf8').replaceAll('\r\n', '\n');

function expected(report: Report): string {
  return `${t(`level_${lookOf(report)}`)}: ${headlineWords(report, t).title}`;
}

const reportOf = (id: string): Promise<Report> =>
  checkMessage(emlOf(id), { resolver: createZoneResolver(demo.zone), now });

/** What the toolbar says of a page. */
async function toolbarOf(page: Page): Promise<string> {
  return settings.evaluate(async (url) => {
    const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
    return tab === undefined ? '' : chrome.action.getTitle({ tabId: tab.id });
  }, page.url());
}

const waitForToolbar = (page: Page, title: string): Promise<string> => {
  let last = '';
  return waitFor(`the toolbar to say "${title}"`, async () =>
    (last = await toolbarOf(page)) === title ? last : undefined,
  ).catch((error: unknown) => {
    throw new Error(`the toolbar says "${last}"`, { cause: error });
  });
};

interface DomNode {
  readonly nodeName: string;
  readonly nodeValue?: string;
  readonly attributes?: readonly string[];
  readonly children?: readonly DomNode[];
  readonly shadowRoots?: readonly (DomNode & { readonly shadowRootType?: string })[];
  readonly contentDocument?: DomNode;
}

/** The titles of all badges of a page, those in its frames included: the debugger alone sees into their shadow trees. */
async function badgesIn(page: Page): Promise<readonly string[]> {
  const session = await chromium.context.newCDPSession(page);
  const { root } = (await session.send('DOM.getDocument', { depth: -1, pierce: true })) as { readonly root: DomNode };
  await session.detach();
  const titles: string[] = [];
  const walk = (node: DomNode, isClosed: boolean): void => {
    const { attributes = [] } = node;
    const at = attributes.indexOf('class');
    if (isClosed && at >= 0 && /^mark /.test(attributes[at + 1] ?? '')) {
      titles.push(
        `${(attributes[at + 1] ?? '').replace('mark ', '')} ${attributes[attributes.indexOf('title') + 1] ?? ''}`,
      );
    }
    for (const child of node.children ?? []) walk(child, isClosed);
    for (const shadow of node.shadowRoots ?? []) walk(shadow, shadow.shadowRootType === 'closed');
    if (node.contentDocument) walk(node.contentDocument, false);
  };
  walk(root, false);
  return titles;
}

const waitForBadge = (page: Page, badge: string): Promise<readonly string[]> => {
  let last: readonly string[] = [];
  return waitFor(`a badge "${badge}"`, async () =>
    (last = await badgesIn(page)).includes(badge) ? last : undefined,
  ).catch((error: unknown) => {
    throw new Error(`the badges are ${JSON.stringify(last)}`, { cause: error });
  });
};

async function useSite(page: Page): Promise<void> {
  const popup = await chromium.pressButton(page);
  await popup.text('state', t('webmail_not_used'));
  await popup.press('use-site');
  // What comes instead depends on whether a message is on display already.
  await waitFor(
    'the site to be used',
    async () => (await popup.evaluate("document.querySelector('[data-testid=use-site]') === null")) === true,
  );
  await popup.close();
}

async function previewOf(page: Page): Promise<Frame> {
  return waitFor('the preview', () => page.frames().find((frame) => frame.url().includes('_action=preview')));
}

describe('Roundcube', () => {
  it('is a page like any other until its reader presses the button, and then the one site that is permitted', async () => {
    await mail.goto(roundcube.url);
    await mail.fill('#rcmloginuser', dovecot.user);
    await mail.fill('#rcmloginpwd', dovecot.password);
    await mail.click('#rcmloginsubmit');
    await mail.waitForSelector('#messagelist tr.message');
    expect(await toolbarOf(mail)).toBe('');
    await useSite(mail);
    const stored = await settings.evaluate(
      async () => (await chrome.storage.local.get('webmailSites'))['webmailSites'],
    );
    expect(stored).toEqual([new URL(roundcube.url).origin]);
  });

  it.each(IDS)(
    'shows of %s what the core says: badge, toolbar, list, and pop-up, from the delivered octets',
    async (id) => {
      const source = mail.waitForResponse((response) => response.url().includes('_action=viewsource'), {
        timeout: 9000,
      });
      source.catch(() => undefined);
      await mail.locator('#messagelist tr.message td.subject').nth(IDS.indexOf(id)).click();
      const title = expected(await reportOf(id));
      await waitForToolbar(mail, title);
      await waitForBadge(mail, `badge ${title}`);
      await waitForBadge(mail, `row ${title}`);
      const octets = await mail.evaluate(
        async (address) => [...new Uint8Array(await (await fetch(address)).arrayBuffer())],
        (await source).url(),
      );
      expect(Buffer.from(octets).equals(Buffer.from(emlOf(id)))).toBe(true);
      const popup = await chromium.pressButton(mail);
      expect(await popup.text('headline')).toBe(headlineWords(await reportOf(id), t).title);
      await popup.picture(join(PICTURES, `webmail-panel-${id}.png`));
      await popup.close();
      const badges = (await badgesIn(mail)).filter((badge) => badge.startsWith('badge '));
      expect(badges).toEqual([`badge ${title}`]);
      await mail.screenshot({ path: join(PICTURES, `webmail-roundcube-${id}.png`) });
    },
  );

  it('opens the details in a tab when the badge is pressed, and not when the page says so', async () => {
    const preview = await previewOf(mail);
    const carrier = preview.locator('#message-header a[href^="mailto:"] + span').first();
    const count = chromium.context.pages().length;
    await carrier.dispatchEvent('click');
    const opening = chromium.context.waitForEvent('page');
    await carrier.click();
    const details = await opening;
    await details.getByTestId('subject').waitFor();
    expect(details.url()).toContain('/pages/details/index.html?message=');
    expect(chromium.context.pages()).toHaveLength(count + 1);
    await details.close();
  });

  it('keeps the marks of the list, in the dark too, and says nothing any more after the logout', async () => {
    await mail.emulateMedia({ colorScheme: 'dark' });
    await mail.screenshot({ path: join(PICTURES, 'webmail-roundcube-dark.png') });
    await mail.emulateMedia({ colorScheme: 'light' });
    expect((await badgesIn(mail)).filter((badge) => badge.startsWith('row '))).toHaveLength(IDS.length);
    await mail.goto(new URL('?_task=logout', roundcube.url).href);
    await mail.goBack();
    expect(await badgesIn(mail)).toEqual([]);
    expect(await toolbarOf(mail)).toMatch(/^$|^Countersign: open/);
  });
});

describe('a page that attacks in place of webmail', () => {
  let server: Server;
  let site: string;
  let page: Page;
  /** How a message is answered for, by its number. */
  let answers: Readonly<Record<string, { readonly type: string; readonly body: string; readonly length?: number }>>;
  beforeAll(async () => {
    const good = Buffer.from(emlOf('first-party')).toString('utf8');
    answers = {
      1: { type: 'text/html', body: '<!doctype html><title>Sign in</title><form></form>' },
      2: { type: 'text/plain', body: '<html><body>Sign in</body></html>' },
      3: { type: 'text/plain', body: good.replaceAll('<', '&lt;').replaceAll('>', '&gt;') },
      4: { type: 'text/plain', body: good.slice(0, good.indexOf('\r\n\r\n')) },
      5: { type: 'text/plain', body: good.replace('baskets', 'bask\ufffdts') },
      6: { type: 'application/json', body: '{"source":"From: a"}' },
      7: { type: 'text/plain', body: good },
    };
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const uid = url.searchParams.get('_uid') ?? '';
      if (url.searchParams.get('_action') === 'viewsource') {
        const answer = answers[uid] ?? {
          type: 'text/plain',
          body: `From: a@n${uid}.example\r\nX-Try: ${uid}\r\n\r\nx\r\n`,
        };
        response.writeHead(200, { 'content-type': answer.type });
        response.end(answer.body);
      } else {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end(hostilePage(uid));
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    page = await chromium.context.newPage();
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  /** Opens the page as if it showed a message. */
  const show = (uid: string): Promise<unknown> => page.goto(`${site}/?_task=mail&_action=show&_mbox=INBOX&_uid=${uid}`);

  it('has nothing checked where its host is permitted, but not this site of it', async () => {
    const before = chromium.asked.length;
    await show('7');
    await page.waitForTimeout(700);
    expect(await badgesIn(page)).toEqual([]);
    expect(chromium.asked.slice(before).filter((url) => url.includes('dns-query'))).toEqual([]);
    await useSite(page);
    await waitForToolbar(page, expected(await reportOf('first-party')));
  });

  it.each([
    ['1', 'a login page', 'webmail_trouble_signed_out'],
    ['2', 'a login page that says it is text', 'webmail_trouble_signed_out'],
    ['3', 'a source with entities of HTML', 'webmail_trouble_escaped'],
    ['4', 'half a header', 'webmail_trouble_truncated'],
    ['5', 'a source whose letters were changed', 'webmail_doubt_charset'],
    ['6', 'something else', 'webmail_trouble_not_a_message'],
  ])('is told as unreadable where it hands out for %s %s', async (uid, _what, key) => {
    await show(uid);
    await waitForToolbar(page, t('badge_unreadable_title'));
    await waitForBadge(page, `badge ${t('panel_unreadable', { error: t(key) })}`);
    const popup = await chromium.pressButton(page);
    await popup.text('state', t(key));
    await popup.text('open-file');
    await popup.close();
  });

  it('cannot reach the background, the memory or the pages of the extension, nor frame them', async () => {
    await show('7');
    const panel = await settings.evaluate(() => chrome.runtime.getURL('pages/panel/index.html'));
    const found = await page.evaluate(async (address) => {
      const reach = globalThis as unknown as { chrome?: { runtime?: unknown; storage?: unknown }; browser?: unknown };
      const read = await fetch(address).then(
        () => 'read',
        () => 'refused',
      );
      const script = await fetch(new URL('/webmail/script.js', address)).then(
        () => 'read',
        () => 'refused',
      );
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const spans = [...document.querySelectorAll('span')].map(({ shadowRoot }) => shadowRoot);
      return {
        runtime: reach.chrome?.runtime ?? null,
        storage: reach.chrome?.storage ?? null,
        browser: reach.browser ?? null,
        read,
        script,
        runs: 'countersignRuns' in globalThis,
        shadows: spans.filter((root) => root !== null).length,
      };
    }, panel);
    expect(found).toEqual({
      runtime: null,
      storage: null,
      browser: null,
      read: 'refused',
      script: 'refused',
      runs: false,
      shadows: 0,
    });
    const inside = page.frames().find((frame) => frame.parentFrame() !== null);
    expect(
      await inside
        ?.locator('#root > *')
        .count()
        .catch(() => 0),
    ).toBe(0);
  });

  it('cannot have the toolbar say what it draws, by whatever looks like a badge', async () => {
    await show('4');
    await page.evaluate(() => {
      const own = document.createElement('button');
      own.className = 'mark badge';
      own.textContent = 'Countersign: Verified';
      document.body.prepend(own);
      window.postMessage({ name: 'web-source', id: 'INBOX/7', source: '' }, '*');
    });
    await waitForToolbar(page, t('badge_unreadable_title'));
  });

  it('cannot have more than a reader reads looked up', async () => {
    const before = new Set(chromium.asked);
    let refused = 0;
    for (let uid = 100; uid < 150; uid++) {
      await show(String(uid));
      const badges = await waitFor('a verdict', async () => {
        const found = await badgesIn(page);
        return found.length > 0 && !found.some((badge) => badge.includes(t('badge_checking_title')))
          ? found
          : undefined;
      });
      if (badges.some((badge) => badge.includes(t('webmail_trouble_too_many')))) refused++;
    }
    expect(refused).toBeGreaterThan(3);
    expect(chromium.asked.filter((url) => !before.has(url) && url.includes('dns-query')).length).toBeLessThan(400);
  });
});

/** Looks like Roundcube with a message on display, and draws what it likes. */
function hostilePage(uid: string): string {
  return `<!doctype html><title>Webmail</title>
<script>var rcmail = { rcube_webmail: true, env: { "request_token":"0123456789abcdef" } };</script>
<div id="message-header"><a href="mailto:a@b.example">Number ${uid}</a></div>`;
}

describe('the list of sites', () => {
  it('is in the settings, and a site that is removed is one no more', async () => {
    await settings.bringToFront();
    await settings.reload();
    await settings.getByTestId('sites').waitFor();
    const section = settings.locator('#sites');
    for (const scheme of ['light', 'dark'] as const) {
      await settings.emulateMedia({ colorScheme: scheme });
      await section.screenshot({ path: join(PICTURES, `webmail-sites-${scheme}.png`) });
    }
    for (let left = await settings.getByTestId('remove-site').count(); left > 0; left--) {
      await settings.getByTestId('remove-site').first().click();
      await waitFor('one site fewer', async () => (await settings.getByTestId('remove-site').count()) < left);
    }
    await settings.getByTestId('no-sites').waitFor();
    expect(
      await settings.evaluate(async () => (await chrome.storage.local.get('webmailSites'))['webmailSites']),
    ).toEqual([]);
  });
});
