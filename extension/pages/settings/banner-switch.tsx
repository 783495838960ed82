/** Switches the banner above messages on and off; the permission is asked for in the click. */
import browser from 'webextension-polyfill';
import { dropBannerScript } from '../../adapters/banner-script.ts';
import { BANNER_PERMISSIONS } from '../../settings/permissions.ts';
import { t } from '../../ui/words.ts';

interface BannerSwitchProps {
  readonly on: boolean;
  readonly change: (on: boolean) => Promise<void>;
  /** Tells what came of it. */
  readonly say: (words: string) => void;
}

const PERMISSIONS = { permissions: [...BANNER_PERMISSIONS] };

export function BannerSwitch({ on, change, say }: BannerSwitchProps) {
  async function choose(wanted: boolean, box: HTMLInputElement): Promise<void> {
    try {
      // First thing in the click: permissions are granted only in direct answer to one.
      if (wanted && !(await browser.permissions.request(PERMISSIONS))) {
        box.checked = false;
        return say(t('options_banner_refused'));
      }
      await change(wanted);
      if (wanted) return;
      await dropBannerScript(); // while it is still permitted
      await browser.permissions.remove(PERMISSIONS);
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
