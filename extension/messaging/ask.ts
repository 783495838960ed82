/** A page asks the background. */
import browser from 'webextension-polyfill';
import type { Protocol, RequestName } from './protocol.ts';

export function ask<N extends RequestName>(name: N, request: Protocol[N]['request']): Promise<Protocol[N]['reply']> {
  return browser.runtime.sendMessage<unknown, Protocol[N]['reply']>({ name, ...request });
}
