/** Which places of a Report were seen holding a value, holding null, and missing: to show that a set of Reports leaves nothing out. */
import { plainPath, type Place } from './shape.ts';

export class Observed {
  readonly #places: ReadonlyMap<string, Place>;
  readonly #seen = new Set<string>();

  constructor(places: ReadonlyMap<string, Place>) {
    this.#places = new Map([...places].map(([path, place]) => [plainPath(path), place]));
  }

  add(report: unknown): void {
    this.#visit('', report);
  }

  /** What the schema allows and no Report had: `path`, `path: null`, `path: absent`. */
  missing(): readonly string[] {
    return [...this.#places]
      .filter(([path]) => path !== '')
      .flatMap(([path, { optional, holds }]) => [
        path,
        ...(holds.includes('null') ? [`${path}: null`] : []),
        ...(optional ? [`${path}: absent`] : []),
      ])
      .filter((sight) => !this.#seen.has(sight));
  }

  #visit(path: string, value: unknown): void {
    this.#seen.add(value === null ? `${path}: null` : path);
    if (Array.isArray(value)) {
      for (const item of value) this.#visit(`${path}[]`, item);
    } else if (typeof value === 'object' && value !== null) {
      const isMap = this.#places.get(path)?.holds.includes('map') ?? false;
      for (const [name, member] of Object.entries(value)) this.#visit(this.#below(path, isMap ? '*' : name), member);
      for (const [name, { optional }] of this.#membersOf(path)) {
        if (optional && !(name in value)) this.#seen.add(`${this.#below(path, name)}: absent`);
      }
    }
  }

  #below(path: string, name: string): string {
    return path === '' ? name : `${path}.${name}`;
  }

  #membersOf(path: string): readonly (readonly [string, Place])[] {
    const start = path === '' ? '' : `${path}.`;
    return [...this.#places]
      .filter(([place]) => place.startsWith(start) && /^[a-zA-Z]+$/.test(place.slice(start.length)))
      .map(([place, about]) => [place.slice(start.length), about]);
  }
}
