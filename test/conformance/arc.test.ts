/** The published validation suite for ARC (shared/conformance/arc): every case, with the known gaps named and tested. */
import { existsSync, readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { validateArc } from '../../src/arc/verify.ts';

const FILE = new URL('../../../shared/conformance/arc/arc-draft-validation-tests.yml', import.meta.url);

interface Scenario {
  readonly description: string;
  readonly tests: Readonly<
    Record<string, { readonly description: string; readonly message: string; readonly cv: string }>
  >;
  readonly 'txt-records': Readonly<Record<string, string>>;
}

/** Cases that expect a pass and get a fail here, with the reason. One that passes has to leave the list. */
const KNOWN_GAPS: Readonly<Record<string, string>> = {
  ams_fields_c_na: 'signed as relaxed/relaxed without saying so; the default of c= is simple/simple (RFC 6376 §3.5)',
  ams_fields_h_empty: 'h= is empty; the ABNF wants a name (RFC 6376 §3.5), and From must be signed (§5.4)',
};

const present = existsSync(FILE);
if (!present) console.info('shared/conformance/arc is not there: the ARC suite is skipped');
const scenarios = present ? (loadAll(withUniqueKeys(readFileSync(FILE, 'utf8'))) as Scenario[]) : [];

/** Some cases of the suite share a key, which YAML forbids; numbered, all of them run. */
function withUniqueKeys(yaml: string): string {
  const seen = new Map<string, number>();
  return yaml.replace(/^ {2}(\w+):$/gm, (line, key: string) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? line : `  ${key}_${count}:`;
  });
}

describe.skipIf(!present)('ARC validation suite', () => {
  for (const { description, tests, 'txt-records': records } of scenarios) {
    const zone = Object.fromEntries(Object.entries(records).map(([name, text]) => [name, { TXT: [text] }]));
    describe(description, () => {
      for (const [name, { description: what, message, cv }] of Object.entries(tests)) {
        it(`${name}: ${what}`, async () => {
          const raw = stringToOctets(message.replaceAll('\n', '\r\n'));
          const report = await validateArc(raw, { resolver: createZoneResolver(zone), now: new Date('2026-01-01') });
          // The suite leaves cv empty where a seal itself says fail: RFC 8617 §5.2 steps 2 and 3.
          const expected = cv.trim().toLowerCase() || 'fail';
          if (name in KNOWN_GAPS) expect([expected, report.result]).toEqual(['pass', 'fail']);
          else
            expect([report.result, report.reason]).toEqual([expected, expected === 'pass' ? null : expect.anything()]);
        });
      }
    });
  }
  it('knows the gaps it names', () => {
    expect(scenarios.flatMap(({ tests }) => Object.keys(tests))).toEqual(
      expect.arrayContaining(Object.keys(KNOWN_GAPS)),
    );
  });

  it('has all its cases', () => expect(scenarios.flatMap(({ tests }) => Object.keys(tests))).toHaveLength(175));
});
