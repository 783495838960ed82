import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedResults } from '../../src/authres/counted.ts';
import { parseAuthenticationResults } from '../../src/authres/parse.ts';
import { isTrustedId, readReceivedSpf, readServerResults } from '../../src/authres/trust.ts';
import type { Distrust, ReceivedSpfReport, ServerResult, TrustSettings } from '../../src/authres/types.ts';
import { LIMITS } from '../../src/limits.ts';
import { findTrustBoundary } from '../../src/trace/boundary.ts';
import { readReceived } from '../../src/trace/received.ts';
import { messageOf } from '../support/message.ts';

const TRUST: TrustSettings = { authservIds: ['mx.mine.example'] };

const STORED =
  'Received: from mx.mine.example ([10.0.0.2]) by imap.mine.example with LMTP id 2; Mon, 2 Nov 2026 10:00:01 +0100';
const ENTRY =
  'Received: from m.a.example (m.a.example [192.0.2.1]) by mx.mine.example (Postfix) with ESMTPS id 1; Mon, 2 Nov 2026 10:00:00 +0100';
const SENDER = 'Received: by m.a.example id 0; Mon, 2 Nov 2026 09:59:59 +0100';
const FORGED_ENTRY =
  'Received: from bank.example (bank.example [198.51.100.9]) by mx.mine.example (Postfix) with ESMTPS id 9; Mon, 2 Nov 2026 09:59:58 +0100';

function results(lines: readonly string[], trust = TRUST): readonly ServerResult[] {
  const message = messageOf(...lines, 'From: x@a.example');
  return readServerResults(message, trust, findTrustBoundary(message, readReceived(message), trust));
}

function spf(lines: readonly string[], trust = TRUST): readonly ReceivedSpfReport[] {
  const message = messageOf(...lines, 'From: x@a.example');
  return readReceivedSpf(message, trust, findTrustBoundary(message, readReceived(message), trust));
}

function resultFrom(id: string): string {
  return `Authentication-Results: ${id}dkim=pass header.d=a.example`;
}

/** Where a field can stand, and so who can have written it. Only the first two places are out of a sender's reach. */
const PLACES = {
  'on top': (field: string) => [field, STORED, ENTRY, SENDER],
  'between own hops': (field: string) => [STORED, field, ENTRY, SENDER],
  'directly below the field of entry': (field: string) => [STORED, ENTRY, field, SENDER],
  'below the sender': (field: string) => [STORED, ENTRY, SENDER, field],
  'above a forged field of entry': (field: string) => [STORED, ENTRY, SENDER, field, FORGED_ENTRY],
  'in a message without Received fields': (field: string) => [field],
  'above the Received field of a stranger only': (field: string) => [field, SENDER],
} as const;

type Place = keyof typeof PLACES;
type Belief = Distrust | 'believed';

/** By place, what becomes of a field with a trusted name. */
const WITH_TRUSTED_NAME: Record<Place, Belief> = {
  'on top': 'believed',
  'between own hops': 'believed',
  'directly below the field of entry': 'next-to-boundary',
  'below the sender': 'below-boundary',
  'above a forged field of entry': 'below-boundary',
  'in a message without Received fields': 'no-boundary',
  'above the Received field of a stranger only': 'no-boundary',
};

/** What is before the first result, and what becomes of it: the place decides, or one thing wherever it stands. */
const NAMES: Record<string, { readonly written: string; readonly belief: Belief | 'by place' }> = {
  'the trusted name': { written: 'mx.mine.example; ', belief: 'by place' },
  'the trusted name in capitals': { written: 'MX.Mine.EXAMPLE; ', belief: 'by place' },
  'the trusted name with a final dot': { written: 'mx.mine.example.; ', belief: 'by place' },
  'the trusted name in quotes': { written: '"mx.mine.example" 1; ', belief: 'by place' },
  'the trusted name between comments': { written: '(x) mx.mine.example (y); ', belief: 'by place' },
  'a name below it': { written: 'a.mx.mine.example; ', belief: 'unknown-authserv-id' },
  'the name above it': { written: 'mine.example; ', belief: 'unknown-authserv-id' },
  'a name that ends the same': { written: 'xmx.mine.example; ', belief: 'unknown-authserv-id' },
  'a name that starts the same': { written: 'mx.mine.example.other.example; ', belief: 'unknown-authserv-id' },
  'a look-alike in another script': { written: 'mx.mіne.example; ', belief: 'unknown-authserv-id' },
  'a stranger': { written: 'mx.other.example; ', belief: 'unknown-authserv-id' },
  'the trusted name in a comment': { written: 'mx.other.example (mx.mine.example;); ', belief: 'unknown-authserv-id' },
  'two names': { written: 'mx.other.example; mx.mine.example; ', belief: 'unknown-authserv-id' },
  'a result in a quoted name': {
    written: '"mx.mine.example; dkim=pass header.d=a.example"; ',
    belief: 'malformed-authserv-id',
  },
  'a comment in a quoted name': { written: '"mx.mine.example (own)"; ', belief: 'malformed-authserv-id' },
  'a quoted pair in a name': { written: '"mx.mine.example\\""; ', belief: 'malformed-authserv-id' },
  'a control character in a name': { written: '"mx.mine.example\u0007"; ', belief: 'malformed-authserv-id' },
  'the trusted name with two final dots': { written: 'mx.mine.example..; ', belief: 'unknown-authserv-id' },
  'the trusted name with a blank in it': { written: '"mx.mine. example"; ', belief: 'unknown-authserv-id' },
  'no name': { written: '', belief: 'no-authserv-id' },
  'an empty name': { written: '""; ', belief: 'unreadable' },
  'a name without separator': { written: 'mx.mine.example ', belief: 'unreadable' },
  'a name and an unknown version': { written: 'mx.mine.example 2; ', belief: 'unreadable' },
  'a name and an unclosed comment': { written: 'mx.mine.example; spf=pass (', belief: 'unreadable' },
  'a name and text that is no result': { written: 'mx.mine.example; spf=pass as planned; ', belief: 'unreadable' },
  'a name and a result without separator': { written: 'mx.mine.example; spf=fail ', belief: 'unreadable' },
};

describe('who wrote it, where it stands, which name it bears (RFC 8601 §5, §7.1)', () => {
  for (const [place, lines] of Object.entries(PLACES) as [Place, (field: string) => readonly string[]][]) {
    describe(place, () => {
      it.each(Object.entries(NAMES))('%s', (_name, { written, belief }) => {
        const expected = belief === 'by place' ? WITH_TRUSTED_NAME[place] : belief;
        const [result] = results(lines(resultFrom(written)));
        expect({ trusted: result?.trusted, distrust: result?.distrust }).toEqual({
          trusted: expected === 'believed',
          distrust: expected === 'believed' ? null : expected,
        });
      });
    });
  }

  it('believes nobody where nobody is trusted', () => {
    const [result] = results(PLACES['on top'](resultFrom('mx.mine.example; ')), { authservIds: [] });
    expect(result).toMatchObject({ trusted: false, distrust: 'nobody-trusted' });
  });

  it('believes nothing that says nothing', () => {
    expect(results(['Authentication-Results: mx.mine.example', STORED, ENTRY])[0]?.distrust).toBe('unreadable');
    expect(results(['Authentication-Results: mx.mine.example; none', STORED, ENTRY])[0]?.trusted).toBe(true);
  });
});

describe('copies of a result of the own server', () => {
  it('are told from claims under that name alone', () => {
    const genuine = resultFrom('mx.mine.example; ');
    const inCapitals = resultFrom('MX.Mine.Example.; ');
    const distrusts = (lines: readonly string[]): readonly unknown[] => results(lines).map(({ distrust }) => distrust);
    expect(distrusts([genuine, ENTRY, inCapitals, SENDER, inCapitals])).toEqual([
      null,
      'next-to-boundary',
      'copied-authserv-id',
    ]);
    expect(distrusts([ENTRY, SENDER, genuine, genuine])).toEqual(['below-boundary', 'below-boundary']);
  });
});

describe('declared forwarders', () => {
  const FROM_FORWARDER =
    'Received: from out.fwd.example (out.fwd.example [203.0.113.7]) by mx.mine.example (Postfix) with ESMTPS id 2; Mon, 2 Nov 2026 10:00:02 +0100';
  const AT_FORWARDER =
    'Received: from m.a.example (m.a.example [192.0.2.1]) by in.fwd.example (Postfix) with ESMTPS id 1; Mon, 2 Nov 2026 10:00:01 +0100';
  const own = resultFrom('mx.mine.example; ');
  const theirs = resultFrom('in.fwd.example; ');
  const lines = [own, FROM_FORWARDER, theirs, AT_FORWARDER, theirs, own, SENDER, theirs, own];
  const distrusts = (trust: TrustSettings): readonly unknown[] => results(lines, trust).map(({ distrust }) => distrust);

  it('speak under their own names for what came through them, as far down as they took it in', () => {
    expect(distrusts({ ...TRUST, forwarders: ['fwd.example'] })).toEqual([
      null,
      null,
      'next-to-boundary',
      'next-to-boundary',
      'copied-authserv-id',
      'copied-authserv-id',
    ]);
  });

  it('are not asked where the server writes its results: that is known of the own server only', () => {
    const trust = { ...TRUST, forwarders: ['fwd.example'], resultsBelowEntry: 3 };
    expect(distrusts(trust)).toEqual(distrusts({ ...TRUST, forwarders: ['fwd.example'] }));
  });

  it('are strangers otherwise', () => {
    expect(distrusts(TRUST)).toEqual([
      null,
      'unknown-authserv-id',
      'unknown-authserv-id',
      'copied-authserv-id',
      'unknown-authserv-id',
      'copied-authserv-id',
    ]);
    expect(distrusts({ ...TRUST, forwarders: ['other.example'] })).toEqual(distrusts(TRUST));
  });

  it('count only where they were found on the way of this message', () => {
    const direct = [own, theirs, ENTRY, SENDER, theirs];
    expect(results(direct, { ...TRUST, forwarders: ['fwd.example'] }).map(({ trusted }) => trusted)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('may write ARC-Authentication-Results and Received-SPF instead', () => {
    const trust = { ...TRUST, forwarders: ['fwd.example'] };
    const arc = 'ARC-Authentication-Results: i=1; in.fwd.example; spf=pass smtp.mailfrom=a.example';
    expect(results([FROM_FORWARDER, arc, AT_FORWARDER, arc], trust)).toMatchObject([{ field: 1, trusted: true }]);
    const line = 'Received-SPF: pass (x) receiver=in.fwd.example; client-ip=192.0.2.1';
    expect(spf([FROM_FORWARDER, line, AT_FORWARDER, line], trust).map(({ trusted }) => trusted)).toEqual([true, false]);
  });
});

describe('servers that write directly below their Received field', () => {
  const genuine = resultFrom('mx.mine.example; ');
  const forged = 'Authentication-Results: mx.mine.example; dkim=pass header.d=bank.example';

  it('believes as many of their results as they always write, from the top', () => {
    const lines = [ENTRY, genuine, genuine, forged, SENDER, forged];
    const trusted = (resultsBelowEntry: number): readonly boolean[] =>
      results(lines, { ...TRUST, resultsBelowEntry }).map((result) => result.trusted);
    expect(trusted(0)).toEqual([false, false, false, false]);
    expect(trusted(2)).toEqual([true, true, false, false]);
  });

  it('counts a place as spent by whatever stands in it', () => {
    for (const first of [
      'mx.other.example; ',
      'mx.mine.example; "',
      '',
      'mx.mine.example 2; ',
      'mx.mine.example; x; ',
    ]) {
      const found = results([ENTRY, resultFrom(first), forged, SENDER], { ...TRUST, resultsBelowEntry: 1 });
      expect(found.map((result) => result.trusted)).toEqual([false, false]);
    }
  });

  it('counts only results with a trusted name, and never passes the next Received field', () => {
    const lines = [ENTRY, resultFrom('mx.other.example; '), genuine, SENDER, forged];
    const found = results(lines, { ...TRUST, resultsBelowEntry: 5 });
    expect(found.map((result) => result.trusted)).toEqual([false, true, false]);
  });
});

/** Where the server does not guard against it, a first line of DATA that begins with a blank continues the field on top of the message. */
describe('the last field of the own side', () => {
  const trust = { ...TRUST, resultsBelowEntry: 1 };
  const OWN = [
    'Authentication-Results: mx.mine.example;\r\n\tdkim=none;\r\n\tspf=pass smtp.mailfrom=a.example;\r\n\tdmarc=none header.from=a.example',
    'Authentication-Results: mx.mine.example; dkim=pass header.d=a.example; dkim=pass header.d=b.example; dmarc=fail header.from=a.example',
    'Authentication-Results: mx.mine.example; spf=fail smtp.mailfrom=a.example',
  ];
  const counted = (lines: readonly string[]): readonly string[] =>
    results(lines, trust).flatMap((result) =>
      countedResults(result).map(({ method, result: word, properties }) =>
        [method, word, ...properties.map(({ value }) => value)].join(' '),
      ),
    );

  it.each(OWN)('is believed as far as it is surely its own: %s', (own) => {
    const alone = counted([ENTRY, own, SENDER]);
    expect(alone).toHaveLength(parseAuthenticationResults(own.slice(own.indexOf(':') + 1)).methods.length);
    for (const tail of [
      '; dmarc=pass header.from=bank.example',
      ';dkim=pass header.d=bank.example',
      ';',
      '; x; spf=pass',
    ]) {
      expect(counted([ENTRY, `${own}\r\n ${tail}`, SENDER])).toEqual(alone);
    }
  });

  it('may be folded behind separators, and inside comments', () => {
    const folded =
      'Authentication-Results: mx.mine.example;\r\n\tspf=pass (a\r\n b) smtp.mailfrom=a.example;\r\n\tdkim=none';
    expect(results([ENTRY, folded, SENDER], trust)).toMatchObject([{ trusted: true, deviations: [] }]);
    const continued = results([ENTRY, `${folded}\r\n ; arc=pass`, SENDER], trust);
    expect(continued).toMatchObject([{ trusted: true, deviations: ['uncertain-end'] }]);
  });

  it('is not believed in a second result of one method, on whatever line', () => {
    const twice =
      'Authentication-Results: mx.mine.example; dkim=none; spf=fail; dkim=pass header.d=bank.example; arc=pass';
    expect(counted([ENTRY, twice, SENDER])).toEqual(['dkim none', 'spf fail']);
    expect(counted([twice, ENTRY, SENDER])).toHaveLength(4); // above the field of entry nobody can continue it
  });

  it('never says more in favour of a message, and never less against it, for what a sender adds', () => {
    const piece = fc.constantFrom(
      ...[
        '; dmarc=pass header.from=bank.example',
        '; dkim=pass header.d=bank.example',
        'spf=pass',
        'smtp.mailfrom=bank.example',
      ],
      ...[
        ';',
        '"',
        '(',
        ')',
        '.evil.example',
        '; evil.example',
        '; none',
        'arc=pass',
        '\r\n ',
        'reason=x',
        '; auth=pass',
      ],
    );
    fc.assert(
      fc.property(fc.constantFrom(...OWN), fc.array(piece, { minLength: 1, maxLength: 5 }), (own, pieces) => {
        const alone = counted([ENTRY, own, SENDER]);
        const after = counted([ENTRY, `${own}\r\n ${pieces.join(' ')}`, SENDER]);
        const plain = (list: readonly string[], word: RegExp): readonly string[] =>
          list.filter((one) => word.test(one)).map((one) => one.split(' ', 2).join(' '));
        const passes = plain(alone, / pass/);
        expect(plain(after, / pass/).every((pass) => passes.includes(pass))).toBe(true);
        expect(plain(after, / fail/)).toEqual(expect.arrayContaining([...plain(alone, / fail/)]));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('results that name no server (Exchange Online)', () => {
  const nameless =
    'Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dmarc=pass header.from=a.example';
  const trust: TrustSettings = { ...TRUST, withoutAuthservId: true };

  it('are believed by place where the reader says that the provider writes them', () => {
    expect(results([nameless, ENTRY, SENDER], trust)).toMatchObject([
      { trusted: true, authservId: null, server: 'mx.mine.example', ownPlace: true },
    ]);
    expect(results([nameless, ENTRY, SENDER])).toMatchObject([
      { trusted: false, distrust: 'no-authserv-id', server: null },
    ]);
    const byHost = { authservIds: [], receivingHosts: ['mine.example'], withoutAuthservId: true };
    expect(results([nameless, ENTRY], byHost)).toMatchObject([{ trusted: true }]);
  });

  it.each(Object.entries(PLACES) as [Place, (field: string) => readonly string[]][])(
    'are judged by place: %s',
    (place, lines) => {
      expect(results(lines(nameless), trust)[0]?.distrust ?? 'believed').toBe(WITH_TRUSTED_NAME[place]);
    },
  );

  it('leave fields that do name a server to their names', () => {
    expect(results([resultFrom('mx.other.example; '), ENTRY], trust)[0]?.distrust).toBe('unknown-authserv-id');
  });
});

describe('a name that reads like a sentence of ours', () => {
  it('stands in quotes where it is shown', () => {
    const sentence = 'Countersign checked this message: it is safe';
    expect(results([resultFrom(`"${sentence}"; `), ENTRY])).toMatchObject([
      { trusted: false, authservId: sentence, server: `"${sentence}"` },
    ]);
  });
});

describe('a name with the number of a job (OpenDKIM)', () => {
  it('is the name before the slash', () => {
    expect(results([resultFrom('mx.mine.example/C741440440; '), ENTRY])).toMatchObject([
      { trusted: true, server: 'mx.mine.example', authservId: 'mx.mine.example/C741440440' },
    ]);
    expect(results([resultFrom('mx.other.example/mx.mine.example; '), ENTRY])[0]?.distrust).toBe('unknown-authserv-id');
    expect(isTrustedId('our/server', ['our/server'])).toBe(true);
  });
});

describe('ARC-Authentication-Results as a server result', () => {
  it('is listed where the own side wrote it, as Gmail does', () => {
    const lines = [
      'ARC-Authentication-Results: i=1; mx.mine.example; spf=pass smtp.mailfrom=a.example',
      ENTRY,
      'ARC-Authentication-Results: i=1; mx.mine.example; dkim=pass',
    ];
    expect(results(lines)).toMatchObject([
      { field: 0, authservId: 'mx.mine.example', trusted: true, methods: [{ method: 'spf' }] },
    ]);
  });
});

describe('names of servers', () => {
  it.each([
    ['mx.mine.example', 'MX.mine.example', true],
    ['bücher.example', 'xn--bcher-kva.example', true],
    ['xn--bcher-kva.example', 'BÜCHER.example', true],
    ['our server', 'Our Server', true],
    ['our server', 'our servers', false],
    ['*.mine.example', 'mx1.eu.mine.example', true],
    ['*.mine.example', 'mine.example', false],
    ['*.mine.example', 'notmine.example', false],
    ['*.our server', 'x.our server', false],
    ['mine.example', 'mx.mine.example', false],
  ])('an entry "%s" and the id "%s"', (entry, id, expected) => {
    expect(isTrustedId(id, [entry])).toBe(expected);
  });
});

describe('Received-SPF (RFC 7208 §9.1)', () => {
  it.each([
    ['the receiver is trusted', 'pass (x) receiver=mx.mine.example; client-ip=192.0.2.1', null],
    ['the receiver is an address in the trusted domain', 'pass (x) receiver=u@MX.mine.example', null],
    ['the comment names a trusted host', 'pass (mx.mine.example: domain of x@a.example designates 192.0.2.1)', null],
    [
      'the receiver is another, whatever the comment says',
      'pass (mx.mine.example: ok) receiver=mx.other.example',
      'unknown-authserv-id',
    ],
    ['the receiver is unknown', 'pass (x) receiver=<UNKNOWN>', 'unknown-authserv-id'],
    ['nobody is named', 'pass (designated)', 'no-authserv-id'],
    ['text could have become a pair', 'pass (x) receiver=mx.mine.example; helo=a client-ip=10.0.0.1', 'unreadable'],
  ])('on top, where %s', (_what, value, distrust) => {
    expect(spf([`Received-SPF: ${value}`, ENTRY])[0]).toMatchObject({ trusted: distrust === null, distrust });
  });

  it('is not believed below the boundary, whoever it names', () => {
    const value = 'Received-SPF: pass (x) receiver=mx.mine.example';
    expect(spf([ENTRY, value, SENDER, value]).map((report) => report.distrust)).toEqual([
      'next-to-boundary',
      'below-boundary',
    ]);
  });
});

describe('the same matrix for the other two fields', () => {
  const receivers: readonly (readonly [string, Belief | 'by place'])[] = [
    ['receiver=mx.mine.example; client-ip=192.0.2.1', 'by place'],
    ['receiver=me@mx.mine.example', 'by place'],
    ['receiver=mx.other.example', 'unknown-authserv-id'],
    ['receiver="mx.mine.example; helo=x"', 'malformed-authserv-id'],
    ['client-ip=192.0.2.1', 'no-authserv-id'],
    ['receiver=mx.mine.example (', 'unreadable'],
  ];

  describe.each(Object.entries(PLACES) as [Place, (field: string) => readonly string[]][])('%s', (place, lines) => {
    it.each(receivers)('Received-SPF with %s', (pairs, belief) => {
      const expected = belief === 'by place' ? WITH_TRUSTED_NAME[place] : belief;
      const [found] = spf(lines(`Received-SPF: pass (x) ${pairs}`));
      expect(found?.distrust ?? 'believed').toBe(expected);
      expect(found?.trusted).toBe(expected === 'believed');
    });

    it.each([
      ['mx.mine.example', true],
      ['mx.other.example', false],
    ])('ARC-Authentication-Results by %s', (id, isTrusted) => {
      const believed = isTrusted && WITH_TRUSTED_NAME[place] === 'believed';
      const found = results(lines(`ARC-Authentication-Results: i=1; ${id}; dkim=pass header.d=a.example`));
      expect(found.map(({ trusted }) => trusted)).toEqual(believed ? [true] : []);
    });
  });
});

describe('hostile messages', () => {
  it('reads no more fields than the limit', () => {
    const lines = Array.from({ length: LIMITS.resultFields + 50 }, () => resultFrom('mx.other.example; '));
    expect(results([ENTRY, ...lines])).toHaveLength(LIMITS.resultFields);
  });

  it('believes no field that was too long to read', () => {
    const long = `Authentication-Results: mx.mine.example; x=y reason=${'z'.repeat(LIMITS.fieldValueBytes)}; dkim=pass`;
    expect(results([long, ENTRY])[0]).toMatchObject({
      trusted: false,
      distrust: 'unreadable',
      deviations: ['too-long'],
    });
    const longSpf = `Received-SPF: pass (mx.mine.example: ${'z'.repeat(LIMITS.fieldValueBytes)})`;
    expect(spf([longSpf, ENTRY])[0]?.deviations).toContain('too-long');
  });

  it('believes nothing that is below the field of entry, whatever a sender writes', () => {
    const senderLine = fc.oneof(
      fc.constantFrom(
        resultFrom('mx.mine.example; '),
        FORGED_ENTRY,
        STORED,
        ENTRY,
        SENDER,
        'Received: (qmail 1 invoked from network); x',
        'Subject: hello',
        'ARC-Authentication-Results: i=1; mx.mine.example; dkim=pass',
        'Received-SPF: pass (mx.mine.example: x) receiver=mx.mine.example',
      ),
      fc.string({
        unit: fc.constantFrom(
          'Authentication-Results',
          'Received',
          ': ',
          'mx.mine.example',
          '; ',
          'dkim=pass',
          'by ',
          '(',
          ')',
          '"',
        ),
        maxLength: 12,
      }),
    );
    fc.assert(
      fc.property(fc.array(senderLine, { maxLength: 12 }), fc.boolean(), (lines, stored) => {
        const own = [resultFrom('mx.mine.example; '), ...(stored ? [STORED] : []), ENTRY];
        const believed = [...results([...own, ...lines]), ...spf([...own, ...lines])].filter((one) => one.trusted);
        expect(believed.map((one) => one.field)).toEqual([0]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a part that is no result (RFC 8601 §7.8)', () => {
  const withPart = (part: string) =>
    results([`Authentication-Results: mx.mine.example; spf=pass smtp.mailfrom=x@bank.example;${part}`, ENTRY])[0];

  it.each(['.evil.example', 'evil', 'x@evil.example', 'y"; z"@evil.example', 'a.example b.example', '"evil.example"'])(
    'makes the whole field unreadable: %s',
    (part) => {
      expect(withPart(part)).toMatchObject({ trusted: false, distrust: 'unreadable' });
    },
  );

  it('may be one plain domain, as older Exchange writes the one of the recipient', () => {
    expect(withPart(' mine.example; dkim=none')).toMatchObject({ trusted: true, deviations: ['stray-domain'] });
  });
});
