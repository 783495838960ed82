/** A table of what is remembered. Wide ones scroll in themselves, by keyboard as well, so that the page never does sideways. */
import type { ComponentChildren } from 'preact';
import { t } from '../../ui/words.ts';

interface TableProps {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly columns: readonly string[];
  /** Rows there are, of which `shown` are in the table. */
  readonly count: number;
  readonly shown: number;
  readonly sought: boolean;
  readonly children: ComponentChildren;
}

export function MemoryTable({ id, title, text, columns, count, shown, sought, children }: TableProps) {
  return (
    <section aria-labelledby={`${id}-title`} data-testid={id}>
      <h2 id={`${id}-title`}>{title}</h2>
      <p class="remark">{text}</p>
      {count === 0 ? (
        <p>{t(sought ? 'memory_none_found' : 'memory_none')}</p>
      ) : (
        <div class="table-frame" role="region" aria-labelledby={`${id}-title`} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
                <th scope="col">
                  <span class="visually-hidden">{t('memory_column_erase')}</span>
                </th>
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
      {count > shown && <p class="remark">{t('memory_more', { shown: String(shown), count: String(count) })}</p>}
    </section>
  );
}
