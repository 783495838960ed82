/** unbound over a private tree, on UDP of this machine: the validator ours is held against, and where the packets come from. */
import { createSocket, type Socket } from 'node:dgram';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeAnswer, encodeQuestion, type QuestionType } from '../../src/dns/wire.ts';
import type { MessageSource } from '../../src/dns/source.ts';
import { freePort } from '../e2e/support/port.ts';
import { startProgram } from '../e2e/support/process.ts';
import type { World } from './world.ts';

export interface UdpServer {
  /** One question as octets; with `unchecked`, validation is left to us (the CD bit, RFC 4035 §3.2.2). */
  ask(name: string, type: QuestionType, unchecked: boolean): Promise<Uint8Array<ArrayBuffer>>;
  stop(): Promise<void>;
}

export async function startUnboundOver(folder: string, world: World): Promise<UdpServer> {
  const port = await freePort();
  const file = join(folder, 'unbound.conf');
  const anchor = join(folder, 'anchor');
  await writeFile(anchor, world.anchor);
  await writeFile(file, configuration(folder, port, anchor, world));
  const program = startProgram('unbound', ['-d', '-p', '-c', file]);
  const client = await connect(port);
  const server: UdpServer = {
    ask: client.ask,
    async stop() {
      client.close();
      await program.stop();
    },
  };
  for (let attempt = 0; attempt < 50; attempt++) {
    if (program.child.exitCode !== null) throw new Error(`unbound ended: ${program.output()}`);
    const up = await server.ask('.', 'DNSKEY', true).then(
      () => true,
      () => false,
    );
    if (up) return server;
  }
  await server.stop();
  throw new Error(`unbound does not answer: ${program.output()}`);
}

/** What the server says without judging: the source the validator under test works on. */
export function sourceOver(ask: (name: string, type: QuestionType) => Promise<Uint8Array>): MessageSource {
  return {
    async ask(name, type) {
      const message = decodeAnswer(await ask(name, type));
      if (!message.ok) return { ok: false, failure: 'malformed', detail: message.problem };
      return { ok: true, message: message.value, age: 0 };
    },
  };
}

function configuration(folder: string, port: number, anchor: string, { zones }: World): string {
  const server = `server:
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  verbosity: 0
  num-threads: 1
  interface: 127.0.0.1@${port}
  port: ${port}
  max-udp-size: 65535
  do-ip6: no
  do-not-query-localhost: no
  module-config: "validator iterator"
  val-nsec3-keysize-iterations: "1024 100 2048 100 4096 100"
  trust-anchor-file: "${anchor}"
  ede: yes
  serve-expired: no
remote-control:
  control-enable: no
`;
  const authZones = zones.map(
    (zone) => `auth-zone:
  name: "${zone.apex}"
  zonefile: "${zone.file}"
  for-downstream: no
  for-upstream: yes
  fallback-enabled: no
`,
  );
  return server + authZones.join('');
}

const ANSWER_MS = 2_000;
const OPEN_AT_ONCE = 20;

/** A socket that asks a few questions at a time and tells the answers apart by their ID. */
async function connect(port: number): Promise<{ ask: UdpServer['ask']; close: () => void }> {
  const socket: Socket = createSocket('udp4');
  const waiting = new Map<number, (answer: Uint8Array<ArrayBuffer>) => void>();
  socket.on('message', (message) => waiting.get(message.readUInt16BE(0))?.(new Uint8Array(message)));
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.connect(port, '127.0.0.1', resolve));
  let nextId = 1;
  let open = 0;
  const queue: (() => void)[] = [];
  return {
    async ask(name, type, unchecked) {
      if (open >= OPEN_AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve));
      open++;
      const id = nextId++ & 0xffff;
      const query = encodeQuestion(name, type, false);
      query.set([id >> 8, id & 0xff], 0);
      if (unchecked) query[3] = (query[3] ?? 0) | 0x10;
      try {
        return await new Promise((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error(`no answer to ${name} ${type}`)), ANSWER_MS);
          waiting.set(id, (answer) => {
            clearTimeout(timer);
            resolve(answer);
          });
          socket.send(query);
        });
      } finally {
        waiting.delete(id);
        open--;
        queue.shift()?.();
      }
    },
    close: () => socket.close(),
  };
}
