/** The command line's HTTP/2: it reads no further than a DNS message can be long, whatever a server sends. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fetchOverHttp2 } from '../../src/cli/http2-fetch.ts';
import { createDohResolver } from '../../src/dns/doh.ts';
import { LIMITS } from '../../src/limits.ts';
import { createLocalCertificate } from '../e2e/support/certificate.ts';

let server: Http2SecureServer;
let folder: string;
let url: string;
let sent = 0;
let wasEnded = false;
let verifying: string | undefined;

beforeAll(async () => {
  verifying = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  folder = await mkdtemp(join(tmpdir(), 'countersign-http2-'));
  const { certificate, key } = await createLocalCertificate(folder);
  server = createSecureServer({ cert: await readFile(certificate), key: await readFile(key) });
  server.on('stream', (stream) => {
    stream.on('error', () => undefined);
    stream.on('close', () => {
      wasEnded = true;
    });
    stream.respond({ ':status': 200, 'content-type': 'application/dns-message' });
    const more = (): void => {
      while (!stream.destroyed && !stream.writableEnded) {
        sent += 16_384;
        if (!stream.write(Buffer.alloc(16_384))) {
          stream.once('drain', more);
          return;
        }
      }
    };
    more();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://localhost:${(server.address() as AddressInfo).port}/dns-query`;
});
afterAll(async () => {
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = verifying ?? '1';
  server.close();
  await rm(folder, { recursive: true, force: true });
});

it('stops at an answer without end', async () => {
  const answer = await createDohResolver(url, { fetch: fetchOverHttp2 }).query('shop.example', 'A');
  expect(answer).toMatchObject({ kind: 'failure', failure: 'malformed' });
  await expect.poll(() => wasEnded).toBe(true);
  expect(sent).toBeLessThan(100 * LIMITS.dnsMessageBytes);
});
