/** Label patterns for servers against the finder of labels, with the pattern language they share with JavaScript. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectPatterns } from '../../src/rules/sieve-subject.ts';
import { SUBJECT_LABELS, findSubjectLabels } from '../../src/solicitation/subject-labels.ts';
import { SUBJECT_LABEL_LAWS } from '../../src/rules/words.ts';

type LabelCondition = Parameters<typeof subjectPatterns>[0];

interface Judge {
  readonly certain: readonly RegExp[];
  readonly uncertain: readonly RegExp[];
}

const judges = new Map<string, Judge>();

/** What a server would say: true, false, or undefined where it leaves the message alone. */
function judge(condition: LabelCondition, subject: string): boolean | undefined {
  const key = JSON.stringify(condition);
  const patterns = judges.get(key) ?? compile(condition);
  judges.set(key, patterns);
  if (patterns.certain.some((pattern) => pattern.test(subject))) return true;
  return patterns.uncertain.some((pattern) => pattern.test(subject)) ? undefined : false;
}

function compile(condition: LabelCondition): Judge {
  const patterns = subjectPatterns(condition);
  if (patterns === undefined) throw new Error('no patterns');
  const compileAll = (all: readonly string[]) => all.map((pattern) => new RegExp(pattern, 'i'));
  return { certain: compileAll(patterns.certain), uncertain: compileAll(patterns.uncertain) };
}

describe('subjectPatterns', () => {
  it.each(SUBJECT_LABELS.map(({ label, law }) => [label, law] as const))('find %s by itself', (label, law) => {
    for (const subject of [label, label.toUpperCase(), `Re: ${label} x`, toFullWidth(label), label.normalize('NFD')]) {
      expect([subject, judge({ field: 'subject-label', label }, subject)]).toEqual([subject, true]);
      expect([subject, judge({ field: 'subject-label', law }, subject)]).toEqual([subject, true]);
    }
  });

  it('rest on a table in which no label hides another but one that it begins', () => {
    const hidden = SUBJECT_LABELS.flatMap(({ label }) =>
      SUBJECT_LABELS.filter(
        (other) => other.label !== label && other.label.includes(label) && !other.label.startsWith(label),
      ),
    );
    expect(hidden).toEqual([]);
  });

  it('are uncertain beside characters of which a server does not know whether they are letters', () => {
    expect(judge({ field: 'subject-label', label: 'ADV:' }, 'éADV: x')).toBeUndefined();
    expect(judge({ field: 'subject-label', label: 'ADV:' }, '【ADV: x】')).toBeUndefined();
    expect(judge({ field: 'subject-label', label: 'ADV:' }, 'xADV: x')).toBe(false);
    expect(judge({ field: 'subject-label', label: 'ADV:' }, 'xADV: éADV: ADV:')).toBe(true);
  });

  it('leave the @ of Korea, which counts after other labels, to the reader', () => {
    expect(judge({ field: 'subject-label', law: 'korea' }, 'ADV: x @')).toBeUndefined();
    expect(judge({ field: 'subject-label', law: 'korea' }, '(광고) x @')).toBe(true);
    expect(judge({ field: 'subject-label', law: 'us-states' }, 'ADV: x @')).toBe(true);
  });

  it('exist for known labels alone', () => {
    expect(subjectPatterns({ field: 'subject-label', label: 'promo:' })).toBeUndefined();
    expect(subjectPatterns({ field: 'subject-label', label: '@' })).toBeUndefined();
    expect(subjectPatterns({ field: 'subject-label', law: 'custom' })).toBeUndefined();
    expect(subjectPatterns({ field: 'subject-label', label: 'adv:', law: 'japan' })).toBeUndefined();
  });

  it('never say otherwise than the finder of labels', () => {
    const pieces = fc.constantFrom(
      ...SUBJECT_LABELS.flatMap(({ label }) => [
        label,
        label.toUpperCase(),
        toFullWidth(label),
        label.normalize('NFD'),
      ]),
      ...[
        ' ',
        '\t',
        'x',
        '7',
        '_',
        '-',
        'é',
        'e\u0301',
        '【',
        '@',
        ' @ ',
        '\u00a0',
        'Ａ',
        '\u0338',
        '\u030c',
        '과\u11bc',
        '\uf95d',
        'ADV',
        'DV:',
      ],
    );
    const condition = fc.oneof(
      fc.constant({}),
      fc.constantFrom(...SUBJECT_LABEL_LAWS.filter((law) => law !== 'custom')).map((law) => ({ law })),
      fc.constantFrom(...SUBJECT_LABELS.map(({ label }) => ({ label })), { label: 'ADV' }, { label: '［' }),
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 6 }),
        condition,
        (parts, wanted: { readonly law?: string; readonly label?: string }) => {
          const subject = parts.join('').trim();
          const label = wanted.label?.replace('［', '[').toLowerCase() ?? '';
          const expected = findSubjectLabels(subject).some(
            (one) => (wanted.law === undefined || one.law === wanted.law) && fold(one.label).startsWith(label),
          );
          const judged = judge({ field: 'subject-label', ...(wanted as object) }, subject);
          expect([subject, judged ?? expected]).toEqual([subject, expected]);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

function toFullWidth(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}

/** Full-width forms as plain ones, in lower case: by compatibility mapping, not as the code under test does it. */
function fold(label: string): string {
  return label.normalize('NFKC').replaceAll('\t', ' ').toLowerCase();
}
