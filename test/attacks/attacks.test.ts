/** No published attack gets a level that an expert would not accept, whatever the reader set. */
import { describe, expect, it } from 'vitest';
import { ATTACKS, judgeAttack } from './support/book.ts';

describe('an attack', () => {
  it.each(ATTACKS)('$id', async (attack) => {
    const { level, headline } = await judgeAttack(attack);
    expect(attack.accepted, `${level} by ${headline}`).toContain(level);
  });

  it.each(ATTACKS)('$id, where no server is believed', async (attack) => {
    const { level, headline } = await judgeAttack(attack, { authservIds: [] });
    // SPF cannot be checked then, so that less is known for certain; nothing else is confirmed than before.
    const accepted = [
      'unsigned',
      'unchecked',
      'caution',
      'warning',
      ...attack.accepted,
      ...(attack.alone?.accepted ?? []),
    ];
    expect(accepted, headline).toContain(level);
  });

  it('has a name of its own', () => {
    expect(new Set(ATTACKS.map(({ id }) => id)).size).toBe(ATTACKS.length);
  });

  it('is accepted without an alarm for a reason alone', () => {
    const quiet = ATTACKS.filter(
      ({ accepted }) => !accepted.every((level) => level === 'caution' || level === 'warning'),
    );
    expect(quiet.filter(({ byDesign }) => byDesign === undefined).map(({ id }) => id)).toEqual([]);
    expect(ATTACKS.filter((attack) => attack.byDesign !== undefined && !quiet.includes(attack))).toEqual([]);
  });
});
