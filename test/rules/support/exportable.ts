/** Rules a server can carry out: every condition that is in the header, and what rules do to each other. */
import { parsed } from './rules.ts';

export const KEYWORDS = [
  { match: 'exact', value: 'org.example:adv' },
  { match: 'prefix', value: 'org.example' },
  { match: 'prefix', value: 'org.example:ADV' },
  { match: 'glob', value: 'org.example:*' },
  { match: 'glob', value: '*' },
  { match: 'glob', value: '*:adv' },
  { match: 'glob', value: '*adv' },
  { match: 'glob', value: 'o*.*example*:*' },
  { match: 'glob', value: '**.a*v' },
].map((more) => ({ field: 'keyword', ...more }));

export const LABELS = [
  {},
  { label: 'ADV:' },
  { label: 'adv: adlt' },
  { label: '(광고)' },
  { label: '［spam］' },
  { label: '未承諾' },
  { law: 'us-states' },
  { law: 'us-sexually-explicit' },
  { law: 'korea' },
  { law: 'japan' },
  { law: 'spam-filter' },
  { label: 'legal advertisement', law: 'us-states' },
].map((more) => ({ field: 'subject-label', ...more }));

export const HEADERS = [
  { field: 'pass-key', value: 'COM.example.adv', coverage: 'either' },
  { field: 'list', id: 'dev.lists.example.org' },
  { field: 'list', id: 'lists.example.org', match: 'namespace' },
  { field: 'list', id: 'dev@lists.example.org' },
  { field: 'folder', folder: 'inbox' },
];

export const AUTHORS = [
  { field: 'author-domain', domain: 'example.com' },
  { field: 'author-domain', domain: 'example.com', subdomains: true },
  { field: 'author-domain', domain: 'bücher.example' },
];

/** A rule for each condition, which tags by its place. */
export const tagEach = (conditions: readonly object[]) =>
  parsed({
    version: 1,
    rules: conditions.map((condition, index) => ({
      id: `c${index}`,
      name: JSON.stringify(condition),
      conditions: 'field' in condition ? { all: [condition] } : condition,
      actions: [{ do: 'tag', tag: `c${index}` }],
    })),
  });

const [keyword, prefix, , glob] = KEYWORDS;
const [passKey, list, namespace] = HEADERS;
const [author, authorBelow] = AUTHORS;
const [anyLabel, adv] = LABELS;
export const GROUPS = [
  { none: [keyword] },
  { all: [keyword, anyLabel] },
  { any: [glob, { all: [adv, { none: [prefix, author] }] }] },
  { none: [{ any: [keyword, { none: [list] }] }] },
  { all: [{ none: [{ all: [keyword, adv] }] }, { any: [author, list, glob] }] },
  { all: [] },
];

/** Order, stops, moves that wait and moves that do not. */
export const ORDERED = parsed({
  version: 1,
  rules: [
    { id: 'key', name: 'key', conditions: { all: [passKey] }, actions: [{ do: 'mark', as: 'starred' }], stop: true },
    {
      id: 'lists',
      name: 'lists',
      conditions: { any: [list, namespace] },
      actions: [
        { do: 'move', folder: 'Lists/"${folder}" \\é' },
        { do: 'mark', as: 'read' },
      ],
    },
    {
      id: 'off',
      name: 'off',
      enabled: false,
      conditions: { all: [] },
      actions: [{ do: 'tag', tag: 'off' }],
      stop: true,
    },
    {
      id: 'adv',
      name: 'adv',
      conditions: { any: [glob, adv] },
      actions: [
        { do: 'tag', tag: 'adv' },
        { do: 'mark', as: 'junk' },
        { do: 'move', folder: 'Junk' },
      ],
      stop: true,
    },
    { id: 'rest', name: 'rest', conditions: { none: [authorBelow] }, actions: [{ do: 'tag', tag: 'stranger' }] },
    { id: 'end', name: 'end', conditions: { all: [] }, actions: [{ do: 'move', folder: 'Read later' }] },
  ],
});
