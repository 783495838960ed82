/**
 * `npm run bench:firefox`: this core beside the floor in the engine of Firefox and Thunderbird, on the messages of `npm run bench`.
 * docs/performance.md tells the method. `-- --large 20` makes the large messages 20 MB, `-- --only prose` picks samples by name.
 */
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { startFirefox } from '../e2e/support/firefox.ts';
import { prepareFloor } from './contestants.ts';
import { makeCorpus, MEGABYTE, type Sample } from './corpus.ts';
import type { Measured, SentSample } from './firefox-page.ts';

const { values } = parseArgs({ options: { large: { type: 'string', default: '1' }, only: { type: 'string' } } });

function send(sample: Sample): SentSample {
  const { name, messages, records } = sample;
  const { key, parts } = prepareFloor(sample);
  return {
    name,
    messages: messages.map(base64),
    records,
    key: { type: key.type, octets: base64(key.octets) },
    parts: parts.map(({ data, signature, body }) => ({
      data: base64(data),
      signature: base64(signature),
      body: base64(body),
    })),
  };
}

function base64(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('base64');
}

/** The page's code in one file, as the extension's is built. */
async function buildPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const entry = join(import.meta.dirname, 'firefox-page.ts');
    const lib = { entry, formats: ['es' as const], fileName: () => 'page.js' };
    await build({
      configFile: false,
      logLevel: 'warn',
      build: { lib, outDir: folder, emptyOutDir: true, minify: false, target: 'es2023' },
    });
    return await readFile(join(folder, 'page.js'), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}

const samples = makeCorpus(Number(values.large) * MEGABYTE).filter(({ name }) => name.includes(values.only ?? ''));
const files = new Map([
  [
    '/',
    {
      type: 'text/html',
      text: '<!doctype html><script type="module" src="page.js"></script>',
    },
  ],
  ['/page.js', { type: 'text/javascript', text: await buildPage() }],
  ['/samples.json', { type: 'application/json', text: JSON.stringify(samples.map(send)) }],
]);
const server = createServer();
const measured = new Promise<Measured>((resolve, reject) => {
  server.on('request', (request, response) => {
    if (request.method === 'POST') json(request).then(resolve as (result: unknown) => void, reject);
    const file = files.get(request.url ?? '/');
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.text);
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
// Otherwise the clock ticks in whole milliseconds.
const firefox = await startFirefox({ preferences: { 'privacy.reduceTimerPrecision': false } });
try {
  // The page begins by itself and sends what it measured: one that is talked to runs under the debugger, which keeps account of every
  // promise and takes a third of the time.
  await firefox.visit(`http://127.0.0.1:${port}/`);
  const { engine, table } = await measured;
  console.log(`${engine}; medians, in parentheses the ratio to the floor\n\n${table}`);
} finally {
  await firefox.close();
  server.close();
}
