/**
 * A client for WebDriver BiDi over a WebSocket: as much of it as Thunderbird's remote agent needs.
 * Source: W3C WebDriver BiDi §3.4 (message framing), §7.5.2 (script.callFunction).
 *
 * Known differences: events are ignored; general clients know neither Gecko's `moz:scope` nor a browser without tabs.
 */
import WebSocket from 'ws';

type Answer =
  | { readonly type: 'success'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number | null; readonly error: string; readonly message: string };

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A browsing context of the whole application, its own windows included. */
export interface BidiContext {
  readonly context: string;
  readonly url: string;
}

type ScriptAnswer =
  | { readonly type: 'success'; readonly result: { readonly type: string; readonly value?: unknown } }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

export class BidiClient {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#receive(data.toString('utf8')));
    socket.on('close', () => this.#abandon('Thunderbird closed the connection'));
    socket.on('error', (error) => this.#abandon(error.message));
  }

  /** Opens a session at `ws://host:port/session`. Rejects when nobody listens or the agent refuses. */
  static async connect(url: string): Promise<BidiClient> {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const client = new BidiClient(socket);
    await client.send('session.new', { capabilities: {} });
    return client;
  }

  /** Sends one command. Rejects with the agent's error text. */
  send(method: string, params: object): Promise<unknown> {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Error(`${method}: there is no connection to Thunderbird`));
    }
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** The top windows of the application itself (needs `--remote-allow-system-access`). */
  async chromeContexts(): Promise<readonly BidiContext[]> {
    const tree = (await this.send('browsingContext.getTree', { 'moz:scope': 'chrome', maxDepth: 0 })) as {
      readonly contexts: readonly BidiContext[];
    };
    return tree.contexts;
  }

  /**
   * Runs the text of a function in a context and returns what it (or its promise) gives, carried as JSON.
   * @param functionText evaluates to a function of one argument, the parsed `argument`
   */
  async call(context: string, functionText: string, argument: unknown): Promise<unknown> {
    const answer = (await this.send('script.callFunction', {
      target: { context },
      awaitPromise: true,
      functionDeclaration: `async (text) => JSON.stringify((await (${functionText})(JSON.parse(text))) ?? null)`,
      arguments: [{ type: 'string', value: JSON.stringify(argument ?? null) }],
    })) as ScriptAnswer;
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    const { value } = answer.result;
    if (typeof value !== 'string') throw new TypeError(`expected JSON text, got ${answer.result.type}`);
    return JSON.parse(value) as unknown;
  }

  close(): void {
    this.#socket.close();
  }

  #receive(text: string): void {
    const answer = JSON.parse(text) as Answer | { readonly type: 'event' };
    if (answer.type === 'event' || answer.id === null) return;
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (answer.type === 'success') pending?.resolve(answer.result);
    else pending?.reject(new Error(`${answer.error}: ${answer.message}`));
  }

  #abandon(why: string): void {
    for (const pending of this.#pending.values()) pending.reject(new Error(why));
    this.#pending.clear();
  }
}
