/** Chains that were cut from other messages, made up, or vouch for themselves. */
import { OWN_HOST, type Draft } from '../../judgement/support/draft.ts';
import { ALARM, arrive, stage, type Attack, type Family, type Stage } from '../support/attack.ts';

function passed({ target }: Stage): string {
  return `dkim=pass header.d=${target.domain.name}; spf=pass smtp.mailfrom=${target.address}; dmarc=pass header.from=${target.domain.name}`;
}

function attack(id: string, what: string, make: (d: Draft, s: Stage) => void): Attack {
  return {
    id: `arc/${id}`,
    what,
    accepted: ALARM,
    make: (d) => {
      const s = stage(d);
      make(d, s);
      arrive(d, s.evil);
    },
  };
}

/** The ARC fields of a message, cut off its top. */
const SET = /^ARC-Seal:[\s\S]*?(?=^From:)/m;

/** A genuine chain of a sealer that the reader believes, on another message. */
function splice(d: Draft, s: Stage): void {
  const sealer = d.domain();
  d.trust = { authservIds: [OWN_HOST, sealer.name] };
  d.write({ from: s.target.mailbox, body: 'What the target wrote.\r\n' });
  d.seal(sealer.name, passed(s));
}

export const ARC: Family = {
  title: 'ARC splicing',
  about:
    'A chain says what somebody found earlier. It is worth what its sealer is worth, for the one message it covers.',
  sources: [
    'RFC 8617 §9',
    'Chenkai Wang, Gang Wang: _Revisiting Email Forwarding Security under the Authenticated Received Chain Protocol_, WWW 2022',
  ],
  attacks: [
    attack('stranger', 'The attacker seals a claim of their own.', (d, s) => {
      d.write({ from: s.target.mailbox });
      d.seal(s.evil.name, passed(s));
    }),
    attack(
      'in-the-name-of-the-target',
      'The attacker writes a seal in the name of the target, whose key is missing.',
      (d, s) => {
        d.write({ from: s.target.mailbox });
        d.seal(s.target.domain.name, passed(s));
        Reflect.deleteProperty(d.zone, `arc._domainkey.${s.target.domain.name}`);
      },
    ),
    attack('in-the-name-of-the-reader', 'The attacker writes a chain in the name of the reader’s server.', (d, s) => {
      d.write({ from: s.target.mailbox });
      d.seal(OWN_HOST, passed(s));
      Reflect.deleteProperty(d.zone, `arc._domainkey.${OWN_HOST}`);
    }),
    attack('other-text', 'The chain of a believed sealer is kept and the text exchanged.', (d, s) => {
      splice(d, s);
      d.edit((message) => message.replace('What the target wrote.', 'Please pay the bill at once.'));
    }),
    attack('other-author', 'The chain of a believed sealer is put on top of another message.', (d, s) => {
      splice(d, s);
      let set = '';
      d.edit((message) => {
        set = SET.exec(message)?.[0] ?? '';
        return message;
      });
      d.write({ from: s.target.mailbox, body: 'Please pay the bill at once.\r\n' });
      d.edit((message) => set + message);
    }),
    attack('other-results', 'The results in the set of a believed sealer are exchanged.', (d, s) => {
      splice(d, s);
      d.edit((message) =>
        message.replace(
          /^(ARC-Authentication-Results: i=1; [^;]+;).*$/m,
          `$1 dmarc=pass header.from=${s.target.domain.name}`,
        ),
      );
      d.edit((message) => message.replace('What the target wrote.', 'Please pay the bill at once.'));
    }),
    attack('results-alone', 'ARC-Authentication-Results of a believed name without seal or signature.', (d, s) => {
      d.write({ from: s.target.mailbox });
      d.put(`ARC-Authentication-Results: i=1; ${OWN_HOST}; ${passed(s)}`);
    }),
    attack('gap', 'A set with number 2 and none with number 1.', (d, s) => {
      splice(d, s);
      d.edit((message) => message.replaceAll('i=1;', 'i=2;'));
    }),
  ],
};
