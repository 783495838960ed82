/** The tree of SPF records: nested lists whose branches open and close, so that keyboard and screen reader find their way alone. */
import { Foreign } from '../../ui/text.tsx';
import { t } from '../../ui/words.ts';
import { Meter, Problems, RecordText, SeverityIcon } from './parts.tsx';
import type { SpfRecordView, SpfTermView, SpfTreeView } from './spf-view.ts';

export function SpfTree({ tree }: { readonly tree: SpfTreeView }) {
  return (
    <div class="card" data-testid="spf-tree">
      <h4>{tree.title}</h4>
      <div class="meters">
        {tree.meters.map((meter) => (
          <Meter key={meter.label} meter={meter} />
        ))}
      </div>
      <Problems problems={tree.problems} />
      <h5>{t('profiler_tree')}</h5>
      <ul class="tree">
        <li>
          <RecordNode node={tree.root} />
        </li>
      </ul>
    </div>
  );
}

function RecordNode({ node }: { readonly node: SpfRecordView }) {
  return (
    <details class="branch" open>
      <summary>
        <strong>
          <Foreign text={node.name} />
        </strong>
        {node.outcome !== '' && <span class="chip">{node.outcome}</span>}
      </summary>
      {node.record.length > 0 && <RecordText segments={node.record} />}
      {node.life !== '' && <span class="remark">{node.life}</span>}
      {node.terms.length > 0 && (
        <ul>
          {node.terms.map((term, index) => (
            <li key={index} class="term" data-reachable={term.reachable}>
              <Term term={term} />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

function Term({ term }: { readonly term: SpfTermView }) {
  const { text, meaning, result, remarks, severity, severityWord, leadsTo } = term;
  return (
    <>
      <div class="term-line">
        {severity !== null && (
          <>
            <SeverityIcon severity={severity} />
            <span class="visually-hidden">{severityWord}: </span>
          </>
        )}
        <code>
          <Foreign text={text} />
        </code>
        <span class="meaning">
          {meaning}
          {result !== null && `: ${result}`}
        </span>
        {remarks.map((remark) => (
          <span key={remark} class="chip">
            {remark}
          </span>
        ))}
      </div>
      {leadsTo !== null && <RecordNode node={leadsTo} />}
    </>
  );
}
