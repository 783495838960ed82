/** Every kind of condition against Reports of real messages, and what each must not be fooled by. */
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { LIMITS } from '../../src/limits.ts';
import type { Report } from '../../src/report/types.ts';
import { findMatch } from '../../src/rules/match.ts';
import type { LeafCondition } from '../../src/rules/types.ts';
import { OBSERVED_PRACTICES } from '../../src/rules/words.ts';
import { ed25519Key, keyRecord, signMessage } from '../dkim/support/signer.ts';
import { memoryOf, observation } from '../support/memory.ts';
import { reportOf, reportOfBytes } from './support/subject.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const KEY = { field: 'pass-key', value: 'org.example.ann:friends' } as const;
const ADV = { field: 'keyword', match: 'exact', value: 'org.example:adv', by: 'declared' } as const;

const found = (condition: LeafCondition, report: Report) => findMatch(condition, { report }).found;

describe('keywords and pass keys', () => {
  let covered: Report;
  let bare: Report;
  let unsigned: Report;

  beforeAll(async () => {
    const key = ed25519Key();
    const zone = { 'friend.example': { A: ['192.0.2.1'] }, 's1._domainkey.friend.example': { TXT: [keyRecord(key)] } };
    const lines = [
      'From: Bo <bo@friend.example>',
      'Subject: Hi',
      'No-Solicit: ORG.Example:ADV, org.example.ann:friends',
    ];
    const text = [...lines, '', 'text', ''].join('\r\n');
    const sign = (headers: readonly string[]) =>
      signMessage(text, { key, domain: 'friend.example', selector: 's1', headers });
    const [withKey, withoutKey] = [sign(['From', 'Subject', 'No-Solicit']), sign(['From', 'Subject'])];
    const context = { resolver: createZoneResolver(zone), now: NOW };
    covered = await reportOfBytes(utf8ToBytes(withKey), context);
    bare = await reportOfBytes(utf8ToBytes(withoutKey), context);
    unsigned = await reportOfBytes(utf8ToBytes(text), context);
  });

  it('says what was declared as it was written, and where', () => {
    const match = findMatch(ADV, { report: unsigned });
    expect(match.found).toEqual(['ORG.Example:ADV']);
    expect(match.evidence).toMatchObject([{ kind: 'field', name: 'No-Solicit' }]);
  });

  it('calls a keyword signed where a valid signature covers the field, not where one only exists', () => {
    const signed = { ...ADV, by: 'signed' } as const;
    expect([covered, bare, unsigned].map((report) => found(signed, report).length)).toEqual([1, 0, 0]);
  });

  it.each([
    ['signed', [1, 0, 0]],
    ['unsigned', [0, 1, 1]],
    ['either', [1, 1, 1]],
  ] as const)('tells pass keys that are covered from those anyone could copy: %s', (coverage, expected) => {
    expect([covered, bare, unsigned].map((report) => found({ ...KEY, coverage }, report).length)).toEqual(expected);
  });

  it('knows the signature, its domain and its relation', () => {
    const signature = { field: 'signature', subdomains: false } as const;
    expect(found(signature, covered)).toEqual(['friend.example']);
    expect(found({ ...signature, domain: 'friend.example', relations: ['domain', 'exact'] }, covered)).toHaveLength(1);
    expect(found({ ...signature, relations: ['third-party'] }, covered)).toEqual([]);
    expect(found({ ...signature, domain: 'example', subdomains: true }, covered)).toHaveLength(1);
    expect(found({ ...signature, domain: 'end.example' }, covered)).toEqual([]);
    expect(found(signature, unsigned)).toEqual([]);
  });

  it('takes no signature whose key is under test', () => {
    const report = { ...covered, dkim: covered.dkim.map((signature) => ({ ...signature, testing: true })) };
    expect(found({ field: 'signature', subdomains: false }, report)).toEqual([]);
  });

  it('never takes one keyword of a list for another', async () => {
    const report = await reportOf(
      'From: a@b.example',
      'No-Solicit: org.example:ADVERT, "org.example:ADV", x org.example:ADV',
    );
    expect(found(ADV, report)).toEqual([]);
    expect(report.solicitation.malformed).toHaveLength(2);
  });
});

describe('keywords recorded by servers', () => {
  const recorded = { ...ADV, by: 'recorded' } as const;
  const headers = [
    'Received: from out.sender.example (out.sender.example [192.0.2.9]) by mx.home.example with ESMTP (SOLICIT=org.example:ADV); Sun, 22 Nov 2026 08:00:00 +0000',
    'Received: from a by b with ESMTP (SOLICIT=org.example:ADV); Sun, 22 Nov 2026 07:00:00 +0000',
    'From: a@sender.example',
  ];

  it('count above the trust boundary', async () => {
    const raw = utf8ToBytes([...headers, '', ''].join('\r\n'));
    const report = await reportOfBytes(raw, { trust: { authservIds: ['home.example'] } });
    expect(report.solicitation.recorded).toHaveLength(2);
    expect(findMatch(recorded, { report })).toEqual({
      found: ['org.example:ADV'],
      evidence: [{ kind: 'position', index: 0 }],
    });
  });

  it('do not count where nobody is trusted, and are no declaration', async () => {
    const report = await reportOf(...headers);
    expect(found(recorded, report)).toEqual([]);
    expect(found(ADV, report)).toEqual([]);
  });
});

describe('server results', () => {
  const passed = { field: 'server-result', method: 'dkim', result: 'pass' } as const;
  const headers = [
    'Authentication-Results: mx.home.example; dkim=pass header.d=a.example',
    'Received: from x ([192.0.2.9]) by mx.home.example; Sun, 22 Nov 2026 08:00:00 +0000',
    'Received-SPF: pass client-ip=192.0.2.9',
    'Authentication-Results: mx.home.example; dmarc=pass header.from=a.example',
    'From: a@a.example',
  ];
  const trusting = () =>
    reportOfBytes(utf8ToBytes([...headers, '', ''].join('\r\n')), { trust: { authservIds: ['mx.home.example'] } });

  it('count from trusted servers', async () => {
    const report = await trusting();
    expect(found(passed, report)).toEqual(['mx.home.example: dkim=pass']);
    expect(found({ ...passed, server: 'MX.home.example' }, report)).toHaveLength(1);
    expect(found({ ...passed, server: 'home.example' }, report)).toEqual([]);
    expect(found({ ...passed, result: 'fail' }, report)).toEqual([]);
  });

  it('do not count below the boundary, from Received-SPF, or where nobody is trusted', async () => {
    const report = await trusting();
    expect(found({ ...passed, method: 'dmarc' }, report)).toEqual([]);
    expect(found({ ...passed, method: 'spf' }, report)).toEqual([]);
    expect(found(passed, await reportOf(...headers))).toEqual([]);
  });
});

describe('what the header names', () => {
  it.each([
    ['ADV: buy', { label: 'adv:' }, ['ADV:']],
    ['ADV:ADLT buy', { label: 'adv:' }, ['ADV:ADLT']],
    ['ADV: buy', { label: 'ADV:ADLT' }, []],
    ['=?utf-8?b?77yh77yk77y277ya?= buy', { label: 'adv:' }, ['ＡＤＶ：']],
    ['(광고) buy @', { law: 'korea' }, ['(광고)', '@']],
    ['(광고) buy', { law: 'japan' }, []],
    ['(광고) buy', {}, ['(광고)']],
    ['inadvertent', {}, []],
  ] as const)('finds in the Subject %j the label %j', async (subject, wanted, expected) => {
    const report = await reportOf('From: a@b.example', `Subject: ${subject}`);
    expect(found({ field: 'subject-label', ...wanted }, report)).toEqual(expected);
  });

  it.each([
    ['a@example.com', 'example.com', false, true],
    ['a@mail.example.com', 'example.com', false, false],
    ['a@mail.example.com', 'example.com', true, true],
    ['a@notexample.com', 'example.com', true, false],
    ['a@BÜCHER.example', 'xn--bcher-kva.example', false, true],
    ['x@other.example, a@example.com', 'example.com', false, true],
    ['"a@example.com" <x@other.example>', 'example.com', true, false],
  ])('%s is an author of %s (with subdomains: %s): %s', async (from, domain, subdomains, expected) => {
    const report = await reportOf(`From: ${from}`);
    expect(found({ field: 'author-domain', domain, subdomains }, report).length > 0).toBe(expected);
  });

  it.each([
    ['List-Id: Dev <dev.lists.example.org>', 'DEV.lists.example.org', 'exact', true],
    ['List-Id: <xdev.lists.example.org>', 'dev.lists.example.org', 'exact', false],
    ['List-Id: <dev.lists.example.org>', 'lists.example.org', 'namespace', true],
    ['List-Id: <lists.example.org>', 'lists.example.org', 'namespace', false],
    ['X-BeenThere: dev@lists.example.org', 'dev@lists.example.org', 'exact', true],
  ] as const)('%s is the list %s (%s): %s', async (line, id, match, expected) => {
    const report = await reportOf('From: a@b.example', line);
    expect(found({ field: 'list', id, match }, report).length > 0).toBe(expected);
  });
});

describe('what the check concluded', () => {
  it('compares levels from best to worst', async () => {
    const report = { ...(await reportOf('From: a@b.example')), level: 'caution' } as const;
    const holds = (compare: 'is' | 'or-better' | 'or-worse', level: 'verified' | 'caution' | 'warning') =>
      found({ field: 'level', compare, level }, report).length > 0;
    expect([holds('is', 'caution'), holds('is', 'warning')]).toEqual([true, false]);
    expect([holds('or-better', 'caution'), holds('or-better', 'warning'), holds('or-better', 'verified')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([holds('or-worse', 'caution'), holds('or-worse', 'verified'), holds('or-worse', 'warning')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('finds findings with their evidence', async () => {
    const report = await reportOf('From: a@b.example', 'Subject: ADV: x');
    const match = findMatch({ field: 'finding', id: 'subject-label' }, { report });
    expect(match.found).toEqual(['subject-label']);
    expect(match.evidence).toMatchObject([{ kind: 'field', name: 'Subject' }]);
    expect(found({ field: 'finding', id: 'solicitation-declared' }, report)).toEqual([]);
  });

  it('finds what the author domain says, and the record it says it in', async () => {
    const resolver = createZoneResolver({
      'b.example': { A: ['192.0.2.1'] },
      '_dmarc.b.example': { TXT: ['v=DMARC1; p=reject'] },
    });
    const report = await reportOfBytes(utf8ToBytes('From: a@b.example\r\n\r\n'), { resolver });
    expect(findMatch({ field: 'practice', statement: 'dmarc-reject' }, { report })).toEqual({
      found: ['b.example'],
      evidence: [{ kind: 'dns', name: '_dmarc.b.example', type: 'TXT', record: 'v=DMARC1; p=reject' }],
    });
    expect(found({ field: 'practice', statement: 'dmarc-none' }, report)).toEqual([]);
  });
});

describe('observed practice', () => {
  const enough = LIMITS.observedMessages;
  it.each([
    [enough, enough, 'always-signed'],
    [enough * 10, enough * 9, 'mostly-signed'],
    [enough * 10, enough * 9 - 1, 'sometimes-signed'],
    [enough, 0, 'never-signed'],
  ] as const)('of %i messages %i signed is %s, and nothing else', async (messages, signed, expected) => {
    const observed = memoryOf(observation('b.example', { messages, signed }));
    const report = await reportOfBytes(utf8ToBytes('From: a@b.example\r\n\r\n'), { observed });
    const holding = OBSERVED_PRACTICES.filter((practice) => found({ field: 'observed', practice }, report).length > 0);
    expect(holding).toEqual([expected]);
    expect(found({ field: 'observed', practice: expected }, report)).toEqual(['b.example']);
  });

  it('is no habit as long as little was seen, and no new domain either', async () => {
    const observed = memoryOf(observation('b.example', { messages: enough - 1, signed: enough - 1 }));
    const report = await reportOfBytes(utf8ToBytes('From: a@b.example\r\n\r\n'), { observed });
    expect(OBSERVED_PRACTICES.flatMap((practice) => found({ field: 'observed', practice }, report))).toEqual([]);
  });

  it.each([
    ['of a domain never seen', 'From: a@b.example', memoryOf(), ['b.example']],
    ['where nothing is remembered', 'From: a@b.example', undefined, []],
    ['of several authors', 'From: a@b.example, c@d.example', memoryOf(), []],
    ['without an author', 'Subject: x', memoryOf(), []],
  ])('new-domain %s', async (_, line, observed, expected) => {
    const report = await reportOfBytes(utf8ToBytes(`${line}\r\n\r\n`), { observed });
    expect(found({ field: 'observed', practice: 'new-domain' }, report)).toEqual(expected);
  });
});

describe('where the message is', () => {
  it.each([
    ['INBOX', 'inbox', false, true],
    ['Inbox/Sub', 'INBOX', false, false],
    ['Inbox/Sub', 'INBOX', true, true],
    ['INBOXES', 'INBOX', true, false],
    ['a/INBOX', 'a/inbox', false, false],
    ['Junk', 'junk', false, false],
  ])('%s is in %s (with subfolders: %s): %s', async (folder, wanted, subfolders, expected) => {
    const report = await reportOf('From: a@b.example');
    const match = findMatch({ field: 'folder', folder: wanted, subfolders }, { report, folder });
    expect(match.found.length > 0).toBe(expected);
  });

  it('is nowhere where nobody said so', async () => {
    const report = await reportOf('From: a@b.example');
    expect(found({ field: 'folder', folder: 'INBOX', subfolders: true }, report)).toEqual([]);
    expect(found({ field: 'account', account: 'account1' }, report)).toEqual([]);
    expect(findMatch({ field: 'account', account: 'a' }, { report, account: 'a' }).found).toEqual(['a']);
  });
});
