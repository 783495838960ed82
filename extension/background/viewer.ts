/** Background where there is no mail surface yet (Chrome, Firefox): the button opens the viewer of saved messages. */
import browser from 'webextension-polyfill';

const open = (page: string): void => void browser.tabs.create({ url: browser.runtime.getURL(page) });

browser.action.onClicked.addListener(() => open('pages/file/index.html'));
browser.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === 'install') open('pages/welcome/index.html');
});
