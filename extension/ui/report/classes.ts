/**
 * What a message says of its class, as words: each keyword with its meaning, whose it is, who declared, signed and recorded it; what is no
 * keyword; labels in the Subject; marks of bulk mail. The sources are never merged (RFC 3865 §2.5, §2.6).
 */
import { shownDomain } from '../../../src/domain/name.ts';
import type { Report } from '../../../src/report/types.ts';
import type { SolicitationClass } from '../../../src/solicitation/types.ts';
import { findPassKey, type ClassCollection } from '../../classes/collection.ts';
import { meaningOf } from '../../classes/dictionary.ts';
import { keyOf, type Translate } from '../words.ts';
import type { Row } from './rows.ts';

/** Where the holder of a keyword's domain can be asked. Opened by a click of the reader's, never fetched. */
export interface DefinitionLink {
  readonly text: string;
  readonly address: string;
}

export interface ClassView {
  readonly keyword: string;
  /** What it means; empty where nobody told. */
  readonly name: string;
  /** Where that meaning comes from, or that there is none. */
  readonly source: string;
  /** The reader's own note; empty where there is none. */
  readonly note: string;
  readonly rows: readonly Row[];
  readonly definition: DefinitionLink | null;
}

export interface SolicitationView {
  readonly classes: readonly ClassView[];
  /** What is no keyword, and labels in the Subject. */
  readonly others: readonly Row[];
  readonly bulk: readonly Row[];
}

export function viewSolicitation(report: Report, collection: ClassCollection, t: Translate): SolicitationView {
  const { classes, malformed, subjectLabels, bulk } = report.solicitation;
  return {
    classes: classes.map((one) => viewClass(one, report, collection, t)),
    others: [
      ...malformed.map(({ text }) => ({ label: t('panel_solicitation_malformed'), text })),
      ...subjectLabels.map(({ label, law }) => ({
        label: t('panel_solicitation_label'),
        text: label,
        note: t(keyOf('panel_law', law)),
      })),
    ],
    bulk: bulk.map(({ mark, value }) => ({ label: t(keyOf('panel_bulk', mark)), text: value })),
  };
}

function viewClass(one: SolicitationClass, report: Report, collection: ClassCollection, t: Translate): ClassView {
  const { keyword, organization } = one;
  const passKey = findPassKey(collection, keyword);
  const said = [...declaredRows(one, report, t), ...recordedRows(one, t)];
  if (passKey) {
    const source = t(passKey.revokedAt === null ? 'panel_class_pass_key' : 'panel_class_pass_key_revoked');
    return { keyword, name: passKey.name, source, note: '', rows: said, definition: null };
  }
  const { name, source, note } = meaningOf(keyword, collection.classes, t) ?? {
    name: '',
    source: t('panel_class_unknown'),
    note: '',
  };
  const definition = organization === null ? null : linkTo(organization, t);
  return { keyword, name, source, note, rows: [...ownerRows(one, t), ...said], definition };
}

function ownerRows({ domain, organization, owner }: SolicitationClass, t: Translate): readonly Row[] {
  const label = t('panel_class_owner');
  if (domain === null) return [{ label, text: t('panel_class_no_owner') }];
  const note = owner === null ? {} : { note: t(keyOf('panel_class_owner', owner)) };
  return [
    { label, text: shownDomain(domain), ...note },
    ...(organization === null || organization === domain
      ? []
      : [{ label: t('panel_class_organization'), text: shownDomain(organization) }]),
  ];
}

/** Who declared it is whoever wrote the field; a signature makes it the claim of a domain. */
function declaredRows(
  { declared, signedBy }: SolicitationClass,
  { solicitation }: Report,
  t: Translate,
): readonly Row[] {
  if (!declared) return [];
  const domains = signedBy.map(shownDomain).join(', ');
  const note =
    signedBy.length === 0
      ? t('panel_solicitation_unsigned')
      : t(solicitation.signed ? 'panel_solicitation_signed' : 'panel_solicitation_partly_signed', { domain: domains });
  return [{ label: t('panel_solicitation_declared'), text: t('panel_class_in_field'), note }];
}

function recordedRows({ recordedBy }: SolicitationClass, t: Translate): readonly Row[] {
  return recordedBy.map(({ by, trusted }) => ({
    label: t('panel_solicitation_recorded'),
    text: by ?? t('panel_server_unnamed'),
    note: t(trusted ? 'panel_class_recorder_own' : 'panel_class_recorder_other'),
  }));
}

function linkTo(organization: string, t: Translate): DefinitionLink {
  return {
    text: t('panel_class_definition', { domain: shownDomain(organization) }),
    address: `https://${organization}/`,
  };
}
