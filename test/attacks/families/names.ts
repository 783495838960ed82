/** Games with who is above whom, and with answers of DNS. */
import type { Draft } from '../../judgement/support/draft.ts';
import { ALARM, ANY, arrive, stage, UNVERIFIED, type Attack, type Family, type Stage } from '../support/attack.ts';

/** Two customers of one registry, which publishes a record; one signs for the other. */
function registry(id: string, what: string, suffix: string, record: string): Attack {
  return {
    id: `registry/${id}`,
    what,
    accepted: UNVERIFIED,
    byDesign: 'Neighbours below a registry are strangers: it counts as signed by somebody else, never as verified.',
    make: (d) => {
      const [bank, evil] = [d.domain({ name: `quillbank.${suffix}` }), d.domain({ name: `zestfield.${suffix}` })];
      d.zone[`_dmarc.${suffix}`] = { TXT: [record] };
      d.write({ from: d.role(bank, 'service', 'Service').mailbox });
      d.sign(evil.name);
      arrive(d, evil);
    },
  };
}

function signedBy(id: string, what: string, sign: (d: Draft, s: Stage) => void, tags = ''): Attack {
  return {
    id: `registry/${id}`,
    what,
    accepted: ALARM,
    make: (d) => {
      const s = stage(d, 'reject', tags);
      d.write({ from: s.target.mailbox });
      sign(d, s);
      arrive(d, s.evil);
    },
  };
}

export const REGISTRY: Family = {
  title: 'Registries and delegation',
  about: 'Domains that share a name above them, and domains that claim to be authorized.',
  sources: ['RFC 5016 §5.3', 'RFC 6541 §9', 'RFC 7489 §3.1 and §10.4', 'RFC 9091'],
  attacks: [
    registry(
      'neighbour',
      'A neighbour below a public suffix signs, and the suffix has a DMARC record.',
      'co.uk',
      'v=DMARC1; p=none',
    ),
    registry(
      'neighbour-psd',
      'The same, where the record says that the suffix is one.',
      'co.uk',
      'v=DMARC1; p=reject; psd=y',
    ),
    registry(
      'neighbour-not-psd',
      'The same, where the record says that the suffix is an organization.',
      'com.au',
      'v=DMARC1; p=none; psd=n',
    ),
    registry(
      'neighbour-host',
      'A neighbour at a host that gives away subdomains signs.',
      'github.io',
      'v=DMARC1; p=none',
    ),
    signedBy(
      'strict',
      'A subdomain signs although the domain asks for the very name.',
      (d, s) => d.sign(`lab.${s.target.domain.name}`),
      '; adkim=s',
    ),
    signedBy('suffix-of-text', 'The signing domain ends in the same letters.', (d, s) =>
      d.sign(`evil${s.target.domain.name}`),
    ),
    signedBy('prefix-of-text', 'The signing domain begins with the name of the target.', (d, s) =>
      d.sign(`${s.target.domain.name}.${s.evil.name}`),
    ),
    signedBy('identity', 'i= names the target, d= the attacker.', (d, s) =>
      d.sign(s.evil.name, { tags: { i: `@${s.target.domain.name}` } }),
    ),
    signedBy(
      'self-authorized',
      'The attacker says in atps= that the target authorized them; the target has no such record.',
      (d, s) => d.sign(s.evil.name, { tags: { atps: s.target.domain.name, atpsh: 'none' } }),
    ),
    signedBy('authorized-by-the-attacker', 'The record of authorization is in the attacker’s own domain.', (d, s) => {
      d.zone[`${s.evil.name}._atps.${s.evil.name}`] = { TXT: ['v=ATPS1; d=*'] };
      d.sign(s.evil.name, { tags: { atps: s.evil.name, atpsh: 'none' } });
    }),
    signedBy('top-level', 'd= is the top-level domain.', (d) => d.sign('example')),
  ],
};

/** An enforced policy, a forged message, and something odd in DNS. */
function odd(id: string, what: string, make: (d: Draft, s: Stage) => void): Attack {
  return {
    id: `dns/${id}`,
    what,
    accepted: ALARM,
    make: (d) => {
      const s = stage(d);
      d.write({ from: s.target.mailbox });
      make(d, s);
      arrive(d, s.evil);
    },
  };
}

export const DNS: Family = {
  title: 'DNS that lies or is silent',
  about:
    'Answers about signed zones are proved in the program itself (docs/dnssec.md). What a name server says of an unsigned zone is believed; what an attacker chooses is which names are asked.',
  sources: ['RFC 6376 §8.5', 'RFC 4033 §12', 'RFC 7208 §11.1'],
  attacks: [
    odd('key-fails', 'A made-up signature of the target, for a selector that answers SERVFAIL.', (d, s) =>
      d.forgeSignature(s.target.domain.name, 'lame', 'SERVFAIL'),
    ),
    odd('key-times-out', 'The same for a selector that does not answer.', (d, s) =>
      d.forgeSignature(s.target.domain.name, 'lame', 'TIMEOUT'),
    ),
    odd('key-missing', 'The same for a selector that does not exist.', (d, s) =>
      d.forgeSignature(s.target.domain.name, 'gone', null),
    ),
    odd('key-revoked', 'The same for a key that was revoked.', (d, s) =>
      d.forgeSignature(s.target.domain.name, 'old', ['v=DKIM1; p=']),
    ),
    odd('stranger-fails', 'A made-up signature of a stranger’s domain that answers SERVFAIL.', (d, s) =>
      d.forgeSignature(s.evil.name, 'lame', 'SERVFAIL'),
    ),
    odd('alias-loop', 'A made-up signature for a selector that is an alias of itself.', (d, s) => {
      const name = `loop._domainkey.${s.target.domain.name}`;
      d.zone[name] = { CNAME: [name] };
      d.forgeSignature(s.target.domain.name, 'loop', null);
    }),
    odd('spf-loop', 'The attacker’s SPF record includes itself.', (d, s) => {
      d.zone[s.evil.name] = { TXT: [`v=spf1 include:${s.evil.name} -all`] };
    }),
    odd('spf-fails', 'The attacker’s SPF record includes a name that answers SERVFAIL.', (d, s) => {
      d.zone[s.evil.name] = { TXT: [`v=spf1 include:lame.${s.evil.name} -all`] };
      d.zone[`lame.${s.evil.name}`] = { TXT: 'SERVFAIL' };
    }),
    {
      id: 'dns/policy-fails',
      what: 'The name servers of the target do not answer for its policy, which was never seen before.',
      accepted: ['unchecked', ...ALARM],
      byDesign: 'What cannot be asked is shown as not checked. A policy that was seen before still counts.',
      make: (d) => {
        const { target, evil } = stage(d);
        d.zone[`_dmarc.${target.domain.name}`] = { TXT: 'SERVFAIL' };
        d.write({ from: target.mailbox });
        arrive(d, evil);
      },
    },
    {
      id: 'dns/no-such-domain',
      what: 'From is of a domain that does not exist.',
      accepted: ALARM,
      make: (d) => {
        d.write({ from: 'Service <service@nothing-here.example>' });
        arrive(d, d.domain());
      },
    },
    {
      id: 'dns/lying-server',
      what: 'An answer about an unsigned zone was forged on its way, and holds the attacker’s key.',
      accepted: ANY,
      byDesign: 'Nothing in the answer shows it. DNS over HTTPS keeps third parties away, DNSSEC the resolver as well.',
      make: (d) => {
        const { target, evil } = stage(d);
        d.write({ from: target.mailbox });
        d.sign(target.domain.name, { selector: 'forged' });
        arrive(d, evil);
      },
    },
  ],
};
