/** docs/report.md against the schema and the code: no field, word or key of a Report goes unmentioned, and none is made up. */
import { describe, expect, it } from 'vitest';
import catalogueText from '../../extension/public/_locales/en/messages.json?raw';
import documentation from '../../docs/report.md?raw';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { definition, schemaPlaces, type SchemaNode } from './support/schema.ts';
import { plainPath } from './support/shape.ts';

interface Entry {
  readonly optional: boolean;
  readonly text: string;
}

/** Properties by path. */
const PROPERTIES = new Map(
  [...schemaPlaces()]
    .map(([path, place]) => [plainPath(path), place] as const)
    .filter(([path]) => /[a-zA-Z]$/.test(path)),
);

/** Items of the lists below headings that name paths from `report` on: "- `name`, `other` (optional): meaning". */
const ENTRIES = new Map(
  documentation.split(/\n(?=#+ )/).flatMap((section) => {
    const heading = section.split('\n', 1)[0] ?? '';
    const prefixes = codeSpans(heading).filter((span) => span.startsWith('report'));
    const items = [...section.matchAll(/^- ((?:`\w+`(?: \(optional\))?(?:, )?)+): ((?:.*\n?)(?: {2}.*\n?)*)/gm)];
    return prefixes.flatMap((prefix) =>
      items.flatMap(([, names = '', text = '']) =>
        names.split(', ').map((name): [string, Entry] => {
          const path = `${prefix}.${codeSpans(name)[0] ?? ''}`.replace(/^report\.?/, '');
          return [path, { optional: name.includes('(optional)'), text }];
        }),
      ),
    );
  }),
);

function codeSpans(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
}

describe('docs/report.md', () => {
  it('explains every field of the schema, and no other', () => {
    expect([...ENTRIES.keys()].sort()).toEqual([...PROPERTIES.keys()].sort());
  });

  it('says which fields are optional, and which may be null', () => {
    const wrong = [...ENTRIES].filter(([path, { optional, text }]) => {
      const place = PROPERTIES.get(path);
      return place?.optional !== optional || place.holds.includes('null') !== /\bnull\b/.test(text);
    });
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  it('names every word of the schema; findings.md has those of findings', () => {
    const spans = new Set(codeSpans(documentation.replace(/```[\s\S]*?```/g, '')));
    const findings = definition('findingId').enum ?? [];
    const words = [...schemaPlaces().values()].flatMap(({ holds }) => holds).filter((text) => text.startsWith('"'));
    const missing = new Set(words.map((text): unknown => JSON.parse(text)));
    for (const word of [...spans, ...findings]) missing.delete(word);
    expect([...missing]).toEqual([]);
  });

  it('shows a Report as it comes out of the message and the zone shown with it', async () => {
    const blocks = [...documentation.matchAll(/^```(text|json)\n([\s\S]*?)^```$/gm)].map(([, , block = '']) => block);
    const [message = '', zone = '', report = ''] = blocks;
    const found = await checkMessage(utf8ToBytes(message.replaceAll('\n', '\r\n')), {
      resolver: createZoneResolver(JSON.parse(zone) as ZoneFile),
      now: new Date('2026-11-22T08:00:00Z'),
    });
    expect(JSON.parse(report)).toEqual(found);
  });

  it.each<[string, string, readonly unknown[] | undefined]>([
    ['finding_<id>', 'finding_', definition('findingId').enum],
    ['practice_<text>', 'practice_', definition('practiceStatementId').enum],
    ['reason_dkim_<reason>', 'reason_dkim_', reasons(definition('dkimOutcome'))],
    ['spf_not_checked_<reason>', 'spf_not_checked_', notCheckedReasons()],
  ])('may say that %s is a key of the catalogue', (pattern, prefix, words = []) => {
    const catalogue = new Set(Object.keys(JSON.parse(catalogueText) as object));
    expect(documentation).toContain(`\`${pattern}\``);
    expect(words.length).toBeGreaterThan(0);
    const keys = words.map((word) => `${prefix}${String(word).replaceAll('-', '_')}`);
    expect(keys.filter((key) => !catalogue.has(key) && !catalogue.has(`${key}_other`))).toEqual([]);
  });
});

function reasons({ oneOf = [] }: SchemaNode): readonly unknown[] {
  return oneOf.flatMap(({ properties }) => properties?.['reason']?.enum ?? []);
}

function notCheckedReasons(): readonly unknown[] | undefined {
  return definition('spfNotChecked').properties?.['notChecked']?.properties?.['reason']?.enum;
}
