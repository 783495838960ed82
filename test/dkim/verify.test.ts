import { afterEach, describe, expect, it, vi } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { verifyDkim } from '../../src/dkim/verify.ts';
import { LIMITS } from '../../src/limits.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { recordQuestions } from '../support/recording-resolver.ts';
import { NOW, verdict, verifyAll, verifyTop, zoneOf } from './support/check.ts';
import { ed25519Key, keyRecord, rsaKey, signMessage, type SignOptions } from './support/signer.ts';

const key = rsaKey();
const zone = zoneOf(keyRecord(key));
const MESSAGE =
  'From: Ann <ann@example.com>\r\nTo: bob@example.org\r\nSubject: Lunch\r\nDate: Mon, 1 Jun 2026 10:00:00 +0000\r\n' +
  '\r\nAt noon?\r\n\r\nAnn\r\n';
const seconds = NOW.getTime() / 1000;

function signed(options: Partial<SignOptions> = {}, message = MESSAGE): string {
  return signMessage(message, { key, ...options });
}

afterEach(() => void vi.restoreAllMocks());

describe('result and reason (RFC 6376 §6.1, RFC 8601 §2.7.1)', () => {
  it.each<[string, string, Partial<SignOptions>]>([
    ['as it should be', 'pass', {}],
    ['simple/simple', 'pass', { canonicalization: 'simple/simple' }],
    ['unknown tags', 'pass', { tags: { foo: 'bar' } }],
    ['folding white space in h=', 'pass', { tags: { h: 'From:\r\n To :Subject' }, headers: ['From', 'To', 'Subject'] }],
    ['d= in another case', 'pass', { tags: { d: 'Example.COM' } }],
    ['d= with a trailing dot', 'pass', { tags: { d: 'example.com.' } }],
    ['more than one query method', 'pass', { tags: { q: 'x/y:dns/txt' } }],
    ['x= too long for a date', 'pass', { tags: { x: '9'.repeat(13) } }],
    ['i= below d=', 'pass', { tags: { i: '@mail.example.com' } }],
    ['a duplicate tag', 'permerror signature-syntax', { tags: { foo: '1; foo=2' } }],
    ['i= without @', 'permerror signature-syntax', { tags: { i: 'example.com' } }],
    ['l= no number', 'permerror signature-syntax', { tags: { l: '-1' } }],
    ['t= no number', 'permerror signature-syntax', { tags: { t: '12a' } }],
    ['bh= no base64', 'permerror signature-syntax', { tags: { bh: 'AA!A' } }],
    ['d= no domain', 'permerror signature-syntax', { tags: { d: 'exa mple.com' } }],
    ['an empty h=', 'permerror signature-syntax', { headers: [] }],
    ['no v=', 'permerror signature-missing-tag', { tags: { v: null } }],
    ['no bh=', 'permerror signature-missing-tag', { tags: { bh: null } }],
    ['v= other than 1', 'permerror signature-version', { tags: { v: '2' } }],
    ['i= outside d=', 'permerror signature-domain-mismatch', { tags: { i: 'ann@notexample.com' } }],
    ['From not signed', 'permerror from-not-signed', { headers: ['To', 'Subject'] }],
    ['an unknown algorithm', 'neutral algorithm-unknown', { tags: { a: 'rsa-sha512' } }],
    ['rsa-sha1 (RFC 8301 §3.1)', 'policy algorithm-forbidden', { tags: { a: 'rsa-sha1' } }],
    ['an unknown canonicalization', 'neutral canonicalization-unknown', { tags: { c: 'nowsp' } }],
    ['an unknown query method', 'neutral query-method-unknown', { tags: { q: 'http' } }],
    ['another body hash', 'fail body-hash-mismatch', { tags: { bh: `${'A'.repeat(43)}=` } }],
    ['l= beyond the body', 'fail body-too-short', { tags: { l: '10000' } }],
    ['x= in the past', 'policy expired', { tags: { x: String(seconds - 1) } }],
    ['t= in the future', 'policy from-future', { tags: { t: String(seconds + 3600) } }],
    ['t= a little ahead', 'pass', { tags: { t: String(seconds + 60) } }],
    ['x= before t=', 'policy times-reversed', { tags: { t: String(seconds - 60), x: String(seconds - 90) } }],
  ])('%s: %s', async (_, expected, options) => {
    expect(verdict(await verifyTop(signed(options), zone))).toBe(expected);
  });

  it.each<[string, string, (message: string) => string]>([
    ['a changed body', 'fail body-hash-mismatch', (message) => message.replace('noon', 'ten')],
    ['a changed Subject', 'fail signature-mismatch', (message) => message.replace('Lunch', 'Dinner')],
    ['a changed signature tag', 'fail signature-mismatch', (message) => message.replace('v=1;', 'v=1; n=x;')],
    ['a removed field', 'fail signature-mismatch', (message) => message.replace(/To: .*\r\n/, '')],
    ['a refolded Subject', 'pass', (message) => message.replace('Subject: ', 'SUBJECT:\r\n  ')],
    ['white space in b=', 'pass', (message) => message.replace(/(b=[^=]{20})/, '$1 \r\n\t')],
    ['white space after b=', 'pass', (message) => message.replace(/=\r\nFrom/, '= \r\n \r\nFrom')],
    ['a semicolon after b=', 'fail signature-mismatch', (message) => message.replace(/=\r\nFrom/, '=;\r\nFrom')],
    ['a field not signed', 'pass', (message) => `X-Spam: no\r\n${message}`],
    ['empty lines at the end', 'pass', (message) => `${message}\r\n \r\n`],
  ])('%s: %s', async (_, expected, damage) => {
    expect(verdict(await verifyTop(damage(signed()), zone))).toBe(expected);
  });

  it('tells a changed body from a forged header: the signature is computed in either case', async () => {
    const changed = await verifyTop(signed().replace('noon', 'ten'), zone);
    expect(changed.facts).toMatchObject({ bodyHash: 'bad', signature: 'good' });
    expect(changed.computedBodyHash).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    const both = await verifyTop(signed().replace('noon', 'ten').replace('Lunch', 'Dinner'), zone);
    expect(both).toMatchObject({ reason: 'body-hash-mismatch', facts: { bodyHash: 'bad', signature: 'bad' } });
  });

  it('has no reports where there is no signature', async () => {
    expect(await verifyAll(MESSAGE, zone)).toEqual([]);
    expect(await verifyAll('', zone)).toEqual([]);
  });

  it('lets one bad signature hide no good one', async () => {
    const reports = await verifyAll(`DKIM-Signature: junk\r\n${signed()}`, zone);
    expect(reports.map(verdict)).toEqual(['permerror signature-syntax', 'pass']);
  });
});

describe('keys (RFC 6376 §3.6.1, §6.1.2)', () => {
  const p = key.publicKey;
  it.each<[string, string, readonly string[], Partial<SignOptions>?]>([
    ['p= alone', 'pass', [`p=${p}`]],
    ['white space in p=', 'pass', [`v=DKIM1; p=${p.slice(0, 20)} ${p.slice(20)}`]],
    ['unknown tags', 'pass', [`v=DKIM1; foo=bar; p=${p}; n=note`]],
    ['s=email among others', 'pass', [`v=DKIM1; s=x:email; p=${p}`]],
    ['an empty h= and s=', 'pass', [`v=DKIM1; h=; s=; p=${p}`]],
    ['h= that lists sha256', 'pass', [`v=DKIM1; h=sha1 : SHA256; p=${p}`]],
    ['v= not first', 'permerror key-syntax', [`k=rsa; v=DKIM1; p=${p}`]],
    ['another version', 'permerror key-syntax', [`v=DKIM2; p=${p}`]],
    ['v= in lower case', 'permerror key-syntax', [`v=dkim1; p=${p}`]],
    ['no p=', 'permerror key-syntax', ['v=DKIM1; k=rsa']],
    ['a duplicate tag', 'permerror key-syntax', [`v=DKIM1; k=rsa; k=rsa; p=${p}`]],
    ['p= no base64', 'permerror key-syntax', ['v=DKIM1; p=!']],
    ['p= no key', 'permerror key-unusable', ['v=DKIM1; p=AAAA']],
    ['an empty p=', 'permerror key-revoked', ['v=DKIM1; p=']],
    ['h= without sha256', 'permerror key-hash-mismatch', [`v=DKIM1; h=sha1; p=${p}`]],
    ['k= of another type', 'permerror key-algorithm-mismatch', [`v=DKIM1; k=ed25519; p=${p}`]],
    ['s= of another service', 'permerror key-service-mismatch', [`v=DKIM1; s=tlsrpt; p=${p}`]],
    [
      't=s and i= below d=',
      'permerror key-strict-identity',
      [`v=DKIM1; t=y:s; p=${p}`],
      { tags: { i: '@a.example.com' } },
    ],
    ['t=s and i= in d=', 'pass', [`v=DKIM1; t=s; p=${p}`], { tags: { i: 'ann@example.com' } }],
    ['no key record among others', 'permerror key-syntax', ['v=spf1 -all']],
    ['a key record after another record', 'pass', ['v=spf1 -all', `v=DKIM1; p=${p}`]],
    ['the key as second of two', 'pass', [`v=DKIM1; p=${rsaKey(1024).publicKey}`, `v=DKIM1; p=${p}`]],
    ['the key after a revoked one', 'pass', ['v=DKIM1; p=', `v=DKIM1; p=${p}`]],
    ['two wrong keys', 'fail signature-mismatch', ['v=DKIM1; p=', `v=DKIM1; p=${rsaKey(1024).publicKey}`]],
  ])('%s: %s', async (_, expected, records, options = {}) => {
    expect(verdict(await verifyTop(signed(options), zoneOf(...records)))).toBe(expected);
  });

  it('considers no more than the named number of key records', async () => {
    const others = Array.from({ length: LIMITS.keyRecords }, () => 'v=DKIM1; p=');
    expect(verdict(await verifyTop(signed(), zoneOf(...others, keyRecord(key))))).toBe('permerror key-revoked');
  });

  it('is a permerror where there is no record, a temperror where there is no answer', async () => {
    expect(verdict(await verifyTop(signed(), {}))).toBe('permerror key-not-found');
    const noData = { 's._domainkey.example.com': { A: ['192.0.2.1'] } };
    expect(verdict(await verifyTop(signed(), noData))).toBe('permerror key-not-found');
    const silent = await verifyTop(signed(), { 's._domainkey.example.com': { TXT: 'TIMEOUT' } });
    expect(verdict(silent)).toBe('temperror key-unavailable');
    expect(silent).toMatchObject({
      facts: { key: 'unknown', signature: 'unknown', bodyHash: 'good' },
      keyRecord: null,
    });
  });

  it('takes RSA keys in both encodings', async () => {
    const bare = rsaKey(2048, 'pkcs1');
    expect(verdict(await verifyTop(signed({ key: bare }), zoneOf(keyRecord(bare))))).toBe('pass');
  });

  it('refuses RSA keys under 1024 bits by policy and notes those under 2048 (RFC 8301 §3.2)', async () => {
    const [tiny, weak] = [rsaKey(1016), rsaKey(1024)];
    const refused = await verifyTop(signed({ key: tiny }), zoneOf(keyRecord(tiny)));
    expect(verdict(refused)).toBe('policy key-too-small');
    expect(refused).toMatchObject({ keyBits: 1016, facts: { signature: 'good', key: 'bad' } });
    const noted = await verifyTop(signed({ key: weak }), zoneOf(keyRecord(weak)));
    expect(verdict(noted)).toBe('pass');
    expect(noted.notes).toContain('weak-key');
  });

  it('says testing for t=y and judges as ever', async () => {
    const report = await verifyTop(signed(), zoneOf(`v=DKIM1; t=y; p=${p}`));
    expect(report).toMatchObject({ result: 'pass', testing: true });
    expect(report.notes).toContain('testing-key');
  });

  it('notes what is historic or ambiguous about the record', async () => {
    const report = await verifyTop(signed(), zoneOf(`v=DKIM1; g=ann; p=${p}`, `v=DKIM1; p=${p}`));
    expect(report.notes).toEqual(expect.arrayContaining(['historic-granularity', 'several-key-records']));
  });

  it('does not call a signature bad that the platform cannot verify', async () => {
    const ed = ed25519Key();
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('no', 'NotSupportedError'));
    const report = await verifyTop(signed({ key: ed }), zoneOf(keyRecord(ed)));
    expect(verdict(report)).toBe('temperror algorithm-unavailable');
    expect(report.facts.signature).toBe('unknown');
  });

  it('verifies Ed25519', async () => {
    const ed = ed25519Key();
    const message = signed({ key: ed });
    expect(verdict(await verifyTop(message, zoneOf(keyRecord(ed))))).toBe('pass');
    expect(verdict(await verifyTop(message.replace('Lunch', 'Brunch'), zoneOf(keyRecord(ed))))).toBe(
      'fail signature-mismatch',
    );
    expect(verdict(await verifyTop(message, zone))).toBe('permerror key-algorithm-mismatch');
  });
});

describe('times (RFC 6376 §3.5 t=, x=)', () => {
  const message = signed({ tags: { t: String(seconds - 7200), x: String(seconds - 3600) } });

  it('are judged by the time of receipt where it is known', async () => {
    expect(verdict(await verifyTop(message, zone))).toBe('policy expired');
    const report = await verifyTop(message, zone, { receivedAt: new Date(NOW.getTime() - 7_000_000) });
    expect(verdict(report)).toBe('pass');
    expect(report.notes).toContain('expired-after-delivery');
    expect(report).toMatchObject({ signedAt: '2026-06-01T10:00:00.000Z', expiresAt: '2026-06-01T11:00:00.000Z' });
  });

  it('take the clock as a function as well', async () => {
    const early = () => new Date(NOW.getTime() - 7_000_000);
    expect(verdict(await verifyTop(message, zone, { now: early }))).toBe('pass');
  });

  it('come after the cryptography', async () => {
    expect(verdict(await verifyTop(message.replace('Lunch', 'Brunch'), zone))).toBe('fail signature-mismatch');
  });
});

describe('coverage', () => {
  it('tells the size of an unsigned tail (l=)', async () => {
    const report = await verifyTop(signed({ length: 10 }), zone);
    expect(report).toMatchObject({ result: 'pass', bodyLength: 10, unsignedTail: 7, facts: { coverage: 'bad' } });
    expect(report.notes).toEqual(expect.arrayContaining(['body-length-limited', 'unsigned-tail']));
    const appended = await verifyTop(`${signed({ length: 10 })}more`, zone);
    expect(appended).toMatchObject({ result: 'pass', unsignedTail: 7 + 6 });
  });

  it('has no tail where l= is the whole body', async () => {
    const report = await verifyTop(signed({ length: 17 }), zone);
    expect(report).toMatchObject({ result: 'pass', bodyLength: 17, facts: { coverage: 'good' } });
    expect(report.unsignedTail).toBeUndefined();
  });

  it('selects fields bottom up and finds those added above (RFC 6376 §5.4.2, §8.15)', async () => {
    const report = await verifyTop(`From: Eve <eve@example.net>\r\nSubject: Win\r\n${signed()}`, zone);
    expect(report).toMatchObject({ result: 'pass', field: 2, signedFields: [3, 4, 5, 6], addedAbove: [0, 1] });
    expect(report.facts.coverage).toBe('bad');
  });

  it('lets nothing be added to an oversigned name', async () => {
    const message = signed({ headers: ['From', 'From', 'Subject', 'Reply-To'] });
    expect((await verifyTop(message, zone)).notes).toContain('oversigned-from');
    for (const field of ['From: eve@example.net', 'Reply-To: eve@example.net']) {
      expect(verdict(await verifyTop(`${field}\r\n${message}`, zone))).toBe('fail signature-mismatch');
    }
  });

  it('names important fields that are not signed', async () => {
    const message = signed({ headers: ['From'] }, `Reply-To: a@example.net\r\n${MESSAGE}`);
    expect((await verifyTop(message, zone)).unsignedImportant).toEqual(['reply-to', 'to', 'subject', 'date']);
  });

  it('never selects the signature itself (RFC 6376 §3.5 h=)', async () => {
    const inner = signed();
    const outer = signMessage(inner, { key, headers: ['From', 'DKIM-Signature', 'DKIM-Signature'] });
    expect((await verifyAll(outer, zone)).map(verdict)).toEqual(['pass', 'pass']);
  });
});

describe('names', () => {
  it('takes U-labels and A-labels for the same domain (RFC 8616 §4)', async () => {
    const domain = Buffer.from('bücher.example').toString('latin1');
    const message = signed({ domain, selector: 's' }, MESSAGE.replace('ann@example.com', 'ann@xn--bcher-kva.example'));
    const report = await verifyTop(message, { 's._domainkey.xn--bcher-kva.example': { TXT: [keyRecord(key)] } });
    expect(report).toMatchObject({ result: 'pass', relation: 'domain', domain: 'xn--bcher-kva.example' });
    expect(report.identity).toBe('@xn--bcher-kva.example');
  });

  it('shows what a malformed signature says of itself', async () => {
    const report = await verifyTop(
      `DKIM-Signature: v=1; d=Example.com; s=S; i=x; a=RSA-sha256; c=relaxed\r\n${MESSAGE}`,
      {},
    );
    expect(report).toMatchObject({
      result: 'permerror',
      domain: 'example.com',
      selector: 's',
      identity: 'x',
      algorithm: 'rsa-sha256',
      canonicalization: 'relaxed/simple',
      checked: true,
      facts: { syntax: 'bad' },
    });
  });

  it('reads copied header fields (z=)', async () => {
    const report = await verifyTop(signed({ tags: { z: 'From:a=40b|\r\n Subject:a=20=7C=3D=E4' } }), zone);
    expect(report.copiedHeaders).toEqual([
      { name: 'From', value: 'a@b' },
      { name: 'Subject', value: 'a |=\xe4' },
    ]);
  });
});

describe('limits and look-ups', () => {
  it('asks once for each key, all at once', async () => {
    const twice = signed({}, signed({}, signed({ selector: 'other' })));
    const resolver = recordQuestions(createZoneResolver(zone));
    const pending = verifyDkim(stringToOctets(twice), { resolver, now: NOW });
    expect(resolver.questions.map(({ name }) => name)).toEqual([
      's._domainkey.example.com',
      'other._domainkey.example.com',
    ]);
    expect((await pending).map(verdict)).toEqual(['pass', 'pass', 'permerror key-not-found']);
    expect(resolver.questions).toHaveLength(2);
  });

  it('hashes the body once for signatures that canonicalize alike', async () => {
    const message = signed({}, signed({}, signed({ canonicalization: 'simple/relaxed' })));
    const digest = vi.spyOn(crypto.subtle, 'digest');
    expect((await verifyAll(message, zone)).map(verdict)).toEqual(['pass', 'pass', 'pass']);
    expect(digest).toHaveBeenCalledTimes(1);
  });

  it('verifies first party signatures first where there are too many, and names the rest', async () => {
    let message = signed();
    for (let count = 0; count < LIMITS.signatures; count++) message = signed({ domain: 'example.net' }, message);
    const reports = await verifyAll(message, zone);
    expect(reports.map(({ checked }) => checked)).toEqual([
      ...Array<boolean>(LIMITS.signatures - 1).fill(true),
      false,
      true,
    ]);
    expect(reports.at(-1)).toMatchObject({ result: 'pass', relation: 'domain' });
    expect(reports.at(-2)).toMatchObject({ result: 'neutral', reason: 'signature-limit', domain: 'example.net' });
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(verifyAll(signed(), zone, { signal: controller.signal })).rejects.toThrow('enough');
    const hanging = {
      query: (_: string, __: unknown, options?: { signal?: AbortSignal | undefined }) =>
        new Promise<never>((_, reject) =>
          options?.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
        ),
    };
    const later = new AbortController();
    const pending = verifyDkim(stringToOctets(signed()), { resolver: hanging, now: NOW, signal: later.signal });
    later.abort();
    await expect(pending).rejects.toThrow('aborted');
  });

  it('takes a parsed message too, and its reports survive JSON', async () => {
    const reports = await verifyDkim(parseMessage(stringToOctets(signed())), {
      resolver: createZoneResolver(zone),
      now: NOW,
    });
    expect(JSON.parse(JSON.stringify(reports))).toEqual(reports);
  });
});
