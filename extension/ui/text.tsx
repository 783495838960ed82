/** Text that came from mail or DNS: made visible, isolated from the direction of what surrounds it, never markup. */
import { visibleText } from '../../src/bytes/visible.ts';

/** One line. */
export function Foreign({ text }: { readonly text: string }) {
  return <bdi class="foreign">{visibleText(text)}</bdi>;
}

/** Several lines, as in a folded header field: line ends stay, everything else is made visible. */
export function ForeignLines({ text }: { readonly text: string }) {
  const lines = text.split(/\r?\n/).map((line) => visibleText(line.replaceAll('\t', '    ')));
  return <bdi class="foreign lines">{lines.join('\n')}</bdi>;
}
