/** What the button says: one short word of equal width for every verdict, with an icon and a sentence of its own. */
import { describe, expect, it, vi } from 'vitest';
import { createLabels } from '../../extension/badge/labels.ts';
import type { BadgeState, Judged } from '../../extension/badge/state.ts';
import { LEVELS } from '../../src/assessment/types.ts';
import { readCatalogue, wordsOf } from '../e2e/support/catalogue.ts';
import { reportOf } from '../rules/support/subject.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { BADGE_WORDS, badgeFor, earlyState } = await import('../../extension/badge/state.ts');
const { lookOf } = await import('../../extension/ui/look.ts');

const LOCALES = ['en', 'de'] as const;
const t = wordsOf(readCatalogue('en'));
const forged = await reportOf('From: a@b.example', 'From: c@d.example');
const LOOKS = [...LEVELS, 'broken'] as const;

/** A Report as if it had that look. */
function judged(look: (typeof LOOKS)[number]): Judged {
  if (look !== 'broken') return { ...forged, level: look, headline: 'no-author', headlineParams: {}, findings: [] };
  return { ...forged, level: 'unsigned', headline: 'signature-broken', findings: [] };
}
const stateOf = (report: Judged): BadgeState => ({ kind: 'level', report });

describe('the badge', () => {
  it('has an icon, a word and a sentence of its own for every look', () => {
    const badges = LOOKS.map((look) => badgeFor(stateOf(judged(look)), t));
    for (const part of ['icon', 'label', 'title'] as const) {
      expect(new Set(badges.map((badge) => badge[part])).size, part).toBe(LOOKS.length);
    }
    expect(badges.map(({ label }) => label)).toContain('By others');
  });

  it('tells the headline in its tooltip', () => {
    expect(badgeFor(stateOf(forged), t).title).toBe(`${t('level_warning')}: 2 different senders in one message`);
  });

  it('says nothing of a message just chosen, not even what was said of the one before', () => {
    expect(badgeFor({ kind: 'pending' }, t)).toEqual({
      icon: 'icons/blank.svg',
      label: '',
      title: t('badge_checking_title'),
    });
  });

  it.each(['idle', 'several', 'checking', 'unreadable', 'broken'] as const)('has a word while %s', (kind) => {
    const { label, icon } = badgeFor({ kind }, t);
    expect(label).toBe(t(`badge_${kind}`));
    expect(LEVELS.filter((level) => level !== 'unchecked').map((level) => `icons/${level}.svg`)).not.toContain(icon);
  });

  it.each(LOCALES)('has words of ten letters at most in %s', (locale) => {
    const words = BADGE_WORDS.map((key) => wordsOf(readCatalogue(locale))(key));
    expect(words.filter((word) => word.length > 10 || word.length < 2)).toEqual([]);
  });
});

describe('a broken signature', () => {
  it('is called broken, unless something accounts for the change', () => {
    const broken = judged('broken');
    expect(lookOf(broken)).toBe('broken');
    const note = { level: 'note', params: {}, evidence: [] } as const;
    expect(lookOf({ ...broken, findings: [{ ...note, id: 'explained-by-footer' }] })).toBe('unsigned');
    expect(lookOf({ ...broken, findings: [{ ...note, id: 'body-changed' }] })).toBe('broken');
    expect(lookOf({ ...broken, headline: 'no-signature' })).toBe('unsigned');
  });
});

describe('before the DNS has answered', () => {
  it('only a warning is shown that no answer could take back', () => {
    expect(earlyState(forged)).toEqual(stateOf(forged));
    expect(earlyState({ ...forged, headline: 'forged-server-result' })).toBeNull();
    expect(earlyState({ ...forged, level: 'unchecked' })).toBeNull();
    // Signatures may account for every author, and for an address in a name.
    for (const headline of ['several-authors', 'address-in-display-name', 'domain-in-display-name'] as const)
      expect(earlyState({ ...forged, headline })).toBeNull();
  });
});

describe('labels', () => {
  /** Letters are ten wide, hair spaces one, and what joins nothing. */
  const measure = (text: string): number =>
    text.replaceAll(/[\u200a\u2060]/g, '').length * 10 + text.replaceAll(/[^\u200a]/g, '').length;

  it('are as wide as the widest word, and read like the word', () => {
    const label = createLabels(['Verified', 'By others', 'Caution'], measure);
    expect(['Verified', 'By others', 'Caution', ''].map((word) => measure(label(word)))).toEqual([90, 90, 90, 90]);
    expect(label('By others')).toBe('By others');
    expect(label('Caution').replaceAll(/[\u200a\u2060]/g, '')).toBe('Caution');
  });

  it('stay as they are where nothing can be measured', () => {
    expect(createLabels(['Verified', 'Caution'], () => 0)('Caution')).toBe('Caution');
  });
});
