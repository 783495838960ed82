/** What an organization has set: only what it may, and only where it is valid. */
import { readFile } from 'node:fs/promises';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { MANAGEABLE, managedKeys, withManaged } from '../../../extension/settings/managed.ts';
import { DEFAULT_SETTINGS } from '../../../extension/settings/settings.ts';

const SET = { resolver: 'https://dns.example/dns-query', checks: { spf: false }, banner: true };

describe('settings of an organization', () => {
  it('take the place of the reader’s own, the rest stays', () => {
    const own = { ...DEFAULT_SETTINGS, older: true, checks: { ...DEFAULT_SETTINGS.checks, arc: false } };
    expect(withManaged(own, SET)).toEqual({
      ...own,
      resolver: SET.resolver,
      banner: true,
      checks: { ...own.checks, spf: false },
    });
    expect(managedKeys(SET)).toEqual(['resolver', 'checks', 'banner']);
  });

  it('change nothing where they are not such', () => {
    const wrong = {
      resolver: 'ftp://dns.example',
      banner: 'yes',
      checks: 1,
      trust: { a: {} },
      runRules: true,
      dnssec: null,
    };
    expect(withManaged(DEFAULT_SETTINGS, wrong)).toEqual(DEFAULT_SETTINGS);
    expect(withManaged(DEFAULT_SETTINGS, {})).toBe(DEFAULT_SETTINGS);
  });

  it('are those of the schema and of the page that describes them', async () => {
    const read = (path: string): Promise<string> => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');
    const schema = JSON.parse(await read('extension/public/managed.json')) as { properties: object };
    expect(Object.keys(schema.properties).sort()).toEqual([...MANAGEABLE].sort());
    expect(new Ajv().compile(schema)(SET)).toBe(true);
    const page = await read('docs/managed.md');
    for (const key of MANAGEABLE) expect(page).toContain(`\`${key}\``);
  });
});
