/** What a page asks of the background, so that no page stays busy over an answer that does not come. */
import { useState } from 'preact/hooks';
import { ask } from '../messaging/ask.ts';
import type { Protocol, RequestName } from '../messaging/protocol.ts';
import { t } from './words.ts';

export interface Asking {
  /** What went wrong with the newest request, in the reader's words; null while nothing did. */
  readonly failure: string | null;
  /** Resolves to the answer, or to undefined where there is none, which `failure` then explains. Never rejects. */
  readonly ask: <N extends RequestName>(
    name: N,
    request: Protocol[N]['request'],
  ) => Promise<Protocol[N]['reply'] | undefined>;
}

export function useAsk(): Asking {
  const [failure, setFailure] = useState<string | null>(null);
  return {
    failure,
    async ask(name, request) {
      try {
        const reply = await ask(name, request);
        setFailure(null);
        return reply;
      } catch (error) {
        console.error(error);
        setFailure(t('ask_failed', { error: error instanceof Error ? error.message : String(error) }));
        return undefined;
      }
    },
  };
}
