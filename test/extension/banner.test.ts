/** The banner: who may ask for it, above which message it stands, and what it says. */
import { describe, expect, it, vi } from 'vitest';
import { UnreadableMessage } from '../../extension/judging/fault.ts';
import type { CheckedMessage } from '../../extension/judging/checked-message.ts';
import type { HostMessage } from '../../extension/hosts/host.ts';
import type { RulesReply } from '../../extension/judging/outcome.ts';
import type { MutedBanner } from '../../extension/banner/muted.ts';
import { DEFAULT_SETTINGS } from '../../extension/settings/settings.ts';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { evaluateRules } from '../../src/rules/evaluate.ts';
import type { BannerAction, Condition } from '../../src/rules/types.ts';
import type { Report } from '../../src/report/types.ts';
import { ruleOf, setOf } from '../rules/support/rules.ts';
import { reportOf, reportOfBytes } from '../rules/support/subject.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { readCatalogue, wordsOf } = await import('../e2e/support/catalogue.ts');
const { createBanner, isOwnScript } = await import('../../extension/background/banner.ts');
const { addMuted, removeMuted, repairMuted } = await import('../../extension/banner/muted.ts');
const { viewBanner } = await import('../../extension/banner/view-model.ts');

const t = wordsOf(readCatalogue('en'));
const OWN_ID = 'countersign@countersign.example';
const MESSAGE: HostMessage = { id: 7, accountId: 'account1', folder: 'INBOX' };
const SENDER = { id: OWN_ID, url: 'mailbox:///inbox?number=1', frameId: 0, tab: { id: 3 } } as const;

const plain = await reportOfBytes(utf8ToBytes('From: a@b.example\r\n\r\nHello.\r\n'), {
  resolver: createZoneResolver({ 'b.example': { A: ['192.0.2.1'] } }),
});
const forged = await reportOf('From: a@b.example', 'From: c@d.example');

function ruled(report: Report, actions: readonly BannerAction[], conditions: Condition = { all: [] }): RulesReply {
  const rules = setOf(
    ...actions.map((action) =>
      ruleOf({ id: 'mine', name: 'My rule', conditions: { all: [conditions] }, actions: [action] }),
    ),
  );
  return { evaluation: evaluateRules(rules, { report }), names: { mine: 'My rule' }, accounts: [] };
}

describe('muted banners', () => {
  it('are bounded, kept once, and repaired from whatever is stored', () => {
    const one = { sender: 'a@b.example', finding: 'reply-to-differs' } as const;
    expect(addMuted(addMuted([], one), one)).toEqual([one]);
    const many = Array.from({ length: 600 }, (_, at) => ({ ...one, sender: `${at}@b.example` }));
    expect(many.reduce<readonly MutedBanner[]>(addMuted, [])).toHaveLength(500);
    expect(repairMuted([one, null, 'x', { sender: 1, finding: 'y' }, { ...one, finding: 'toString' }])).toEqual([one]);
    expect(removeMuted([one, { ...one, sender: 'c@b.example' }], one)).toEqual([{ ...one, sender: 'c@b.example' }]);
    expect(repairMuted(undefined)).toEqual([]);
  });
});

describe('what the banner says', () => {
  it('is nothing where no check found anything odd', () => {
    expect(plain.level).toBe('unsigned');
    expect(viewBanner(plain, 'none', t)).toBeNull();
    expect(viewBanner(plain, 'unreadable', t)).toBeNull();
  });

  it('is the headline of a warning, also where the rules cannot be read', () => {
    for (const rules of ['none', 'unreadable'] as const) {
      expect(viewBanner(forged, rules, t)).toMatchObject({
        look: 'warning',
        word: t('level_warning'),
        title: '2 different senders in one message',
        text: expect.stringMatching(/\S/) as string,
        mute: null,
      });
    }
  });

  it('is what a rule sets, with the reader’s own words made visible, and what was found beside them', () => {
    const banner = viewBanner(plain, ruled(plain, [{ do: 'banner', show: 'note', text: 'From \u202eAnn' }]), t);
    expect(banner).toMatchObject({
      look: 'note',
      word: t('level_note'),
      title: expect.not.stringContaining('\u202e') as string,
    });
    expect(banner?.text).toContain(t('rules_banner_of', { name: 'My rule' }));
    expect(banner?.text).toContain(t('level_unsigned'));
    const wordless = viewBanner(plain, ruled(plain, [{ do: 'banner', show: 'caution' }]), t);
    expect(wordless).toMatchObject({ look: 'caution', text: t('rules_banner_of', { name: 'My rule' }) });
    expect(wordless?.title).toContain(t('level_unsigned'));
  });

  it('is nothing where the first rule that decides keeps it away', () => {
    expect(
      viewBanner(
        forged,
        ruled(forged, [
          { do: 'banner', show: 'none' },
          { do: 'banner', show: 'warning' },
        ]),
        t,
      ),
    ).toBeNull();
  });
});

describe('who may ask', () => {
  it.each([
    ['our script in a message', SENDER, true],
    ['another extension', { ...SENDER, id: 'other@example.org' }, false],
    ['a page of this extension', { ...SENDER, url: 'moz-extension://1/pages/panel/index.html' }, false],
    ['a page of the web', { ...SENDER, url: 'https://example.org/' }, false],
    ['a frame within a message', { ...SENDER, frameId: 4 }, false],
    ['a script in no tab', { id: OWN_ID, url: SENDER.url, frameId: 0 }, false],
    ['nobody known', { id: OWN_ID, tab: SENDER.tab, frameId: 0 }, false],
  ])('%s: %#', (_, sender, allowed) => {
    expect(isOwnScript(sender, OWN_ID)).toBe(allowed);
  });
});

describe('the background', () => {
  function setUp(banner = true) {
    const displayedIn = vi.fn(() => Promise.resolve<readonly HostMessage[]>([MESSAGE]));
    const check = vi.fn(() => Promise.resolve({ report: forged } as CheckedMessage));
    const openPanel = vi.fn(() => Promise.resolve());
    const judge = { judge: () => Promise.resolve<RulesReply>('none') };
    const muted: MutedBanner[] = [];
    const loadMuted = () => Promise.resolve(muted);
    const mute = vi.fn((one: MutedBanner) => Promise.resolve(void muted.push(one)));
    const loadSettings = () => Promise.resolve({ ...DEFAULT_SETTINGS, banner });
    const answer = createBanner(
      { host: { displayedIn }, checker: { check }, judge, loadSettings, openPanel, loadMuted, mute, t },
      OWN_ID,
    );
    return {
      answer: (message: unknown, sender = SENDER) => answer(message, sender),
      displayedIn,
      check,
      openPanel,
      mute,
    };
  }

  it('tells the message of the tab the script runs in, whatever the script says', async () => {
    const { answer, displayedIn, check } = setUp();
    expect(await answer({ name: 'banner', messageId: 99, tabId: 99 })).toMatchObject({ look: 'warning' });
    expect(displayedIn).toHaveBeenCalledWith(3);
    expect(check).toHaveBeenCalledExactlyOnceWith(MESSAGE);
  });

  it.each([null, 'banner', {}, { name: 'check-message', messageId: 7 }, { name: 'clear-cache' }])(
    'leaves %j to others',
    (message) => {
      expect(setUp().answer(message)).toBeUndefined();
    },
  );

  it('says nothing to strangers, and nothing where the banner is switched off', async () => {
    const { answer, check } = setUp();
    expect(answer({ name: 'banner' }, { ...SENDER, id: 'other@example.org' } as never)).toBeUndefined();
    expect(check).not.toHaveBeenCalled();
    const off = setUp(false);
    expect(await off.answer({ name: 'banner' })).toBeNull();
    expect(off.check).not.toHaveBeenCalled();
  });

  it('says nothing of a message that is no longer on display, of several, or that cannot be read', async () => {
    const gone = setUp();
    gone.displayedIn.mockResolvedValueOnce([MESSAGE]).mockResolvedValueOnce([{ ...MESSAGE, id: 8 }]);
    expect(await gone.answer({ name: 'banner' })).toBeNull();
    const several = setUp();
    several.displayedIn.mockResolvedValue([MESSAGE, { ...MESSAGE, id: 8 }]);
    expect(await several.answer({ name: 'banner' })).toBeNull();
    const unreadable = setUp();
    unreadable.check.mockRejectedValue(new UnreadableMessage('gone'));
    expect(await unreadable.answer({ name: 'banner' })).toBeNull();
  });

  it('mutes the finding of that message for its sender, but never a warning', async () => {
    const { answer, check, mute } = setUp();
    expect(await answer({ name: 'banner-mute' })).toBeNull();
    expect(mute).not.toHaveBeenCalled();
    const odd = { ...plain, level: 'caution', headline: 'reply-to-differs', headlineParams: {} } as Report;
    check.mockResolvedValue({ report: odd } as CheckedMessage);
    expect(await answer({ name: 'banner' })).toMatchObject({ look: 'caution', mute: t('banner_mute') });
    await answer({ name: 'banner-mute', sender: 'other@b.example' });
    expect(mute).toHaveBeenCalledExactlyOnceWith({ sender: 'a@b.example', finding: 'reply-to-differs' });
    expect(await answer({ name: 'banner' })).toBeNull();
    check.mockResolvedValue({ report: { ...odd, headline: 'sender-differs' } } as CheckedMessage);
    expect(await answer({ name: 'banner' })).toMatchObject({ look: 'caution' });
  });

  it('opens the panel of that message', async () => {
    const { answer, openPanel } = setUp();
    expect(await answer({ name: 'banner-evidence', messageId: 99 })).toBeNull();
    expect(openPanel).toHaveBeenCalledExactlyOnceWith(MESSAGE.id);
  });
});
