/**
 * Vite plugin: scripts that the mail program or the browser runs as they are, outside of any page. Each becomes one file under its own name,
 * with the ending changed to `.js`, and with all that it imports in it, since such scripts are no modules.
 */
import { join } from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';

/**
 * @param root the folder the paths start from
 * @param files paths of the sources below it
 */
export function classicScripts(root: string, files: readonly string[]): Plugin {
  let config: ResolvedConfig | undefined;
  return {
    name: 'countersign:classic-scripts',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    async generateBundle() {
      for (const file of files)
        this.emitFile({
          type: 'asset',
          fileName: file.replace(/\.ts$/, '.js'),
          source: await bundle(join(root, file), config),
        });
    },
  };
}

/** One script that stands alone. */
async function bundle(entry: string, config: ResolvedConfig | undefined): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    ...(config?.define && { define: config.define }),
    build: {
      write: false,
      minify: false,
      target: config?.build.target ?? 'es2023',
      reportCompressedSize: false,
      rolldownOptions: { input: entry, output: { format: 'iife' } },
    },
  });
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  const [script, ...others] = outputs;
  if (script?.type !== 'chunk' || others.length > 0) throw new Error(`${entry} is no script that stands alone`);
  return script.code;
}
