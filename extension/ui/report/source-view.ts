/** Which fields of the source are shown, and what is copied of them. Computed without a browser. */
import type { HeaderView } from './view-model.ts';

export const FIELD_FILTERS = ['all', 'signed', 'unsigned', 'trace'] as const;
/** `trace`: what servers wrote on the way (RFC 5321 §4.4, RFC 8601, RFC 8617). */
export type FieldFilter = (typeof FIELD_FILTERS)[number];

const TRACE = /^(?:received|return-path|delivered-to|authentication-results|received-spf|arc-[a-z-]+|x-received)$/i;

/** Fields whose name or value holds what is sought, whatever its case and wherever the line is folded. */
export function matchingFields(
  fields: readonly HeaderView[],
  sought: string,
  filter: FieldFilter,
): readonly HeaderView[] {
  const wanted = plain(sought);
  return fields.filter((field) => passes(field, filter) && plain(`${field.name}: ${field.value}`).includes(wanted));
}

function passes({ name, signedBy }: HeaderView, filter: FieldFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'signed':
      return signedBy.length > 0;
    case 'unsigned':
      return signedBy.length === 0;
    case 'trace':
      return TRACE.test(name);
  }
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

/** The fields as they are in the message. */
export function sourceText(fields: readonly HeaderView[]): string {
  return fields.map(({ name, value }) => `${name}: ${value.trimStart()}\n`).join('');
}
