/** What is built: the same everywhere, silent about the machine it was built on, and a library that others can use. */
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from './support/process.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SOURCES = [
  'src',
  'extension',
  'manifest.json',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
  'test/support/skipped.ts', // which the configuration reads
];

let scratch: string;
let here: string;
let elsewhere: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'countersign-build-'));
  here = join(scratch, 'here');
  elsewhere = join(scratch, 'some', 'where else');
  await build(here, 'Etc/UTC');
  await build(elsewhere, 'Pacific/Kiritimati');
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Builds a copy of the sources as `npm run build` does, in a folder and a time zone of its own. */
async function build(folder: string, zone: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of SOURCES) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  // A link to the packages would show in the output as the way to them.
  await runProgram('cp', ['-R', join(ROOT, 'node_modules'), join(folder, 'node_modules')]);
  // The test runner marks its environment, and the build would take the marks for its own.
  const { VITEST: _runner, NODE_ENV: _mode, TARGET: _target, ...env } = process.env;
  await runProgram('npm', ['run', '-s', 'build'], { cwd: folder, env: { ...env, TZ: zone } });
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

async function digestsOf(folder: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const name of await filesBelow(folder)) {
    digests[name] = createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
  }
  return digests;
}

describe('the build', () => {
  it('gives the same octets in another folder and another time zone, archives included', async () => {
    const first = await digestsOf(join(here, 'dist'));
    expect(Object.keys(first)).toEqual(
      expect.arrayContaining([
        'countersign-chrome.zip',
        'countersign-firefox.xpi',
        'countersign-thunderbird.xpi',
        join('cli', 'countersign.js'),
        join('core', 'index.js'),
        join('core', 'types', 'index.d.ts'),
      ]),
    );
    expect(await digestsOf(join(elsewhere, 'dist'))).toEqual(first);
  });

  it('names no path of the machine in any file', async () => {
    const folder = join(here, 'dist');
    const telling: string[] = [];
    for (const name of await filesBelow(folder)) {
      const text = (await readFile(join(folder, name))).toString('latin1');
      if ([ROOT, scratch].some((path) => text.includes(path))) telling.push(name);
    }
    expect(telling).toEqual([]);
  });
});

const CONSUMER = `import { checkMessage, createZoneResolver, type Level, type Report } from 'countersign';
const raw = new TextEncoder().encode('From: Carol <carol@plain.example>\\r\\nSubject: Hello\\r\\n\\r\\nHello.\\r\\n');
const resolver = createZoneResolver({ 'plain.example': { A: ['192.0.2.80'] } });
const report: Report = await checkMessage(raw, { resolver, now: new Date() });
const level: Level = report.level;
console.log(level);
// @ts-expect-error: the declarations are there, so a level is no number
export const wrong: number = report.level;
`;

const OPTIONS = { strict: true, target: 'es2023', lib: ['es2023', 'dom'], types: [] };

describe('the library', () => {
  let consumer: string;
  beforeAll(async () => {
    consumer = join(scratch, 'consumer');
    const installed = join(consumer, 'node_modules', 'countersign');
    await cp(join(here, 'dist', 'core'), join(installed, 'dist', 'core'), { recursive: true });
    await cp(join(here, 'package.json'), join(installed, 'package.json'));
    await writeFile(join(consumer, 'package.json'), '{ "type": "module" }');
    await writeFile(join(consumer, 'use.ts'), CONSUMER);
  });

  async function compile(options: object): Promise<void> {
    const compilerOptions = { ...OPTIONS, ...options };
    await writeFile(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
    await runProgram(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')], { cwd: consumer });
  }

  it.each([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])('type-checks for who uses it with module resolution %s', async (moduleResolution, module) => {
    await compile({ module, moduleResolution, noEmit: true });
  });

  it('runs in plain Node, without any other package installed', async () => {
    await compile({ module: 'nodenext', outDir: 'out' });
    const said = await runProgram(process.execPath, [join('out', 'use.js')], { cwd: consumer });
    expect(said.trim()).toBe('unsigned');
  });
});
