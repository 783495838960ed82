/** The one listener for requests: answers only the extension's own pages, and only requests it knows. */
import type { Runtime } from 'webextension-polyfill';
import type { Handlers, Request } from './protocol.ts';

/** Who sent a request, as far as it matters where scripts in other people's pages may ask. */
export type ScriptSender = Pick<Runtime.MessageSender, 'id' | 'url' | 'frameId'> & {
  readonly tab?: { readonly id?: number | undefined; readonly url?: string | undefined };
};

/**
 * Who may ask: a page of this extension, not a content script and not another extension.
 * @param ownBase the address of the extension's root, with the slash at its end
 */
export function isOwnPage(sender: Pick<Runtime.MessageSender, 'id' | 'url'>, ownId: string, ownBase: string): boolean {
  return sender.id === ownId && sender.url?.startsWith(ownBase) === true;
}

/**
 * A listener for `runtime.onMessage`: undefined leaves a message to others, and so what a target has no handler for.
 */
export function createDispatcher(handlers: Partial<Handlers>, isAllowed: (sender: Runtime.MessageSender) => boolean) {
  return (message: unknown, sender: Runtime.MessageSender): Promise<unknown> | undefined => {
    if (!isRequest(message, handlers) || !isAllowed(sender)) return undefined;
    return answer(message, handlers);
  };
}

function isRequest(message: unknown, handlers: Partial<Handlers>): message is Request {
  if (typeof message !== 'object' || message === null || !('name' in message)) return false;
  return typeof message.name === 'string' && Object.hasOwn(handlers, message.name);
}

function answer(request: Request, handlers: Partial<Handlers>): Promise<unknown> {
  // Each request meets the handler of its own name, which the compiler cannot follow through a union.
  const handler = handlers[request.name] as (request: Request) => Promise<unknown>;
  return handler(request);
}
