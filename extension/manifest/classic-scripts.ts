/**
 * Vite plugin: scripts that the mail program runs as they are, outside of any page. Each becomes one file under its own name, with the
 * ending changed to `.js`; it can import nothing, since such scripts are no modules.
 */
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * @param root the folder the paths start from
 * @param files paths of the sources below it
 */
export function classicScripts(root: string, files: readonly string[]): Plugin {
  const outputs = files.map((file) => ({ id: join(root, file), fileName: file.replace(/\.ts$/, '.js') }));
  return {
    name: 'countersign:classic-scripts',
    apply: 'build',
    buildStart() {
      for (const output of outputs) this.emitFile({ type: 'chunk', ...output });
    },
    generateBundle(_options, bundle) {
      for (const { fileName } of outputs) {
        const chunk = bundle[fileName];
        if (chunk?.type !== 'chunk' || chunk.imports.length + chunk.dynamicImports.length + chunk.exports.length > 0)
          throw new Error(`${fileName} is no script that stands alone`);
      }
    },
  };
}
