/** What each package asks of the browser: the least it needs, and nothing that a page could find it by. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXTENSION_TARGETS, manifestFor, pagesFor, scriptsFor } from '../../extension/manifest/targets.ts';
import type { ExtensionTarget } from '../../extension/manifest/targets.ts';
import { originPatternOf, parseResolverUrl, RESOLVER_PRESETS } from '../../extension/settings/resolvers.ts';

const extension = new URL('../../extension/', import.meta.url);

/** Directives of the policy for extension pages, by name. */
function policyOf(target: ExtensionTarget): ReadonlyMap<string, string> {
  const { extension_pages: text } = manifestFor(target, '1.2.3').content_security_policy;
  return new Map(text.split('; ').map((directive) => [directive.replace(/ .*/, ''), directive.replace(/^\S+ /, '')]));
}

describe.each(EXTENSION_TARGETS)('the manifest for %s', (target) => {
  const manifest = manifestFor(target, '1.2.3');

  it('is of version 3 and carries the version of the package', () => {
    expect(manifest).toMatchObject({ manifest_version: 3, version: '1.2.3' });
  });

  it('asks at install for what every use needs, and for no host', () => {
    const reading = {
      thunderbird: ['messagesRead', 'accountsRead', 'alarms', 'menus'],
      chrome: ['activeTab', 'scripting', 'contextMenus', 'sidePanel'],
      firefox: ['activeTab', 'scripting', 'contextMenus'],
    };
    expect(manifest.permissions).toEqual(['storage', ...reading[target]]);
    for (const key of ['host_permissions', 'content_scripts', 'experiment_apis'])
      expect(manifest).not.toHaveProperty(key);
  });

  it('asks for leave to act on mail only where there is some, and only once its reader wants that', () => {
    const acting = ['messagesUpdate', 'messagesMove', 'messagesTags', 'messagesTagsList', 'notifications'];
    expect(manifest['optional_permissions']).toEqual(target === 'thunderbird' ? [...acting, 'scripting'] : undefined);
  });

  it('shows no file to web pages', () => {
    expect(manifest).not.toHaveProperty('web_accessible_resources');
  });

  it('runs its own scripts and styles only, and reaches resolvers only', () => {
    const policy = policyOf(target);
    expect(policy.get('default-src')).toBe("'none'");
    for (const directive of ['script-src', 'style-src', 'img-src']) expect(policy.get(directive)).toBe("'self'");
    expect(policy.get('connect-src')).toBe('https: http://localhost:* http://127.0.0.1:*');
  });

  it('names pages and scripts that exist', () => {
    const pages = [...pagesFor(target), manifest.options_ui.page];
    const sources = pages.map((page) => page.replace(/index\.html$/, 'main.tsx'));
    for (const source of [...sources, ...scriptsFor(target)])
      expect(existsSync(new URL(source, extension)), source).toBe(true);
  });
});

describe('a resolver that the options accept', () => {
  const { optional_host_permissions: patterns } = manifestFor('thunderbird', '1.2.3');
  const mayBeAskedFor = (origin: string): boolean =>
    patterns.some((pattern) => pattern === origin || (pattern === 'https://*/*' && origin.startsWith('https://')));

  it.each([
    ...RESOLVER_PRESETS.map(({ url }) => url),
    'https://dns.example:8443/dns-query{?dns}',
    'https://[::1]/dns-query',
    'http://localhost:8053/dns-query',
    'http://127.0.0.1:8053/dns-query',
  ])('%s can be permitted and reached', (typed) => {
    const url = parseResolverUrl(typed);
    expect(url).toBeDefined();
    expect(mayBeAskedFor(originPatternOf(url ?? ''))).toBe(true);
  });

  it.each([
    'http://dns.example/dns-query',
    'http://[::1]:8053/dns-query',
    'http://127.0.0.2/dns-query',
    'http://resolver.localhost/dns-query',
    'http://localhost.example/dns-query',
    'ftp://localhost/',
    'https://reader:secret@dns.example/',
    'dns.quad9.net',
    '',
  ])('is not %j, which could be neither', (typed) => {
    expect(parseResolverUrl(typed)).toBeUndefined();
  });
});
