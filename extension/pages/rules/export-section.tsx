/** Takes the rules along: as a file, as a script for the server, as Thunderbird's own filters; and says what is not exported, and why. */
import { useMemo, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { toThunderbirdFilters } from '../../../src/rules/msgfilter.ts';
import { writeRules } from '../../../src/rules/parse.ts';
import { toSieve } from '../../../src/rules/sieve.ts';
import type { RuleSet } from '../../../src/rules/types.ts';
import { saveAsFile } from '../../ui/save-file.ts';
import { Foreign } from '../../ui/text.tsx';
import { keyOf, t } from '../../ui/words.ts';
import type { Accounts } from '../../ui/condition-words.ts';
import { viewLeft, type LeftView } from './exports.ts';
import { SelectField, TextField } from './fields.tsx';
import { AccountField } from './place-fields.tsx';

interface ExportProps {
  readonly rules: RuleSet;
  readonly accounts: Accounts;
}

export function ExportSection({ rules, accounts }: ExportProps) {
  const json = (): void => saveAsFile(writeRules(rules), 'countersign-rules.json', 'application/json');
  return (
    <>
      <h3>{t('rules_export_json')}</h3>
      <p class="remark">{t('rules_export_json_text')}</p>
      <div class="toolbar">
        <button type="button" data-testid="export-json" onClick={json}>
          {t('rules_save_file')}
        </button>
      </div>
      <SieveExport rules={rules} accounts={accounts} />
      <FilterExport rules={rules} accounts={accounts} />
    </>
  );
}

const SEPARATORS = ['/', '.'] as const;

function SieveExport({ rules, accounts }: ExportProps) {
  const [account, setAccount] = useState('');
  const [separator, setSeparator] = useState<(typeof SEPARATORS)[number]>('/');
  const { script, requires, left, handedOver } = useMemo(
    () => toSieve(rules, { account: account || undefined, separator }),
    [rules, account, separator],
  );
  return (
    <Written
      id="sieve"
      title={t('rules_export_sieve')}
      text={t('rules_export_sieve_text')}
      content={script}
      file={{ name: 'countersign.sieve', type: 'application/sieve' }}
      left={viewLeft(left, rules, t)}
      remarks={[
        ...(requires.length > 0 ? [t('rules_sieve_requires', { names: requires.join(', ') })] : []),
        ...handedOver.map((mail) => t(keyOf('rules_sieve_left_alone', mail))),
      ]}
    >
      {accounts.length > 0 && (
        <AccountField place="sieve-account" value={account} none={t('rules_no_account')} onChange={setAccount} />
      )}
      <SelectField
        label={t('rules_separator')}
        place="sieve-separator"
        value={separator}
        choices={SEPARATORS.map((value) => ({ value, text: `INBOX${value}Shops` }))}
        onChange={setSeparator}
      />
    </Written>
  );
}

function FilterExport({ rules, accounts }: ExportProps) {
  const [account, setAccount] = useState('');
  const [root, setRoot] = useState('');
  const { text, left } = useMemo(
    () => toThunderbirdFilters(rules, { account: account || undefined, root: root.trim() || undefined }),
    [rules, account, root],
  );
  return (
    <Written
      id="filters"
      title={t('rules_export_filters')}
      text={t('rules_export_filters_text')}
      content={text}
      file={{ name: 'msgFilterRules.dat', type: 'text/plain' }}
      left={viewLeft(left, rules, t)}
      remarks={[]}
    >
      {accounts.length > 0 && (
        <AccountField place="filter-account" value={account} none={t('rules_no_account')} onChange={setAccount} />
      )}
      <TextField
        label={t('rules_filter_root')}
        place="filter-root"
        value={root}
        placeholder="imap://ann%40example.org@imap.example.org"
        onInput={setRoot}
      />
    </Written>
  );
}

interface WrittenProps {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly content: string;
  readonly file: { readonly name: string; readonly type: string };
  readonly left: readonly LeftView[];
  readonly remarks: readonly string[];
  /** What it depends on. */
  readonly children: ComponentChildren;
}

function Written({ id, title, text, content, file, left, remarks, children }: WrittenProps) {
  /** What became of copying, and of which text. */
  const [copied, setCopied] = useState({ content: '', words: '' });
  const tell = (words: string) => (): void => setCopied({ content, words });
  return (
    <section aria-labelledby={`${id}-title`} data-testid={`export-${id}`}>
      <h3 id={`${id}-title`}>{title}</h3>
      <p class="remark">{text}</p>
      <div class="inputs">{children}</div>
      <div class="toolbar">
        <button type="button" onClick={() => saveAsFile(content, file.name, file.type)}>
          {t('rules_save_file')}
        </button>
        <button
          type="button"
          onClick={() =>
            void navigator.clipboard.writeText(content).then(tell(t('panel_copied')), tell(t('panel_copy_refused')))
          }
        >
          {t('rules_copy')}
        </button>
        <span role="status">{copied.content === content ? copied.words : ''}</span>
      </div>
      {left.length > 0 && (
        <>
          <h4>{t('rules_left')}</h4>
          <ul class="left">
            {left.map(({ name, part, text: why }, index) => (
              <li key={index}>
                <strong>
                  <Foreign text={name} />
                  {part !== '' && ` (${part})`}
                </strong>
                : {why}
              </li>
            ))}
          </ul>
        </>
      )}
      {remarks.map((remark) => (
        <p key={remark} class="remark">
          {remark}
        </p>
      ))}
      <details class="more">
        <summary>{t('rules_look')}</summary>
        <pre role="group" tabIndex={0} aria-label={title}>
          {content}
        </pre>
      </details>
    </section>
  );
}
