/** The schema says what the code says: its shape is that of the type, its words are those of the cited tables. */
import { describe, expect, it } from 'vitest';
import { ADSP_REASONS } from '../../src/adsp/reasons.ts';
import { ARC_REASONS } from '../../src/arc/reasons.ts';
import { FINDING_IDS } from '../../src/assessment/table.ts';
import { LEVELS } from '../../src/assessment/types.ts';
import { DKIM_REASONS } from '../../src/dkim/reasons.ts';
import { DMARC_REASONS } from '../../src/dmarc/reasons.ts';
import { REPORT_SCHEMA } from '../../src/report/types.ts';
import { SPF_PROBLEMS, SPF_REASONS } from '../../src/spf/reasons.ts';
import { definition, REPORT_SCHEMA_FILE, reasonTable, schemaPlaces, type SchemaNode } from './support/schema.ts';
import { typePlaces } from './support/type.ts';

describe('the shape', () => {
  it('has the places of the type Report, and lets each hold what the type lets it hold', { timeout: 60_000 }, () => {
    expect(Object.fromEntries(schemaPlaces())).toEqual(Object.fromEntries(typePlaces()));
  });

  it('allows no property it does not name', () => {
    const open = everyNode(REPORT_SCHEMA_FILE).filter(
      (node) => node.properties && node.type === 'object' && node.required && node.additionalProperties !== false,
    );
    expect(open).toEqual([]);
  });

  it('describes every property', () => {
    const silent = everyNode(REPORT_SCHEMA_FILE)
      .filter((node) => node.required)
      .flatMap((node) => Object.entries(node.properties ?? {}))
      .filter(([, property]) => !property.description);
    expect(silent.map(([name]) => name)).toEqual([]);
  });
});

describe('the words', () => {
  it('has the version of the code', () => {
    expect(REPORT_SCHEMA_FILE.properties?.['schema']?.const).toBe(REPORT_SCHEMA);
  });

  it('has the findings and the levels in their order', () => {
    expect(definition('findingId').enum).toEqual(FINDING_IDS);
    expect(definition('level').enum).toEqual(LEVELS);
  });

  it.each([
    ['dkimOutcome', DKIM_REASONS],
    ['arcSignatureOutcome', { ...DKIM_REASONS, 'not-checked': 'none' }],
    ['arc', ARC_REASONS],
    ['dmarc', DMARC_REASONS],
    ['adsp', ADSP_REASONS],
    ['spfResult', SPF_REASONS],
  ])('pairs reason and result as the table does: %s', (name, table) => {
    expect(reasonTable(name)).toEqual(table);
  });

  it('has the syntax problems of SPF', () => {
    expect(definition('spfTrouble').properties?.['syntax']?.enum).toEqual(Object.keys(SPF_PROBLEMS));
  });
});

function everyNode(node: SchemaNode): readonly SchemaNode[] {
  const { properties = {}, $defs = {}, additionalProperties, items, allOf = [], anyOf = [], oneOf = [] } = node;
  const below = [...Object.values(properties), ...Object.values($defs), ...allOf, ...anyOf, ...oneOf];
  if (additionalProperties) below.push(additionalProperties);
  if (items) below.push(items);
  return [node, ...below.flatMap(everyNode)];
}
