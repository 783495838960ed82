/** A TCP proxy in front of a server, to be slow, silent or gone at a test's wish. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/**
 * `pass`: as if it were not there. `hang`: what clients send is kept back, until it passes again. `refuse`: connections are
 * closed, the open ones as well.
 */
export type ProxyMode = 'pass' | 'hang' | 'refuse';

export interface FaultProxy {
  readonly port: number;
  readonly setMode: (mode: ProxyMode) => void;
  /** Octets of clients kept back now: a question is waiting. */
  readonly isHolding: () => boolean;
  readonly close: () => Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  held: Buffer[];
}

export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const pairs = new Set<Pair>();
  let mode: ProxyMode = 'pass';

  const listener = createServer((client) => {
    if (mode === 'refuse') {
      client.destroy();
      return;
    }
    const pair: Pair = { client, server: connect(targetPort, '127.0.0.1'), held: [] };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      pair.client.destroy();
      pair.server.destroy();
    };
    for (const socket of [pair.client, pair.server]) socket.on('error', end).on('close', end);
    client.on('data', (data: Buffer) => {
      if (mode === 'hang') pair.held.push(data);
      else pair.server.write(data);
    });
    pair.server.on('data', (data: Buffer) => pair.client.write(data));
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', resolve);
  });

  return {
    port: (listener.address() as AddressInfo).port,
    isHolding: () => [...pairs].some(({ held }) => held.length > 0),
    setMode(wanted) {
      mode = wanted;
      for (const pair of pairs) {
        if (mode === 'pass') for (const data of pair.held.splice(0)) pair.server.write(data);
        if (mode === 'refuse') pair.client.destroy();
      }
    },
    close: async () => {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
