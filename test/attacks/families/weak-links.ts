/** Each link of the chain from sending server to screen, and what it fails to compare. */
import { encodedWord, type Draft } from '../../judgement/support/draft.ts';
import { ALARM, ANY, arrive, stage, UNCONFIRMED, type Attack, type Family, type Stage } from '../support/attack.ts';

function attack(id: string, what: string, make: (d: Draft, s: Stage) => void): Attack {
  return { id: `weak-links/${id}`, what, accepted: ALARM, make: (d) => make(d, stage(d)) };
}

export const WEAK_LINKS: Family = {
  title: 'Weak links in authentication chains',
  about: 'What servers on the way and the program that shows the message each leave to the other.',
  sources: [
    'Kaiwen Shen, Chuhan Wang, Minglei Guo and others: _Weak Links in Authentication Chains: A Large-scale Analysis of Email Sender Spoofing Attacks_, USENIX Security 2021, <https://arxiv.org/abs/2011.08420>',
  ],
  attacks: [
    {
      id: 'weak-links/account-and-envelope',
      what: 'An account of a service sends with the MAIL FROM and From of another account there.',
      accepted: ANY,
      byDesign: 'Only the service knows who logged in. Its domain is confirmed, as it says so itself.',
      make: (d) => {
        const { target } = stage(d);
        d.write({ from: target.mailbox });
        d.sign(target.domain.name);
        arrive(d, target.domain, undefined, target.address);
      },
    },
    attack(
      'envelope-and-from',
      'MAIL FROM of the attacker passes SPF; From names the target.',
      (d, { target, evil }) => {
        d.write({ from: target.mailbox });
        arrive(d, evil, ['spf=pass smtp.mailfrom=' + `any@${evil.name}`]);
      },
    ),
    attack('empty-envelope', 'MAIL FROM is empty, and HELO passes SPF.', (d, { target, evil }) => {
      d.write({ from: target.mailbox });
      d.deliver({ from: evil, mailFrom: '', results: [`spf=pass smtp.helo=${evil.host}`] });
    }),
    attack('several-from', 'Two From fields, one of them signed for.', (d, { target, evil }) => {
      d.write({ from: `Friend <friend@${evil.name}>` });
      d.sign(evil.name);
      d.append(`From: ${target.mailbox}`);
      arrive(d, evil);
    }),
    attack('several-addresses', 'Several addresses in From, one of them signed for.', (d, { target, evil }) => {
      d.write({ from: `${target.mailbox}, <second@${evil.name}>` });
      d.sign(evil.name);
      arrive(d, evil);
    }),
    attack('list-of-empty-addresses', 'Empty addresses before the one that is meant.', (d, { target, evil }) => {
      d.write({ from: `<>, ,${target.address}, <second@${evil.name}>` });
      d.sign(evil.name);
      arrive(d, evil);
    }),
    attack('cut-off', 'A control character behind the address of the target cuts it off.', (d, { target, evil }) => {
      d.write({ from: `${target.address}\x00<any@${evil.name}>` });
      d.sign(evil.name);
      arrive(d, evil);
    }),
    attack('encoding', 'The local part is an encoded word that spells a whole address.', (d, { target, evil }) => {
      d.write({ from: `${encodedWord(target.address)}${encodedWord('\0')}@${evil.name}` });
      d.sign(evil.name);
      arrive(d, evil);
    }),
    attack(
      'subdomain',
      'From is of a subdomain that does not exist, below a domain with a policy.',
      (d, { target, evil }) => {
        d.write({ from: `Accounts <admin@nowhere.${target.domain.name}>` });
        arrive(d, evil);
      },
    ),
    {
      id: 'weak-links/forwarded-by-a-service',
      what: 'A service forwards a forged message to any address, with an envelope of its own that passes SPF and its signature on top.',
      accepted: ALARM,
      make: (d) => {
        const [{ target, evil }, service] = [stage(d), d.domain()];
        d.write({ from: target.mailbox });
        d.relay(evil, service.host);
        d.sign(service.name);
        arrive(d, service);
      },
    },
    {
      id: 'weak-links/signed-while-forwarding',
      what: 'The service of the target signs what it forwards, although it comes from outside.',
      accepted: ANY,
      byDesign: 'The signature of the domain in From is what there is to go by, and the domain made it.',
      make: (d) => {
        const { target, evil } = stage(d);
        d.write({ from: target.mailbox });
        d.relay(evil, target.domain.host);
        d.sign(target.domain.name);
        arrive(d, target.domain, undefined, `forwarded@${target.domain.name}`);
      },
    },
    attack('chain-of-a-stranger', 'An ARC set by the attacker says that all passed.', (d, { target, evil }) => {
      d.write({ from: target.mailbox });
      d.seal(evil.name, `dkim=pass header.d=${target.domain.name}; dmarc=pass header.from=${target.domain.name}`);
      arrive(d, evil);
    }),
    {
      id: 'weak-links/homograph',
      what: 'A domain drawn almost like the target, in letters of another alphabet, signs in its own name.',
      accepted: ALARM,
      make: (d) => {
        const evil = d.domain({ name: 'xn--pypal-4ve.example' });
        d.write({ from: `Service <service@${evil.name}>` });
        d.sign(evil.name);
        arrive(d, evil);
      },
    },
    attack('not-shown', 'Characters without a glyph in the name hide what it says.', (d, { evil }) => {
      d.write({ from: `${encodedWord('Your\u200B bank')} <any@${evil.name}>` });
      arrive(d, evil);
    }),
    attack('right-to-left', 'A direction override shows the name backwards.', (d, { evil }) => {
      d.write({ from: `${encodedWord('\u202Emoc.elpmaxe@nimda')} <any@${evil.name}>` });
      d.sign(evil.name);
      arrive(d, evil);
    }),
    {
      id: 'weak-links/no-policy',
      what: 'The plain forgery of a domain that publishes no policy.',
      accepted: UNCONFIRMED,
      byDesign: 'Much honest mail looks the same. It is shown as mail that nobody confirms.',
      make: (d) => {
        const { target, evil } = stage(d, null);
        d.write({ from: target.mailbox });
        arrive(d, evil);
      },
    },
  ],
};
