/** The reader's part in classes of mail: pass keys for correspondents, and words of their own for keywords. */
import { useEffect, useState } from 'preact/hooks';
import { changeClasses, forgetUses, loadClasses, loadUses, onClassesChanged } from '../../../adapters/classes-store.ts';
import { Confirm } from '../../../ui/confirm.tsx';
import { Foreign } from '../../../ui/text.tsx';
import { t } from '../../../ui/words.ts';
import {
  addPassKey,
  EMPTY_COLLECTION,
  removeClass,
  removePassKey,
  revokePassKey,
} from '../../../classes/collection.ts';
import type { ClassCollection } from '../../../classes/collection.ts';
import { OwnClasses } from './own-classes.tsx';
import { makePassKey } from '../../../classes/pass-key.ts';
import { PassKeys } from './pass-keys.tsx';
import type { PassKeyUse } from '../../../classes/uses.ts';
import { usualDomain, viewKnown, viewPassKeys } from './view-model.ts';
import './classes.css';

/** Something the reader wants to have erased, until the question is answered. */
interface Wish {
  readonly question: string;
  readonly erase: () => Promise<unknown>;
}

export function ClassesPart() {
  const [collection, setCollection] = useState<ClassCollection>();
  const [uses, setUses] = useState<readonly PassKeyUse[]>([]);
  const [wish, setWish] = useState<Wish>();
  const [status, setStatus] = useState('');

  async function load(): Promise<void> {
    const [classes, used] = await Promise.all([loadClasses(), loadUses()]);
    setUses(used);
    setCollection(classes);
  }
  useEffect(() => {
    const fail = (error: unknown): void => {
      console.error(error);
      setCollection(EMPTY_COLLECTION);
      setStatus(t('classes_failed'));
    };
    load().catch(fail);
    return onClassesChanged(() => void load().catch(fail));
  }, []);
  if (!collection) return <div aria-busy="true" />;

  async function change(what: (now: ClassCollection) => ClassCollection, done: string): Promise<void> {
    try {
      const { collection: now, changed } = await changeClasses(what);
      setCollection(now);
      setStatus(changed ? done : t('classes_full'));
    } catch (error) {
      setStatus(t('classes_not_saved', { error: String(error) }));
    }
  }

  async function answer({ erase }: Wish, agreed: boolean): Promise<void> {
    setWish(undefined);
    if (agreed) await erase();
  }

  const createKey = (name: string, domain: string): Promise<void> => {
    const key = { keyword: makePassKey(domain), name, createdAt: new Date().toISOString(), revokedAt: null };
    return change((now) => addPassKey(now, key), t('pass_key_created', { name }));
  };
  const eraseKey = async (keyword: string): Promise<void> => {
    await change((now) => removePassKey(now, keyword), t('classes_erased'));
    await forgetUses(keyword);
  };

  return (
    <div class="stack">
      <p class="soft">{t('classes_text')}</p>
      <p role="status" class="outcome" data-testid="classes-status">
        {status}
      </p>
      <PassKeys
        keys={viewPassKeys(collection, uses, t)}
        domain={usualDomain(collection)}
        create={(name, domain) => void createKey(name, domain)}
        revoke={(keyword) => void change((now) => revokePassKey(now, keyword, new Date()), t('pass_key_revoked'))}
        erase={({ keyword, name }) =>
          setWish({ question: t('pass_key_erase_question', { name }), erase: () => eraseKey(keyword) })
        }
        say={setStatus}
      />
      <OwnClasses
        collection={collection}
        change={change}
        erase={({ keyword }) =>
          setWish({
            question: t('class_erase_question', { keyword }),
            erase: () => change((now) => removeClass(now, keyword), t('classes_erased')),
          })
        }
        say={setStatus}
      />
      <section aria-labelledby="known-title" data-testid="known-classes">
        <h2 id="known-title">{t('classes_known')}</h2>
        <p class="remark">{t('classes_known_text')}</p>
        <dl class="rows">
          {viewKnown(t).map(({ keyword, name, document }) => (
            <div key={keyword} class="row">
              <dt>
                <Foreign text={keyword} />
              </dt>
              <dd>
                {name}
                <span class="remark">{document}</span>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {wish && <Confirm question={wish.question} onAnswer={(agreed) => void answer(wish, agreed)} />}
    </div>
  );
}
