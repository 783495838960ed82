/** What a rule does, as words that stand after “Then”. Computed without a browser. */
import type { RuleAction } from '../../src/rules/types.ts';
import type { Translate } from './words.ts';
import { tagName } from './tag-name.ts';
import { accountName, type Accounts } from './condition-words.ts';

export function actionText(action: RuleAction, accounts: Accounts, t: Translate): string {
  switch (action.do) {
    case 'tag':
      return t('rules_then_tag', { tag: tagName(action.tag, t) });
    case 'move': {
      const { folder, account } = action;
      if (account === undefined) return t('rules_then_move', { folder });
      return t('rules_then_move_account', { folder, account: accountName(account, accounts) });
    }
    case 'mark':
      return t(`rules_then_mark_${action.as}`);
    case 'notify':
      return t('rules_then_notify');
    case 'banner': {
      const text = t(`rules_then_banner_${action.show}`);
      return action.text === undefined ? text : `${text}: ${t('rules_quoted', { text: action.text })}`;
    }
  }
}
