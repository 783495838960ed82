/** The little of SMTP (RFC 5321) that handing in a message takes, and a way for it to come from another address. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface Envelope {
  readonly from: string;
  readonly to: string;
  /** What the client calls itself. */
  readonly helo: string;
}

/** Hands in one message of CRLF lines. Rejects where the server refuses it. */
export async function sendMail(port: number, { from, to, helo }: Envelope, message: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const replies = repliesOf(socket);
  const expect = async (class_: '2' | '3') => {
    const { value } = await replies.next();
    if (value?.startsWith(class_) !== true) throw new Error(`the server says ${value ?? 'nothing'}`);
  };
  try {
    await expect('2');
    for (const command of [`EHLO ${helo}`, `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`]) {
      socket.write(`${command}\r\n`);
      await expect('2');
    }
    socket.write('DATA\r\n');
    await expect('3');
    socket.write(`${message.replace(/^\./gm, '..').replace(/(?:\r\n)?$/, '\r\n')}.\r\n`, 'latin1');
    await expect('2');
    socket.end('QUIT\r\n');
  } finally {
    socket.destroy();
  }
}

/** The last line of each reply. */
async function* repliesOf(socket: Socket): AsyncGenerator<string, undefined> {
  for await (const line of createInterface({ input: socket })) if (/^\d{3}(?: |$)/.test(line)) yield line;
  return undefined;
}

export interface Distance {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Listens in front of a server that takes the client's address from the PROXY protocol (version 1), and passes every connection on
 * as one from `address`: between two servers of one machine, this is the internet.
 */
export async function putDistance(address: string, serverPort: number): Promise<Distance> {
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    server.write(`PROXY TCP4 ${address} 127.0.0.1 40000 25\r\n`);
    for (const [one, other] of [[client, server] as const, [server, client] as const]) {
      sockets.add(one);
      one.on('error', () => other.destroy()).on('close', () => sockets.delete(one));
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (listener.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
