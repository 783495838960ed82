/**
 * `npm run bench:judgement`: false alarms, undeserved levels and detection by kind, over the corpus of this project and, where they are
 * there, over the messages in `../shared`. `-- --show 20` lists so many of the messages that are judged wrong, `-- --only list/` kinds.
 */
import { parseArgs } from 'node:util';
import { buildCorpus } from '../judgement/support/corpus.ts';
import { judgeAll, ratesOf, type Judged, type Sample } from '../judgement/support/judge.ts';
import { CASES_FOLDER, CORPUS_FOLDER, readCases, readCorpus } from '../judgement/support/shared.ts';
import { layOut } from './measure.ts';

const { values } = parseArgs({
  options: { show: { type: 'string', default: '0' }, only: { type: 'string', default: '' } },
});

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${part}/${whole} ${((100 * part) / whole).toFixed(1)} %`;
}

function row(name: string, judged: readonly Judged[]): readonly string[] {
  const rates = ratesOf(judged);
  return [
    name,
    String(judged.length),
    share(rates.falseAlarms, rates.honest),
    share(rates.undeservedVerified, rates.deceptive),
    share(rates.undeservedSigned, rates.deceptive),
    share(rates.told, rates.visible),
    rates.faulty === 0 ? '' : String(rates.faulty),
  ];
}

const TITLES = [
  'kind',
  'messages',
  'false alarms',
  'undeserved verified',
  'undeserved signed',
  'deceptions told',
  'wrong',
];

async function print(
  title: string,
  samples: readonly Sample[] | undefined,
  by: (kind: string) => string,
): Promise<void> {
  console.log(`\n${title}`);
  if (!samples) {
    console.log('is not there');
    return;
  }
  const judged = await judgeAll(samples.filter(({ kind }) => kind.startsWith(values.only)));
  const kinds = [...new Set(judged.map(({ sample }) => by(sample.kind)))];
  const rows = kinds.map((kind) =>
    row(
      kind,
      judged.filter(({ sample }) => by(sample.kind) === kind),
    ),
  );
  console.log(layOut([TITLES, ...rows, row('all', judged)]));
  const wrong = judged.filter(({ faults }) => faults.length > 0).slice(0, Number(values.show));
  for (const { sample, faults } of wrong) console.log(`  ${sample.kind} ${sample.name}: ${faults.join('; ')}`);
}

await print('The corpus of this project', buildCorpus(), (kind) => kind);
await print(CASES_FOLDER, readCases(), () => 'cases');
await print(CORPUS_FOLDER, readCorpus(), (kind) => kind);
