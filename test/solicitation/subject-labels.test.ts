import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEncodedWords } from '../../src/message/encoded-word.ts';
import { findSubjectLabels } from '../../src/solicitation/subject-labels.ts';
import { growthExponent } from '../support/growth.ts';

/** `label law` of each. */
function inWords(subject: string, custom?: readonly string[]): readonly string[] {
  return findSubjectLabels(subject, custom).map(({ label, law }) => `${label} ${law}`);
}

describe('labels in a Subject (draft-malamud-subject-line-03)', () => {
  it.each([
    ['the Colorado law', 'ADV: buy now', ['ADV: us-states']],
    ['small letters', 'adv: buy now', ['adv: us-states']],
    ['adult advertisement', 'ADV:ADLT see this', ['ADV:ADLT us-states']],
    ['adult advertisement with a blank', 'ADV: ADLT see this', ['ADV: ADLT us-states']],
    ['the Florida Bar', 'Need help? Legal Advertisement', ['Legal Advertisement us-states']],
    ['the FTC rule', 'SEXUALLY-EXPLICIT: hello', ['SEXUALLY-EXPLICIT: us-sexually-explicit']],
    ['the Korean law', '(광고) 세일', ['(광고) korea']],
    ['the Korean law with its sign', '(광고) 세일 @', ['(광고) korea', '@ korea']],
    ['the Korean law for adults', '(성인광고) 세일', ['(성인광고) korea']],
    ['the Korean law in English', '(Advertisement) sale', ['(Advertisement) korea']],
    ['full-width brackets', '（광고）세일', ['（광고） korea']],
    ['decomposed letters', '(광고)'.normalize('NFD'), ['(광고) korea']],
    ['the Japanese law', '未承諾広告※お知らせ', ['未承諾広告※ japan']],
    ['the Japanese law without its sign', '未承諾広告 お知らせ', ['未承諾広告 japan']],
    ['a filter', '[SPAM] hello', ['[SPAM] spam-filter']],
    ['another filter', '*****SPAM***** hello', ['***SPAM*** spam-filter']],
    ['MailScanner', '{Spam?} hello', ['{Spam?} spam-filter']],
    ['full-width letters', 'ＡＤＶ： hello', ['ＡＤＶ： us-states']],
    [
      'the example of §1 with every label',
      'ADV: @ (Advertisement) legal advertisement',
      ['ADV: us-states', '@ korea', '(Advertisement) korea', 'legal advertisement us-states'],
    ],
    ['a label far behind (§3)', `${'x '.repeat(490)}SPAM: @`, ['SPAM: spam-filter', '@ korea']],
    ['a label after a reply mark', 'Re: Re: ADV: x', ['ADV: us-states']],
  ])('are found for %s', (_what, subject, expected) => {
    expect(inWords(subject)).toEqual(expected);
  });

  it.each([
    ['nothing', ''],
    ['an @ that is no label', 'lunch @ noon'],
    ['an address', 'mail me: ann@a.example'],
    ['an @ at the end without a label', 'see you @'],
    ['an @ inside a word after a label would be an address', 'hello x@y'],
    ['a label inside a word', 'RADV: results'],
    ['the word without colon', 'ADV results'],
    ['the word in a sentence', 'a legal advertisements act'],
    ['talk about spam', 'how to fight spam'],
  ])('are not found in %s', (_what, subject) => {
    expect(inWords(subject)).toEqual([]);
  });

  it.each([
    ['=?iso-8859-1?b?VGhpcyBpcyBhbiBBRFY6?=', 'ADV: us-states'],
    ['=?iso-8859-1?q?This=20is=20an=20ADV:?=', 'ADV: us-states'],
    ['=?iso-8859-1?q?This=20is=20an=20=41=44=56=3A?=', 'ADV: us-states'],
    ['=?US-ASCII*EN?Q?ADV:?= x', 'ADV: us-states'],
    ['=?iso-8859-8?q?=f1=f4=e0=ee=3a?=', 'ספאמ: spam-filter'],
    ['=?euc-kr?B?KLGksO0p?= x', '(광고) korea'],
    ['=?iso-2022-jp?B?GyRCTCQ+NUJ6OS05cCIoGyhC?=', '未承諾広告※ japan'],
  ])('are found in the encoded Subject %s (§2, §3; RFC 2047, RFC 2231)', (subject, expected) => {
    expect(inWords(decodeEncodedWords(subject))).toEqual([expected]);
  });

  it('do not find an @ in an address that follows a label', () => {
    expect(inWords('ADV: mail ann@a.example')).toEqual(['ADV: us-states']);
  });

  it('may be the reader’s own', () => {
    expect(inWords('[Werbung] Angebot', [' [werbung] ', ''])).toEqual(['[Werbung] custom']);
  });

  it('are found in linear time', () => {
    for (const unit of ['ADV', '(', '광고', '@ ', '***', 'ａ']) {
      expect(growthExponent((size) => void findSubjectLabels(unit.repeat(size)), 10_000)).toBeLessThan(1.8);
    }
  });

  it('stand in the Subject as they are shown', () => {
    const unit = fc.constantFrom('ADV:', ' ', 'ADLT', '@', '(광고)', 'SPAM:', 'x', 'ＡＤＶ：', 'İ', '😀', 'e\u0301');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (subject) => {
        for (const { label } of findSubjectLabels(subject)) expect(subject.normalize('NFC')).toContain(label);
      }),
    );
  });
});
