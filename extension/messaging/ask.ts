/** A page asks the background. */
import browser from 'webextension-polyfill';
import type { Protocol, RequestName } from './protocol.ts';

export async function ask<N extends RequestName>(
  name: N,
  request: Protocol[N]['request'],
): Promise<Protocol[N]['reply']> {
  return (await browser.runtime.sendMessage({ name, ...request })) as Protocol[N]['reply'];
}
