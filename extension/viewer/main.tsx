/** Checks messages saved as files: .eml and mbox, opened or dropped. They never leave the machine. */
import browser from 'webextension-polyfill';
import { useState } from 'preact/hooks';
import { splitMbox } from '../../src/message/mbox.ts';
import { readMimeParts } from '../../src/message/mime.ts';
import { resolverFor } from '../adapters/resolver.ts';
import { loadSettings } from '../adapters/settings-store.ts';
import { checkRaw, type CheckedMessage } from '../background/checker.ts';
import { Panel } from '../panel/panel.tsx';
import { viewReport } from '../panel/view-model.ts';
import { LevelIcon } from '../ui/level-icon.tsx';
import { startPage } from '../ui/page.ts';
import { Foreign } from '../ui/text.tsx';
import { findingKey, t } from '../ui/words.ts';

/** Messages of one file that are checked; a mailbox of years is not what a page is for. */
const MOST_MESSAGES = 200;

interface SavedMessage {
  readonly label: string;
  readonly raw: Uint8Array<ArrayBuffer>;
}

interface Entry extends SavedMessage {
  readonly checked: CheckedMessage;
}

function ViewerPage() {
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [chosen, setChosen] = useState(0);
  const [status, setStatus] = useState('');

  async function open(files: Iterable<File>): Promise<void> {
    setEntries([]);
    setChosen(0);
    const done: Entry[] = [];
    for (const file of files) {
      for (const { label, raw } of await messagesOf(file)) {
        setStatus(t('viewer_checking', { label }));
        done.push({ label, raw, checked: await check(raw) });
      }
    }
    setEntries(done);
    setStatus(t('viewer_done', { count: String(done.length) }));
  }

  async function retry(): Promise<void> {
    const renewed = await Promise.all(
      entries.map(async (entry, index) => (index === chosen ? { ...entry, checked: await check(entry.raw) } : entry)),
    );
    setEntries(renewed);
  }

  const entry = entries[chosen];
  return (
    <main>
      <h1>{t('viewer_heading')}</h1>
      <p>{t('viewer_text')}</p>
      <div
        class="drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void open(event.dataTransfer?.files ?? []);
        }}
      >
        <label>
          {t('viewer_choose')}{' '}
          <input
            type="file"
            multiple
            accept=".eml,.mbox,.mbx,message/rfc822"
            data-testid="viewer-file"
            onChange={(event) => void open(event.currentTarget.files ?? [])}
          />
        </label>
        <span>{t('viewer_drop')}</span>
      </div>
      <p role="status" data-testid="viewer-status">
        {status}
      </p>
      {entries.length > 1 && (
        <ul class="plain">
          {entries.map(({ label, checked: { report } }, index) => (
            <li key={index}>
              <button type="button" class="link" aria-current={index === chosen} onClick={() => setChosen(index)}>
                <LevelIcon level={report.level} /> {t(`level_${report.level}`)}: <Foreign text={label} />,{' '}
                {t(findingKey(report.headline), report.headlineParams)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {entry && (
        <Panel
          key={chosen}
          view={viewReport(entry.checked.report, entry.checked.header, entry.checked.headerCut, t)}
          actions={{
            retry: () => void retry(),
            copy: () => navigator.clipboard.writeText(JSON.stringify(entry.checked.report, null, 2)),
            openOptions: () => void browser.runtime.openOptionsPage(),
          }}
        />
      )}
    </main>
  );
}

/** Every message of a file, each followed by the messages attached to it: that is how people hand on what they doubt. */
async function messagesOf(file: File): Promise<readonly SavedMessage[]> {
  const messages = splitMbox(new Uint8Array(await file.arrayBuffer())).slice(0, MOST_MESSAGES);
  const found = await Promise.all(
    messages.map(async (raw, index) => {
      const label = messages.length === 1 ? file.name : `${file.name} #${index + 1}`;
      const attached = (await readMimeParts(raw))?.messages ?? [];
      return [
        { label, raw },
        ...attached.map((part, at) => ({ label: t('viewer_attached', { label, number: String(at + 1) }), raw: part })),
      ];
    }),
  );
  return found.flat();
}

/** A saved file can hold anything its writer liked, so no server named in it is believed. */
async function check(raw: Uint8Array<ArrayBuffer>): Promise<CheckedMessage> {
  const settings = await loadSettings();
  return checkRaw(raw, settings, null, await resolverFor(settings.resolver), () => new Date());
}

startPage('viewer_title', <ViewerPage />);
