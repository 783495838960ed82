/** What servers wrote, as words. */
import type { Report } from '../../../src/report/types.ts';
import { keyOf, type Translate } from '../words.ts';

export interface ServerView {
  readonly server: string;
  readonly trusted: boolean;
  /** Whether it is believed, and why not. */
  readonly standing: string;
  /** Where it departs from the grammar of its field. */
  readonly deviations: readonly string[];
  readonly methods: readonly string[];
}

export function serverRows({ serverResults, receivedSpf }: Report, t: Translate): readonly ServerView[] {
  const standing = (trusted: boolean, distrust: string | null): string =>
    trusted ? t('panel_server_trusted') : t(keyOf('panel_distrust', distrust ?? 'unreadable'));
  const inWords = (deviation: string): string => t(keyOf('deviation', deviation));
  return [
    ...serverResults.map(({ authservId, trusted, distrust, deviations, methods }) => ({
      server: authservId ?? t('panel_server_unnamed'),
      trusted,
      standing: standing(trusted, distrust),
      deviations: deviations.map(inWords),
      methods: methods.map(({ method, result, reason, properties }) =>
        [
          `${method}=${result}`,
          ...properties.map(({ ptype, property, value }) => `${ptype}.${property}=${value}`),
          ...(reason === null ? [] : [`(${reason})`]),
        ].join(' '),
      ),
    })),
    ...receivedSpf.map(({ trusted, distrust, deviations, result, pairs }) => ({
      server: pairs['receiver'] ?? t('panel_server_unnamed'),
      trusted,
      standing: standing(trusted, distrust),
      deviations: deviations.map(inWords),
      methods: [`Received-SPF: ${result}`],
    })),
  ];
}
