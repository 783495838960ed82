/** The Report's JSON schema, and what it lets each place hold. Reads as much of JSON Schema as that file uses, and no more. */
import text from '../../../src/report/schema.json?raw';
import { placesOf, type Alternative, type Member, type Place } from './shape.ts';

export interface SchemaNode {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false | SchemaNode;
  readonly items?: SchemaNode;
  readonly allOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly description?: string;
}

export const REPORT_SCHEMA_FILE = JSON.parse(text) as SchemaNode;

/** Every place of a Report as the schema has it. */
export function schemaPlaces(): ReadonlyMap<string, Place> {
  return placesOf(alternativesOf(REPORT_SCHEMA_FILE));
}

/** A definition by name. */
export function definition(name: string): SchemaNode {
  const found = REPORT_SCHEMA_FILE.$defs?.[name];
  if (!found) throw new Error(`the schema has no definition "${name}"`);
  return found;
}

/** The table from reason to result that a definition's alternatives make; the pass without a reason is left out. */
export function reasonTable(name: string): Readonly<Record<string, unknown>> {
  const entries = overlaysOf(definition(name)).flatMap(({ result, reason }) =>
    literalsOf(reason)
      .filter((word) => typeof word === 'string')
      .map((word) => [word, literalsOf(result)[0]] as const),
  );
  return Object.fromEntries(entries);
}

function resolve(node: SchemaNode): SchemaNode {
  return node.$ref === undefined ? node : resolve(definition(node.$ref.replace('#/$defs/', '')));
}

function literalsOf(node: SchemaNode | undefined): readonly unknown[] {
  if (!node) return [];
  if (node.type === 'null') return [null];
  return 'const' in node ? [node.const] : (node.enum ?? []);
}

function alternativesOf(unresolved: SchemaNode): readonly Alternative[] {
  const node = resolve(unresolved);
  if (node.properties) return objectsOf(node, node.properties);
  if ('const' in node || node.enum) return literalsOf(node).map((value) => plain(JSON.stringify(value)));
  const choice = node.anyOf ?? node.oneOf;
  if (choice) return choice.flatMap(alternativesOf);
  return [node.type ?? []]
    .flat()
    .map((type) => ofType(type, node))
    .flat();
}

function ofType(type: string, { items, additionalProperties }: SchemaNode): readonly Alternative[] {
  switch (type) {
    case 'array':
      return [{ kind: 'array', items: items ? alternativesOf(items) : [] }];
    case 'object':
      return [{ kind: 'map', values: additionalProperties ? alternativesOf(additionalProperties) : [] }];
    case 'boolean':
      return [plain('true'), plain('false')];
    case 'integer':
    case 'number':
      return [plain('number')];
    default:
      return [plain(type)];
  }
}

/** One object for each of the alternatives that narrow its properties; one where there are none. */
function objectsOf(node: SchemaNode, properties: Readonly<Record<string, SchemaNode>>): readonly Alternative[] {
  const overlays = [...(node.allOf ?? []), ...(node.oneOf ? [{ oneOf: node.oneOf }] : [])].flatMap(overlaysOf);
  return (overlays.length === 0 ? [{}] : overlays).map((overlay) => ({
    kind: 'object',
    members: new Map(
      Object.entries({ ...properties, ...overlay }).map(([name, value]): [string, Member] => [
        name,
        { optional: !(node.required ?? []).includes(name), alternatives: alternativesOf(value) },
      ]),
    ),
  }));
}

function overlaysOf(unresolved: SchemaNode): readonly Readonly<Record<string, SchemaNode>>[] {
  const node = resolve(unresolved);
  if (node.oneOf) return node.oneOf.flatMap(overlaysOf);
  return node.properties ? [node.properties] : [];
}

function plain(value: string): Alternative {
  return { kind: 'plain', text: value };
}
