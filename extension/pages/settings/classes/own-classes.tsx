/** The reader's own words for keywords: to add, change, erase, save as a file and load from one. */
import { useRef, useState } from 'preact/hooks';
import { problemText } from '../../../ui/file-problems.ts';
import { saveAsFile } from '../../../ui/save-file.ts';
import { Foreign } from '../../../ui/text.tsx';
import { t } from '../../../ui/words.ts';
import {
  isKeyword,
  isName,
  isNote,
  MOST_CLASSES,
  putClass,
  removeClass,
  type ClassCollection,
  type OwnClass,
} from '../../../classes/collection.ts';
import { mergeClasses, readClasses, writeClasses } from '../../../classes/exchange.ts';
import { FormField } from './form-field.tsx';

interface OwnClassesProps {
  readonly collection: ClassCollection;
  readonly change: (what: (now: ClassCollection) => ClassCollection, done: string) => Promise<void>;
  readonly erase: (entry: OwnClass) => void;
  /** Tells what came of it. */
  readonly say: (words: string) => void;
}

export function OwnClasses({ collection, change, erase, say }: OwnClassesProps) {
  const [edited, setEdited] = useState<OwnClass>();
  const [problems, setProblems] = useState<readonly string[]>([]);

  async function load(file: File): Promise<void> {
    const read = readClasses(await file.text());
    if (!read.ok) {
      setProblems(
        read.problems.map((problem) => `${problem.path === '' ? '' : `${problem.path}: `}${problemText(problem, t)}`),
      );
      say(t('classes_import_refused'));
      return;
    }
    setProblems([]);
    const { added, replaced, tooMany } = mergeClasses(collection, read.classes);
    if (tooMany) return say(t('classes_too_many', { most: String(MOST_CLASSES) }));
    await change(
      (now) => mergeClasses(now, read.classes).collection,
      t('classes_imported', { added: String(added), replaced: String(replaced) }),
    );
  }

  return (
    <section aria-labelledby="own-classes-title" data-testid="own-classes">
      <h2 id="own-classes-title">{t('classes_own')}</h2>
      <p class="remark">{t('classes_own_text')}</p>
      <ClassForm
        key={edited?.keyword ?? ''}
        edited={edited}
        save={(entry) => {
          setEdited(undefined);
          const put = (now: ClassCollection): ClassCollection =>
            putClass(edited ? removeClass(now, edited.keyword) : now, entry);
          void change(put, t('class_saved', { keyword: entry.keyword }));
        }}
        cancel={() => setEdited(undefined)}
      />
      {collection.classes.length === 0 ? (
        <p>{t('classes_none')}</p>
      ) : (
        <ul class="cards">
          {collection.classes.map((entry) => (
            <li key={entry.keyword} class="card" data-testid="own-class">
              <h3 class="card-title">
                <Foreign text={entry.name} />
              </h3>
              <p>
                <code>
                  <Foreign text={entry.keyword} />
                </code>
              </p>
              {entry.note !== '' && (
                <p>
                  <Foreign text={entry.note} />
                </p>
              )}
              <div class="toolbar">
                <button
                  type="button"
                  aria-label={t('class_edit_name', { keyword: entry.keyword })}
                  data-testid="class-edit"
                  onClick={() => setEdited(entry)}
                >
                  {t('class_edit')}
                </button>
                <button
                  type="button"
                  aria-label={t('memory_erase_name', { name: entry.keyword })}
                  data-testid="class-erase"
                  onClick={() => erase(entry)}
                >
                  {t('memory_erase')}
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div class="toolbar">
        <button
          type="button"
          data-testid="classes-export"
          aria-disabled={collection.classes.length === 0}
          onClick={() => {
            if (collection.classes.length > 0)
              saveAsFile(writeClasses(collection), 'countersign-classes.json', 'application/json');
          }}
        >
          {t('classes_export')}
        </button>
        <label>
          {t('classes_import')}{' '}
          <input
            type="file"
            accept=".json,application/json"
            data-testid="classes-import"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              currentTarget.value = ''; // the same file may be chosen again
              if (file) void load(file);
            }}
          />
        </label>
      </div>
      {problems.length > 0 && (
        <ul class="plain outcome" data-ok={false} data-testid="classes-problems">
          {problems.map((problem) => (
            <li key={problem}>
              <Foreign text={problem} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface ClassFormProps {
  /** The entry that is changed; a new one is made where there is none. */
  readonly edited: OwnClass | undefined;
  readonly save: (entry: OwnClass) => void;
  readonly cancel: () => void;
}

function ClassForm({ edited, save, cancel }: ClassFormProps) {
  const [keyword, setKeyword] = useState(edited?.keyword ?? '');
  const [name, setName] = useState(edited?.name ?? '');
  const [note, setNote] = useState(edited?.note ?? '');
  const [isTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const typed = keyword.trim();

  function submit(): void {
    setTried(true);
    if (!isKeyword(typed) || !isName(name) || !isNote(note)) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLInputElement>('[aria-invalid=true]')?.focus());
      return;
    }
    save({ keyword: typed, name: name.trim(), note: note.trim() });
    setTried(false);
    setKeyword('');
    setName('');
    setNote('');
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset>
        <legend>{edited ? t('class_edit_name', { keyword: edited.keyword }) : t('class_new')}</legend>
        <FormField
          id="class-keyword"
          label={t('panel_class_keyword')}
          hint={t('class_keyword_hint')}
          value={keyword}
          problem={isTried && !isKeyword(typed) ? t('class_bad_keyword') : ''}
          onInput={setKeyword}
        />
        <FormField
          id="class-name"
          label={t('class_name')}
          value={name}
          problem={isTried && !isName(name) ? t('class_bad_name') : ''}
          onInput={setName}
        />
        <FormField
          id="class-note"
          label={t('class_note')}
          value={note}
          problem={isTried && !isNote(note) ? t('class_bad_note') : ''}
          onInput={setNote}
        />
        <div class="toolbar">
          <button type="submit" class="primary" data-testid="class-save">
            {t('class_save')}
          </button>
          {edited && (
            <button type="button" data-testid="class-cancel" onClick={cancel}>
              {t('class_cancel')}
            </button>
          )}
        </div>
      </fieldset>
    </form>
  );
}
