/** Vite plugin: lets the written command line be started by its own name. */
import { chmodSync } from 'node:fs';
import type { Plugin } from 'vite';

export function executable(file: string): Plugin {
  return {
    name: 'countersign:executable',
    apply: 'build',
    writeBundle: { order: 'post', sequential: true, handler: () => chmodSync(file, 0o755) },
  };
}
