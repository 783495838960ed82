/** What was exported comes back as it was; what somebody else wrote is made valid, or changes nothing. */
import { describe, expect, it } from 'vitest';
import { EMPTY_COLLECTION } from '../../../extension/classes/collection.ts';
import { readBackup, writeBackup, type Backup } from '../../../extension/settings/backup.ts';
import { DEFAULT_SETTINGS } from '../../../extension/settings/settings.ts';

const backup: Backup = {
  settings: {
    ...DEFAULT_SETTINGS,
    resolver: 'https://dns.quad9.net/dns-query',
    checks: { ...DEFAULT_SETTINGS.checks, arc: false },
    trust: { account1: { authservIds: ['mx.home.example'], resultsBelowEntry: 0, receivingHosts: ['home.example'] } },
  },
  rules: {
    version: 1,
    rules: [
      {
        id: 'r1',
        name: 'Warn me',
        enabled: true,
        conditions: { all: [{ field: 'level', compare: 'is', level: 'warning' }] },
        actions: [{ do: 'notify' }],
        stop: false,
        unchecked: false,
      },
    ],
  },
  classes: {
    ...EMPTY_COLLECTION,
    classes: [{ keyword: 'org.example.ads', name: 'Advertising', note: '' }],
  },
};
const written = writeBackup(backup, new Date('2026-11-30T12:00:00Z'));
const changed = (part: object): string => JSON.stringify({ ...(JSON.parse(written) as object), ...part });

describe('an exported file', () => {
  it('comes back as it was', () => {
    expect(readBackup(written)).toEqual({ ok: true, backup });
  });

  it('carries when it was made', () => {
    expect(written).toContain('2026-11-30T12:00:00.000Z');
  });
});

describe('a file from somewhere', () => {
  it.each([
    ['no JSON', 'not json', 'not-json'],
    ['some other JSON', '{"format":"countersign-memory","version":1}', 'other'],
    ['a list', '[]', 'other'],
    ['of a later version', changed({ version: 2 }), 'other'],
    ['too large', `"${'x'.repeat((16 << 20) + 1)}"`, 'large'],
  ])('that is %s is refused', (_what, text, why) => {
    expect(readBackup(text)).toMatchObject({ ok: false, why });
  });

  it('is refused as a whole for a rule that is wrong, and says where', () => {
    const rules = { version: 1, rules: [{ id: 'r1' }] };
    expect(readBackup(changed({ rules }))).toMatchObject({ ok: false, why: 'rules', place: '/rules/0/name' });
  });

  it('has its settings and classes repaired as if they came from storage', () => {
    const read = readBackup(changed({ settings: { resolver: 'ftp://x', banner: 'yes' }, classes: 7 }));
    expect(read).toEqual({
      ok: true,
      backup: { settings: DEFAULT_SETTINGS, rules: backup.rules, classes: EMPTY_COLLECTION },
    });
  });
});
