/** The path and who handled the message, as the panel words them. */
import { describe, expect, it, vi } from 'vitest';
import { handlerRows } from '../../../../extension/ui/report/handlers.ts';
import { viewPath } from '../../../../extension/ui/report/path.ts';
import type { Hop, Intermediary, ShownChange } from '../../../../src/trace/types.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { readCatalogue, wordsOf } = await import('../../../e2e/support/catalogue.ts');
const t = wordsOf(readCatalogue('en'));

const HOP: Hop = {
  field: 0,
  from: null,
  helo: null,
  ip: null,
  reverseName: null,
  by: 'mx.example',
  byIp: null,
  with: null,
  via: null,
  id: null,
  for: null,
  time: null,
  tls: false,
  solicit: [],
  note: null,
  problems: [],
  delay: null,
  trusted: false,
};

/** Newest first, as in a Report. */
function pathOf(...hops: readonly Partial<Hop>[]) {
  return viewPath({ path: hops.map((hop, field) => ({ ...HOP, field, ...hop })) }, t);
}

describe('the path', () => {
  it('is oldest first, with the point of entry at the oldest line of the own servers', () => {
    const { steps } = pathOf({ by: 'c', trusted: true }, { by: 'b', trusted: true }, { by: 'a' });
    expect(steps.map(({ name, own, entry }) => [name, own, entry])).toEqual([
      ['a', false, false],
      ['b', true, true],
      ['c', true, false],
    ]);
  });

  it('says that nothing is known to be genuine where nobody is trusted, and nothing of no path', () => {
    expect(pathOf({}).remark).toBe(t('panel_path_nobody_own'));
    expect(pathOf({ trusted: true }).remark).toBe(t('panel_path_legend'));
    expect(pathOf()).toEqual({ steps: [], folded: null, remark: '' });
  });

  it.each<[string, Partial<Hop>, string, string]>([
    ['a version', { tls: 'TLS1.3', with: 'ESMTPS' }, 'encrypted', 'TLS1.3'],
    ['an S after the protocol', { tls: true, with: 'ESMTPS' }, 'encrypted', 'encrypted'],
    ['ESMTP without it (RFC 3848)', { with: 'ESMTP' }, 'plain', 'not encrypted'],
    ['esmtpa in small letters', { with: 'esmtpa' }, 'plain', 'not encrypted'],
    ['SMTP, which some always write', { with: 'SMTP' }, 'unknown', 'encryption not recorded'],
    ['a product', { with: 'Microsoft SMTP Server' }, 'unknown', 'encryption not recorded'],
    ['nothing', {}, 'unknown', 'encryption not recorded'],
  ])('tells the encryption from %s', (_what, hop, encryption, encryptionWord) => {
    expect(pathOf(hop).steps[0]).toMatchObject({ encryption, encryptionWord });
  });

  it.each([
    [0, '0 sec later'],
    [119, '119 sec later'],
    [120, '2 min later'],
    [7199, '120 min later'],
    [7200, '2 hr later'],
    [3 * 86_400, '3 days later'],
  ])('words a delay of %d seconds', (delay, expected) => {
    expect(pathOf({ delay }).steps[0]).toMatchObject({ delay: expected, clock: null });
  });

  it('draws delays on a logarithmic scale, on which a second is seen and no delay is longer than all', () => {
    const shares = [0, 1, 300, 86_400, 5 * 86_400, 1e12].map((delay) => pathOf({ delay }).steps[0]?.delayShare ?? -1);
    expect(shares[0]).toBe(0);
    expect(shares[1]).toBeGreaterThan(0.04);
    expect(shares.toSorted((left, right) => left - right)).toEqual(shares);
    expect(shares.slice(-2)).toEqual([1, 1]);
    expect(pathOf({ delay: 300 }).steps[0]?.slow).toBe(false);
    expect(pathOf({ delay: 301 }).steps[0]?.slow).toBe(true);
    for (const delay of [null, -5]) expect(pathOf({ delay }).steps[0]).toMatchObject({ delayShare: null, slow: false });
  });

  it('calls a negative delay what it is', () => {
    expect(pathOf({ delay: -300 }).steps[0]).toMatchObject({ delay: null, clock: 'clock 5 min behind' });
  });

  it('tells private addresses from public ones, and prefers the name the server found', () => {
    const [step] = pathOf({ from: 'x', helo: 'h', reverseName: 'out.example', ip: '192.0.2.1' }).steps;
    expect(step).toMatchObject({ from: 'out.example, 192.0.2.1', address: 'public address' });
    expect(pathOf({ ip: '10.0.0.1' }).steps[0]).toMatchObject({ from: '10.0.0.1', address: 'private address' });
    expect(pathOf({}).steps[0]).toMatchObject({ from: null, address: null });
  });

  it('names a step that names itself nowhere by its note, or as unnamed', () => {
    expect(pathOf({ by: null, note: 'qmail 1 invoked' }, { by: null }).steps.map(({ name }) => name)).toEqual([
      t('panel_server_unnamed'),
      'qmail 1 invoked',
    ]);
  });

  it('hangs the keywords of RFC 3865 on the step that recorded them', () => {
    expect(pathOf({ solicit: ['net.example:ADV'] }, {}).steps.map(({ keywords }) => keywords)).toEqual([
      [],
      ['net.example:ADV'],
    ]);
  });

  it('has words for everything that could not be read', () => {
    const problems = [
      'no-date',
      'unreadable-date',
      'text-after-date',
      'comment-too-deep',
      'unclosed',
      'too-long',
      'no-clauses',
    ] as const;
    const row = pathOf({ problems }).steps[0]?.rows.find(({ label }) => label === t('panel_hop_problems'));
    expect(row?.text.split('.').length).toBe(problems.length + 1);
  });

  it.each([
    [9, 0, null],
    [10, 0, { start: 3, count: 2 }],
    [34, 2, { start: 3, count: 26 }],
    [34, 20, { start: 3, count: 10 }],
    [34, 31, null],
    [200, 0, { start: 3, count: 192 }],
  ])(
    'folds the middle of %d steps, never what %d own servers and the one before them wrote',
    (steps, own, expected) => {
      const hops = Array.from({ length: steps }, (_, at) => ({ trusted: at < own }));
      const { folded } = pathOf(...hops);
      if (expected === null) expect(folded).toBeNull();
      else expect(folded).toMatchObject({ ...expected, label: `\u2026 ${expected.count} more` });
    },
  );
});

describe('who handled the message', () => {
  const LIST: Intermediary = { kind: 'list', name: 'l.example', fields: [0], says: [], changed: [], policy: null };
  const CHANGE: ShownChange = {
    method: 'dkim',
    signature: 3,
    domain: 'author.example',
    body: true,
    header: false,
    headerFields: [],
    changes: [],
    proof: 'own-signature',
  };
  function rowsOf(one: Partial<Intermediary>): readonly string[] {
    const [view] = handlerRows({ intermediaries: [{ ...LIST, ...one }] }, t);
    return (view?.changed ?? []).map(({ text, note = '' }) => `${text} / ${note}`);
  }

  it('says of what signs nothing that nothing can be shown of it', () => {
    expect(rowsOf({})).toEqual(['No signature shows a change. / ']);
    expect(rowsOf({ kind: 'scanner' })).toEqual(["Can't be checked: it doesn't sign. / "]);
  });

  it('says which part changed, whose signature tells, and how it is known', () => {
    expect(rowsOf({ changed: [CHANGE] })).toEqual([
      "The text: author.example's signature no longer matches it. / It signed the message as it is now, so the change was made there or before.",
    ]);
    const both: ShownChange = {
      ...CHANGE,
      header: true,
      headerFields: ['subject'],
      changes: ['list-footer', 'subject-tag'],
    };
    expect(rowsOf({ changed: [{ ...both, proof: 'known-change' }] })[0]).toMatch(
      /^The text and header lines: .*Among these: subject\. \/ It's valid without the footer\. It's valid without the tag in the subject\. Mailing lists make this change/,
    );
    const arc: ShownChange = { ...CHANGE, method: 'arc', body: false, header: true, proof: 'arc-signatures' };
    expect(rowsOf({ kind: 'sealer', changed: [arc] })[0]).toMatch(
      /^Header lines: author\.example's earlier ARC signature/,
    );
  });

  it('has a word for every kind', () => {
    const kinds = ['list', 'resender', 'forwarder', 'gateway', 'sealer', 'opes', 'scanner'] as const;
    const views = handlerRows({ intermediaries: kinds.map((kind) => ({ ...LIST, kind })) }, t);
    expect(new Set(views.map(({ kind }) => kind)).size).toBe(kinds.length);
  });
});
