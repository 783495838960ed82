/**
 * The manifest of each target: manifest.json at the root is the common part (Manifest V3 in Chrome's form), and here is what
 * each browser needs on top of it.
 */
import base from '../../manifest.json' with { type: 'json' };
import { ACTING_PERMISSIONS, BANNER_PERMISSIONS } from '../settings/permissions.ts';

export const EXTENSION_TARGETS = ['thunderbird', 'chrome', 'firefox'] as const;
export type ExtensionTarget = (typeof EXTENSION_TARGETS)[number];

/** What an installed copy is known by: changing it makes another add-on of it, without the reader's settings. */
export const GECKO_ID = 'countersign@countersign.example';

/** Pages that no manifest key leads the bundler to, as paths below extension/. */
const COMMON_PAGES = [
  'pages/overview/index.html',
  'pages/help/index.html',
  'pages/welcome/index.html',
  'pages/file/index.html',
  'pages/senders/index.html',
  'pages/domain/index.html',
  'pages/rules/index.html',
  'pages/panel/index.html',
  'pages/details/index.html',
];

/**
 * activeTab: the address of the page whose reader presses the button, and the selection in whose menu he chose the entry. scripting: the
 * script in the sites he names, which nothing reaches before. contextMenus: the entry for selected source. None is asked of the reader.
 */
const BROWSER_PERMISSIONS = [...base.permissions, 'activeTab', 'scripting', 'contextMenus'];
const PANEL = 'pages/panel/index.html';
const WEBMAIL_SCRIPT = 'webmail/script.ts';

type Manifest = typeof base & Readonly<Record<string, unknown>>;

interface TargetDelta {
  readonly keys: Readonly<Record<string, unknown>>;
  readonly pages: readonly string[];
  /** What the mail program runs as it is (classic-scripts.ts), as paths below extension/. */
  readonly scripts: readonly string[];
}

/** Firefox and Thunderbird run the background as an event page of scripts, not as a service worker. */
const geckoBackground = (script: string) => ({ scripts: [script], type: 'module' });

/** Webmail and saved messages. */
const BROWSER_BACKGROUND = 'background/browser.ts';

const TARGETS: Readonly<Record<ExtensionTarget, TargetDelta>> = {
  thunderbird: {
    keys: {
      background: geckoBackground(base.background.service_worker),
      browser_specific_settings: { gecko: { id: GECKO_ID, strict_min_version: '140.0' } },
      // messagesRead: the raw source of the message on display. accountsRead: which account a message is in, since whom the
      // reader believes is set per account. alarms: a long run over a folder goes on should the background end.
      // menus: "Who sent this?" in the menus of messages. These two ask nothing of the reader, and alarms cannot be optional.
      permissions: [...base.permissions, 'messagesRead', 'accountsRead', 'alarms', 'menus'],
      commands: {
        'open-details': { suggested_key: { default: 'Ctrl+Shift+Y' }, description: '__MSG_command_details__' },
      },
      optional_permissions: [...ACTING_PERMISSIONS, ...BANNER_PERMISSIONS],
      message_display_action: {
        default_popup: PANEL,
        default_title: '__MSG_extension_name__',
        default_label: '__MSG_extension_name__',
        default_icon: 'icons/idle.svg',
      },
    },
    pages: [...COMMON_PAGES, 'pages/activity/index.html'],
    scripts: ['banner/script.ts'],
  },
  chrome: {
    keys: {
      background: { service_worker: BROWSER_BACKGROUND, type: 'module' },
      // The first version with Ed25519 in WebCrypto (RFC 8463).
      minimum_chrome_version: '137',
      // What an organization may set (docs/managed.md); the others read such settings without a list.
      storage: { managed_schema: 'managed.json' },
      permissions: [...BROWSER_PERMISSIONS, 'sidePanel'],
      // Chrome takes no SVG here.
      action: { default_popup: PANEL, default_title: '__MSG_badge_idle_title__', default_icon: base.icons },
      side_panel: { default_path: PANEL },
    },
    pages: COMMON_PAGES,
    scripts: [WEBMAIL_SCRIPT],
  },
  firefox: {
    keys: {
      background: geckoBackground(BROWSER_BACKGROUND),
      browser_specific_settings: {
        gecko: {
          id: GECKO_ID,
          // The first version that knows data_collection_permissions, on the desktop and on Android.
          strict_min_version: '142.0',
          data_collection_permissions: { required: ['none'] },
        },
      },
      permissions: BROWSER_PERMISSIONS,
      action: { default_popup: PANEL, default_title: '__MSG_badge_idle_title__', default_icon: 'icons/idle.svg' },
      sidebar_action: {
        default_panel: PANEL,
        default_title: '__MSG_extension_name__',
        default_icon: 'icons/idle.svg',
        open_at_install: false,
      },
    },
    pages: COMMON_PAGES,
    scripts: [WEBMAIL_SCRIPT],
  },
};

/** The complete manifest of a target. */
export function manifestFor(target: ExtensionTarget, version: string): Manifest {
  return { ...base, version, ...TARGETS[target].keys };
}

/** The HTML pages of a target that have to be named to the bundler. */
export function pagesFor(target: ExtensionTarget): readonly string[] {
  return TARGETS[target].pages;
}

/** The scripts of a target that run outside of its pages and its background. */
export function scriptsFor(target: ExtensionTarget): readonly string[] {
  return TARGETS[target].scripts;
}
