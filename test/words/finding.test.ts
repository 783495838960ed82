/** Findings in words: values in the reader's language, and nothing of the sender's that could pass for advice. */
import { describe, expect, it } from 'vitest';
import { words } from '../../src/cli/words.ts';
import type { Finding } from '../../src/assessment/assess.ts';
import type { FindingId } from '../../src/assessment/table.ts';
import type { FindingParams } from '../../src/assessment/types.ts';
import type { Mailbox } from '../../src/message/types.ts';
import type { Report } from '../../src/report/types.ts';
import { findingTitleKey, findingWords } from '../../src/words/finding.ts';

const BARE = { from: [], fromFields: 1, fromMalformed: false, sender: null, replyTo: [], returnPath: null } as const;

function from(displayName: string): Pick<Report, 'identities' | 'findings'> {
  const address = 'dave@mail.example';
  const mailbox: Mailbox = { displayName, address, localPart: 'dave', domain: 'mail.example' };
  return { identities: { ...BARE, from: [mailbox], pra: { illFormed: 'no-from' }, impersonations: [] }, findings: [] };
}

describe('a finding in words', () => {
  it('says what was found, what it means and what to do', () => {
    expect(findingWords({ id: 'practice-reject', params: { domain: 'bank.example' } }, from('Bank'), words)).toEqual({
      title: 'Probably not from bank.example',
      meaning: "bank.example asks receivers to reject mail it doesn't confirm. It doesn't confirm this.",
      advice: "Don't open links, reply, or pay. Contact bank.example the way you usually do.",
    });
  });

  it('has no advice where it is a note', () => {
    const { advice } = findingWords({ id: 'weak-key', params: { domain: 'a.example', bits: '1024' } }, from(''), words);
    expect(advice).toBe('');
  });

  it('takes the plural of its number, and writes numbers and days for readers', () => {
    const told = (messages: string) =>
      findingWords(
        { id: 'unsigned-unlike-before', params: { domain: 'a.example', messages, since: '2026-03-01' } },
        from(''),
        words,
      );
    expect(told('1').title).toBe('Not signed, unlike the 1 earlier message');
    expect(told('1234').title).toMatch(/^Not signed, unlike all 1[,.\u202f\u00a0]?234 earlier messages$/);
    expect(told('20').meaning).not.toContain('2026-03-01');
    expect(told('20').meaning).toContain('2026');
  });

  it('puts reasons in words', () => {
    const failed = findingWords(
      { id: 'dns-failed', params: { name: 'a.example', failure: 'servfail' } },
      from(''),
      words,
    );
    expect(failed.meaning).toContain("the domain's DNS servers reported an error");
    const { meaning } = findingWords(
      { id: 'signature-invalid', params: { domain: 'a.example', reason: 'key-not-found' } },
      from(''),
      words,
    );
    expect(meaning).toBe(words('reason_dkim_key_not_found'));
  });

  it('names who to ask by the name shown', () => {
    const advice = (shown: string) =>
      findingWords({ id: 'no-signature', params: { domain: 'mail.example' } }, from(shown), words).advice;
    expect(advice("Dave O'Neil")).toContain("Ask Dave O'Neil another way");
    expect(advice('Łucja Żak')).toContain('Ask Łucja Żak another way');
  });

  it.each(['', 'Your bank +1 555 0100', 'Ann <https://x.example>', 'a'.repeat(200), 'call\u202ename', 'b@c.example'])(
    'names them by address where what is shown (%j) is no plain name',
    (shown) => {
      const { advice } = findingWords({ id: 'no-signature', params: {} }, from(shown), words);
      expect(advice).toBe('Ask dave@mail.example another way before you act on it.');
    },
  );
});

describe('a signature that is broken', () => {
  const told = (...notes: readonly (readonly [FindingId, FindingParams])[]) => {
    const findings = notes.map(([id, params]): Finding => ({ id, params, level: 'note', evidence: [] }));
    return findingWords(
      { id: 'signature-broken', params: { domain: 'shop.example' } },
      { ...from('Dave'), findings },
      words,
    );
  };
  const body = ['body-changed', { domain: 'shop.example', reason: 'body-hash-mismatch' }] as const;
  const footer = ['explained-by-footer', { domain: 'shop.example', reason: 'body-hash-mismatch' }] as const;

  it('tells what was changed, and by whom it was signed', () => {
    expect(told(body)).toEqual({
      title: 'Changed after shop.example signed it',
      meaning: "The text isn't the text that was signed.",
      advice: "Don't rely on amounts, links, or account numbers. Ask Dave another way.",
    });
    expect(told(['signature-invalid', { domain: 'shop.example', reason: 'signature-mismatch' }]).title).toBe(
      "Doesn't match its signature from shop.example",
    );
  });

  it('tells why one does not count', () => {
    const { title, meaning } = told(['signature-expired', { domain: 'shop.example', reason: 'expired' }]);
    expect([title, meaning]).toEqual(["The signature from shop.example doesn't count", 'It has expired.']);
  });

  it('is explained where a list changed it, whatever else is noted', () => {
    expect(told(body, footer).title).toBe('Not confirmed: changed on the way');
  });

  it('says what fits any case where the notes name no signer', () => {
    expect(told(['signature-invalid', { domain: '', reason: 'signature-syntax' }]).title).toBe(
      "Doesn't match its signature",
    );
    expect(told().title).toBe("Doesn't match its signature");
  });
});

it('calls a finding by its title in the plural where there is no message', () => {
  expect(words(findingTitleKey('several-authors'))).toBe('{count} senders in one From line');
  expect(words(findingTitleKey('offline'))).toBe("Can't check: you're offline");
});
