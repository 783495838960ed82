/** The header of a message as it came: to search, to filter by what is signed, to copy and to save. A field that is asked for is always shown. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { saveAsFile } from '../save-file.ts';
import { Foreign, ForeignLines } from '../text.tsx';
import { counted, t } from '../words.ts';
import { FIELD_FILTERS, matchingFields, sourceText, type FieldFilter } from './source-view.ts';
import type { HeaderView } from './view-model.ts';

/** A field that evidence leads to; a new object each time it is asked for. */
export interface WantedField {
  readonly index: number;
}

/** Leads to a field of the source, for the eye and for a screen reader. */
export const ShowField = createContext<(index: number) => void>(() => undefined);

interface SourceProps {
  readonly fields: readonly HeaderView[];
  readonly wanted: WantedField | undefined;
}

export function Source({ fields, wanted }: SourceProps) {
  const [sought, setSought] = useState('');
  const [filter, setFilter] = useState<FieldFilter>('all');
  const [status, setStatus] = useState('');
  const shown = matchingFields(fields, sought, filter);
  useEffect(() => {
    if (!wanted) return;
    setSought('');
    setFilter('all');
    // Once the whole source is there again.
    const timer = setTimeout(() => {
      const field = document.getElementById(`field-${wanted.index}`);
      field?.scrollIntoView({ block: 'center' });
      field?.focus();
    });
    return () => clearTimeout(timer);
  }, [wanted]);
  const copy = (): void =>
    void navigator.clipboard.writeText(sourceText(shown)).then(
      () => setStatus(t('panel_copied')),
      () => setStatus(t('panel_copy_refused')),
    );

  return (
    <>
      <div class="toolbar no-print" role="search" aria-label={t('panel_section_header')}>
        <input
          type="search"
          aria-label={t('source_search')}
          placeholder={t('source_search')}
          data-testid="source-search"
          value={sought}
          onInput={({ currentTarget }) => {
            setSought(currentTarget.value);
            setStatus('');
          }}
        />
        <select
          aria-label={t('source_filter')}
          data-testid="source-filter"
          value={filter}
          onChange={({ currentTarget: { value } }) => setFilter(FIELD_FILTERS.find((one) => one === value) ?? 'all')}
        >
          {FIELD_FILTERS.map((one) => (
            <option key={one} value={one}>
              {t(`source_filter_${one}`)}
            </option>
          ))}
        </select>
        <button type="button" data-testid="source-copy" onClick={copy}>
          {t('source_copy')}
        </button>
        <button
          type="button"
          data-testid="source-save"
          onClick={() => saveAsFile(sourceText(shown), 'message-header.txt', 'text/plain')}
        >
          {t('source_save')}
        </button>
        <span role="status" data-testid="source-status">
          {status || (shown.length < fields.length ? counted(t, 'source_found', shown.length) : '')}
        </span>
      </div>
      <ol class="raw-header" dir="ltr" data-testid="raw-header">
        {shown.map((field) => (
          <Field key={field.index} field={field} />
        ))}
      </ol>
    </>
  );
}

function Field({ field: { index, name, value, signedBy } }: { readonly field: HeaderView }) {
  return (
    <li id={`field-${index}`} tabIndex={-1} class={signedBy.length > 0 ? 'signed-field' : ''} value={index + 1}>
      <span class="field-name">
        <Foreign text={name} />:
      </span>
      <ForeignLines text={value} />
      {signedBy.length > 0 && <span class="chip">{t('panel_field_signed_by', { domain: signedBy.join(', ') })}</span>}
    </li>
  );
}

/** Leads to a field from wherever evidence is shown. */
export function useShowField(): (index: number) => void {
  return useContext(ShowField);
}
