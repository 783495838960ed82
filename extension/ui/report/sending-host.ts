/** SPF as words: for each identity the result, what it rests on, and where; or why it could not be rechecked. */
import { shownDomain } from '../../../src/domain/name.ts';
import { LIMITS } from '../../../src/limits.ts';
import type { Report } from '../../../src/report/types.ts';
import type { SpfReport, SpfTrouble } from '../../../src/spf/types.ts';
import { keyOf, type Translate } from '../words.ts';
import { lookupRows } from './practices.ts';
import { row, type Row } from './rows.ts';

export interface SpfView {
  /** Which name was checked. */
  readonly identity: string;
  readonly result: SpfReport['result'];
  readonly text: string;
  /** What the result rests on; empty for a pass. */
  readonly reason: string;
  readonly rows: readonly Row[];
}

export interface SendingHostView {
  /** Why nothing was rechecked; empty where something was. */
  readonly notChecked: string;
  readonly checks: readonly SpfView[];
}

export function viewSendingHost({ spf, checkedAt }: Report, t: Translate): SendingHostView {
  if ('notChecked' in spf) return { notChecked: t(keyOf('spf_not_checked', spf.notChecked.reason)), checks: [] };
  return { notChecked: '', checks: spf.map((check) => viewCheck(check, checkedAt, t)) };
}

function viewCheck(check: SpfReport, checkedAt: string, t: Translate): SpfView {
  const { identity, domain, clientIp, result, reason, record = null, recordName = null } = check;
  return {
    identity: t(`panel_spf_${identity}`),
    result,
    text: t(`spf_result_${result}`, { domain: shownDomain(domain), address: clientIp }),
    reason: reason === null ? '' : t(keyOf('reason_spf', reason)),
    rows: [
      ...row(t('panel_spf_address'), clientIp),
      ...row(t('panel_spf_term'), check.mechanism ?? null),
      ...troubleRows(check.trouble, t),
      ...(check.explanation === undefined
        ? []
        : [{ label: t('panel_spf_explanation'), text: check.explanation, note: t('panel_spf_explanation_note') }]),
      { label: t('panel_spf_lookups'), text: lookupsText(check, t) },
      ...lookupRows({ ...check, record, name: recordName, askedAt: checkedAt }, t),
    ],
  };
}

function lookupsText({ lookups, voidLookups }: SpfReport, t: Translate): string {
  const limits = { limit: String(LIMITS.spfLookupTerms), voidLimit: String(LIMITS.spfVoidLookups) };
  return t('panel_spf_lookups_of', { count: String(lookups), voids: String(voidLookups), ...limits });
}

function troubleRows(trouble: SpfTrouble | undefined, t: Translate): readonly Row[] {
  if (trouble === undefined) return [];
  const { recordName, term, at, syntax, question, failure } = trouble;
  const place = at === undefined ? recordName : t('panel_spf_trouble_at', { name: recordName, at: String(at) });
  return [
    {
      label: t('panel_spf_trouble'),
      text: term ?? question ?? place,
      note: [
        place,
        ...(syntax === undefined ? [] : [t(keyOf('spf_problem', syntax))]),
        ...(failure === undefined ? [] : [failure]),
      ].join(', '),
    },
  ];
}
