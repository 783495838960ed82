/** The section about classes of mail. Everything shown is text; nothing is computed here. */
import { Foreign } from '../text.tsx';
import { t } from '../words.ts';
import type { ClassView, SolicitationView } from './classes.ts';
import { Rows } from './row-list.tsx';

interface SolicitationProps {
  readonly view: SolicitationView;
  /** Opens an address of the web in the reader's browser. */
  readonly open: (address: string) => void;
  /** Opens the page of classes and pass keys. */
  readonly openClasses: () => void;
}

export function Solicitation({ view: { classes, others, bulk }, open, openClasses }: SolicitationProps) {
  return (
    <>
      {classes.length === 0 ? (
        <p>{t('panel_no_solicitation')}</p>
      ) : (
        <ul class="cards">
          {classes.map((item) => (
            <li key={item.keyword} class="card" data-testid="class">
              <Class item={item} open={open} />
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && <Rows rows={others} />}
      {bulk.length > 0 && (
        <>
          <h3>{t('panel_bulk')}</h3>
          <p class="remark">{t('panel_bulk_remark')}</p>
          <Rows rows={bulk} />
        </>
      )}
      {classes.length > 0 && (
        <>
          <p class="remark">{t('panel_class_remark')}</p>
          <button type="button" class="link" data-testid="open-classes" onClick={openClasses}>
            {t('panel_open_classes')}
          </button>
        </>
      )}
    </>
  );
}

function Class({ item, open }: { readonly item: ClassView; readonly open: (address: string) => void }) {
  const { keyword, name, source, note, rows, definition } = item;
  return (
    <>
      <p class="card-title">
        <Foreign text={name === '' ? keyword : name} />
      </p>
      <p class="remark">{source}</p>
      {note !== '' && (
        <p>
          <Foreign text={note} />
        </p>
      )}
      <Rows rows={[{ label: t('panel_class_keyword'), text: keyword }, ...rows]} />
      {definition && (
        <button type="button" class="link" data-testid="open-definition" onClick={() => open(definition.address)}>
          {definition.text}
        </button>
      )}
    </>
  );
}
