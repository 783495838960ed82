/** Chains of ARC sets by dkimpy and by the tests' own sealer, and what may happen to them on the way. */
import { sealMessage } from '../../../dkim/support/signer.ts';
import { sealInTurn, type Hop } from './dkimpy.ts';
import { PLAIN } from './messages.ts';
import { KEYS } from './wrong-signatures.ts';

export interface ChainCase {
  readonly name: string;
  readonly message: string;
  readonly expected: 'pass' | 'fail';
}

const HOPS: readonly Hop[] = [
  { domain: 'one.example', selector: 's', arc: 'none', appended: '' },
  { domain: 'two.example', selector: 's', arc: 'pass', appended: '-- \r\nlist\r\n' },
  { domain: 'three.example', selector: 's', arc: 'pass', appended: '' },
];

export const CHAIN_ZONE = Object.fromEntries(
  HOPS.map(({ domain }) => [`s._domainkey.${domain}`, [`v=DKIM1; k=rsa; p=${KEYS.rsa.publicKey}`]]),
);

interface ChainDamage {
  readonly name: string;
  readonly apply: (message: string) => string;
  readonly expected: 'pass' | 'fail';
}

/** Changes the fields of that name in the first set. */
function onFirst(name: string, change: (field: string) => string): ChainDamage['apply'] {
  return (message) => {
    const end = message.indexOf('\r\n\r\n') + 2;
    const isMeant = (field: string) => field.startsWith(`ARC-${name}:`) && /\bi=1;/.test(field);
    const fields = message.slice(0, end).match(/.+\r\n(?:[ \t].*\r\n)*/g) ?? [];
    return fields.map((field) => (isMeant(field) ? change(field) : field)).join('') + message.slice(end);
  };
}

const DAMAGES: readonly ChainDamage[] = [
  { name: 'nothing', apply: (message) => message, expected: 'pass' },
  { name: 'a field nobody signs', apply: (message) => `X-Scanner: clean\r\n${message}`, expected: 'pass' },
  { name: 'an empty line at the end', apply: (message) => `${message}\r\n`, expected: 'pass' },
  {
    name: 'another folding of a result',
    apply: onFirst('Authentication-Results', (field) => field.replace(/;\s*(\w+=pass)/, ';\r\n\t$1')),
    expected: 'pass',
  },
  { name: 'a letter of the body', apply: (message) => message.replace('Yours', 'Your'), expected: 'fail' },
  { name: 'a letter of the Subject', apply: (message) => message.replace('noon', 'moon'), expected: 'fail' },
  {
    name: 'a recorded result',
    apply: onFirst('Authentication-Results', (field) => field.replace('=pass', '=fail')),
    expected: 'fail',
  },
  { name: 'no first seal', apply: onFirst('Seal', () => ''), expected: 'fail' },
  { name: 'no first signature', apply: onFirst('Message-Signature', () => ''), expected: 'fail' },
  { name: 'no first results', apply: onFirst('Authentication-Results', () => ''), expected: 'fail' },
  { name: 'a first seal twice', apply: onFirst('Seal', (field) => field + field), expected: 'fail' },
  { name: 'another chain status', apply: (message) => message.replace('cv=none', 'cv=pass'), expected: 'fail' },
  { name: 'a failed chain', apply: (message) => message.replace(/cv=(?:none|pass)/, 'cv=fail'), expected: 'fail' },
  { name: 'another sealer', apply: (message) => message.replace('d=one.example', 'd=two.example'), expected: 'fail' },
  { name: 'a key that is not there', apply: (message) => message.replace('s=s;', 's=none;'), expected: 'fail' },
];

/** Chains of one, two and three sets, each damaged in every way. */
export async function chainCases(): Promise<readonly ChainCase[]> {
  const chains = [...named('dkimpy', await sealInTurn(PLAIN, KEYS.rsa, HOPS)), ...named('Countersign', sealByOurs())];
  return chains.flatMap(({ name, message }) =>
    DAMAGES.map((damage) => ({
      name: `${damage.name}; ${name}`,
      message: damage.apply(message),
      expected: damage.expected,
    })),
  );
}

function sealByOurs(): readonly string[] {
  const sent: string[] = [];
  for (const [index, { domain, selector, arc, appended }] of HOPS.entries()) {
    const sealing = { key: KEYS.rsa, domain, selector, instance: index + 1, cv: arc };
    sent.push(sealMessage((sent.at(-1) ?? PLAIN) + appended, sealing));
  }
  return sent;
}

function named(sealer: string, messages: readonly string[]) {
  return messages.map((message, index) => ({ name: `${index + 1} by ${sealer}`, message }));
}
