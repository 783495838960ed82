/** What servers wrote and the path, as words. */
import type { Report } from '../../src/report/types.ts';
import type { Hop } from '../../src/trace/types.ts';
import { keyOf, type Translate } from '../ui/words.ts';
import { row, timeText, type Row } from './rows.ts';

export interface ServerView {
  readonly server: string;
  readonly trusted: boolean;
  /** Whether it is believed, and why not. */
  readonly standing: string;
  readonly methods: readonly string[];
}

export interface HopView {
  readonly by: string;
  readonly trusted: boolean;
  readonly rows: readonly Row[];
}

export function serverRows({ serverResults, receivedSpf }: Report, t: Translate): readonly ServerView[] {
  const standing = (trusted: boolean, distrust: string | null): string =>
    trusted ? t('panel_server_trusted') : t(keyOf('panel_distrust', distrust ?? 'unreadable'));
  return [
    ...serverResults.map(({ authservId, trusted, distrust, methods }) => ({
      server: authservId ?? t('panel_server_unnamed'),
      trusted,
      standing: standing(trusted, distrust),
      methods: methods.map(({ method, result, reason, properties }) =>
        [
          `${method}=${result}`,
          ...properties.map(({ ptype, property, value }) => `${ptype}.${property}=${value}`),
          ...(reason === null ? [] : [`(${reason})`]),
        ].join(' '),
      ),
    })),
    ...receivedSpf.map(({ trusted, distrust, result, pairs }) => ({
      server: pairs['receiver'] ?? t('panel_server_unnamed'),
      trusted,
      standing: standing(trusted, distrust),
      methods: [`Received-SPF: ${result}`],
    })),
  ];
}

export function pathRows(path: readonly Hop[], t: Translate): readonly HopView[] {
  return path.map((hop) => ({
    by: hop.by ?? t('panel_server_unnamed'),
    trusted: hop.trusted,
    rows: [
      ...row(t('panel_hop_from'), [hop.from, hop.ip].filter((part) => part !== null).join(', ') || null),
      ...row(t('panel_hop_with'), hop.with),
      ...row(t('panel_hop_encryption'), encryptionText(hop.tls, t)),
      ...row(t('panel_hop_time'), timeText(hop.time, t)),
      ...row(t('panel_hop_delay'), hop.delay === null ? null : t('panel_seconds', { count: String(hop.delay) })),
    ],
  }));
}

function encryptionText(tls: Hop['tls'], t: Translate): string | null {
  if (typeof tls === 'string') return tls;
  return tls ? t('panel_hop_encrypted') : null;
}
