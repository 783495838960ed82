/** Results in the name of the reader's server, at every place a sender can write, with every setting of trust. */
import type { TrustSettings } from '../../../src/authres/types.ts';
import { dateOf, OWN_HOST, type Delivery, type Draft } from '../../judgement/support/draft.ts';
import { ALARM, stage, type Attack, type Family, type Stage } from '../support/attack.ts';

type Forger = (d: Draft, s: Stage, field: string) => void;

function claim({ target }: Stage, name: string): string {
  const { name: domain } = target.domain;
  return `${name} dkim=pass header.d=${domain} header.i=@${domain};\r\n\tspf=pass smtp.mailfrom=${target.address};\r\n\tdmarc=pass (p=reject) header.from=${domain}`;
}

/** Where a sender can put a field, by what it is next to when the reader's server gets it. */
const PLACES: Readonly<Record<string, readonly [what: string, put: Forger]>> = {
  top: ['at the top of what was sent', (d, _s, field) => d.put(field)],
  bottom: ['at the end of the header', (d, _s, field) => d.append(field)],
  twice: ['at the top and at the end', (d, _s, field) => [d.put(field), d.append(field)]],
  'below-a-path': [
    'below a trace field that names the reader’s server',
    (d, { target }, field) => {
      d.put(field);
      d.relay(target.domain, OWN_HOST);
    },
  ],
  'above-a-path': [
    'above a trace field that names the reader’s server',
    (d, { target }, field) => {
      d.relay(target.domain, OWN_HOST);
      d.put(field);
    },
  ],
  continued: [
    'as the continuation of what the server wrote last',
    (d, s, field) => d.put(` ; ${dateOf(d.sent)}`, `\t${claim(s, '')}`, field),
  ],
};

interface Setting {
  readonly what: string;
  readonly trust: TrustSettings;
  /** What the server itself writes with such a setting. */
  readonly delivery: Pick<Delivery, 'results' | 'authservId' | 'below'>;
  /** How the forged field begins. */
  readonly name: string;
}

const NONE_FOUND = ['dkim=none', 'spf=none'] as const;

const SETTINGS: Readonly<Record<string, Setting>> = {
  named: {
    what: 'the server is named and writes above its trace field',
    trust: { authservIds: [OWN_HOST] },
    delivery: { results: NONE_FOUND },
    name: `${OWN_HOST};`,
  },
  silent: {
    what: 'the server is named and writes nothing this time',
    trust: { authservIds: [OWN_HOST] },
    delivery: {},
    name: `${OWN_HOST};`,
  },
  wildcard: {
    what: 'every name below a domain is believed',
    trust: { authservIds: ['*.reader.example'] },
    delivery: { results: NONE_FOUND },
    name: 'mx9.reader.example;',
  },
  below: {
    what: 'the server writes below its trace field',
    trust: { authservIds: [OWN_HOST], resultsBelowEntry: 1 },
    delivery: { results: NONE_FOUND, below: true },
    name: `${OWN_HOST};`,
  },
  nameless: {
    what: 'the servers name none in their results',
    trust: { authservIds: [], receivingHosts: [OWN_HOST], withoutAuthservId: true },
    delivery: { results: NONE_FOUND },
    name: '',
  },
  networks: {
    what: 'the own hosts and networks are listed',
    trust: { authservIds: [OWN_HOST], receivingHosts: [OWN_HOST], receivingAddresses: ['10.0.0.0/8'] },
    delivery: { results: NONE_FOUND },
    name: `${OWN_HOST};`,
  },
  forwarder: {
    what: 'a forwarder is believed, and the message did not come from it',
    trust: { authservIds: [OWN_HOST], forwarders: ['forwarder.example'] },
    delivery: { results: NONE_FOUND },
    name: 'mx.forwarder.example;',
  },
};

const FIELDS: Readonly<Record<string, string>> = {
  results: 'Authentication-Results:',
  arc: 'ARC-Authentication-Results: i=1;',
};

function attacks(): readonly Attack[] {
  return Object.entries(SETTINGS).flatMap(([setting, { what: configured, trust, delivery, name }]) =>
    Object.entries(PLACES).flatMap(([place, [where, put]]) =>
      Object.entries(FIELDS).map(([kind, fieldName]) => ({
        id: `results/${setting}-${place}-${kind}`,
        what: `${fieldName.slice(0, fieldName.indexOf(':'))} ${where}, where ${configured}.`,
        accepted: ALARM,
        make: (d: Draft): void => {
          const s = stage(d);
          d.trust = trust;
          d.write({ from: s.target.mailbox });
          put(d, s, `${fieldName} ${claim(s, name)}`);
          d.deliver({ from: s.evil, mailFrom: `any@${s.evil.name}`, ...delivery });
        },
      })),
    ),
  );
}

export const RESULTS: Family = {
  title: 'Forged results',
  about: 'The attacker writes what the reader’s server would have written, had the message been genuine.',
  sources: ['RFC 8601 §7.1', 'Jianjun Chen, Vern Paxson, Jian Jiang, as above, §4.3'],
  attacks: attacks(),
};
