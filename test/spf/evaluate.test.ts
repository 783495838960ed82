import { describe, expect, it, vi } from 'vitest';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { checkHost } from '../../src/spf/evaluate.ts';
import type { CheckHostOptions } from '../../src/spf/evaluate.ts';
import { SPF_REASONS } from '../../src/spf/reasons.ts';
import type { SpfReason } from '../../src/spf/reasons.ts';
import type { SpfReport } from '../../src/spf/types.ts';
import { recordQuestions } from '../support/recording-resolver.ts';
import type { RecordingResolver } from '../support/recording-resolver.ts';
import { answers } from './answers.ts';

const CLIENT = '192.0.2.1';
const NOW = new Date(1_700_000_000_000);

function check(zone: ZoneFile, options: Partial<CheckHostOptions> = {}): Promise<SpfReport> {
  const resolver = createZoneResolver(zone);
  return checkHost({
    ip: CLIENT,
    sender: 'user@example.com',
    helo: 'mail.example.org',
    resolver,
    now: NOW,
    ...options,
  });
}

/** A zone and a list of what it is asked. */
function asking(zone: ZoneFile): { readonly resolver: RecordingResolver; readonly asked: () => readonly string[] } {
  const resolver = recordQuestions(createZoneResolver(zone));
  return { resolver, asked: () => resolver.questions.map(({ name, type }) => `${type} ${name}`) };
}

const txt = (...records: string[]): { readonly TXT: readonly string[] } => ({ TXT: records });

describe('every reason', () => {
  const eleven = Array.from({ length: 11 }, (_, index) => `exists:e${index}.example.net`).join(' ');
  const existing = Object.fromEntries(
    Array.from({ length: 11 }, (_, index) => [`e${index}.example.net`, { A: ['127.0.0.1'] }]),
  );
  const cases: Readonly<Record<SpfReason, readonly [ZoneFile, Partial<CheckHostOptions>?]>> = {
    'no-domain': [{}, { sender: '', helo: '' }],
    'malformed-domain': [{}, { sender: 'user@[192.0.2.1]' }],
    'nonexistent-domain': [{}],
    'no-record': [{ 'example.com': txt('v=spf10 -all', 'something else') }],
    'not-authorized': [{ 'example.com': txt('v=spf1 -all') }],
    'probably-not-authorized': [{ 'example.com': txt('v=spf1 ~all') }],
    'no-assertion': [{ 'example.com': txt('v=spf1 ?all') }],
    'no-match': [{ 'example.com': txt('v=spf1 ip4:198.51.100.1') }],
    'dns-failure': [{ 'example.com': { TXT: 'SERVFAIL' } }],
    'deadline-exceeded': [
      { 'example.com': txt('v=spf1 -all') },
      { deadline: 5, resolver: { query: () => new Promise(() => undefined) } },
    ],
    'several-records': [{ 'example.com': txt('v=spf1 -all', 'v=spf1 ~all') }],
    'syntax-error': [{ 'example.com': txt('v=spf1 ip4:192.0.2.1 al') }],
    'too-many-lookups': [
      {
        ...existing,
        'example.com': txt(`v=spf1 ${eleven.replaceAll('exists', '-exists').replaceAll('-exists', 'a')} -all`),
      },
    ],
    'too-many-void-lookups': [{ 'example.com': txt('v=spf1 a:x.example.net mx a:y.example.net -all') }],
    'too-many-mx-names': [
      {
        'example.com': {
          ...txt('v=spf1 mx -all'),
          MX: Array.from({ length: 11 }, (_, index) => `${index} m.example.com`),
        },
      },
    ],
    'include-without-record': [{ 'example.com': txt('v=spf1 include:none.example.net -all') }],
    'redirect-without-record': [{ 'example.com': txt('v=spf1 redirect=none.example.net') }],
    'record-too-long': [{ 'example.com': txt(`v=spf1 x=${'a'.repeat(40_000)} -all`) }],
    'too-many-terms': [{ 'example.com': txt(`v=spf1 ${'ip4:198.51.100.1 '.repeat(1500)}-all`) }],
  };

  it.each(Object.entries(cases))('%s', async (reason, [zone, options]) => {
    const report = await check(zone, options);
    expect([report.reason, report.result]).toEqual([reason, SPF_REASONS[reason as SpfReason]]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('identities (RFC 7208 §2.3, §2.4; RFC 4406, RFC 4407)', () => {
  const zone: ZoneFile = {
    'example.com': txt('v=spf1 ip4:192.0.2.1 -all', 'spf2.0/pra ip4:192.0.2.2 -all'),
    'mail.example.org': txt('v=spf1 ip4:192.0.2.3 -all'),
  };

  it.each([
    ['mfrom', 'user@example.com', 'example.com', '192.0.2.1'],
    ['mfrom', '', 'mail.example.org', '192.0.2.3'],
    ['helo', 'user@example.com', 'mail.example.org', '192.0.2.3'],
    ['pra', 'user@example.com', 'example.com', '192.0.2.2'],
  ] as const)('%s with sender %j checks %s and lets %s pass alone', async (scope, sender, domain, ip) => {
    expect(await check(zone, { scope, sender, ip })).toMatchObject({
      identity: scope,
      domain,
      result: 'pass',
      reason: null,
    });
    expect(await check(zone, { scope, sender, ip: '203.0.113.1' })).toMatchObject({ domain, result: 'fail' });
  });

  it('honours "spf2.0/mfrom" for MAIL FROM where there is no v=spf1, and has nothing to say of the PRA then', async () => {
    const published = { 'example.com': txt('spf2.0/mfrom ip4:192.0.2.1 -all') };
    expect(await check(published)).toMatchObject({ result: 'pass' });
    expect(await check(published, { scope: 'pra' })).toMatchObject({ result: 'none', reason: 'no-record' });
    expect(await check(published, { scope: 'helo', helo: 'example.com' })).toMatchObject({ result: 'none' });
  });

  it('finds two records for the PRA an error, and one v=spf1 beside them none', async () => {
    const published = { 'example.com': txt('v=spf1 -all', 'spf2.0/pra -all', 'spf2.0/mfrom,pra -all') };
    expect(await check(published, { scope: 'pra' })).toMatchObject({ result: 'permerror', reason: 'several-records' });
    expect(await check(published)).toMatchObject({ result: 'fail' });
  });

  it('keeps the identity through "include" and redirect= (RFC 4406 §4.4)', async () => {
    const published = {
      'example.com': txt('spf2.0/pra include:a.example.net redirect=b.example.net'),
      'a.example.net': txt('v=spf1 +all', 'spf2.0/pra -all'),
      'b.example.net': txt('v=spf1 +all', 'spf2.0/pra ~all'),
    };
    expect(await check(published, { scope: 'pra' })).toMatchObject({ result: 'softfail', recordName: 'b.example.net' });
  });

  it('checks a U-label domain in A-labels (RFC 7208 §4.3)', async () => {
    const published = {
      'xn--bcher-kva.example': txt('v=spf1 exists:%{o}.%{d}.ok.example -all'),
      'xn--bcher-kva.example.xn--bcher-kva.example.ok.example': { A: ['127.0.0.2'] },
    };
    expect(await check(published, { sender: 'user@Bücher.example' })).toMatchObject({
      result: 'pass',
      domain: 'xn--bcher-kva.example',
    });
  });

  it('matches nothing with a local part that is not ASCII, and goes on (RFC 8616 §4)', async () => {
    const published = { 'example.com': txt('v=spf1 exists:%{l}.ok.example ip4:192.0.2.1 -all') };
    expect(await check(published, { sender: 'jürgen@example.com' })).toMatchObject({
      mechanism: 'ip4:192.0.2.1',
      lookups: 1,
      voidLookups: 0,
    });
  });

  it('refuses a client address that is none as the mistake of its caller', async () => {
    await expect(check({}, { ip: 'mail.example.com' })).rejects.toThrow(RangeError);
    await expect(check({}, { ip: '' })).rejects.toThrow(RangeError);
  });

  it('normalises the client address it reports', async () => {
    expect(await check({}, { ip: '::FFFF:192.0.2.1' })).toMatchObject({ clientIp: '192.0.2.1' });
    expect(await check({}, { ip: '2001:DB8:0:0::1' })).toMatchObject({ clientIp: '2001:db8::1' });
  });
});

describe('evidence', () => {
  it('names the term and record of the redirect that decided', async () => {
    const zone: ZoneFile = {
      'example.com': txt('v=spf1 redirect=_spf.example.net'),
      '_spf.example.net': txt('v=spf1 mx -all'),
    };
    expect(await check(zone)).toMatchObject({
      result: 'fail',
      mechanism: '-all',
      recordName: '_spf.example.net',
      record: 'v=spf1 mx -all',
      lookups: 2,
      voidLookups: 1,
    });
  });

  it('names the outer term of an include that matched, and lists the steps below it', async () => {
    const zone: ZoneFile = {
      'example.com': txt('v=spf1 a:%{d1r}.example.com include:_spf.example.net -all'),
      '_spf.example.net': txt('v=spf1 ip4:192.0.2.0/24 -all'),
      'com.example.com': { A: ['198.51.100.1'] },
    };
    const report = await check(zone);
    expect(report).toMatchObject({ mechanism: 'include:_spf.example.net', recordName: 'example.com' });
    const a = { depth: 0, recordName: 'example.com', term: 'a:%{d1r}.example.com', outcome: 'no-match' };
    expect(report.steps).toEqual([
      { ...a, term: 'a:%{d1r}.example.com', target: 'example.example.com' },
      {
        depth: 0,
        recordName: 'example.com',
        term: 'include:_spf.example.net',
        target: '_spf.example.net',
        outcome: 'match',
      },
      { depth: 1, recordName: '_spf.example.net', term: 'ip4:192.0.2.0/24', target: null, outcome: 'match' },
    ]);
  });

  it('locates a syntax error in the record it is in', async () => {
    const zone: ZoneFile = {
      'example.com': txt('v=spf1 include:_spf.example.net -all'),
      '_spf.example.net': txt('v=spf1 a:museum -all'),
    };
    expect(await check(zone)).toMatchObject({
      result: 'permerror',
      reason: 'syntax-error',
      mechanism: 'include:_spf.example.net',
      record: 'v=spf1 include:_spf.example.net -all',
      trouble: { recordName: '_spf.example.net', term: 'a:museum', at: 9, syntax: 'invalid-domain' },
    });
  });

  it('names the question that got no answer', async () => {
    const zone: ZoneFile = {
      'example.com': txt('v=spf1 a:slow.example.net -all'),
      'slow.example.net': { A: 'TIMEOUT' },
    };
    expect(await check(zone)).toMatchObject({
      result: 'temperror',
      trouble: {
        recordName: 'example.com',
        term: 'a:slow.example.net',
        question: 'slow.example.net A',
        failure: 'timeout',
      },
    });
  });

  it('shows no record of another name where a redirect could not be read', async () => {
    const zone: ZoneFile = {
      'example.com': txt('v=spf1 redirect=_spf.example.net'),
      '_spf.example.net': { TXT: 'SERVFAIL' },
    };
    const report = await check(zone);
    expect(report).toMatchObject({ result: 'temperror', recordName: '_spf.example.net' });
    expect(report).not.toHaveProperty('record');
  });

  it('is as secure as the weakest answer, and as fresh as the first that expires', async () => {
    const zone: ZoneFile = {
      'example.com': { ...txt('v=spf1 a:one.example.net a:two.example.net -all'), _secure: true, _ttl: 600 },
      'one.example.net': { A: ['198.51.100.1'], _secure: true, _ttl: 60 },
      'two.example.net': { A: ['192.0.2.1'], _secure: false, _ttl: 3600 },
    };
    expect(await check(zone)).toMatchObject({ dnssec: 'insecure', ttl: 60 });
    expect(await check(zone, { ip: '198.51.100.1' })).toMatchObject({ dnssec: 'secure', ttl: 60, lookups: 1 });
    expect(await check({ 'example.com': { TXT: 'SERVFAIL' } })).toMatchObject({ dnssec: 'indeterminate', ttl: null });
  });
});

describe('limits (RFC 7208 §4.6.4)', () => {
  const address = { A: ['198.51.100.1'] };

  it('evaluates ten look-up terms and no eleventh', async () => {
    const terms = (count: number): ZoneFile => ({
      'example.com': { ...txt(`v=spf1 ${'a '.repeat(count)}ip4:${CLIENT} -all`), ...address },
    });
    expect(await check(terms(10))).toMatchObject({ result: 'pass', lookups: 10 });
    expect(await check(terms(11))).toMatchObject({ result: 'permerror', reason: 'too-many-lookups', lookups: 10 });
  });

  it('does not count what stands behind the term that matches', async () => {
    const zone: ZoneFile = { 'example.com': { ...txt(`v=spf1 ip4:${CLIENT} ${'a '.repeat(20)}-all`), ...address } };
    expect(await check(zone)).toMatchObject({ result: 'pass', lookups: 0 });
  });

  it('counts redirect=, and include with everything below', async () => {
    const zone: ZoneFile = {
      'example.com': { ...txt('v=spf1 include:i.example.net redirect=r.example.net'), ...address },
      'i.example.net': { ...txt('v=spf1 a mx ?all'), ...address },
      'r.example.net': { ...txt('v=spf1 a -all'), ...address },
    };
    expect(await check(zone)).toMatchObject({ result: 'fail', lookups: 5, voidLookups: 1 });
  });

  it('counts the question behind %{p} once', async () => {
    const zone: ZoneFile = {
      'example.com': txt('v=spf1 exists:%{p}.a.example.net exists:%{p}.b.example.net -all'),
      '1.2.0.192.in-addr.arpa': { PTR: ['mx.example.com'] },
      'mx.example.com': { A: [CLIENT] },
      'mx.example.com.b.example.net': { A: ['127.0.0.1'] },
    };
    expect(await check(zone)).toMatchObject({ result: 'pass', lookups: 3, voidLookups: 1 });
  });

  it('allows two look-ups that find nothing and no third, in whatever term', async () => {
    const mail = (hosts: number): ZoneFile => ({
      'example.com': {
        ...txt(`v=spf1 mx ip4:${CLIENT} -all`),
        MX: Array.from({ length: hosts }, (_, index) => `${index} m${index}.example.net`),
      },
    });
    expect(await check(mail(2))).toMatchObject({ result: 'pass', voidLookups: 2 });
    expect(await check(mail(3))).toMatchObject({ result: 'permerror', reason: 'too-many-void-lookups' });
  });

  it('counts a repeated question that finds nothing each time', async () => {
    expect(await check({ 'example.com': txt('v=spf1 mx mx mx -all') })).toMatchObject({
      reason: 'too-many-void-lookups',
    });
  });

  it('refuses an eleventh mail server even where an earlier one would match', async () => {
    const zone: ZoneFile = {
      'example.com': {
        ...txt('v=spf1 mx -all'),
        A: [CLIENT],
        MX: Array.from({ length: 11 }, (_, index) => `${index} example.com`),
      },
    };
    expect(await check(zone)).toMatchObject({ result: 'permerror', reason: 'too-many-mx-names' });
  });

  it('judges mail servers in order of preference: a match ends the term before a later failure', async () => {
    const zone: ZoneFile = {
      'example.com': { ...txt('v=spf1 mx -all'), MX: ['20 down.example.net', '10 up.example.net'] },
      'down.example.net': { A: 'SERVFAIL' },
      'up.example.net': { A: [CLIENT] },
    };
    expect(await check(zone)).toMatchObject({ result: 'pass' });
    expect(await check(zone, { ip: '192.0.2.2' })).toMatchObject({ result: 'temperror' });
  });

  it('looks at ten names of the client and forgives the rest, and failing ones', async () => {
    const pointers = (last: string): ZoneFile => ({
      'example.com': { ...txt('v=spf1 ptr -all'), A: [CLIENT] },
      'down.example.net': { A: 'SERVFAIL' },
      '1.2.0.192.in-addr.arpa': { PTR: [...Array.from({ length: 9 }, () => 'down.example.net'), last, 'example.com'] },
    });
    expect(await check(pointers('example.com'))).toMatchObject({ result: 'pass' });
    expect(await check(pointers('down.example.net'))).toMatchObject({ result: 'fail' });
  });

  it('ends a loop of redirects and of includes', async () => {
    const zone: ZoneFile = {
      'example.com': txt('v=spf1 include:a.example.com'),
      'a.example.com': txt('v=spf1 redirect=example.com'),
    };
    expect(await check(zone)).toMatchObject({ result: 'permerror', reason: 'too-many-lookups', lookups: 10 });
  });

  it('finds no match, and nothing void, in a name nobody can ask for', async () => {
    const long = 'a'.repeat(64);
    const zone: ZoneFile = {
      'example.com': txt(`v=spf1 a:${long}.example.com mx:a..example.com exists:${long}.com ptr:a..b -all`),
    };
    expect(await check(zone)).toMatchObject({ result: 'fail', lookups: 4, voidLookups: 0 });
    expect(await check({ 'example.com': txt(`v=spf1 include:${long}.com -all`) })).toMatchObject({
      reason: 'include-without-record',
    });
    expect(await check({ 'example.com': txt('v=spf1 redirect=%{h}') }, { helo: 'localhost' })).toMatchObject({
      reason: 'redirect-without-record',
    });
  });
});

describe('explanations (RFC 7208 §6.2)', () => {
  const explained = (text: string, extra: ZoneFile = {}): ZoneFile => ({
    'example.com': txt('v=spf1 -all exp=why.%{d}'),
    'why.example.com': txt(text),
    ...extra,
  });

  it('expands all letters', async () => {
    const report = await check(explained('%{c} for %{s} at %{r} on %{t} (%{h}, %{p})'), { receiver: 'mx.example.net' });
    expect(report.explanation).toBe(
      '192.0.2.1 for user@example.com at mx.example.net on 1700000000 (mail.example.org, unknown)',
    );
  });

  it('is asked for on fail only', async () => {
    const { resolver, asked } = asking(explained('no'));
    await check({}, { resolver });
    expect(asked()).toEqual(['TXT example.com', 'TXT why.example.com']);
    const passing = asking({ 'example.com': txt('v=spf1 ?all exp=why.example.com') });
    expect(await check({}, { resolver: passing.resolver })).not.toHaveProperty('explanation');
    expect(passing.asked()).toEqual(['TXT example.com']);
  });

  it('counts against no limit', async () => {
    const zone: ZoneFile = {
      'example.com': txt('v=spf1 a:x.example a:y.example -all exp=why.example.com'),
      'why.example.com': txt('from %{p}'),
    };
    expect(await check(zone)).toMatchObject({
      result: 'fail',
      voidLookups: 2,
      lookups: 2,
      explanation: 'from unknown',
    });
  });

  it('never brings anything but visible ASCII and spaces', async () => {
    const said = async (text: string, options: Partial<CheckHostOptions> = {}): Promise<string | undefined> =>
      (await check(explained(text), options)).explanation;
    expect(await said('caf\u00e9')).toBeUndefined();
    expect(await said('a\u001b[31mb')).toBeUndefined();
    expect(await said('%{l}', { sender: 'a\u202eb@example.com' })).toBeUndefined();
    expect(await said('%{h}', { helo: 'a\r\nb' })).toBeUndefined();
    expect(await said('<script>%{L}</script>', { sender: '"><b>@example.com' })).toBe('<script>%22%3E%3Cb%3E</script>');
  });

  it('is cut to its bound', async () => {
    expect((await check(explained('%{s} '.repeat(400)))).explanation).toHaveLength(500);
  });

  it('of the redirect counts, not of the record that redirects; of an include never', async () => {
    const zone: ZoneFile = {
      'example.com': txt('v=spf1 include:inc.example.net redirect=red.example.net exp=one.example.net'),
      'inc.example.net': txt('v=spf1 -all exp=two.example.net'),
      'red.example.net': txt('v=spf1 -all exp=three.%{d2}'),
      'one.example.net': txt('one'),
      'two.example.net': txt('two'),
      'three.example.net': txt('three of %{d}, not of %{o}'),
    };
    expect(await check(zone)).toMatchObject({
      result: 'fail',
      explanation: 'three of red.example.net, not of example.com',
    });
  });
});

describe('time', () => {
  it('asks the first questions of a record together, and those for all mail servers', async () => {
    const inner = createZoneResolver({
      'example.com': {
        ...txt('v=spf1 a mx include:a.example.net include:b.example.net -all'),
        A: ['198.51.100.1'],
        MX: ['1 m1.example.net', '2 m2.example.net', '3 m3.example.net'],
      },
      'a.example.net': txt('v=spf1 ~all'),
      'b.example.net': txt('v=spf1 ip4:192.0.2.0/24 ~all'),
      'm1.example.net': { A: ['198.51.100.1'] },
      'm2.example.net': { A: ['198.51.100.2'] },
      'm3.example.net': { A: ['198.51.100.3'] },
    });
    // Answers come only once a whole wave is waiting; questions one after the other would never be answered.
    const waves = [1, 4, 3];
    let waiting: (() => void)[] = [];
    const resolver: CheckHostOptions['resolver'] = {
      query: async (name, type, options) => {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length < (waves[0] ?? 1)) return;
          for (const answer of waiting) answer();
          waiting = [];
          waves.shift();
        });
        return inner.query(name, type, options);
      },
    };
    expect(await check({}, { resolver, deadline: 2000 })).toMatchObject({ result: 'pass', lookups: 4 });
    expect(waves).toEqual([]);
  });

  it('asks no question twice, and none behind a term that surely matches', async () => {
    const { resolver, asked } = asking({
      'example.com': {
        ...txt(`v=spf1 mx mx a ip4:${CLIENT} a:x.example.net -all`),
        A: ['198.51.100.1'],
        MX: ['1 example.com'],
      },
    });
    expect(await check({}, { resolver })).toMatchObject({ result: 'pass', lookups: 3 });
    expect([...asked()].sort()).toEqual(['A example.com', 'MX example.com', 'TXT example.com']);
  });

  it('gives temperror at its deadline, with what was found so far', async () => {
    const zone: ZoneFile = { 'example.com': txt('v=spf1 mx a:slow.example.net -all') };
    const inner = createZoneResolver(zone);
    const resolver: CheckHostOptions['resolver'] = {
      query: (name, type, options) =>
        name === 'slow.example.net' ? new Promise(() => undefined) : inner.query(name, type, options),
    };
    expect(await check({}, { resolver, deadline: 20 })).toMatchObject({
      result: 'temperror',
      reason: 'deadline-exceeded',
      mechanism: 'a:slow.example.net',
      lookups: 2,
      voidLookups: 1,
      trouble: { question: 'slow.example.net A', failure: 'timeout' },
    });
  });

  it('keeps a fail whose explanation does not come in time', async () => {
    const inner = createZoneResolver({ 'example.com': txt('v=spf1 -all exp=why.example.com') });
    const resolver: CheckHostOptions['resolver'] = {
      query: (name, type, options) =>
        name === 'why.example.com' ? new Promise(() => undefined) : inner.query(name, type, options),
    };
    const report = await check({}, { resolver, deadline: 20 });
    expect(report).toMatchObject({ result: 'fail' });
    expect(report).not.toHaveProperty('explanation');
  });

  it('allows the 20 seconds RFC 7208 §4.6.4 asks for, and no more', async () => {
    vi.useFakeTimers();
    try {
      const settled = vi.fn();
      const running = check({}, { resolver: { query: () => new Promise(() => undefined) } }).then(settled);
      await vi.advanceTimersByTimeAsync(19_999);
      expect(settled).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      await running;
      expect(settled).toHaveBeenCalledWith(expect.objectContaining({ reason: 'deadline-exceeded' }));
    } finally {
      vi.useRealTimers();
    }
  });

  it('rejects with the reason of an aborted signal, before or during the check', async () => {
    const reason = new Error('the reader went away');
    await expect(check({}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const running = check({}, { signal: controller.signal, resolver: { query: () => new Promise(() => undefined) } });
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
  });

  it('passes a programming error of the resolver on', async () => {
    const error = new TypeError('no resolver');
    await expect(check({}, { resolver: { query: () => Promise.reject(error) } })).rejects.toBe(error);
  });

  it('gives up what is still open when it is done', async () => {
    const open: AbortSignal[] = [];
    const inner = answers((_, type) =>
      type === 'TXT' ? [`v=spf1 a mx:slow.example.net ip4:${CLIENT} -all`] : [CLIENT],
    );
    const resolver: CheckHostOptions['resolver'] = {
      query: (name, type, options) => {
        if (type !== 'MX') return inner.query(name, type, options);
        if (options?.signal) open.push(options.signal);
        return new Promise(() => undefined);
      },
    };
    expect(await check({}, { resolver })).toMatchObject({ result: 'pass', mechanism: 'a' });
    expect(open.map((signal) => signal.aborted)).toEqual([true]);
  });
});
