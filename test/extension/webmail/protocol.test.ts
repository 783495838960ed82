/** Every request of the script in webmail is read as an attacker's. */
import { describe, expect, it, vi } from 'vitest';
import { createAllowance } from '../../../extension/background/allowance.ts';
import { MOST_SOURCE_OCTETS } from '../../../extension/hosts/web/source.ts';
import { MOST_LISTED, MOST_SHOWN, readWebRequest } from '../../../extension/webmail/protocol.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { frameOf } = await import('../../../extension/background/webmail.ts');

const many = (count: number): string[] => Array.from({ length: count }, (_one, index) => String(index));

describe('a request', () => {
  it.each([
    { name: 'web-shown', ids: [] },
    { name: 'web-shown', ids: ['INBOX/1'] },
    { name: 'web-listed', ids: many(MOST_LISTED) },
    { name: 'web-details', id: 'x' },
    { name: 'web-trouble', id: 'x', why: 'signed-out' },
    { name: 'web-source', id: 'x', source: 'From: a\r\n\xff', doubt: null },
    { name: 'web-source', id: 'x', source: '', doubt: 'charset' },
  ])('is read: %j', (request) => {
    expect(readWebRequest({ ...request, more: 'of it' })).toEqual(request);
  });

  it.each([
    null,
    'web-shown',
    {},
    { name: 'check-tab', tabId: 1 },
    { name: 'web-shown' },
    { name: 'web-shown', ids: 'INBOX/1' },
    { name: 'web-shown', ids: [1] },
    { name: 'web-shown', ids: [''] },
    { name: 'web-shown', ids: ['x'.repeat(3001)] },
    { name: 'web-shown', ids: many(MOST_SHOWN + 1) },
    { name: 'web-listed', ids: many(MOST_LISTED + 1) },
    { name: 'web-details', id: {} },
    { name: 'web-trouble', id: 'x', why: 'all is well' },
    { name: 'web-source', id: 'x', source: 'From: €', doubt: null },
    { name: 'web-source', id: 'x', source: 'From: a', doubt: 'none' },
    { name: 'web-source', id: 'x', source: 'From: a' },
    { name: 'web-source', id: 'x', source: 'x'.repeat(MOST_SOURCE_OCTETS + 1), doubt: null },
  ])('is none: %#', (request) => {
    expect(readWebRequest(request)).toBeNull();
  });
});

describe('the frame that asks', () => {
  const sender = {
    id: 'us',
    url: 'https://mail.example:8443/a?b',
    frameId: 3,
    tab: { id: 7, url: 'https://mail.example:8443/' },
  };

  it('is known by what the browser says', () => {
    expect(frameOf(sender, 'us')).toEqual({ tabId: 7, frameId: 3, site: 'https://mail.example:8443' });
  });

  it.each([
    ['another extension', { ...sender, id: 'them' }],
    ['no tab', { id: 'us', url: sender.url, frameId: 3 }],
    ['a page of another site around it', { ...sender, tab: { id: 7, url: 'https://evil.example/' } }],
    ['another port around it', { ...sender, tab: { id: 7, url: 'https://mail.example/' } }],
    ['a page whose address is not told', { ...sender, tab: { id: 7 } }],
    ['a document without an origin', { ...sender, url: 'data:text/html,x', tab: { id: 7, url: 'data:text/html,x' } }],
    ['no address', { id: 'us', frameId: 3, tab: sender.tab }],
  ])('is none with %s', (_what, from) => {
    expect(frameOf(from, 'us')).toBeNull();
  });
});

describe('an allowance', () => {
  it('gives some at once, and then as many as grow back, each key its own', () => {
    let now = 0;
    const allowance = createAllowance(2, 6, () => now);
    expect([1, 2, 3].map(() => allowance.take('a'))).toEqual([true, true, false]);
    expect(allowance.take('b')).toBe(true);
    now = 9_000;
    expect(allowance.take('a')).toBe(false);
    now = 10_000;
    expect([1, 2].map(() => allowance.take('a'))).toEqual([true, false]);
    now = 10_000_000;
    expect([1, 2, 3].map(() => allowance.take('a'))).toEqual([true, true, false]);
  });
});
