/** The panel's part on a delivery report: what became of the mail it is about, and whether that was the reader's. */
import { Foreign } from '../text.tsx';
import { t } from '../words.ts';
import type { DeliveryView, RecipientView } from './delivery.ts';
import { Rows } from './row-list.tsx';

export function Delivery({ view: { summary, recipients, returned } }: { readonly view: DeliveryView }) {
  return (
    <>
      <Rows rows={summary} />
      <ul class="cards">
        {recipients.map((recipient, index) => (
          <li key={index} class="card">
            <Recipient recipient={recipient} />
          </li>
        ))}
      </ul>
      <h3>{t('delivery_returned')}</h3>
      {returned === null ? <p>{t('delivery_nothing_returned')}</p> : <Rows rows={returned} />}
    </>
  );
}

function Recipient({ recipient: { address, outcome, rows } }: { readonly recipient: RecipientView }) {
  return (
    <>
      <p class="card-title">
        <Foreign text={address} />
      </p>
      <p>
        <Foreign text={outcome} />
      </p>
      <Rows rows={rows} />
    </>
  );
}
