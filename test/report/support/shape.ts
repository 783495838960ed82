/** What values a place in a Report may hold, told in one form for the schema and for the TypeScript type, so that the two compare. */

/** One kind of value. `text` is a literal as JSON writes it, or `string` or `number`. */
export type Alternative =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly Alternative[] }
  | { readonly kind: 'map'; readonly values: readonly Alternative[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Member> };

export interface Member {
  readonly optional: boolean;
  readonly alternatives: readonly Alternative[];
}

type ObjectAlternative = Extract<Alternative, { kind: 'object' }>;

export interface Place {
  readonly optional: boolean;
  /** Sorted; `array`, `map` and `object` beside the plain texts. */
  readonly holds: readonly string[];
}

/**
 * Every place below a value by its path: `dkim[].facts.key`, `headlineParams.*`. Objects with the same members count as one; where
 * some differ, each has its members in the path: `identities.pra<illFormed>.illFormed`.
 */
export function placesOf(alternatives: readonly Alternative[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  addPlace(places, '', false, alternatives);
  return places;
}

/** A path as the Report's user sees it, without the members that tell objects apart. */
export function plainPath(path: string): string {
  return path.replace(/<[^>]*>/g, '');
}

function addPlace(
  places: Map<string, Place>,
  path: string,
  optional: boolean,
  alternatives: readonly Alternative[],
): void {
  const holds = new Set(alternatives.map((one) => (one.kind === 'plain' ? one.text : one.kind)));
  places.set(path, { optional, holds: [...holds].sort() });
  const items = alternatives.flatMap((one) => (one.kind === 'array' ? one.items : []));
  if (items.length > 0) addPlace(places, `${path}[]`, false, items);
  const values = alternatives.flatMap((one) => (one.kind === 'map' ? one.values : []));
  if (values.length > 0) addPlace(places, `${path}.*`, false, values);

  const groups = groupByMembers(alternatives.filter((one) => one.kind === 'object'));
  for (const [names, objects] of groups) {
    const label = groups.size > 1 ? `${path}<${names}>` : path;
    for (const name of objects[0]?.members.keys() ?? []) {
      const members = objects.flatMap(({ members: all }) => all.get(name) ?? []);
      addPlace(
        places,
        label === '' ? name : `${label}.${name}`,
        members.some((member) => member.optional),
        members.flatMap((member) => member.alternatives),
      );
    }
  }
}

function groupByMembers(objects: readonly ObjectAlternative[]): ReadonlyMap<string, readonly ObjectAlternative[]> {
  const groups = new Map<string, ObjectAlternative[]>();
  for (const object of objects) {
    const names = [...object.members.keys()].sort().join(' ');
    const group = groups.get(names);
    if (group) group.push(object);
    else groups.set(names, [object]);
  }
  return groups;
}
