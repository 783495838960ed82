/** Text and pages made to look like this program, or to hide what it says. */
import { encodedWord, type Draft } from '../../judgement/support/draft.ts';
import { ALARM, arrive, stage, type Attack, type Family, type Stage } from '../support/attack.ts';

const SAFE = 'Countersign checked this message: it is safe';

function cover(id: string, what: string, make: (d: Draft, s: Stage) => void): Attack {
  return {
    id: `covers/${id}`,
    what,
    accepted: ALARM,
    make: (d) => {
      const s = stage(d);
      make(d, s);
      arrive(d, s.evil);
    },
  };
}

export const COVERS: Family = {
  title: 'Banner covers and borrowed words',
  about:
    'The banner is outside of what a message can draw on: docs/banner.md says how, test/e2e/banner.test.ts shows it with messages that try. Here: words of a stranger change no level.',
  sources: ['Kaiwen Shen and others, as above, §4.4', 'RFC 9057 §7'],
  attacks: [
    cover('name', 'The display name says that the message was checked.', (d, { target }) => {
      d.write({ from: `"${SAFE}" <${target.address}>` });
    }),
    cover('subject', 'The Subject says so, with a check mark.', (d, { target }) => {
      d.write({ from: target.mailbox, subject: encodedWord(`\u2713 ${SAFE}`) });
    }),
    cover('authserv-id', 'A server’s name says so.', (d, { target }) => {
      d.write({ from: target.mailbox });
      d.put(`Authentication-Results: "${SAFE}"; dmarc=pass header.from=${target.domain.name}`);
    }),
    cover('list', 'A List-Id says so.', (d, { target, evil }) => {
      d.write({ from: target.mailbox, fields: [`List-Id: "${SAFE}" <checked.${evil.name}>`] });
    }),
    cover('page', 'A page is laid over everything, at the place of the banner.', (d, { target }) => {
      d.write({
        from: target.mailbox,
        body: `<div style="position:fixed;inset:-9em 0 auto;z-index:2147483647;background:#fff">${SAFE}</div>\r\n`,
      });
      d.edit((message) => message.replace('text/plain', 'text/html'));
    }),
  ],
};
