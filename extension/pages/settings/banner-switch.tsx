/** Switches the banner above messages on and off; the permission is asked for in the click. */
import browser from 'webextension-polyfill';
import { ask } from '../../messaging/ask.ts';
import { BANNER_PERMISSIONS } from '../../settings/permissions.ts';
import { t } from '../../ui/words.ts';

interface BannerSwitchProps {
  readonly on: boolean;
  /** It was switched. */
  readonly onSwitched: (on: boolean) => void;
  /** Tells what came of it. */
  readonly say: (words: string) => void;
}

const PERMISSIONS = { permissions: [...BANNER_PERMISSIONS] };

export function BannerSwitch({ on, onSwitched, say }: BannerSwitchProps) {
  async function choose(wanted: boolean, box: HTMLInputElement): Promise<void> {
    try {
      // First thing in the click: permissions are granted only in direct answer to one.
      if (wanted && !(await browser.permissions.request(PERMISSIONS))) {
        box.checked = false;
        return say(t('options_banner_refused'));
      }
      await ask('switch-banner', { on: wanted });
      onSwitched(wanted);
    } catch (error) {
      box.checked = on;
      say(t('classes_not_saved', { error: String(error) }));
    }
  }

  return (
    <label class="choice">
      <input
        type="checkbox"
        data-testid="banner"
        checked={on}
        onChange={({ currentTarget }) => void choose(currentTarget.checked, currentTarget)}
      />
      <span>
        {t('options_banner')}
        <span class="remark">{t('options_banner_hint')}</span>
      </span>
    </label>
  );
}
