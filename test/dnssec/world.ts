/**
 * A private DNS tree made from a seed: a root, top-level domains and zones below them, each signed in one of the ways zones are signed,
 * or broken in one of the ways they break, and questions whose answers need every kind of proof. Signed by ldns, so that neither
 * the validator under test nor the one it is held against made the signatures.
 */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RecordType } from '../../src/dns/resolver.ts';

const run = promisify(execFile);

export interface World {
  /** The root's DS record, in presentation form. */
  readonly anchor: string;
  readonly zones: readonly { readonly apex: string; readonly file: string }[];
  readonly questions: readonly WorldQuestion[];
}

export interface WorldQuestion {
  readonly name: string;
  readonly type: RecordType;
  /** Traits of the zone that was asked, for the message of a failing test. */
  readonly about: string;
  /** The zone, or one it is below, is signed only with what this project does not validate by design. */
  readonly unsupported: boolean;
}

/** A small generator of numbers that gives the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ALGORITHMS = ['ECDSAP256SHA256', 'ECDSAP384SHA384', 'ED25519', 'RSASHA256', 'RSASHA512'] as const;
const UNSUPPORTED = ['RSASHA1', 'RSASHA1_NSEC3', 'ED448'] as const;
const DENIALS = ['nsec', 'nsec3', 'opt-out', 'iterations'] as const;
const DELEGATIONS = [
  'plain',
  'none',
  'sha-1',
  'sha-384',
  'wrong',
  'unknown-digest',
  'unknown-algorithm',
  'two',
] as const;
const FAULTS = ['expired', 'future', 'changed', 'stripped', 'no-denial', 'no-keys-signature'] as const;

interface Traits {
  readonly apex: string;
  readonly signed: boolean;
  readonly algorithm: string;
  readonly denial: (typeof DENIALS)[number];
  readonly delegation: (typeof DELEGATIONS)[number];
  readonly fault: (typeof FAULTS)[number] | 'none';
  readonly twoKeys: boolean;
  /** Zones that aliases in this one lead to. */
  readonly aliases: { readonly away: string; readonly gone: string; readonly far: string };
}

/** @param count zones below the top-level domains */
export async function buildWorld(folder: string, seed: number, count: number, perZone: number): Promise<World> {
  const random = createRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const tops: Traits[] = (['nsec', 'nsec3', 'opt-out'] as const).map((denial, index) => ({
    ...sound(`t${index}.`, denial),
    algorithm: pick(ALGORITHMS),
  }));
  const unsignedTop: Traits = { ...sound('t3.', 'nsec'), signed: false, delegation: 'none' };
  const children: Omit<Traits, 'aliases'>[] = [];
  for (let index = 0; index < count; index++) {
    // Now and then below another zone instead of a top-level domain.
    const parent = random() < 0.2 && index > 2 ? pick(children) : random() < 0.05 ? unsignedTop : pick(tops);
    const odd = random();
    children.push({
      apex: `z${index}.${parent.apex}`,
      signed: odd > 0.06,
      algorithm: random() < 0.08 ? pick(UNSUPPORTED) : pick(ALGORITHMS),
      denial: random() < 0.06 ? 'iterations' : pick(DENIALS.slice(0, 3)),
      delegation: odd <= 0.06 ? 'none' : random() < 0.6 ? 'plain' : pick(DELEGATIONS),
      fault: random() < 0.25 ? pick(FAULTS) : 'none',
      twoKeys: random() < 0.3,
    });
  }
  const anyZone = (): string => pick(children).apex;
  const linked = children.map((traits): Traits => ({
    ...traits,
    aliases: { away: anyZone(), gone: anyZone(), far: anyZone() },
  }));
  const all = [...linked, ...tops, unsignedTop, sound('.', 'nsec')];
  const ds = new Map<string, string>();
  const zones: { apex: string; file: string }[] = [];
  let anchor = '';
  // Children before their parents: the parent's zone holds their DS records.
  for (const traits of [...all].sort((left, right) => depth(right.apex) - depth(left.apex))) {
    const delegated = all.filter(({ apex }) => apex !== '.' && parentOf(apex) === traits.apex);
    const text = zoneText(traits, delegated, ds);
    const signed = await signZone(folder, traits, text);
    zones.push({ apex: traits.apex, file: signed.file });
    if (traits.apex === '.') anchor = signed.ds;
    else ds.set(traits.apex, signed.ds);
  }
  const byApex = new Map(all.map((traits) => [traits.apex, traits]));
  const isUnsupported = (zone: string): boolean =>
    ancestry(zone).some((apex) => UNSUPPORTED.some((each) => each === byApex.get(apex)?.algorithm));
  const questions = linked.flatMap((traits) =>
    questionsFor(traits.apex, perZone, pick).map((question) => {
      const alias = Object.entries(traits.aliases).find(([label]) => question.name.split('.').includes(label));
      const unsupported = [traits.apex, ...(alias ? [alias[1]] : [])].some(isUnsupported);
      return { ...question, about: JSON.stringify(traits), unsupported };
    }),
  );
  return { anchor, zones, questions };
}

const NO_ALIASES = { away: 't0.', gone: 't0.', far: 't0.' };

function sound(apex: string, denial: Traits['denial']): Traits {
  const algorithm = 'ECDSAP256SHA256';
  return {
    apex,
    signed: true,
    algorithm,
    denial,
    delegation: 'plain',
    fault: 'none',
    twoKeys: false,
    aliases: NO_ALIASES,
  };
}

function depth(apex: string): number {
  return apex === '.' ? 0 : apex.split('.').length - 1;
}

function parentOf(apex: string): string {
  return apex.slice(apex.indexOf('.') + 1) || '.';
}

function ancestry(apex: string): readonly string[] {
  return apex === '.' ? [apex] : [apex, ...ancestry(parentOf(apex))];
}

function zoneText({ apex, aliases }: Traits, delegated: readonly Traits[], ds: ReadonlyMap<string, string>): string {
  const lines = [`$ORIGIN ${apex}`, '$TTL 300', '@ SOA ns. host. 1 3600 600 86400 300', '@ NS ns.'];
  if (apex === '.') lines.push('ns. A 127.0.0.1');
  else {
    lines.push(
      '@ TXT "v=spf1 -all"',
      '@ MX 10 Mail',
      's1._domainkey TXT "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA" "abcdefghijklmnop"',
      '_dmarc TXT "v=DMARC1; p=reject"',
      '_dmarc TXT "another"',
      '*.wild TXT "wildcard here"',
      'there.wild A 192.0.2.3',
      'a.b.ent TXT "below empty places"',
      'Mail A 192.0.2.1',
      'Mail AAAA 2001:db8::1',
      'www CNAME mail',
      `away CNAME mail.${aliases.away}`,
      `gone CNAME nothing.${aliases.gone}`,
      '*.star CNAME mail',
      'dn DNAME sub',
      `far DNAME ${aliases.far}`,
      'x.sub A 192.0.2.2',
      'loop CNAME loop',
      'we\\.ird TXT "a dot in a label"',
      '\\255high TXT "an octet above ASCII"',
    );
  }
  for (const child of delegated) lines.push(`${child.apex} NS ns.`, dsLines(child, ds.get(child.apex) ?? ''));
  return `${lines.join('\n')}\n`;
}

function dsLines({ delegation }: Traits, ds: string): string {
  const [, owner = '', keyTag = '', algorithm = '', digestType = '', digest = ''] =
    /^(\S+)\s.*\sDS\s+(\d+) (\d+) (\d+) (\w+)/m.exec(ds) ?? [];
  const line = (alg: string, type: string, hex: string): string => `${owner} DS ${keyTag} ${alg} ${type} ${hex}`;
  switch (delegation) {
    case 'none':
      return '';
    case 'wrong':
      return line(
        algorithm,
        digestType,
        digest.replace(/^../, (octet) => (octet === '00' ? '01' : '00')),
      );
    case 'unknown-digest':
      return line(algorithm, '99', digest);
    case 'unknown-algorithm':
      return line('200', digestType, digest);
    case 'two':
      return `${line(algorithm, digestType, '00'.repeat(32))}\n${ds}`;
    case 'plain':
    case 'sha-1':
    case 'sha-384':
      return ds;
  }
}

async function signZone(folder: string, traits: Traits, text: string): Promise<{ file: string; ds: string }> {
  const { apex, algorithm, denial, delegation, fault, signed, twoKeys } = traits;
  const file = join(folder, apex === '.' ? 'root.zone' : `${apex}zone`);
  await writeFile(file, text);
  if (!signed) return { file, ds: '' };
  const bits = algorithm.startsWith('RSA') ? ['-b', '1024'] : [];
  const makeKey = async (flags: readonly string[]): Promise<string> =>
    (await run('ldns-keygen', ['-a', algorithm, ...bits, ...flags, apex], { cwd: folder })).stdout.trim();
  const entry = await makeKey(['-k']);
  const keys = twoKeys ? [entry, await makeKey([])] : [entry];
  const output = `${file}.signed`;
  const times = fault === 'expired' ? ['20200101000000', '20210101000000'] : ['20200101000000', '20361231000000'];
  const [from, until] = fault === 'future' ? ['20350101000000', '20361231000000'] : times;
  const hashed =
    denial === 'nsec' && algorithm !== 'RSASHA1_NSEC3' ? [] : ['-n', '-t', denial === 'iterations' ? '200' : '3'];
  if (hashed.length > 0) hashed.push('-s', 'aabbcc', ...(denial === 'opt-out' ? ['-p'] : []));
  await run(
    'ldns-signzone',
    ['-o', apex, '-i', from ?? '', '-e', until ?? '', ...hashed, '-f', output, file, ...keys],
    {
      cwd: folder,
    },
  );
  await breakZone(output, fault);
  const digestFlag = { 'sha-1': '-1', 'sha-384': '-4' }[delegation as string] ?? '-2';
  const { stdout } = await run('ldns-key2ds', ['-n', digestFlag, `${entry}.key`], { cwd: folder });
  return { file: output, ds: stdout };
}

async function breakZone(file: string, fault: Traits['fault']): Promise<void> {
  const text = await readFile(file, 'utf8');
  const lines = text.split('\n');
  switch (fault) {
    case 'changed':
      await writeFile(file, text.replaceAll('p=reject', 'p=none'));
      return;
    case 'stripped':
      await writeFile(file, lines.filter((line) => !/\sRRSIG\s+TXT\s/.test(line)).join('\n'));
      return;
    case 'no-denial':
      await writeFile(file, lines.filter((line, at) => at % 3 !== 0 || !/\sNSEC3?\s/.test(line)).join('\n'));
      return;
    case 'no-keys-signature':
      await writeFile(file, lines.filter((line) => !/\sRRSIG\s+DNSKEY\s/.test(line)).join('\n'));
      return;
    case 'none':
    case 'expired':
    case 'future':
      return;
  }
}

/** Names that are there, that a wildcard answers for, that are empty, that are not there, and aliases to all of these. */
const PLACES: readonly (readonly [prefix: string, type: RecordType])[] = [
  ['', 'TXT'],
  ['', 'MX'],
  ['', 'A'],
  ['', 'SOA'],
  ['', 'NS'],
  ['', 'CNAME'],
  ['s1._domainkey', 'TXT'],
  ['s1._domainkey', 'A'],
  ['s2._domainkey', 'TXT'],
  ['_domainkey', 'TXT'],
  ['_dmarc', 'TXT'],
  ['_dmarc', 'MX'],
  ['_adsp._domainkey', 'TXT'],
  ['any.wild', 'TXT'],
  ['deep.any.wild', 'TXT'],
  ['any.wild', 'MX'],
  ['there.wild', 'TXT'],
  ['below.there.wild', 'TXT'],
  ['*.wild', 'TXT'],
  ['wild', 'TXT'],
  ['ent', 'TXT'],
  ['b.ent', 'A'],
  ['c.ent', 'A'],
  ['a.b.ent', 'TXT'],
  ['mail', 'A'],
  ['mail', 'AAAA'],
  ['mail', 'PTR'],
  ['www', 'A'],
  ['www', 'CNAME'],
  ['www', 'TXT'],
  ['away', 'A'],
  ['away', 'TXT'],
  ['gone', 'A'],
  ['any.star', 'A'],
  ['any.star', 'TXT'],
  ['any.star', 'CNAME'],
  ['x.dn', 'A'],
  ['y.dn', 'A'],
  ['dn', 'A'],
  ['mail.far', 'A'],
  ['nothing.far', 'TXT'],
  ['nothing', 'A'],
  ['much.deeper.nothing', 'TXT'],
  ['zzz', 'TXT'],
  ['0', 'TXT'],
];

function questionsFor(
  apex: string,
  count: number,
  pick: <T>(from: readonly T[]) => T,
): readonly Pick<WorldQuestion, 'name' | 'type'>[] {
  const zone = apex.slice(0, -1);
  const places = count >= PLACES.length ? PLACES : Array.from({ length: count }, () => pick(PLACES));
  return places.map(([prefix, type]) => ({ name: prefix === '' ? zone : `${prefix}.${zone}`, type }));
}
