/** A page asks the background. */
import browser from 'webextension-polyfill';
import type { Protocol, RequestName } from './protocol.ts';

/** The longest request takes a while where the network is slow; after that nobody is going to answer. */
export const ASK_LIMIT_MS = 90_000;

/** Rejects where the background fails, is not there, or does not answer in time. */
export async function ask<N extends RequestName>(
  name: N,
  request: Protocol[N]['request'],
): Promise<Protocol[N]['reply']> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ASK_LIMIT_MS / 1000} s (${name})`)), ASK_LIMIT_MS);
  });
  try {
    const answer = browser.runtime.sendMessage<unknown, Protocol[N]['reply'] | undefined>({ name, ...request });
    const reply = await Promise.race([answer, tooLate]);
    if (reply === undefined) throw new Error(`no answer (${name})`); // nobody listened
    return reply;
  } finally {
    clearTimeout(timer);
  }
}
