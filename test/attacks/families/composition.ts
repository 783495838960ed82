/** Two programs that read the same octets differently: one authenticates, the other shows. */
import { encodedWord, type Draft } from '../../judgement/support/draft.ts';
import { ALARM, ANY, arrive, stage, UNVERIFIED, type Attack, type Family, type Stage } from '../support/attack.ts';

/** A stranger's message with a From of its own making; signed by the stranger, which confirms the stranger alone. */
function from(id: string, what: string, lines: (s: Stage) => readonly string[], signed = false): Attack {
  const make = (d: Draft): void => {
    const s = stage(d);
    d.write({ from: s.target.mailbox });
    d.edit((message) => message.replace(/^From: .*$/m, () => lines(s).join('\r\n')));
    if (signed) d.sign(s.evil.name);
    arrive(d, s.evil);
  };
  return { id: `composition/${id}`, what, accepted: ALARM, make };
}

/** The envelope sender that the reader's server wrote down, and the words it reported it in. */
function envelope(id: string, what: string, mailFrom: (s: Stage) => string): Attack {
  const make = (d: Draft): void => {
    const s = stage(d);
    d.write({ from: s.target.mailbox });
    arrive(d, s.evil, [`spf=pass smtp.mailfrom=${mailFrom(s)}`, 'dkim=none'], mailFrom(s));
  };
  return { id: `composition/${id}`, what, accepted: ALARM, make };
}

/** A signature that verifies for a name the stranger made, and what the reader's server said of it. */
function signer(id: string, what: string, domain: (s: Stage) => string, selector: (s: Stage) => string): Attack {
  const make = (d: Draft): void => {
    const s = stage(d);
    d.write({ from: s.target.mailbox });
    d.sign(s.evil.name, { selector: 'selector' });
    d.sign(domain(s), { selector: selector(s), record: null });
    arrive(d, s.evil, [`dkim=pass header.d=${domain(s)} header.s=${selector(s)}`]);
  };
  return { id: `composition/${id}`, what, accepted: ALARM, make };
}

const OWN_SERVICE =
  'The service signs in the name of its own domain, and it alone knows which of its people wrote. A domain is confirmed, not a person.';

export const COMPOSITION: Family = {
  title: 'Composition kills',
  about:
    'One component authenticates one name, another shows a different one. The numbers are those of the test cases the authors published.',
  sources: [
    'Jianjun Chen, Vern Paxson, Jian Jiang: _Composition Kills: A Case Study of Email Sender Authentication_, USENIX Security 2020',
    'Jianjun Chen: _espoofer_, <https://github.com/chenjj/espoofer>',
  ],
  attacks: [
    {
      id: 'composition/a1',
      what: 'MAIL FROM is of a subdomain that does not exist, and HELO passes SPF.',
      accepted: ALARM,
      make: (d) => {
        const { target, evil } = stage(d);
        const mailFrom = `any@mailfrom.notexist.${target.domain.name}`;
        d.write({ from: target.mailbox });
        arrive(d, evil, [`spf=none smtp.mailfrom=${mailFrom}`, `spf=pass smtp.helo=${evil.host}`], mailFrom);
      },
    },
    {
      id: 'composition/a1-reported',
      what: 'The same, where the server that the reader believes takes the pass for HELO as one for MAIL FROM.',
      accepted: UNVERIFIED,
      byDesign:
        'A server the reader believes is believed about what it alone saw. Its word makes no message verified, and names it as the one who said so.',
      make: (d) => {
        const { target, evil } = stage(d);
        const mailFrom = `any@mailfrom.notexist.${target.domain.name}`;
        d.write({ from: target.mailbox });
        arrive(d, evil, [`spf=pass smtp.mailfrom=${mailFrom}`], mailFrom);
      },
    },
    envelope('a2', 'MAIL FROM begins with a parenthesis, so that some read it as empty.', ({ target }) => {
      return `(any@${target.domain.name}`;
    }),
    signer(
      'a3',
      'A NUL in the selector ends the name that is asked in DNS, not the one that is compared.',
      ({ target }) => target.domain.name,
      ({ evil }) => `selector._domainkey.${evil.name}.\0.any`,
    ),
    signer(
      'a4',
      'A single quote in d= hides the end of the domain from who reads the results.',
      ({ target, evil }) => `${target.domain.name}'a.${evil.name}`,
      () => 'selector',
    ),
    envelope('a5', 'A parenthesis in MAIL FROM starts a comment in the results.', ({ target, evil }) => {
      return `any@${target.domain.name}(a.${evil.name}`;
    }),
    envelope('a6', 'A single quote in MAIL FROM ends the address in the results.', ({ target, evil }) => {
      return `any@${target.domain.name}'@any.${evil.name}`;
    }),
    envelope('a7', 'MAIL FROM has a route that names the target.', ({ target, evil }) => {
      return `@${target.domain.name},@any.example:'any@${evil.name}`;
    }),
    from('a8', 'Two From fields.', ({ target, evil }) => [`From: <first@${evil.name}>`, `From: <${target.address}>`]),
    from('a9', 'Two From fields, a blank before the first.', ({ target, evil }) => [
      ` From: <first@${evil.name}>`,
      `From: <${target.address}>`,
    ]),
    from('a10', 'Two From fields, a blank before the colon of the second.', ({ target, evil }) => [
      `From: <first@${evil.name}>`,
      `From : <${target.address}>`,
    ]),
    from('a11', 'Two From fields, the name of the first folded before its colon.', ({ target, evil }) => [
      'From',
      ` : <first@${evil.name}>`,
      `From: <${target.address}>`,
    ]),
    from('a12', 'A From field only some can read, and a Sender that others show in its place.', ({ target, evil }) => [
      'From',
      ` : <first@${evil.name}>`,
      `Sender: <${target.address}>`,
    ]),
    from('a13', 'A From field only some can read, and a Resent-From.', ({ target, evil }) => [
      'From',
      ` : <first@${evil.name}>`,
      `Resent-From: <${target.address}>`,
    ]),
    from(
      'a14',
      'Two addresses in From, one of them signed for.',
      ({ target, evil }) => [`From: <first@${evil.name}>, <${target.address}>`],
      true,
    ),
    from(
      'a15',
      'The address is an encoded word, which some decode before they read it.',
      ({ target, evil }) => [`From: ${encodedWord(`<${target.address}>`)},<second@${evil.name}>`],
      true,
    ),
    from(
      'a16',
      'A route before the address.',
      ({ target, evil }) => [`From: <@${evil.name},@any.example:${target.address}>`],
      true,
    ),
    from(
      'a17',
      'A backslash before the comma between two addresses.',
      ({ target, evil }) => [`From: <${target.address}>\\,<second@${evil.name}>`],
      true,
    ),
    from(
      'a18',
      'A bare address before one in angle brackets.',
      ({ target, evil }) => [`From: ${target.address},<second@${evil.name}>`],
      true,
    ),
    from(
      'a19',
      'An address behind the angle brackets.',
      ({ target, evil }) => [`From: <any@${evil.name}>${target.address}`],
      true,
    ),
    {
      id: 'composition/client-a1',
      what: 'Somebody with an account at the service of their target sends two From fields, and the service signs them.',
      accepted: ALARM,
      make: (d) => {
        const { target } = stage(d);
        d.write({ from: target.mailbox, fields: [`From: <attacker@${target.domain.name}>`] });
        d.sign(target.domain.name);
        arrive(d, target.domain);
      },
    },
    {
      id: 'composition/client-a2',
      what: 'Somebody with an account at the service of their target names both in From, and the service signs it.',
      accepted: ANY,
      byDesign: OWN_SERVICE,
      make: (d) => {
        const { target } = stage(d);
        const own = `attacker@${target.domain.name}`;
        d.write({ from: `<${own}>, <${target.address}>`, fields: [`Sender: <${own}>`] });
        d.sign(target.domain.name);
        arrive(d, target.domain);
      },
    },
    {
      id: 'composition/client-a3',
      what: 'Somebody with an account at the service of their target writes in their name, and the service signs it.',
      accepted: ANY,
      byDesign: OWN_SERVICE,
      make: (d) => {
        const { target } = stage(d);
        d.write({ from: target.mailbox });
        d.sign(target.domain.name);
        arrive(d, target.domain, undefined, `attacker@${target.domain.name}`);
      },
    },
  ],
};
