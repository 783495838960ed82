/** The messages all verifiers are asked about: signed by each program, then damaged; and wrong from the start. */
import { BODY_DAMAGES, HEADER_DAMAGES } from './damage.ts';
import { PLAIN, SHAPES, type Shape } from './messages.ts';
import { ours } from './ours.ts';
import { dkimpy } from './dkimpy.ts';
import { mailDkim } from './mail-dkim.ts';
import { openDkim } from './opendkim.ts';
import type { Peer, Signing, Verdict } from './peer.ts';
import { DOMAIN, KEYS, WRONG_SIGNATURES } from './wrong-signatures.ts';

export interface Case {
  readonly name: string;
  readonly message: string;
  /** `fail`: either hash may be blamed. */
  readonly expected: Verdict;
}

/** Each signs, and each verifies what all of them sign. */
export const PROGRAMS: readonly Peer[] = [ours, dkimpy, mailDkim, openDkim];

const FORMS = ['simple/simple', 'simple/relaxed', 'relaxed/simple', 'relaxed/relaxed'];

/** What to sign: From and Subject once more than they occur, so that nobody adds another. */
const OVERSIGNED = ['from', 'to', 'subject', 'date', 'message-id', 'x-note', 'x-note', 'x-note', 'from', 'subject'];
const PLAINLY = ['from', 'to', 'subject', 'date'];

interface Job extends Signing {
  readonly name: string;
  readonly shape: Shape;
}

function jobsFor(signer: Peer): readonly Job[] {
  const job = (name: string, canonicalization: string, rest: Partial<Signing> = {}): Job[] => {
    const shape = SHAPES[name];
    if (shape === undefined || (shape.byOursOnly === true && signer !== ours)) return [];
    const key = rest.key ?? KEYS.rsa;
    const title = [name, canonicalization, key.type, rest.length === true ? 'l=' : '', `by ${signer.name}`];
    return [
      {
        name: title.filter((part) => part !== '').join(', '),
        shape,
        message: shape.message,
        key,
        domain: DOMAIN,
        selector: key.type,
        canonicalization,
        headers: PLAINLY,
        length: false,
        lifetime: 3600,
        ...rest,
      },
    ];
  };
  const [plain = ''] = Object.keys(SHAPES);
  return [
    ...FORMS.flatMap((form) => job(plain, form)),
    ...Object.keys(SHAPES)
      .filter((name) => name !== plain)
      .flatMap((name) =>
        ['simple/simple', 'relaxed/relaxed'].flatMap((form) => job(name, form, { headers: OVERSIGNED })),
      ),
    // Neither of the others can do these.
    ...(signer === mailDkim ? [] : job(plain, 'relaxed/relaxed', { key: KEYS.ed25519 })),
    ...(signer === ours || signer === dkimpy ? job(plain, 'relaxed/simple', { length: true }) : []),
  ];
}

export async function damagedCases(signer: Peer): Promise<readonly Case[]> {
  const jobs = jobsFor(signer);
  const signed = await signer.sign(jobs);
  return jobs.flatMap(({ name, shape, message }, at): readonly Case[] => {
    const text = signed[at];
    if (text === undefined) throw new Error(`not signed: ${name}`);
    const parts = { signature: text.slice(0, text.length - message.length), message };
    const damages = shape.thoroughly === true ? [...BODY_DAMAGES, ...HEADER_DAMAGES] : BODY_DAMAGES;
    return damages.flatMap((damage) => {
      const damaged = damage.apply(parts);
      return damaged === undefined
        ? []
        : [{ name: `${damage.name}; ${name}`, message: damaged, expected: damage.expected(parts) }];
    });
  });
}

export async function wrongCases(): Promise<readonly Case[]> {
  const messages = await ours.sign(
    WRONG_SIGNATURES.map(({ key = KEYS.rsa, selector = key.type, headers = ['from', 'date'], tags = {} }) => ({
      message: PLAIN,
      key,
      domain: DOMAIN,
      selector,
      canonicalization: 'relaxed/relaxed',
      headers,
      length: false,
      tags,
    })),
  );
  return WRONG_SIGNATURES.map(({ name, expected }, at) => ({ name, expected, message: messages[at] ?? '' }));
}
