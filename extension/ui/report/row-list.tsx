/** Labels with what is behind them: what most of the panel is made of. */
import { Foreign } from '../text.tsx';
import type { Row } from './rows.ts';

export function Rows({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <dl class="rows">
      {rows.map(({ label, text, note }, index) => (
        <div key={index} class="row">
          <dt>{label}</dt>
          <dd>
            <Foreign text={text} />
            {note !== undefined && <span class="remark">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
