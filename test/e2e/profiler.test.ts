/** The profiler of the Chrome package in a real Chromium: typed, reached by keyboard, seen narrow and dark, with and without a resolver. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { startDohServer, type DohServer } from '../support/doh-server.ts';
import { findViolations } from './support/chromium.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { t, tabTo, useChromium, useResolver } = await import('./support/pages.ts');

const ZONE: ZoneFile = {
  'shop.example': {
    TXT: ['v=spf1 include:_spf.shop.example a:gone.shop.example ip4:300.1 +all'],
    A: ['192.0.2.1'],
  },
  '_spf.shop.example': { TXT: ['v=spf1 ip4:192.0.2.0/24 include:deep.example ?all'] },
  'deep.example': { TXT: ['v=spf1 ip6:2001:db8::/48 -all'] },
  '_dmarc.shop.example': { TXT: ['v=DMARC1; p=reject; adkim=z'] },
  's1._domainkey.shop.example': { TXT: ['v=DKIM1; p='] },
};

let server: DohServer;
beforeAll(async () => {
  server = await startDohServer(ZONE);
});
afterAll(() => server.close());

describe('before a resolver is chosen', () => {
  const running = useChromium();

  it('asks nobody, says why, and leads to the options', async () => {
    const page = await running().open('pages/domain/index.html?domain=shop.example');
    await page.getByTestId('profiler-state').getByText(t('profiler_not_configured')).waitFor();
    await expect.poll(() => page.getByTestId('profile').count()).toBe(0);
    expect(running().asked).toEqual([]);
    await page.getByRole('button', { name: 'Settings' }).waitFor();
  });
});

describe('with a resolver', () => {
  const running = useChromium((chromium) => useResolver(chromium, server.url));

  it('profiles what is typed, by keyboard alone', async () => {
    const page = await running().open('pages/domain/index.html');
    await tabTo(page, 'profiler-domain');
    await page.keyboard.type('someone@shop.example');
    await page.keyboard.press('Tab');
    await page.keyboard.type('s1, s2');
    await page.keyboard.press('Enter');
    const profile = page.getByTestId('profile');
    await profile.waitFor();
    expect(await profile.getByRole('heading', { level: 2 }).textContent()).toBe('shop.example');
    expect(await profile.locator('mark.fault').allInnerTexts()).toHaveLength(2);
    expect(await profile.getByTestId('key-s1').innerText()).toContain('The key was withdrawn');
    expect(await profile.getByTestId('key-s2').innerText()).toContain("There's no key");
    expect(new URL(page.url()).search).toBe('?domain=shop.example&selector=s1&selector=s2');
  });

  it('draws the tree as nested lists whose branches close and open', async () => {
    const page = await running().open('pages/domain/index.html?domain=shop.example');
    const deepest = page.locator('.tree ul ul ul').getByText('ip6:2001:db8::/48', { exact: true });
    await deepest.waitFor();
    const branch = page.locator('summary', { hasText: '_spf.shop.example' });
    await branch.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => deepest.isVisible()).toBe(false);
    await page.keyboard.press('Space');
    await expect.poll(() => deepest.isVisible()).toBe(true);
  });

  it('says what is no domain, and forgets it when one is typed', async () => {
    const page = await running().open('pages/domain/index.html');
    const domain = page.getByTestId('profiler-domain');
    await domain.fill('not a domain');
    await page.getByTestId('profiler-look').click();
    await page.getByText('Enter a domain name, such as example.org.').waitFor();
    expect(await domain.getAttribute('aria-invalid')).toBe('true');
    await domain.fill('shop.example');
    await domain.press('Enter');
    await page.getByTestId('profile').waitFor();
    expect(await domain.getAttribute('aria-invalid')).toBe('false');
  });

  it('is reached from the options', async () => {
    const page = await running().open('pages/settings/index.html');
    await page.getByTestId('nav-domain').click();
    await page.getByTestId('profiler-domain').waitFor();
  });

  it.each(['light', 'dark'] as const)('reads well in %s, narrow and wide', async (colorScheme) => {
    const page = await running().open('pages/domain/index.html?domain=shop.example&selector=s1&selector=s2');
    await page.getByTestId('profile').waitFor();
    await page.emulateMedia({ colorScheme });
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await findViolations(page), `${width}`).toEqual([]);
      const [content, window] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth] as const;
      });
      expect(content, `${width}`).toBeLessThanOrEqual(window);
    }
  });
});
