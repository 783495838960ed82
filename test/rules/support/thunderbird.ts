/**
 * Reads `msgFilterRules.dat` as Thunderbird does (nsMsgFilterList, nsMsgSearchTerm), with what makes its format tricky: a backslash
 * escapes quotes and the next character after a backslash, a line end ends a value, conditions are unescaped a second time.
 */

export interface Filter {
  readonly name: string;
  readonly enabled: boolean;
  readonly type: string;
  readonly actions: readonly (readonly [action: string, value?: string])[];
  readonly condition: string;
}

export interface Term {
  readonly join: 'AND' | 'OR';
  readonly attribute: string;
  readonly header: boolean;
  readonly operator: string;
  readonly value: string;
}

/** The attributes of the file, in order. Throws where Thunderbird would stop reading. */
export function readAttributes(text: string): readonly (readonly [string, string])[] {
  const attributes: [string, string][] = [];
  let at = 0;
  const skipSpace = () => {
    while (/\s/.test(text[at] ?? '')) at++;
  };
  for (;;) {
    skipSpace();
    if (at >= text.length) return attributes;
    const name = /^[^\s=]*/.exec(text.slice(at))?.[0] ?? '';
    at += name.length + 1;
    skipSpace();
    if (text[at] !== '"') throw new Error(`no value for ${name}`);
    at++;
    let value = '';
    for (;;) {
      const character = text[at++];
      if (character === undefined || character === '"' || character === '\n' || character === '\r') break;
      if (character !== '\\') {
        value += character;
      } else if (text[at] === '"') {
        value += '"';
        at++;
      } else if (text[at] === '\\') {
        at++;
        value += `\\${text[at++] ?? ''}`;
      } else {
        value += `\\${text[at++] ?? ''}`;
      }
    }
    attributes.push([name, value]);
  }
}

export function readFilters(text: string): readonly Filter[] {
  const filters: { -readonly [K in keyof Filter]: Filter[K] }[] = [];
  for (const [name, value] of readAttributes(text)) {
    const filter = filters.at(-1);
    if (name === 'name') filters.push({ name: value, enabled: false, type: '', actions: [], condition: '' });
    else if (!filter) continue;
    else if (name === 'enabled') filter.enabled = value === 'yes';
    else if (name === 'type') filter.type = value;
    else if (name === 'action') filter.actions = [...filter.actions, [value]];
    else if (name === 'actionValue')
      filter.actions = [...filter.actions.slice(0, -1), [filter.actions.at(-1)?.[0] ?? '', value]];
    else if (name === 'condition') filter.condition = value;
    else throw new Error(`unknown attribute ${name}`);
  }
  return filters;
}

/** The terms of a condition; none where it is ALL. */
export function readCondition(condition: string): readonly Term[] {
  if (condition === 'ALL') return [];
  const terms: Term[] = [];
  let at = 0;
  for (;;) {
    const open = condition.indexOf('(', at);
    if (open < 0) return terms;
    const or = condition.indexOf('O', at);
    let quoted = false;
    let end = open + 1;
    for (; end < condition.length; end++) {
      if (condition[end] === '\\' && condition[end + 1] === '"') end++;
      else if (condition[end] === ')' && !quoted) break;
      else if (condition[end] === '"') quoted = !quoted;
    }
    if (end >= condition.length) throw new Error(`a term does not end: ${condition}`);
    terms.push(readTerm(condition.slice(open + 1, end).replaceAll('\\"', '"'), or >= 0 && or < open ? 'OR' : 'AND'));
    at = end;
  }
}

function readTerm(text: string, join: Term['join']): Term {
  const first = text.indexOf(',');
  const second = text.indexOf(',', first + 1);
  const attribute = text.slice(0, first).trimStart();
  const value = text.slice(second + 1).trimStart();
  const quoted = value.startsWith('"');
  return {
    join,
    header: attribute.startsWith('"'),
    attribute: attribute.replaceAll('"', '').toLowerCase(),
    operator: text.slice(first + 1, second).trim(),
    value: quoted ? value.slice(1, value.endsWith('"') ? -1 : undefined) : value,
  };
}

/** Whether the terms hold: of header values, and of the decoded Subject. */
export function holds(
  terms: readonly Term[],
  subject: string,
  headers: ReadonlyMap<string, readonly string[]>,
): boolean {
  const results = terms.map((term) => termHolds(term, term.header ? (headers.get(term.attribute) ?? []) : [subject]));
  return terms[0]?.join === 'OR' ? results.some(Boolean) : results.every(Boolean);
}

function termHolds({ operator, value }: Term, texts: readonly string[]): boolean {
  const wanted = value.toLowerCase();
  const some = (test: (text: string) => boolean) => texts.some((text) => test(text.toLowerCase()));
  switch (operator) {
    case 'contains':
      return some((text) => text.includes(wanted));
    case "doesn't contain":
      return !some((text) => text.includes(wanted));
    case 'is':
      return some((text) => text === wanted);
    case 'begins with':
      return some((text) => text.startsWith(wanted));
    case 'ends with':
      return some((text) => text.endsWith(wanted));
    default:
      throw new Error(`unknown operator ${operator}`);
  }
}
