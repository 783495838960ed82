/** What a run did, or would do, message by message, and why. Text of messages is shown as text. */
import { Foreign } from '../../ui/text.tsx';
import { t } from '../../ui/words.ts';
import type { EntryView } from './view-model.ts';

interface EntryTableProps {
  readonly title: string;
  readonly entries: readonly EntryView[];
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly onUndo: (entry: number) => void;
}

const COLUMNS = ['message', 'why', 'what', 'outcome'] as const;

export function EntryTable({ title, entries, hasMore, onMore, onUndo }: EntryTableProps) {
  return (
    <section aria-labelledby="entries-title" data-testid="journal-entries">
      <h2 id="entries-title">{title}</h2>
      {entries.length === 0 ? (
        <p>{t('journal_no_entries')}</p>
      ) : (
        <div class="table-frame" role="region" aria-labelledby="entries-title" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col">
                    {t(`journal_column_${column}`)}
                  </th>
                ))}
                <th scope="col">
                  <span class="visually-hidden">{t('journal_do_undo')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <EntryRow key={entry.id} entry={entry} onUndo={() => onUndo(entry.id)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hasMore && (
        <button type="button" data-testid="journal-more" onClick={onMore}>
          {t('journal_more')}
        </button>
      )}
    </section>
  );
}

function EntryRow({ entry, onUndo }: { readonly entry: EntryView; readonly onUndo: () => void }) {
  const { id, subject, author, date, why, changes, outcome, problems, canBeUndone } = entry;
  return (
    <tr>
      <th scope="row">
        <Foreign text={subject} />
        <div class="remark">
          <Foreign text={author} />, {date}
        </div>
      </th>
      <td>
        <Lines lines={why} />
      </td>
      <td>
        <Lines lines={changes} />
      </td>
      <td>
        {outcome}
        <Lines lines={problems} />
      </td>
      <td>
        {canBeUndone && (
          <button
            type="button"
            data-testid={`undo-${id}`}
            aria-label={t('journal_undo_one', { subject })}
            onClick={onUndo}
          >
            {t('journal_do_undo')}
          </button>
        )}
      </td>
    </tr>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return lines.length === 0 ? null : (
    <ul class="plain">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
