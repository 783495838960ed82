/** The reader's servers vouches for what one of its own handed in, and says so only at the point of entry (RFC 8601 §2.7.4, RFC 3848). */
import { describe, expect, it } from 'vitest';
import { readServerResults } from '../../src/authres/trust.ts';
import type { TrustSettings } from '../../src/authres/types.ts';
import { findTrustBoundary } from '../../src/trace/boundary.ts';
import { readPath } from '../../src/trace/path.ts';
import { readReceived } from '../../src/trace/received.ts';
import { readSubmission, type Submission } from '../../src/trace/submission.ts';
import { messageOf } from '../support/message.ts';

const TRUST: TrustSettings = { authservIds: ['mx.mine.example'] };
const DATE = '; Mon, 2 Nov 2026 10:00:00 +0100';

function submissionOf(lines: readonly string[], trust = TRUST): Submission | null {
  const message = messageOf(
    ...lines.map((line) => (line.startsWith('Received') ? line + DATE : line)),
    'From: x@mine.example',
  );
  const received = readReceived(message);
  const boundary = findTrustBoundary(message, received, trust);
  return readSubmission(message, readPath(received, boundary), boundary, readServerResults(message, trust, boundary));
}

const by = (client: string, protocol: string): string =>
  `Received: ${client} by mx.mine.example (Postfix) with ${protocol} id 1`;
const DSL = 'from [192.168.1.20] (dsl.isp.example [192.0.2.7])';
const AUTH = 'Authentication-Results: mx.mine.example; auth=pass smtp.auth=bob smtp.mailfrom=bob@mine.example';
const STORED = 'Received: from mx.mine.example ([10.0.0.2]) by imap.mine.example with LMTP id 2';

describe('a submission', () => {
  it.each<[name: string, lines: readonly string[], expected: Partial<Submission>]>([
    ['auth=pass', [AUTH, by(DSL, 'SMTP')], { how: 'authenticated', account: 'bob', domain: 'mine.example', field: 0 }],
    ['auth=pass before a delivery inside', [STORED, AUTH, by(DSL, 'SMTP')], { how: 'authenticated', field: 1 }],
    [
      'an account of a hosted domain',
      [AUTH.replace('auth=bob', 'auth=bob@hosted.example'), by(DSL, 'ESMTPS')],
      { how: 'authenticated', account: 'bob@hosted.example', domain: 'hosted.example' },
    ],
    [
      'ESMTPSA',
      [by(DSL, 'ESMTPSA')],
      { how: 'authenticated', account: null, domain: 'mine.example', server: 'mx.mine.example' },
    ],
    ['ESMTPA in small letters', [by(DSL, 'esmtpa')], { how: 'authenticated' }],
    [
      'ESMTPSA with the account',
      [by(`${DSL} (Authenticated sender: bob@hosted.example)`, 'ESMTPSA')],
      { how: 'authenticated', account: 'bob@hosted.example', domain: 'hosted.example' },
    ],
    [
      'the pick-up of Postfix',
      ['Received: by mx.mine.example (Postfix, from userid 0) id 1'],
      { how: 'local', domain: 'mine.example' },
    ],
    ['Exim, local', ['Received: from ann by mx.mine.example with local (Exim 4.96) id 1'], { how: 'local' }],
    [
      'MAPI',
      ['Received: from EX2.mine.example ([fe80::1]) by EX1.mine.example ([fe80::2]) with mapi id 15'],
      { how: 'local' },
    ],
    ['a notice delivered inside', [STORED], { how: 'local' }],
  ])('is %s', (_name, lines, expected) => {
    expect(submissionOf(lines)).toMatchObject(expected);
  });

  it.each<[name: string, lines: readonly string[], trust?: TrustSettings]>([
    ['plain SMTP from elsewhere', [by(DSL, 'ESMTPS')]],
    ['auth=pass below the field of entry', [by(DSL, 'ESMTPS'), AUTH]],
    ['auth=pass of a relay that hands on inside', [AUTH, STORED, by(DSL, 'ESMTPS')]],
    ['auth=fail', [AUTH.replace('pass', 'fail'), by(DSL, 'ESMTPS')]],
    ['auth=pass of a stranger', [AUTH.replace('mx.mine', 'mx.other'), by(DSL, 'ESMTPS')]],
    ['ESMTPSA further down', [by(DSL, 'ESMTPS'), by(DSL, 'ESMTPSA')]],
    ['ESMTPSA between own servers', [by('from gw.mine.example ([10.0.0.3])', 'ESMTPSA'), by(DSL, 'ESMTPS')]],
    ['ESMTPSA at a server nobody trusts', [by(DSL, 'ESMTPSA')], { authservIds: ['mx.other.example'] }],
    ['ESMTPSA behind the date', [`${by(DSL, '')}${DATE} with ESMTPSA`]],
    ['ESMTPSA in the words of a client', ['Received: from x with ESMTPSA id 1 (y [192.0.2.7]) by mx.mine.example']],
    ['a client behind a private address', [by('from mx2.mine.example ([10.0.0.9])', 'ESMTP')]],
    [
      'a mailbox that was fetched',
      ['Received: from pop.mine.example [192.0.2.7] by localhost with POP3', 'Received: by mx.mine.example id 1'],
    ],
    ['no Received field', [AUTH]],
  ])('is not %s', (_name, lines, trust) => {
    expect(submissionOf(lines, trust)).toBeNull();
  });

  it('at a forwarder is none at the own side', () => {
    const lines = [
      by('from x (out.fwd.example [203.0.113.7])', 'ESMTPS'),
      'Received: from [10.0.0.1] (dsl.isp.example [192.0.2.7]) by in.fwd.example with ESMTPSA id 1',
    ];
    expect(submissionOf(lines, { ...TRUST, forwarders: ['fwd.example'] })).toBeNull();
  });
});
