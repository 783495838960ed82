import { sealMessage as sealWithMailauth } from 'mailauth/lib/arc/index.js';
import { describe, expect, it } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { validateArc } from '../../src/arc/verify.ts';
import type { ArcReport } from '../../src/arc/types.ts';
import { LIMITS } from '../../src/limits.ts';
import { recordQuestions } from '../support/recording-resolver.ts';
import { keyRecord, rsaKey, ed25519Key, sealMessage, type SealOptions } from '../dkim/support/signer.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const key = rsaKey(1024);
const zone = {
  's._domainkey.example.com': { TXT: [keyRecord(key)] },
  's._domainkey.list.example': { TXT: [keyRecord(key)] },
};
const MESSAGE =
  'Received: by mx\r\nFrom: Ann <ann@example.org>\r\nTo: list@list.example\r\nSubject: Lunch\r\nDate: now\r\n\r\nAt noon?\r\n';

function seal(message: string, instance: number, options: Partial<SealOptions> = {}): string {
  return sealMessage(message, { key, instance, cv: instance === 1 ? 'none' : 'pass', ...options });
}

function validate(message: string, records: Parameters<typeof createZoneResolver>[0] = zone): Promise<ArcReport> {
  return validateArc(stringToOctets(message), { resolver: createZoneResolver(records), now: NOW });
}

/** A chain of that many sets over the unchanged message. */
function chain(length: number): string {
  let message = MESSAGE;
  for (let instance = 1; instance <= length; instance++) message = seal(message, instance);
  return message;
}

/** The message as a list sends it on: footer and Subject changed. */
function remail(message: string): string {
  return `${message.replace('Subject: ', 'Subject: [list] ')}-- \r\nlist\r\n`;
}

describe('validateArc (RFC 8617 §5.2)', () => {
  it('has no chain where there is no ARC field', async () => {
    expect(await validate(MESSAGE)).toEqual({ result: 'none', reason: 'no-chain', oldestPass: null, instances: [] });
  });

  it.each([1, 2, 5])('passes a chain of %i and names the sealer', async (length) => {
    const report = await validate(seal(chain(length - 1), length, { domain: 'list.example' }));
    expect(report).toMatchObject({ result: 'pass', reason: null, oldestPass: 0, sealer: 'list.example' });
    expect(report.instances.map(({ instance }) => instance)).toEqual(Array.from({ length }, (_, at) => at + 1));
  });

  it('shows each set', async () => {
    const [set] = (await validate(chain(1))).instances;
    expect(set).toMatchObject({
      instance: 1,
      authenticationResults: { field: 2, value: 'example.com; dkim=pass' },
      messageSignature: {
        field: 1,
        result: 'pass',
        domain: 'example.com',
        selector: 's',
        algorithm: 'rsa-sha256',
        canonicalization: 'relaxed/relaxed',
        signedHeaders: ['from', 'to', 'subject', 'date'],
        signedFields: [4, 5, 6, 7],
        keyBits: 1024,
      },
      seal: { field: 0, result: 'pass', chainValidation: 'none', keyName: 's._domainkey.example.com' },
    });
  });

  it('says since when the message is unchanged (§5.2 step 5)', async () => {
    const report = await validate(seal(seal(remail(chain(2)), 3), 4));
    expect(report).toMatchObject({ result: 'pass', oldestPass: 3 });
    expect(report.instances.map(({ messageSignature }) => messageSignature?.result)).toEqual([
      'fail',
      'fail',
      'pass',
      'pass',
    ]);
  });

  it.each<[string, string, (message: string) => string]>([
    ['a changed body', 'message-signature-invalid', (message) => `${message}more\r\n`],
    ['a changed Subject', 'message-signature-invalid', (message) => message.replace('Lunch', 'Dinner')],
    [
      'changed results of the first hop',
      'seal-invalid',
      (message) => message.replace(/dkim=pass(?=\r\nReceived)/, 'dkim=fail'),
    ],
    ['a damaged older seal', 'seal-invalid', (message) => message.replace(/cv=none/, 'n=x; cv=none')],
    ['a missing seal', 'field-missing', (message) => message.replace(/ARC-Seal:[^]*?(?=ARC-Message)/, '')],
    ['missing results', 'field-missing', (message) => message.replace(/ARC-Auth.*\r\n/, '')],
    ['a repeated field', 'field-repeated', (message) => `ARC-Authentication-Results: i=1; x\r\n${message}`],
    ['an instance out of range', 'instance-invalid', (message) => message.replace('i=1;', 'i=51;')],
    ['an instance that is no number', 'instance-invalid', (message) => message.replace('i=1;', 'i=x;')],
    ['a seal without cv=', 'chain-status-wrong', (message) => message.replace('cv=pass', 'v=pass')],
    ['a second cv=none', 'chain-status-wrong', (message) => message.replace('cv=pass', 'cv=none')],
    ['a seal that says fail', 'chain-declared-failed', (message) => message.replace('cv=pass', 'cv=fail')],
    ['h= in a seal (§4.1.3)', 'seal-invalid', (message) => message.replace('cv=pass', 'h=from; cv=pass')],
  ])('%s: %s', async (_, reason, damage) => {
    expect(await validate(damage(chain(2)))).toMatchObject({ result: 'fail', reason, oldestPass: null });
  });

  it('wants instances without gaps', async () => {
    expect(await validate(seal(chain(1), 3))).toMatchObject({ result: 'fail', reason: 'instance-gap' });
  });

  it.each<[string, Partial<SealOptions>]>([
    ['names ARC-Seal in h= (§4.1.2)', { headers: ['From', 'ARC-Seal'] }],
    ['does not sign From (RFC 6376 §5.4)', { headers: ['To', 'Subject'] }],
    ['is from the future', { tags: { t: String(NOW.getTime() / 1000 + 3600) } }],
    ['lacks bh=', { tags: { bh: null } }],
  ])('refuses a message signature that %s', async (_, options) => {
    expect(await validate(seal(MESSAGE, 1, options))).toMatchObject({
      result: 'fail',
      reason: 'message-signature-invalid',
    });
  });

  it('refuses keys under 1024 bits (RFC 8301 §3.2)', async () => {
    const tiny = rsaKey(1016);
    const report = await validate(seal(MESSAGE, 1, { key: tiny }), {
      's._domainkey.example.com': { TXT: [keyRecord(tiny)] },
    });
    expect(report).toMatchObject({ result: 'fail', reason: 'message-signature-invalid' });
    expect(report.instances[0]?.seal?.reason).toBe('key-too-small');
  });

  it('verifies Ed25519', async () => {
    const ed = ed25519Key();
    const records = { 's._domainkey.example.com': { TXT: [keyRecord(ed)] } };
    expect((await validate(seal(MESSAGE, 1, { key: ed }), records)).result).toBe('pass');
  });

  it('fails with its own reason where a key cannot be asked for', async () => {
    const report = await validate(chain(1), { 's._domainkey.example.com': { TXT: 'SERVFAIL' } });
    expect(report).toMatchObject({ result: 'fail', reason: 'key-unavailable' });
  });
});

describe('work', () => {
  it('asks nothing where the structure is wrong, and once for each key otherwise', async () => {
    const resolver = recordQuestions(createZoneResolver(zone));
    await validateArc(stringToOctets(seal(chain(1), 3)), { resolver, now: NOW });
    expect(resolver.questions).toEqual([]);
    const pending = validateArc(stringToOctets(seal(chain(3), 4, { domain: 'list.example' })), { resolver, now: NOW });
    expect(resolver.questions).toHaveLength(2);
    expect((await pending).result).toBe('pass');
    expect(resolver.questions).toHaveLength(2);
  });

  it('verifies all seals but only the newest message signatures', async () => {
    const report = await validate(chain(LIMITS.signatures + 2));
    expect(report).toMatchObject({ result: 'pass', oldestPass: 3 });
    expect(report.instances[1]?.messageSignature).toMatchObject({ result: 'none', reason: 'not-checked' });
    expect(report.instances.every((set) => set.seal?.result === 'pass')).toBe(true);
  });

  it('reads no more than 50 sets (§4.2.1)', async () => {
    const fields = Array.from({ length: 200 }, () => 'ARC-Seal: i=1; cv=none\r\n').join('');
    expect(await validate(fields + MESSAGE)).toMatchObject({ result: 'fail', reason: 'too-many-sets' });
  });

  it('survives JSON', async () => {
    const report = await validate(chain(2));
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const resolver = createZoneResolver(zone);
    await expect(validateArc(stringToOctets(chain(1)), { resolver, now: NOW, signal })).rejects.toThrow('enough');
  });
});

describe('sealed by mailauth', () => {
  const privateKey = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  it.each(['none', 'pass'])('after a chain of cv=%s', async (cv) => {
    const received = cv === 'none' ? MESSAGE : chain(1);
    const options = {
      signingDomain: 'list.example',
      selector: 's',
      privateKey,
      signTime: new Date('2026-06-01T10:00:00Z'),
      authResults: 'list.example; dkim=pass', // missing from its types
      cv,
    };
    const headers = await sealWithMailauth(Buffer.from(received, 'latin1'), options);
    const report = await validate(headers.toString('latin1') + received);
    expect(report).toMatchObject({ result: 'pass', reason: null, sealer: 'list.example', oldestPass: 0 });
  });
});
