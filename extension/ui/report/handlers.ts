/** Who handled the message and what they did to it, as words. */
import { shownDomain } from '../../../src/domain/name.ts';
import type { Report } from '../../../src/report/types.ts';
import type { Intermediary, ShownChange } from '../../../src/trace/types.ts';
import { keyOf, type Translate } from '../words.ts';
import type { Row } from './rows.ts';

export interface HandlerView {
  readonly name: string;
  /** What it is: a mailing list, a forwarder … */
  readonly kind: string;
  /** What it can be shown to have changed, or that nothing can be shown. */
  readonly changed: readonly Row[];
  /** What it wrote of its own doing, by the names of its fields. */
  readonly says: readonly Row[];
  /** Web address of what it publishes about itself; null where it names none. */
  readonly policy: string | null;
}

export function handlerRows({ intermediaries }: Pick<Report, 'intermediaries'>, t: Translate): readonly HandlerView[] {
  return intermediaries.map(({ kind, name, says, changed, policy }) => ({
    name,
    kind: t(`panel_handler_${kind}`),
    changed: changedRows(kind, changed, t),
    says: says.map((statement) => ({ label: statement.name, text: statement.text })),
    policy,
  }));
}

function changedRows(kind: Intermediary['kind'], changed: readonly ShownChange[], t: Translate): readonly Row[] {
  const label = t('panel_handler_changed');
  if (changed.length > 0)
    return changed.map((change) => ({ label, text: partText(change, t), note: noteOn(change, t) }));
  // Those who sign could be shown to have changed something; of the others no signature tells.
  const signs = kind === 'list' || kind === 'sealer';
  return [{ label, text: t(signs ? 'panel_changed_nothing' : 'panel_changed_untold') }];
}

function partText({ body, header, headerFields, domain, method }: ShownChange, t: Translate): string {
  const part = body && header ? 'both' : body ? 'body' : 'header';
  const fields = headerFields.length > 0 ? [t('panel_changed_fields', { fields: headerFields.join(', ') })] : [];
  return [t(`panel_changed_${part}_${method}`, { domain: shownDomain(domain) }), ...fields].join(' ');
}

function noteOn({ changes, proof }: ShownChange, t: Translate): string {
  return [...changes.map((change) => t(keyOf('panel_change', change))), t(keyOf('panel_proof', proof))].join(' ');
}
