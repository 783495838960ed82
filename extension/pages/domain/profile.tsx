/** The elements of a profile. Everything shown is text; nothing is computed here. */
import type { ComponentChildren } from 'preact';
import { Rows } from '../../ui/report/row-list.tsx';
import type { PracticeView } from '../../ui/report/practices.ts';
import { Foreign } from '../../ui/text.tsx';
import { t } from '../../ui/words.ts';
import { Problems, RecordText, SeverityIcon } from './parts.tsx';
import { SpfTree } from './spf-tree.tsx';
import type { KeyView, MethodView, ProfileView, StepView } from './view-model.ts';

export function Profile({ view }: { readonly view: ProfileView }) {
  return (
    <article class="profile" data-testid="profile" aria-labelledby="profile-heading">
      <h2 id="profile-heading" tabIndex={-1}>
        <Foreign text={view.domain} />
      </h2>
      <p class="remark">{view.asked}</p>
      <Summary view={view} />
      <Block id="spf" title={t('profiler_section_spf')}>
        {view.spf.map((tree, index) => (
          <SpfTree key={index} tree={tree} />
        ))}
        {view.spfIncomplete && <p>{t('profiler_spf_incomplete')}</p>}
      </Block>
      <Block id="dmarc" title="DMARC">
        <Method method={view.dmarc} />
      </Block>
      <Block id="adsp" title={t('profiler_section_adsp')}>
        <Method method={view.adsp} />
      </Block>
      {view.others.length > 0 && (
        <Block id="others" title={t('profiler_section_others')}>
          {view.others.map((statement, index) => (
            <Statement key={index} statement={statement} />
          ))}
        </Block>
      )}
      <Block id="keys" title={t('profiler_section_keys')}>
        {view.keys.length === 0 && <p class="why">{t('profiler_no_selectors')}</p>}
        {view.keys.map((key) => (
          <Key key={key.selector} item={key} />
        ))}
        {view.selectorsLeftOut !== '' && <p>{view.selectorsLeftOut}</p>}
      </Block>
      {view.unanswered.length > 0 && (
        <Block id="unanswered" title={t('profiler_section_unanswered')}>
          <ul class="plain">
            {view.unanswered.map((question) => (
              <li key={question}>
                <Foreign text={question} />
              </li>
            ))}
          </ul>
        </Block>
      )}
    </article>
  );
}

function Summary({ view }: { readonly view: ProfileView }) {
  if (view.counts.length === 0) return <p data-testid="counts">{t('profiler_nothing_found')}</p>;
  return (
    <ul class="counts" data-testid="counts">
      {view.counts.map(({ severity, text }) => (
        <li key={severity} data-severity={severity}>
          <SeverityIcon severity={severity} /> {text}
        </li>
      ))}
    </ul>
  );
}

interface BlockProps {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

function Block({ id, title, children }: BlockProps) {
  return (
    <section class="block" id={id} aria-labelledby={`${id}-heading`}>
      <h3 id={`${id}-heading`} class="block-title">
        {title}
      </h3>
      {children}
    </section>
  );
}

function Method({ method: { statement, steps } }: { readonly method: MethodView }) {
  return (
    <>
      {statement !== null && <Statement statement={statement} />}
      {steps.length > 0 && (
        <ol class="plain steps">
          {steps.map((step) => (
            <Step key={step.name} step={step} />
          ))}
        </ol>
      )}
    </>
  );
}

function Statement({ statement }: { readonly statement: PracticeView }) {
  return (
    <div class="card">
      <p class="card-title">{statement.text}</p>
      <Rows rows={statement.rows} />
    </div>
  );
}

function Step({ step }: { readonly step: StepView }) {
  return (
    <li class="step">
      <p class="step-name">
        <Foreign text={step.name} /> {step.outcome !== '' && <span class="chip">{step.outcome}</span>}
      </p>
      {step.record.length > 0 && <RecordText segments={step.record} />}
      {step.life !== '' && <span class="remark">{step.life}</span>}
      <Problems problems={step.problems} />
    </li>
  );
}

function Key({ item }: { readonly item: KeyView }) {
  return (
    <div class="card" data-testid={`key-${item.selector}`}>
      <p class="card-title">
        {t('panel_selector')} <Foreign text={item.selector} />
      </p>
      <Problems problems={item.problems} />
      {item.records.map(({ record, chips, problems }, index) => (
        <div key={index}>
          <p>
            {chips.map((chip) => (
              <span key={chip} class="chip">
                {chip}
              </span>
            ))}
          </p>
          <Problems problems={problems} />
          <RecordText segments={record} />
        </div>
      ))}
      <Rows rows={item.rows} />
    </div>
  );
}
