/** What the panel says of delivery reports and of end-to-end protection, in the English words. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { protectionRows } from '../../../../extension/ui/report/protection.ts';
import { utf8ToBytes } from '../../../../src/bytes/ascii.ts';
import { createZoneResolver } from '../../../../src/dns/zone.ts';
import { parseMessage } from '../../../../src/message/parse.ts';
import type { ProtectedPart } from '../../../../src/message/protection.ts';
import { readStructure } from '../../../../src/message/structure.ts';
import { checkDeliveryReport } from '../../../../src/trace/delivery/check.ts';
import { OWNERSHIP_REASONS } from '../../../../src/trace/delivery/types.ts';
import { FAILED, reportMessage, type ReportParts } from '../../../trace/delivery/support.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { viewDelivery } = await import('../../../../extension/ui/report/delivery.ts');
const { fill, keyOf } = await import('../../../../extension/ui/words.ts');

const words = JSON.parse(
  readFileSync(new URL('../../../../extension/public/_locales/en/messages.json', import.meta.url), 'utf8'),
) as Record<string, { readonly message: string }>;
const t = (key: string, params: Readonly<Record<string, string>> = {}): string => {
  const entry = words[key];
  if (!entry) throw new Error(`no message for ${key}`);
  return fill(entry.message, params);
};

async function view(parts: Partial<ReportParts> = {}) {
  const raw = utf8ToBytes(reportMessage({ type: 'delivery-status', status: FAILED, ...parts }));
  const report = await checkDeliveryReport(readStructure(parseMessage(raw)), {
    resolver: createZoneResolver({}),
    now: new Date('2026-11-22T08:00:00Z'),
    verify: true,
  });
  return viewDelivery(report, t);
}

describe('a delivery report in the panel', () => {
  it('is nothing where the message is none', () => {
    expect(viewDelivery(null, t)).toBeNull();
  });

  it('says what became of the message in words, with the code and what the server said', async () => {
    expect((await view())?.recipients).toEqual([
      {
        address: 'bob@inner.far.example',
        outcome: 'Failed permanently (the address)',
        rows: [
          { label: 'Action', text: 'failed' },
          { label: 'Status', text: '5.1.1' },
          { label: 'According to', text: 'inner.far.example' },
          { label: 'What it said', text: '550 5.1.1 <bob@inner.far.example>: no such user' },
        ],
      },
    ]);
  });

  it.each([
    ['2.0.0', 'Delivered (no reason given)'],
    ['4.4.7', 'Not delivered yet (the network)'],
    ['5.99.1', 'Failed permanently (no reason given)'],
    ['none', 'delayed'],
  ])('has words for the status code %s (RFC 3463 §3)', async (status, outcome) => {
    const group = ['Reporting-MTA: dns;a', '', 'Final-Recipient: rfc822;b', 'Action: delayed', `Status: ${status}`];
    expect((await view({ status: group }))?.recipients[0]?.outcome).toBe(outcome);
  });

  it('shows what came back, with everybody who says to have handled it', async () => {
    const returned = [
      'Received: from a.example by b.example; Sun, 22 Nov 2026 07:00:00 +0000',
      'DKIM-Signature: v=1; a=rsa-sha256; d=far.example; s=s; h=from; bh=AAAA; b=AAAA',
      'OPES-System: https://filter.example/',
      'From: Ann <ann@home.example>',
      '',
      '',
    ].join('\r\n');
    const rows = (await view({ returned }))?.returned ?? [];
    expect(rows.map(({ label, text }) => `${label}: ${text}`)).toEqual([
      'How much of it: The message',
      'From: Ann <ann@home.example>',
      'Signed by: far.example',
      'Handled by: https://filter.example/',
      'Server: a.example → b.example',
    ]);
    expect((await view())?.returned).toBeNull();
  });

  it('has words for every answer to whose mail it was, and every kind of report', () => {
    for (const reason of Object.keys(OWNERSHIP_REASONS)) expect(t(keyOf('delivery_owner', reason))).not.toBe('');
    for (const kind of ['delivery-status', 'disposition-notification', 'feedback-report'])
      expect(t(keyOf('delivery', kind))).not.toBe('');
  });
});

describe('end-to-end protection in the panel', () => {
  const part: ProtectedPart = {
    kind: 'smime',
    encrypted: true,
    signed: false,
    part: '',
    inline: false,
    headerFields: null,
  };

  it('says of an encrypted part that intermediaries could not read it', () => {
    expect(protectionRows({ parts: [part], autocrypt: null }, t)).toEqual([
      {
        label: 'End-to-end protection',
        text: 'encrypted (S/MIME)',
        note: "Servers couldn't read this part.",
      },
    ]);
  });

  it('says of a signed one who would notice a change, and what is not protected', () => {
    const signed: ProtectedPart = { ...part, kind: 'openpgp', encrypted: false, signed: true, part: '1', inline: true };
    const [row] = protectionRows(
      { parts: [{ ...signed, headerFields: 'protected' }], autocrypt: 'ann@home.example' },
      t,
    );
    expect(row?.text).toBe('signed by the mail program (OpenPGP)');
    expect(row?.note).toContain("Countersign doesn't.");
    expect(row?.note).toContain('This is part 1 of the message');
    expect(row?.note).toContain('inside the text');
    expect(row?.note).toContain('header lines, too');
  });

  it('shows an Autocrypt field as the offer of a key', () => {
    expect(protectionRows({ parts: [], autocrypt: 'ann@home.example' }, t)).toEqual([
      { label: 'Offers a key (Autocrypt)', text: 'ann@home.example' },
    ]);
  });
});
