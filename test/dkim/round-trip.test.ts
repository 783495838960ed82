/** Verdicts on what other implementations sign: mailauth, and Debian's python3-dkim where it is installed. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { describe, expect, it } from 'vitest';
import { NOW, verdict, verifyAll, zoneOf } from './support/check.ts';
import { ed25519Key, keyRecord, rsaKey, signMessage, type SigningKey } from './support/signer.ts';

const MESSAGE =
  'Received: by mx.example.net; Mon, 1 Jun 2026 10:00:00 +0000\r\nFrom: Ann <ann@example.com>\r\n' +
  'To: bob@example.org,\r\n\tcarol@example.org\r\nSubject: Caf\xc3\xa9  \r\nDate: Mon, 1 Jun 2026 10:00:00 +0000\r\n' +
  'MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDear  Bob, \r\n\r\n\tcaf\xc3\xa9\t at noon?\r\n\r\n\r\n';

const keys = { rsa: rsaKey(), ed25519: ed25519Key() };
const FORMS = ['simple/simple', 'simple/relaxed', 'relaxed/simple', 'relaxed/relaxed'];

/** Changes any verifier must see, and one that each canonicalization decides on. */
const DAMAGE: readonly (readonly [string, (message: string) => string, (form: string) => string])[] = [
  ['none', (message) => message, () => 'pass'],
  ['line ends', (message) => message.replaceAll('\r\n', '\n'), () => 'pass'],
  ['a word of the body', (message) => message.replace('noon', 'nine'), () => 'fail body-hash-mismatch'],
  ['a footer', (message) => `${message}-- \r\nlist\r\n`, () => 'fail body-hash-mismatch'],
  ['the Subject', (message) => message.replace('Subject: ', 'Subject: [list] '), () => 'fail signature-mismatch'],
  ['a field taken away', (message) => message.replace(/^Date: .*\r\n/m, ''), () => 'fail signature-mismatch'],
  [
    'blanks in the body',
    (message) => message.replace('Dear  Bob, ', 'Dear Bob,'),
    (form) => (form.endsWith('relaxed') ? 'pass' : 'fail body-hash-mismatch'),
  ],
  [
    'folding of a field',
    (message) => message.replace('org,\r\n\tcarol', 'org, carol'),
    (form) => (form.startsWith('relaxed') ? 'pass' : 'fail signature-mismatch'),
  ],
];

async function expectVerdicts(signed: string, key: SigningKey, form: string, now = NOW): Promise<void> {
  for (const [what, damage, expected] of DAMAGE) {
    const reports = await verifyAll(damage(signed), zoneOf(keyRecord(key)), { now });
    expect([what, ...reports.map(verdict)]).toEqual([what, expected(form)]);
  }
}

const cases = Object.entries(keys).flatMap(([name, key]) => FORMS.map((form) => [name, form, key] as const));

describe('signed by the words of the RFC', () => {
  it.each(cases)('%s %s', async (_, form, key) => {
    const headers = ['from', 'to', 'subject', 'date', 'received'];
    await expectVerdicts(signMessage(MESSAGE, { key, canonicalization: form, headers }), key, form);
  });
});

describe('signed by mailauth', () => {
  it.each(cases)('%s %s', async (_, form, key) => {
    const signer = {
      signingDomain: 'example.com',
      selector: 's',
      algorithm: `${key.type}-sha256`,
      privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    const signTime = new Date('2026-06-01T10:00:00Z');
    // It reads the signer from signatureData, whatever its types say.
    const options = { ...signer, canonicalization: form, signTime, signatureData: [signer] };
    const result = await dkimSign(Buffer.from(MESSAGE, 'latin1'), options);
    expect(result.errors).toEqual([]);
    await expectVerdicts(result.signatures + MESSAGE, key, form);
  });
});

const PYTHON = '/usr/bin/python3';
const dkimpy = existsSync(PYTHON) && existsSync('/usr/lib/python3/dist-packages/dkim/__init__.py');
if (!dkimpy) console.info('python3-dkim is not installed: its round trips are skipped');

describe.skipIf(!dkimpy)('signed by dkimpy', () => {
  const script = `
import base64, dkim, sys
header, body = (form.encode() for form in sys.argv[1].split('/'))
message = sys.stdin.buffer.read()
key = sys.argv[2].encode()
algorithm = sys.argv[3].encode()
sys.stdout.buffer.write(dkim.sign(message, b's', b'example.com', key, canonicalize=(header, body),
    include_headers=[b'from', b'to', b'subject', b'date'], signature_algorithm=algorithm))
`;
  it.each(cases)('%s %s', async (_, form, key) => {
    // dkimpy wants RSA keys as PEM and Ed25519 keys as the bare seed in base64.
    const der = key.privateKey.export({ type: 'pkcs8', format: 'der' });
    const secret =
      key.type === 'rsa'
        ? key.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
        : der.subarray(-32).toString('base64');
    const args = ['-c', script, form, secret, `${key.type}-sha256`];
    const field = execFileSync(PYTHON, args, { input: Buffer.from(MESSAGE, 'latin1') });
    await expectVerdicts(field.toString('latin1') + MESSAGE, key, form, new Date()); // it signs with t= of the clock
  });
});
