/** Delivery reports for tests, as mail systems write them. */

const CRLF = '\r\n';

export interface ReportParts {
  readonly type: string;
  readonly status: readonly string[];
  readonly returnedType?: string;
  /** A whole message, or its header. */
  readonly returned?: string;
  /** Header fields before the others. */
  readonly fields?: readonly string[];
}

/** A multipart/report (RFC 6522 §3). */
export function reportMessage({
  type,
  status,
  returnedType = 'message/rfc822',
  returned,
  fields = [],
}: ReportParts): string {
  return [
    ...fields,
    'From: Mail Delivery System <mailer-daemon@mx.far.example>',
    'Subject: Undelivered',
    `Content-Type: multipart/report; report-type=${type}; boundary="=_r"`,
    '',
    '--=_r',
    '',
    'It could not be delivered.',
    '',
    '--=_r',
    `Content-Type: message/${type}`,
    '',
    ...status,
    ...(returned === undefined ? [] : ['', '--=_r', `Content-Type: ${returnedType}`, '', returned]),
    '--=_r--',
    '',
  ].join(CRLF);
}

export const FAILED: readonly string[] = [
  'Reporting-MTA: dns; mx.far.example',
  'Received-From-MTA: dns; out.home.example',
  'Arrival-Date: Sun, 22 Nov 2026 07:00:00 +0000',
  '',
  'Original-Recipient: rfc822;bob@far.example',
  'Final-Recipient: rfc822; bob@inner.far.example',
  'Action: failed',
  'Status: 5.1.1',
  'Remote-MTA: dns; inner.far.example',
  'Diagnostic-Code: smtp; 550 5.1.1 <bob@inner.far.example>:',
  ' no such user',
  '',
];

export function headerOf(message: string): string {
  return message.slice(0, message.indexOf(CRLF + CRLF) + 2);
}
