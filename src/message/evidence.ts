/** Where a statement comes from: so that each can be shown next to what it was read from. */
import type { HeaderField } from './types.ts';

export type Evidence =
  | {
      readonly kind: 'field';
      readonly index: number;
      readonly name: string;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'dns'; readonly name: string; readonly type: string; readonly record: string | null }
  | { readonly kind: 'signature'; readonly index: number; readonly domain: string; readonly selector: string };

/** Points at a header field by index and byte range. */
export function fieldEvidence(field: HeaderField): Evidence {
  return { kind: 'field', index: field.index, name: field.name, start: field.start, end: field.end };
}
