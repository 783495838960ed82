import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { LIMITS } from '../../src/limits.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { readProtection, type ProtectedPart, type ProtectionReport } from '../../src/message/protection.ts';
import { readStructure } from '../../src/message/structure.ts';

function protectionOf(...all: readonly string[]): ProtectionReport {
  const message = parseMessage(utf8ToBytes(all.join('\r\n')));
  return readProtection(message, readStructure(message));
}

const USUAL: ProtectedPart = {
  kind: 'openpgp',
  encrypted: false,
  signed: false,
  part: '',
  inline: false,
  headerFields: null,
};

/** DER: SEQUENCE { OBJECT IDENTIFIER 1.2.840.113549.1.7.n } with indefinite length, as programs begin such objects. */
const cms = (content: number): string =>
  Buffer.from(`308006092a864886f70d01070${content}a080`, 'hex').toString('base64');

/** A packet of that type, as armour begins with it. */
const armour = (first: number): string =>
  `-----BEGIN PGP MESSAGE-----\r\nComment: x\r\n\r\n${Buffer.from([first, 1, 2]).toString('base64')}\r\n-----END PGP MESSAGE-----`;

const signed = (protocol: string, payload: readonly string[] = ['', 'Hello']): readonly string[] => [
  `Content-Type: multipart/signed; micalg=pgp-sha512; protocol="${protocol}"; boundary=x`,
  '',
  '--x',
  ...payload,
  '--x',
  `Content-Type: ${protocol}`,
  '',
  'AAAA',
  '--x--',
];

describe('protection by the form of a message', () => {
  it.each<[string, readonly string[], Partial<ProtectedPart>]>([
    [
      'S/MIME enveloped',
      ['Content-Type: application/pkcs7-mime; smime-type=enveloped-data'],
      { kind: 'smime', encrypted: true },
    ],
    [
      'S/MIME with authenticated encryption',
      ['Content-Type: application/pkcs7-mime; smime-type=authEnveloped-data'],
      { kind: 'smime', encrypted: true },
    ],
    [
      'S/MIME opaque signed',
      ['Content-Type: application/x-pkcs7-mime; smime-type="signed-data"'],
      { kind: 'smime', signed: true },
    ],
    [
      'S/MIME enveloped, told by its content',
      ['Content-Type: application/pkcs7-mime', 'Content-Transfer-Encoding: base64', '', cms(3)],
      { kind: 'smime', encrypted: true },
    ],
    [
      'S/MIME signed, told by its content',
      ['Content-Type: application/pkcs7-mime', '', cms(2)],
      { kind: 'smime', signed: true },
    ],
    [
      'S/MIME known by its file name only',
      ['Content-Type: application/octet-stream; name=smime.p7m', '', cms(3)],
      { kind: 'smime', encrypted: true },
    ],
    ['S/MIME clear signed', signed('application/pkcs7-signature'), { kind: 'smime', signed: true }],
    ['S/MIME clear signed, older name', signed('application/x-pkcs7-signature'), { kind: 'smime', signed: true }],
    ['OpenPGP signed', signed('application/pgp-signature'), { signed: true }],
    [
      'OpenPGP signed, with header fields',
      signed('application/pgp-signature', ['Content-Type: text/plain; hp="clear"', '', 'a']),
      { signed: true, headerFields: 'protected' },
    ],
    [
      'OpenPGP signed, with header fields as before RFC 9788',
      signed('application/pgp-signature', ['Content-Type: text/plain; protected-headers="v1"', '', 'a']),
      { signed: true, headerFields: 'legacy' },
    ],
    [
      'OpenPGP encrypted',
      [
        'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=x',
        '',
        '--x',
        '',
        armour(0xc1),
        '--x--',
      ],
      { encrypted: true },
    ],
    ['armour, encrypted to a key', ['', 'See:', armour(0xc1)], { encrypted: true, inline: true }],
    ['armour, encrypted to a key, old packet form', ['', armour(0x85)], { encrypted: true, inline: true }],
    ['armour, encrypted with a password', ['', armour(0xc3)], { encrypted: true, inline: true }],
    ['armour, signed only', ['', armour(0xc4)], { signed: true, inline: true }],
    ['armour, compressed', ['', armour(0xa3)], { signed: true, inline: true }],
    [
      'armour around readable text',
      ['', '-----BEGIN PGP SIGNED MESSAGE-----', 'Hash: SHA512', '', 'a'],
      { signed: true, inline: true },
    ],
    [
      'armour in base64',
      ['Content-Transfer-Encoding: base64', '', Buffer.from(armour(0xc1)).toString('base64')],
      { encrypted: true, inline: true },
    ],
  ])('%s', (_, message, expected) => {
    expect(protectionOf(...message).parts).toEqual([{ ...USUAL, ...expected }]);
  });

  it.each<[string, readonly string[]]>([
    ['plain text', ['', 'Hello']],
    ['armour that does not begin a line', ['', '> -----BEGIN PGP MESSAGE-----']],
    ['a key', ['', '-----BEGIN PGP PUBLIC KEY BLOCK-----']],
    ['a list of certificates', ['Content-Type: application/pkcs7-mime; smime-type=certs-only', '', cms(2)]],
    ['compressed data', ['Content-Type: application/pkcs7-mime; smime-type=compressed-data']],
    ['something that is no such object', ['Content-Type: application/pkcs7-mime', '', 'Hello, there!']],
    ['a signature of another kind', signed('application/x-other')],
    ['a file', ['Content-Type: application/octet-stream; name=a.pdf', '', cms(3)]],
    ['armour in HTML', ['Content-Type: text/html', '', armour(0xc1)]],
  ])('is not seen in %s', (_, message) => {
    expect(protectionOf(...message).parts).toEqual([]);
  });

  it('says which part it covers: what a list put around it is not covered', () => {
    const { parts } = protectionOf(
      'Content-Type: multipart/mixed; boundary=out',
      '',
      '--out',
      ...signed('application/pgp-signature'),
      '--out',
      '',
      'A footer',
      '--out--',
    );
    expect(parts).toEqual([{ ...USUAL, signed: true, part: '1' }]);
  });

  it('tells what is inside a protected part with that part', () => {
    const inside = signed('application/pgp-signature', [
      'Content-Type: application/pkcs7-mime; smime-type=signed-data',
      '',
      '',
    ]);
    expect(protectionOf(...inside).parts).toHaveLength(1);
  });

  it('is told of a bounded number of parts', () => {
    const one = `--x\r\n\r\n${armour(0xc1)}\r\n`;
    const { parts } = protectionOf(
      'Content-Type: multipart/mixed; boundary=x',
      '',
      one.repeat(LIMITS.protectedParts + 3),
    );
    expect(parts).toHaveLength(LIMITS.protectedParts);
  });
});

describe('an Autocrypt field', () => {
  it.each([
    ['Autocrypt: addr=ann@example.org; prefer-encrypt=mutual; keydata=AAAA', 'ann@example.org'],
    ['Autocrypt: keydata=AAAA', null],
    ['Subject: x', null],
  ])('is a hint, no protection: %s', (field, autocrypt) => {
    expect(protectionOf(field, '', 'Hello')).toEqual({ parts: [], autocrypt });
  });
});
