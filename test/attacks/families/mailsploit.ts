/** Encoded words in From that programs decode into another address. */
import { encodedWord, type Draft } from '../../judgement/support/draft.ts';
import { ALARM, arrive, stage, type Attack, type Family, type Stage } from '../support/attack.ts';

function attack(id: string, what: string, from: (s: Stage) => string): Attack {
  const make = (d: Draft): void => {
    const s = stage(d);
    d.write({ from: from(s) });
    d.sign(s.evil.name);
    arrive(d, s.evil);
  };
  return { id: `mailsploit/${id}`, what, accepted: ALARM, make };
}

function quoted(text: string): string {
  return `=?utf-8?Q?${text}?=`;
}

export const MAILSPLOIT: Family = {
  title: 'Mailsploit',
  about: 'The attacker signs in their own name; what is decoded from the field shows the name of the target.',
  sources: ['Sabri Haddouche: _Mailsploit_, 2017, CVE-2017-7829 for Thunderbird among others'],
  attacks: [
    attack('nul', 'An address, a NUL, and the address again, as the local part.', ({ target, evil }) => {
      return `${encodedWord(target.address)}${quoted('=00')}${encodedWord(target.address)}@${evil.name}`;
    }),
    attack('line-end', 'An address and a line end, as the local part.', ({ target, evil }) => {
      return `${encodedWord(target.address)}${quoted('=0A=00')}${encodedWord('x')}@${evil.name}`;
    }),
    attack('in-quotes', 'The same in a quoted string.', ({ target, evil }) => {
      return `"${encodedWord(target.address)}${quoted('=00=0A')}" <any@${evil.name}>`;
    }),
    attack('in-name', 'An address and a NUL in the display name.', ({ target, evil }) => {
      return `${encodedWord(`${target.address}\0`)} <any@${evil.name}>`;
    }),
    attack('in-angle-brackets', 'Encoded words in the angle brackets.', ({ target, evil }) => {
      return `Accounts <${encodedWord(target.address)}${quoted('=0A')}@${evil.name}>`;
    }),
    attack('parenthesis', 'An encoded address with an open parenthesis behind it.', ({ target, evil }) => {
      return `${encodedWord(`<${target.address}> (`)} <any@${evil.name}>`;
    }),
  ],
};
