/** Every Report is one the schema describes; the schema describes nothing that does not occur, and lets nothing else pass. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage, type CheckContext } from '../../src/check.ts';
import type { DnsAnswer, DnsFailure, RecordType, Resolver } from '../../src/dns/resolver.ts';
import { createUnavailableResolver } from '../../src/dns/unavailable.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import recorded from '../dnssec/recorded.json' with { type: 'json' };
import { packetsOf, replay, type Recording } from '../dnssec/recording.ts';
import { buildDemo } from '../fixtures/build/demo.ts';
import {
  archiveOfPeculiar,
  circleOfPeculiar,
  observedOfPeculiar,
  PECULIAR_MESSAGES,
  PECULIAR_PASS_KEYS,
  PECULIAR_ZONE,
  type NamedMessage,
} from './support/messages.ts';
import { Observed } from './support/observed.ts';
import { REPORT_SCHEMA_FILE, schemaPlaces } from './support/schema.ts';
import { plainPath } from './support/shape.ts';

// Thousands of Reports are checked; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const NOW = new Date('2026-11-22T08:00:00Z');
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(REPORT_SCHEMA_FILE);

let messages: readonly NamedMessage[];
let usual: CheckContext;
beforeAll(async () => {
  const demo = await buildDemo(NOW);
  messages = [...demo.messages.map(({ id, eml }) => ({ name: id, raw: eml })), ...PECULIAR_MESSAGES];
  usual = {
    resolver: createZoneResolver({ ...demo.zone, ...PECULIAR_ZONE }),
    now: NOW,
    trust: demo.trust,
    archive: archiveOfPeculiar(),
    observed: observedOfPeculiar(),
    passKeys: PECULIAR_PASS_KEYS,
    circle: circleOfPeculiar(),
  };
});

/** Checks a message; the Report must survive JSON unchanged and be valid. Returns it as JSON has it. */
async function reportOn(raw: Uint8Array, context: Partial<CheckContext> = {}, name = ''): Promise<unknown> {
  const report = await checkMessage(raw, { ...usual, ...context });
  const parsed: unknown = JSON.parse(JSON.stringify(report));
  expect(parsed, name).toStrictEqual(report);
  expect(errorsOf(parsed), name).toEqual([]);
  return parsed;
}

function errorsOf(value: unknown): readonly string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

describe('the Report of a message', () => {
  const off = { dkim: false, practices: false, arc: false, spf: false };
  it.each<[string, Partial<CheckContext>]>([
    ['with all it needs', {}],
    ['offline', { resolver: createUnavailableResolver('offline') }],
    ['without a resolver chosen', { resolver: createUnavailableResolver('not-configured') }],
    ['with DNS failing now and then', { resolver: unreliable() }],
    ['with nobody trusted', { trust: { authservIds: [] } }],
    ['with the client address given', { clientIp: '2001:db8::1' }],
    ['with nothing remembered', { archive: undefined, observed: undefined }],
    ['without DKIM', { checks: { dkim: false } }],
    ['without practices', { checks: { practices: false } }],
    ['without ARC', { checks: { arc: false } }],
    ['without SPF', { checks: { spf: false } }],
    ['with every check off', { checks: off }],
  ])('is valid: %s', async (_, context) => {
    for (const { name, raw } of messages) await reportOn(raw, context, name);
  });

  it('is valid for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await reportOn(bytes);
      }),
      { numRuns: 200 },
    );
  });

  it('is valid for any field with any value', async () => {
    const name = fc.constantFrom(
      ...['From', 'Sender', 'Reply-To', 'Return-Path', 'Resent-From', 'Subject', 'List-Id', 'OPES-Via', 'No-Solicit'],
      ...['DKIM-Signature', 'ARC-Seal', 'ARC-Message-Signature', 'ARC-Authentication-Results', 'Received'],
      ...['Received-SPF', 'Authentication-Results'],
    );
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.constantFrom(
        ...['a@b.example', 'i=1', 'd=b.example', 's=s', 'l=1', 't=99999999999', 'x=1', 'cv=none', 'z=a|b:c', 'h=from'],
        ...['v=1', 'a=rsa-sha256', 'bh=AAAA', 'b=AAAA', ';', ',', '(', '"', '<', '>', ':', '\r\n ', 'mx.home.example'],
        ...['by mx.home.example', 'from x ([192.0.2.1])', 'dkim=pass', 'client-ip=192.0.2.1', '__proto__=1', 'none'],
        'Sun, 22 Nov 2026 07:00:00 +0000',
      ),
    );
    const field = fc
      .tuple(name, fc.array(piece, { maxLength: 20 }))
      .map(([key, all]) => `${key}: ${all.join(' ')}\r\n`);
    await fc.assert(
      fc.asyncProperty(fc.array(field, { maxLength: 6 }), async (fields) => {
        await reportOn(utf8ToBytes(`${fields.join('')}\r\nHello.\r\n`));
      }),
      { numRuns: 400 },
    );
  });
});

/** Allowed by type and schema, but not to be had from checkMessage. */
const NEVER_SEEN: readonly string[] = [
  // c= has a default, so there is always one.
  'dkim[].canonicalization: null',
  'arc.instances[].messageSignature.canonicalization: null',
  // Only domains are listed there, so that what is said of each names it.
  'authors[].dmarc.domain: null',
  'authors[].adsp.domain: null',
];

describe('the schema', () => {
  it('describes only what occurs: every property, every null, every absence', async () => {
    const observed = new Observed(schemaPlaces());
    for (const { name, raw } of messages) observed.add(await reportOn(raw, {}, name));
    // Answers that are proved here, and some that are not, come from recorded packets.
    const { resolver } = replay(recorded as Recording, packetsOf(recorded));
    for (const domain of ['z14.t1', 'z13.t0']) {
      observed.add(await reportOn(utf8ToBytes(`From: ann@${domain}\r\n\r\n`), { resolver }, domain));
    }
    const remembered = {
      resolver: createZoneResolver({ '_dmarc.adsp.example': { TXT: 'SERVFAIL' } }),
      archive: archiveOfPeculiar(),
    };
    observed.add(await reportOn(utf8ToBytes('From: ann@adsp.example\r\n\r\n'), remembered, 'remembered'));
    expect(observed.missing()).toEqual(NEVER_SEEN);
  });

  it('wants every property that is not optional, and no other', async () => {
    const optional = new Set([...schemaPlaces()].flatMap(([path, place]) => (place.optional ? plainPath(path) : [])));
    const maps = new Set([...schemaPlaces()].flatMap(([path, { holds }]) => (holds.includes('map') ? path : [])));
    const wrong: string[] = [];
    for (const { raw } of messages) {
      const report = await reportOn(raw);
      for (const { path, object } of objectsIn(report).filter((one) => !maps.has(one.path))) {
        object['surplus'] = 1;
        if (errorsOf(report).length === 0) wrong.push(`${path} takes another property`);
        Reflect.deleteProperty(object, 'surplus');
        for (const [name, value] of Object.entries(object)) {
          Reflect.deleteProperty(object, name);
          const below = path === '' ? name : `${path}.${name}`;
          if (errorsOf(report).length === 0 && !optional.has(below)) wrong.push(`${below} may be missing`);
          object[name] = value;
        }
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
  });

  it.each<[string, string, unknown]>([
    ['a result that does not go with its reason', 'dkim[].result', 'fail'],
    ['a signature without result', 'dkim[].result', 'none'],
    ['a reason of another method', 'dmarc.reason', 'key-not-found'],
    ['a word that is not in the table', 'dkim[].relation', 'own'],
    ['another version', 'schema', 2],
    ['a time without zone', 'checkedAt', '2026-11-22T08:00:00'],
    ['half an octet', 'dkim[].keyBits', 0.5],
    ['a position before the first', 'path[].field', -1],
    ['an SPF list without results', 'spf', []],
    ['a Report without finding', 'findings', []],
    ['trust in a field that is distrusted', 'serverResults[].trusted', true],
  ])('refuses %s', async (_, path, value) => {
    const outcomes: boolean[] = [];
    for (const { raw } of messages) {
      const report = await reportOn(raw);
      if (replace(report, path, value)) outcomes.push(errorsOf(report).length > 0);
    }
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes).not.toContain(false);
  });
});

/** DESIGN's contract: what must be there for those who build on the Report. A question mark: may be absent. */
const CONTRACT: Readonly<Record<string, string>> = {
  '': 'schema level headline identities dkim arc dmarc adsp practices spf serverResults receivedSpf path intermediaries solicitation findings cost',
  identities: 'from sender replyTo returnPath pra',
  'identities.from[]': 'displayName address domain',
  'identities.pra': 'field address domain illFormed',
  'dkim[]':
    'domain selector identity algorithm canonicalization result reason relation keyBits signedHeaders bodyLength? unsignedTail? testing dnssec checked',
  arc: 'result instances sealer?',
  dmarc: 'result policy domain organizationalDomain record?',
  adsp: 'result practice?',
  practices: 'lookedUp why statements',
  'practices.statements[]': 'source domain text record ttl dnssec',
  'spf[]': 'identity domain result explanation? lookups',
  'spf.notChecked': 'reason',
  'serverResults[]': 'field authservId trusted methods',
  'serverResults[].methods[]': 'method result reason properties',
  'receivedSpf[]': 'trusted',
  solicitation: 'declared recorded malformed subjectLabels signed',
  'solicitation.recorded[]': 'keyword by trusted',
  'solicitation.subjectLabels[]': 'label law',
  'findings[]': 'id level params evidence',
  cost: 'queries roundTrips cacheHits',
};

describe('the contract', () => {
  const places = new Map([...schemaPlaces()].map(([path, place]) => [plainPath(path), place]));
  it.each(Object.entries(CONTRACT))('holds for "%s": %s', (path, names) => {
    for (const name of names.split(' ')) {
      const optional = name.endsWith('?');
      const below = [path, name.replace('?', '')].filter((part) => part !== '').join('.');
      expect(places.get(below)?.optional, below).toBe(optional);
    }
  });
});

/** Answers every third question from the zone; the others fail in every way there is. */
function unreliable(): Resolver {
  const failures: readonly DnsFailure[] = ['servfail', 'bogus', 'refused', 'timeout', 'network', 'http', 'malformed'];
  let asked = 0;
  return {
    query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      const failure = failures[(asked++ * 2) % failures.length] ?? 'servfail';
      if (asked % 3 === 0) return usual.resolver.query(name, type);
      return Promise.resolve({ name, type, cached: false, kind: 'failure', failure, detail: '' });
    },
  };
}

interface PlacedObject {
  readonly path: string;
  readonly object: Record<string, unknown>;
}

/** Every object in a value with its path, lists as `[]`. */
function objectsIn(value: unknown, path = ''): readonly PlacedObject[] {
  if (Array.isArray(value)) return value.flatMap((item) => objectsIn(item, `${path}[]`));
  if (!isObject(value)) return [];
  const below = Object.entries(value).flatMap(([name, member]) =>
    objectsIn(member, path === '' ? name : `${path}.${name}`),
  );
  return [{ path, object: value }, ...below];
}

/** Puts a value into the first place of that path that holds another one; false where there is none. */
function replace(report: unknown, path: string, value: unknown): boolean {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const parent = path.slice(0, Math.max(path.lastIndexOf('.'), 0));
  const found = objectsIn(report).find((one) => one.path === parent && one.object[name] !== value);
  if (found) found.object[name] = value;
  return found !== undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
