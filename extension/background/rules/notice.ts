/** What a notification of new mail says: text only, and one for all that came at once. */
import { visibleText } from '../../../src/bytes/visible.ts';
import { counted, headlineWords, type Translate } from '../../ui/words.ts';
import type { Notice } from './look.ts';

export interface NoticeText {
  readonly title: string;
  readonly message: string;
}

export function noticeOf(notices: readonly Notice[], t: Translate): NoticeText {
  const [first, ...others] = notices;
  if (!first) throw new TypeError('nothing to tell');
  const { message, report } = first;
  if (others.length > 0) {
    return {
      title: counted(t, 'notice_several', notices.length),
      message: notices.map(({ message: { author } }) => visibleText(author)).join('\n'),
    };
  }
  return {
    title: `${t(`level_${report.level}`)}: ${visibleText(message.subject)}`,
    message: `${visibleText(message.author)}\n${headlineWords(report, t).title}`,
  };
}
