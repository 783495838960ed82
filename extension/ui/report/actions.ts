/** What a page about a message on display can do with it. */
import browser from 'webextension-polyfill';
import { proposeConditions } from '../../../src/rules/propose.ts';
import { openRuleFor } from '../../adapters/proposal-store.ts';
import { writeLetter } from '../../bypass/letter.ts';
import { openLetter } from '../../hosts/compose.ts';
import type { CheckReply } from '../../messaging/protocol.ts';
import { t } from '../words.ts';
import type { PanelActions } from './panel.tsx';
import { summaryText } from './summary-text.ts';
import type { PanelView } from './view-model.ts';

export type Checked = Extract<CheckReply, { readonly state: 'checked' }>;

/** Opens a page of the extension, by its path below the extension's root. */
export async function openPage(path: string): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(path) });
}

async function openAddress(address: string): Promise<void> {
  if (__TARGET__ === 'thunderbird') await messenger.windows.openDefaultBrowser(address);
  else await browser.tabs.create({ url: address });
}

/** Where the details of a message are. */
export function detailsOf(messageId: number): string {
  return `pages/details/index.html?message=${messageId}`;
}

/** The step of the first start that is about the DNS service. */
export const CHOOSE_RESOLVER = 'pages/welcome/index.html?step=dns';

/** @param leave called when something else was opened, which a pop-up makes room for */
export function actionsFor(
  { messageId, report, header }: Checked,
  view: PanelView,
  retry: () => void,
  leave: () => void = () => undefined,
): PanelActions {
  const letter = writeLetter(report, header, t);
  return {
    retry,
    chooseResolver: () => void openPage(CHOOSE_RESOLVER).then(leave),
    copy: () => navigator.clipboard.writeText(JSON.stringify(report, null, 2)),
    copySummary: () => navigator.clipboard.writeText(summaryText(view, t)),
    openClasses: () => void openPage('pages/settings/index.html#classes').then(leave),
    openAddress: (address) => void openAddress(address).then(leave),
    // Where there is no mail program around there is none to write the letter.
    ...(__TARGET__ === 'thunderbird' && { askSender: letter && (() => openLetter(messageId, letter).then(leave)) }),
    openRules: () => void openPage('pages/rules/index.html').then(leave),
    makeRule: () => void openRuleFor(proposeConditions(report)).then(leave),
    openProfiler: (search) => void openPage(`pages/domain/index.html${search}`).then(leave),
  };
}
