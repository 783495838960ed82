/** Every reason, finding and problem of the methods that a page or the command line puts into words has them in every language. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADSP_REASONS } from '../../src/adsp/reasons.ts';
import { DKIM_REASONS } from '../../src/dkim/reasons.ts';
import { DMARC_REASONS } from '../../src/dmarc/reasons.ts';
import { ADSP_FINDINGS, DMARC_FINDINGS, KEY_FINDINGS } from '../../src/profile/reasons.ts';
import { SPF_FINDINGS, SPF_PROBLEMS, SPF_REASONS } from '../../src/spf/reasons.ts';

const folder = new URL('../../extension/public/_locales/', import.meta.url);
const LOCALES = readdirSync(folder);

const TABLES: readonly (readonly [prefix: string, table: object])[] = [
  ['reason_dkim', DKIM_REASONS],
  ['reason_spf', SPF_REASONS],
  ['reason_dmarc', DMARC_REASONS],
  ['reason_adsp', ADSP_REASONS],
  ['spf_finding', SPF_FINDINGS],
  ['spf_problem', SPF_PROBLEMS],
  ['dmarc_finding', DMARC_FINDINGS],
  ['adsp_finding', ADSP_FINDINGS],
  ['key_finding', KEY_FINDINGS],
];

describe.each(LOCALES)('the words in %s', (locale) => {
  const catalogue = JSON.parse(readFileSync(new URL(`${locale}/messages.json`, folder), 'utf8')) as object;
  const keys = Object.keys(catalogue);

  it.each(TABLES)('%s: one for each entry of the table, and no other', (prefix, table) => {
    const wanted = Object.keys(table).map((id) => `${prefix}_${id.replaceAll('-', '_')}`);
    expect(keys.filter((key) => key.startsWith(`${prefix}_`)).sort()).toEqual(wanted.sort());
  });
});
