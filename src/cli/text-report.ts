/** One Report as text for a terminal. Everything from a message or from DNS is stripped of control and direction characters. */
import { visibleText } from '../bytes/visible.ts';
import type { DkimSignatureReport } from '../dkim/types.ts';
import type { Mailbox } from '../message/types.ts';
import type { Level } from '../assessment/types.ts';
import type { PracticeStatement } from '../practices/types.ts';
import type { Report } from '../report/types.ts';
import { line } from './text.ts';
import { findingWords, headlineWords } from '../words/finding.ts';
import { keyOf } from '../words/translate.ts';
import { words } from './words.ts';

/** Shape as well as colour: the sign alone tells the level. */
const SIGNS: Readonly<Record<Level, { readonly sign: string; readonly colour: number }>> = {
  verified: { sign: '[v]', colour: 32 },
  signed: { sign: '[s]', colour: 36 },
  unsigned: { sign: '[ ]', colour: 37 },
  unchecked: { sign: '[?]', colour: 35 },
  caution: { sign: '[!]', colour: 33 },
  warning: { sign: '[X]', colour: 31 },
};

export function formatReport(label: string, report: Report, colour: boolean): string {
  const { sign, colour: code } = SIGNS[report.level];
  const paint = (text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines = [
    `${paint(`${sign} ${report.level}`)}  ${visibleText(label)}`,
    ...headlineLines(report),
    ...identityLines(report),
    ...report.dkim.map((signature) => line('Signature', describeSignature(signature))),
    ...report.practices.statements.map((statement) => line('Policy', describeStatement(statement))),
    ...report.serverResults.map((result) =>
      line(
        result.trusted ? 'Server' : 'Claim',
        `${visibleText(result.authservId ?? 'unnamed')}: ${result.methods.map((method) => `${visibleText(method.method)}=${visibleText(method.result)}`).join(' ') || 'none'}`,
      ),
    ),
    ...report.receivedSpf.map(({ trusted, result, pairs }) =>
      line(
        trusted ? 'Server' : 'Claim',
        `${visibleText(pairs['receiver'] ?? 'unnamed')}: Received-SPF ${visibleText(result)}`,
      ),
    ),
    ...report.findings
      .filter((finding) => finding.id !== report.headline)
      .map((finding) => line(finding.level, visibleText(findingWords(finding, report, words).title))),
  ];
  return `${lines.join('\n')}\n\n`;
}

function identityLines({ identities }: Report): readonly string[] {
  const { from, sender, replyTo, returnPath } = identities;
  return [
    ...from.map((mailbox) => line('From', mailboxText(mailbox))),
    ...(sender ? [line('Sender', mailboxText(sender))] : []),
    ...replyTo.map((mailbox) => line('Reply-To', mailboxText(mailbox))),
    ...(returnPath === null ? [] : [line('Return-Path', visibleText(returnPath) || '<>')]),
  ];
}

function describeSignature({ domain, selector, relation, result, reason }: DkimSignatureReport): string {
  const whose = words(keyOf('panel_relation', relation));
  const what = [words(`panel_result_${result}`), visibleText(domain ?? 'no domain'), whose];
  const key = selector === null ? [] : [`key name ${visibleText(selector)}`];
  const why = reason === null ? '' : `: ${words(keyOf('reason_dkim', reason))}`;
  return `${[...what, ...key].join(', ')}${why}`;
}

function describeStatement({ text, domain, signer, record }: PracticeStatement): string {
  const values = { domain: visibleText(domain), signer: visibleText(signer ?? '') };
  return `${words(keyOf('practice', text), values)}${recordOf(record)}`;
}

/** What happened, what it means, what to do. */
function headlineLines(report: Report): readonly string[] {
  const { title, meaning, advice } = headlineWords(report, words);
  return [title, `${meaning} ${advice}`].map((text) => `    ${visibleText(text)}`);
}

function mailboxText({ displayName, address }: Mailbox): string {
  return visibleText(displayName ? `${displayName} <${address}>` : address);
}

function recordOf(record: string | null): string {
  return record === null ? '' : ` [${visibleText(record)}]`;
}
