/** Tries the rules on messages without doing anything: those on display in the mail program, or saved ones where there is none. */
import { useRef, useState } from 'preact/hooks';
import type { RuleSet } from '../../../src/rules/types.ts';
import { LevelIcon } from '../../ui/level-icon.tsx';
import { Foreign } from '../../ui/text.tsx';
import { counted, t } from '../../ui/words.ts';
import { viewReply, type TriedMessage } from '../../judging/outcome.ts';
import { Outcome } from '../../ui/report/outcome-part.tsx';
import { tryOnFiles, tryOnShown, type Tried } from './try-out.ts';

export function TrySection({ rules }: { readonly rules: RuleSet }) {
  const [tried, setTried] = useState<readonly Tried[]>([]);
  const [status, setStatus] = useState('');
  /** Counts what was started: only the newest may show its messages. */
  const started = useRef(0);

  async function start(messages: AsyncIterable<Tried>): Promise<void> {
    const mine = ++started.current;
    const done: Tried[] = [];
    setTried(done);
    setStatus(t('panel_checking'));
    try {
      for await (const one of messages) {
        if (started.current !== mine) return;
        done.push(one);
        setTried([...done]);
      }
      setStatus(done.length === 0 ? t('panel_no_message') : counted(t, 'viewer_done', done.length));
    } catch (error) {
      setStatus(t('rules_try_failed', { error: String(error) }));
    }
  }

  const ids = tried.flatMap(({ id }) => id ?? []);
  return (
    <>
      <p class="remark">{t('rules_try_text')}</p>
      {__TARGET__ === 'thunderbird' ? (
        <div class="toolbar">
          <button type="button" data-testid="try-shown" onClick={() => void start(tryOnShown(rules))}>
            {t('rules_try_shown')}
          </button>
          <a href="../activity/index.html">{t('rules_try_folder')}</a>
        </div>
      ) : (
        <label>
          {t('rules_try_files')}{' '}
          <input
            type="file"
            multiple
            accept=".eml,.mbox,.mbx,message/rfc822"
            data-testid="try-files"
            onChange={({ currentTarget }) => void start(tryOnFiles(rules, [...(currentTarget.files ?? [])]))}
          />
        </label>
      )}
      <p role="status" class="outcome" data-testid="try-status">
        {status}
      </p>
      {tried.length > 0 && <TriedTable tried={tried} />}
      {ids.length > 0 && (
        <p>
          <a href={`../activity/index.html?messages=${ids.join(',')}`}>{t('rules_try_run')}</a>
        </p>
      )}
    </>
  );
}

function TriedTable({ tried }: { readonly tried: readonly Tried[] }) {
  return (
    <div class="table-frame" role="region" aria-label={t('rules_try_table')} tabIndex={0}>
      <table data-testid="tried">
        <thead>
          <tr>
            <th scope="col">{t('rules_try_message')}</th>
            <th scope="col">{t('rules_try_outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {tried.map((one, index) => (
            <TriedRow key={index} tried={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TriedRow({ tried }: { readonly tried: Tried }) {
  if (tried.state !== 'tried')
    return (
      <tr>
        <td colSpan={2} class="problem">
          {t(`panel_${tried.state}`, { error: tried.error })}
        </td>
      </tr>
    );
  const view = viewReply(tried.rules, t);
  return (
    <tr>
      <th scope="row">
        <Message message={tried} />
      </th>
      <td>{view === null ? t('rules_none_matches') : <Outcome view={view} />}</td>
    </tr>
  );
}

function Message({ message: { subject, author, level } }: { readonly message: TriedMessage }) {
  return (
    <>
      <Foreign text={subject} />
      <span class="remark">
        <Foreign text={author} />
      </span>
      <span class="remark level">
        <LevelIcon level={level} /> {t(`level_${level}`)}
      </span>
    </>
  );
}
