/** Only the extension's own pages are answered, and only what they may ask. */
import { describe, expect, it } from 'vitest';
import { createDispatcher, isOwnPage } from '../../extension/messaging/dispatch.ts';
import type { Handlers } from '../../extension/messaging/protocol.ts';

const OWN = { id: 'countersign@countersign.example', base: 'moz-extension://1234/' };
const refuse = () => Promise.reject(new Error('not asked for'));
const handlers: Handlers = {
  'check-tab': () => Promise.resolve({ state: 'none' }),
  'check-message': refuse,
  'look-first': refuse,
  recheck: refuse,
  accounts: () => Promise.resolve([{ id: 'account1', name: 'Mail' }]),
  'propose-trust': refuse,
  'switch-banner': refuse,
  'clear-cache': refuse,
  'shown-messages': refuse,
  'preview-rules': refuse,
  folders: refuse,
  'start-run': refuse,
  'pause-run': refuse,
  'resume-run': refuse,
  'cancel-run': refuse,
  undo: refuse,
};
const dispatch = createDispatcher(handlers, (sender) => isOwnPage(sender, OWN.id, OWN.base));
const own = { id: OWN.id, url: `${OWN.base}pages/panel/index.html` };

describe('a request', () => {
  it('of an own page is answered by its handler', async () => {
    expect(await dispatch({ name: 'accounts' }, own)).toEqual([{ id: 'account1', name: 'Mail' }]);
    expect(await dispatch({ name: 'check-tab', tabId: 1 }, own)).toEqual({ state: 'none' });
  });

  it.each([
    ['another extension', { id: 'other@example', url: `${OWN.base}pages/panel/index.html` }],
    ['a content script on a web page', { id: OWN.id, url: 'https://mail.example/' }],
    ['a page whose address only begins alike', { id: OWN.id, url: 'moz-extension://12345/pages/panel/index.html' }],
    ['nobody known', { id: OWN.id }],
  ])('of %s is left alone', (_who, sender) => {
    expect(dispatch({ name: 'accounts' }, sender)).toBeUndefined();
  });

  it.each([[null], ['accounts'], [{}], [{ name: 'toString' }], [{ name: '__proto__' }], [{ name: 7 }]])(
    'that is none (%j) is left alone',
    (message) => {
      expect(dispatch(message, own)).toBeUndefined();
    },
  );
});
