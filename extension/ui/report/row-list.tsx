/** Labels with what is behind them: what most of the panel is made of. */
import { useState } from 'preact/hooks';
import { visibleText } from '../../../src/bytes/visible.ts';
import { Foreign } from '../text.tsx';
import { t } from '../words.ts';
import type { Row } from './rows.ts';

export function Rows({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <dl class="rows">
      {rows.map(({ label, text, note, isCopied = false }, index) => (
        <div key={index} class="row">
          <dt>{label}</dt>
          <dd>
            {isCopied && text.length > LONGEST ? <Copied label={label} text={text} /> : <Foreign text={text} />}
            {note !== undefined && <span class="remark">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Characters of a value that are shown, where it is one to copy. */
const LONGEST = 60;
const AT_START = 36;
const AT_END = 16;

/** A long value, cut in the middle, whole in the clipboard. */
function Copied({ label, text }: { readonly label: string; readonly text: string }) {
  const [status, setStatus] = useState('');
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(
      () => setStatus(t('panel_copied')),
      () => setStatus(t('panel_copy_refused')),
    );
  return (
    <span class="copied-value">
      <bdi class="foreign mono" dir="ltr" title={visibleText(text)}>
        {visibleText(text.slice(0, AT_START))}…{visibleText(text.slice(-AT_END))}
      </bdi>
      <button
        type="button"
        class="small no-print"
        aria-label={t('panel_copy_value', { what: label })}
        data-testid="copy-value"
        onClick={copy}
      >
        {t('panel_copy_short')}
      </button>
      <span role="status" class="soft">
        {status}
      </span>
    </span>
  );
}
