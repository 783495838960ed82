import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import type { Message } from '../../src/message/types.ts';
import { readSolicitation } from '../../src/solicitation/read.ts';
import type { CoveringSignature, SolicitationContext } from '../../src/solicitation/read.ts';
import type { SolicitationReport } from '../../src/solicitation/types.ts';
import { findTrustBoundary } from '../../src/trace/boundary.ts';
import { readPath } from '../../src/trace/path.ts';
import { readReceived } from '../../src/trace/received.ts';
import { preparedGrowthExponent } from '../support/growth.ts';
import { messageOf } from '../support/message.ts';

type Signature = Omit<CoveringSignature, 'testing'> & Partial<CoveringSignature>;

function read(
  message: Message,
  dkim: readonly Signature[] = [],
  more: Partial<SolicitationContext> = {},
): SolicitationReport {
  const received = readReceived(message);
  const path = readPath(received, findTrustBoundary(message, received, { authservIds: ['mx.mine.example'] }));
  const signatures = dkim.map((one) => ({ testing: false, ...one }));
  return readSolicitation(message, { path, dkim: signatures, subject: '', authorDomain: null, ...more });
}

describe('declared keywords (RFC 3865 §2.5)', () => {
  it('come from every No-Solicit field, each once, with the malformed ones by field', () => {
    const message = messageOf(
      'No-Solicit: net.example:ADV, 1x',
      'Subject: x',
      'no-solicit: org.example:ADV,net.example:ADV,',
    );
    expect(read(message)).toMatchObject({
      declared: ['net.example:ADV', 'org.example:ADV'],
      malformed: [
        { text: '1x', problem: 'syntax', field: 0 },
        { text: '', problem: 'empty', field: 2 },
      ],
    });
  });

  it('are none by default (RFC 3865 §2.8)', () => {
    expect(read(messageOf('Subject: x'))).toEqual({
      fields: [],
      contradictions: [],
      declared: [],
      recorded: [],
      malformed: [],
      subjectLabels: [],
      signed: false,
      signedBy: [],
      classes: [],
      passKeys: [],
      bulk: [],
    });
  });

  it('are read alike from Solicitation and No-Solicit, and it is said which was used', () => {
    expect(read(messageOf('Solicitation: net.example:ADV'))).toMatchObject({
      fields: ['solicitation'],
      declared: ['net.example:ADV'],
      contradictions: [],
    });
    expect(read(messageOf('No-Solicit: net.example:ADV', 'Solicitation: NET.example:adv'))).toMatchObject({
      fields: ['solicitation', 'no-solicit'],
      contradictions: [],
    });
    const differing = read(messageOf('No-Solicit: net.example:ADV', 'Solicitation: org.example:news'));
    expect(differing).toMatchObject({ declared: ['net.example:ADV', 'org.example:news'], contradictions: ['fields'] });
  });

  it('contradict what servers recorded, where that says something else', () => {
    const traced = (solicit: string, ...fields: string[]) => {
      const message = messageOf(
        `Received: from a.example by b.example with ESMTP (from here (SOLICIT=${solicit})); Mon, 30 Nov 2026 10:00:00 +0000`,
        ...fields,
      );
      return read(message);
    };
    expect(traced('net.example:ADV', 'Solicitation: net.example:ADV').contradictions).toEqual([]);
    expect(traced('net.example:other', 'Solicitation: net.example:ADV').contradictions).toEqual(['trace']);
    expect(traced('net.example:ADV').recorded).toMatchObject([{ keyword: 'net.example:ADV' }]);
    expect(traced('net.example:ADV').contradictions).toEqual([]); // servers need not have been told by the header
  });

  it('are bounded over all fields together', () => {
    const fields = Array.from({ length: 2000 }, (_, n) => `No-Solicit: a${n},${n}`);
    const { declared, malformed } = read(messageOf(...fields));
    expect(declared).toHaveLength(LIMITS.solicitationKeywords);
    expect(malformed).toHaveLength(LIMITS.solicitationKeywords);
  });
});

describe('whether the declaration is signed', () => {
  const message = messageOf('No-Solicit: com.mine.friends', 'Subject: x', 'No-Solicit: net.example:ADV');

  it.each([
    [
      'one signature covers every field',
      [{ domain: 'a.example', result: 'pass', signedFields: [0, 1, 2] }],
      ['a.example'],
    ],
    [
      'each of several does',
      [
        { domain: 'a.example', result: 'pass', signedFields: [2, 0] },
        { domain: 'b.example', result: 'pass', signedFields: [0, 2] },
      ],
      ['a.example', 'b.example'],
    ],
    [
      'a domain signs twice',
      [
        { domain: 'a.example', result: 'pass', signedFields: [2, 0] },
        { domain: 'a.example', result: 'pass', signedFields: [0, 2] },
      ],
      ['a.example'],
    ],
    ['a field was added that is not signed', [{ domain: 'a.example', result: 'pass', signedFields: [2] }], []],
    [
      'two signatures cover one field each',
      [
        { domain: 'a.example', result: 'pass', signedFields: [0] },
        { domain: 'b.example', result: 'pass', signedFields: [2] },
      ],
      [],
    ],
    ['the signature does not verify', [{ domain: 'a.example', result: 'fail', signedFields: [0, 2] }], []],
    [
      'the signature is only a test (RFC 6376 §3.6.1)',
      [{ domain: 'a.example', result: 'pass', signedFields: [0, 2], testing: true }],
      [],
    ],
    ['there is no signature', [], []],
  ] as const)('where %s', (_what, dkim, signedBy) => {
    expect(read(message, dkim)).toMatchObject({ signed: signedBy.length > 0, signedBy });
  });

  it('is not said of a message without a declaration', () => {
    expect(read(messageOf('Subject: x'), [{ domain: 'a.example', result: 'pass', signedFields: [0] }]).signed).toBe(
      false,
    );
  });
});

describe('recorded keywords (RFC 3865 §2.6)', () => {
  it('are kept apart by the server that wrote them, and trusted only down to the field of entry', () => {
    const message = messageOf(
      'Received: from m.a.example (x [192.0.2.1]) by mx.mine.example with ESMTP (SOLICIT=net.example:ADV,org.example:ADV); x',
      'Received: by mx.mine.example with ESMTP (SOLICIT=com.mine.friends); x',
      'No-Solicit: net.example:ADV',
    );
    expect(read(message)).toMatchObject({
      declared: ['net.example:ADV'],
      recorded: [
        { keyword: 'net.example:ADV', by: 'mx.mine.example', trusted: true, field: 0 },
        { keyword: 'org.example:ADV', by: 'mx.mine.example', trusted: true, field: 0 },
        { keyword: 'com.mine.friends', by: 'mx.mine.example', trusted: false, field: 1 },
      ],
    });
  });
});

describe('classes', () => {
  const message = messageOf(
    'Received: from m.a.example by mx.mine.example with ESMTP (SOLICIT=NET.example:adv,org.example:ADV); x',
    'No-Solicit: net.example:ADV',
    'No-Solicit: com.example.news, net.example:ADV',
  );

  it('tell who declared, who signed and who recorded each keyword, without regard to case', () => {
    const { classes } = read(message, [{ domain: 'a.example', result: 'pass', signedFields: [1] }]);
    const recordedBy = [{ by: 'mx.mine.example', trusted: true }];
    expect(classes).toMatchObject([
      { keyword: 'net.example:ADV', declared: true, signedBy: ['a.example'], recordedBy },
      { keyword: 'com.example.news', declared: true, signedBy: [], recordedBy: [] },
      { keyword: 'org.example:ADV', declared: false, signedBy: [], recordedBy },
    ]);
  });

  it('tell whether the domain behind each is the author’s', () => {
    const ownersFor = (authorDomain: string | null) =>
      read(message, [], { authorDomain }).classes.map(({ owner }) => owner);
    expect(ownersFor('example.com')).toEqual(['other', 'author', 'other']);
    expect(ownersFor('shop.example.com')).toEqual(['other', 'organization', 'other']);
    expect(ownersFor(null)).toEqual([null, null, null]);
  });

  it('are bounded, and found in linear time where one keyword stands in thousands of signed fields', () => {
    const many = (count: number) => {
      const message = messageOf(...Array.from({ length: count }, () => 'No-Solicit: net.example:ADV'));
      const signedFields = Array.from({ length: count }, (_, index) => index);
      return () => read(message, [{ domain: 'a.example', result: 'pass', signedFields }]);
    };
    expect(preparedGrowthExponent(many, 1000)).toBeLessThan(1.8);
    const words = Array.from({ length: 100 }, (_, n) => `No-Solicit: a${n},b${n},c${n}`);
    expect(read(messageOf(...words)).classes).toHaveLength(LIMITS.solicitationKeywords);
  });
});

describe('pass keys (draft-malamud-subject-line-03 §5)', () => {
  const message = messageOf('No-Solicit: ORG.example.me:Key-1, net.example:ADV');

  it('are those of the reader that the message declares, in the form he gave them out', () => {
    const passKeys = ['org.example.me:key-1', 'org.example.me:key-2', 'net.example'];
    expect(read(message, [], { passKeys }).passKeys).toEqual(['org.example.me:key-1']);
  });

  it('are none where a server recorded one: nobody declared it', () => {
    const recorded = messageOf('Received: by mx.mine.example with ESMTP (SOLICIT=org.example.me:key-1); x');
    expect(read(recorded, [], { passKeys: ['org.example.me:key-1'] }).passKeys).toEqual([]);
  });
});

describe('Subject labels', () => {
  it('are evidence beside the keywords and make none', () => {
    const report = read(messageOf('Subject: ADV: x'), [], { subject: 'ADV: x' });
    expect(report.subjectLabels).toEqual([{ label: 'ADV:', law: 'us-states' }]);
    expect(report.declared).toEqual([]);
  });
});
