import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArcAuthenticationResults, parseAuthenticationResults } from '../../src/authres/parse.ts';
import type { MethodResult, ParsedAuthenticationResults } from '../../src/authres/types.ts';
import { LIMITS } from '../../src/limits.ts';
import { growthExponent } from '../support/growth.ts';

/** One line a field: `id/version | method/v=result (reason) ptype.property=value … | … !deviation`. */
function inWords({ authservId, version, methods, deviations }: ParsedAuthenticationResults): string {
  const head = `${authservId ?? '-'}${version === 1 ? '' : `/${version}`}`;
  return [[head, ...methods.map(resultInWords)].join(' | '), ...deviations.map((name) => `!${name}`)].join(' ');
}

function resultInWords({ method, version, result, reason, properties }: MethodResult): string {
  return [
    `${method}${version === null ? '' : `/${version}`}=${result}`,
    ...(reason === null ? [] : [`(${reason})`]),
    ...properties.map(({ ptype, property, value }) => `${ptype === '' ? '' : `${ptype}.`}${property}=${value}`),
  ].join(' ');
}

type Row = readonly [rule: string, value: string, expected: string];

const GRAMMAR: readonly Row[] = [
  ['no-result', 'example.com; none', 'example.com'],
  ['no-result with comments everywhere', '(a)example.com(b);(c)none(d)', 'example.com'],
  ['no-result in capitals', 'example.com; NONE', 'example.com'],
  ['one result', 'example.com; spf=pass', 'example.com | spf=pass'],
  ['a version', 'example.com 1; spf=pass', 'example.com | spf=pass'],
  ['a version between comments', 'example.com (x) 1 (y); spf=pass', 'example.com | spf=pass'],
  ['an unknown version', 'example.com 2; spf=pass', 'example.com/2 | spf=pass !unknown-version'],
  ['a quoted authserv-id', '"mail host; one"; spf=pass', 'mail host; one | spf=pass'],
  ['a quoted authserv-id with quoted pairs', '"a\\"b"; spf=pass', 'a"b | spf=pass'],
  ['a UTF-8 authserv-id (RFC 8616)', 'bücher.example; spf=pass', 'bücher.example | spf=pass'],
  ['an authserv-id that is no domain', 'server-1/inside; spf=pass', 'server-1/inside | spf=pass'],
  ['several results', 'a.example; spf=pass; dkim=fail; dmarc=none', 'a.example | spf=pass | dkim=fail | dmarc=none'],
  ['a method version', 'a.example; dkim/1=pass', 'a.example | dkim/1=pass'],
  [
    'white space around every sign',
    'a.example ; dkim / 1 = pass header . d = b.example',
    'a.example | dkim/1=pass header.d=b.example',
  ],
  [
    'tabs as white space',
    'a.example;\tspf=pass\tsmtp.mailfrom=b.example',
    'a.example | spf=pass smtp.mailfrom=b.example',
  ],
  [
    'folding',
    'a.example;\r\n spf=pass\r\n\tsmtp.mailfrom=b.example\r\n',
    'a.example | spf=pass smtp.mailfrom=b.example',
  ],
  ['a reason as token', 'a.example; dkim=fail reason=expired', 'a.example | dkim=fail (expired)'],
  [
    'a reason as quoted string',
    'a.example; dkim=fail reason="too old; sorry"',
    'a.example | dkim=fail (too old; sorry)',
  ],
  [
    'a reason and properties',
    'a.example; dkim=fail reason=x header.d=b.example',
    'a.example | dkim=fail (x) header.d=b.example',
  ],
  [
    'a semicolon in a quoted value',
    'a.example; spf=pass smtp.mailfrom="a;dkim=pass"@b.example',
    'a.example | spf=pass smtp.mailfrom="a;dkim=pass"@b.example',
  ],
  [
    'a semicolon in a comment',
    'a.example; spf=pass (x; dkim=pass) smtp.mailfrom=b.example',
    'a.example | spf=pass smtp.mailfrom=b.example',
  ],
  [
    'a parenthesis in a quoted value',
    'a.example; dkim=pass header.b="(a" header.d=b.example',
    'a.example | dkim=pass header.b=(a header.d=b.example',
  ],
  [
    'a quote mark in a comment',
    'a.example; spf=pass (") smtp.mailfrom=b.example',
    'a.example | spf=pass smtp.mailfrom=b.example',
  ],
  [
    'nested comments',
    'a.example; spf=pass (a (b (c)) d) smtp.mailfrom=b.example',
    'a.example | spf=pass smtp.mailfrom=b.example',
  ],
  [
    'an escaped parenthesis in a comment',
    'a.example; spf=pass (a \\) b) smtp.mailfrom=b.example',
    'a.example | spf=pass smtp.mailfrom=b.example',
  ],
  [
    'a comment that touches the result',
    'a.example; dmarc=pass(p=none)header.from=b.example',
    'a.example | dmarc=pass header.from=b.example',
  ],
  ['an address', 'a.example; auth=pass smtp.auth=ann@b.example', 'a.example | auth=pass smtp.auth=ann@b.example'],
  ['a domain with @ alone', 'a.example; dkim=pass header.i=@b.example', 'a.example | dkim=pass header.i=@b.example'],
  [
    'an address literal',
    'a.example; spf=none smtp.mailfrom=ann@[192.0.2.1]',
    'a.example | spf=none smtp.mailfrom=ann@[192.0.2.1]',
  ],
  [
    'an IPv6 value',
    'a.example; iprev=pass policy.iprev=2001:db8::1',
    'a.example | iprev=pass policy.iprev=2001:db8::1',
  ],
  [
    'the special words mailfrom and rcptto',
    'a.example; spf=pass smtp.mailfrom=b.example smtp.rcptto=c@d.example',
    'a.example | spf=pass smtp.mailfrom=b.example smtp.rcptto=c@d.example',
  ],
  ['property types other than the four', 'a.example; x-y=pass dns.sec=yes', 'a.example | x-y=pass dns.sec=yes'],
  ['unknown methods and results', 'a.example; x-fancy=excellent', 'a.example | x-fancy=excellent'],
  ['upper case', 'A.Example; DKIM=Pass Header.D=B.Example', 'A.Example | dkim=pass header.d=B.Example'],
  ['an empty quoted value', 'a.example; dkim=pass header.b=""', 'a.example | dkim=pass header.b='],
  ['quoted pairs in a value', 'a.example; spf=pass smtp.helo="a\\\\b"', 'a.example | spf=pass smtp.helo=a\\b'],
];

const RFC_8601_APPENDIX_B: readonly Row[] = [
  ['B.2: nearly trivial, service provided but no authentication done', 'example.org 1; none', 'example.org'],
  [
    'B.3: service provided, authentication done',
    'example.com;\r\n          spf=pass smtp.mailfrom=example.net',
    'example.com | spf=pass smtp.mailfrom=example.net',
  ],
  [
    'B.4: several authentications, single MTA, first field',
    'example.com;\r\n          auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n          spf=pass smtp.mailfrom=example.net',
    'example.com | auth=pass smtp.auth=sender@example.net | spf=pass smtp.mailfrom=example.net',
  ],
  [
    'B.4: several authentications, single MTA, second field',
    'example.com; iprev=pass\r\n          policy.iprev=192.0.2.200',
    'example.com | iprev=pass policy.iprev=192.0.2.200',
  ],
  [
    'B.5: different MTAs',
    'example.com;\r\n          dkim=pass (good signature) header.d=example.com',
    'example.com | dkim=pass header.d=example.com',
  ],
  [
    'B.6: multi-tiered authentication',
    'example.com;\r\n          dkim=pass reason="good signature"\r\n            header.i=@mail-router.example.net;\r\n          dkim=fail reason="bad signature"\r\n            header.i=@newyork.example.com',
    'example.com | dkim=pass (good signature) header.i=@mail-router.example.net | dkim=fail (bad signature) header.i=@newyork.example.com',
  ],
  [
    'B.7: comment-heavy',
    "foo.example.net (foobar) 1 (baz);\r\n    dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n      policy (A dot can go here) . (like that) expired\r\n      (this surprised me) = (as I wasn't expecting it) 1362471462",
    'foo.example.net | dkim/1=fail policy.expired=1362471462',
  ],
];

const SERVERS: readonly Row[] = [
  [
    'Gmail',
    'mx.google.com; dkim=pass header.i=@a.example header.s=s1 header.b="Ab/c+d"; spf=pass (google.com: domain of x@a.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=x@a.example; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=a.example',
    'mx.google.com | dkim=pass header.i=@a.example header.s=s1 header.b=Ab/c+d | spf=pass smtp.mailfrom=x@a.example | dmarc=pass header.from=a.example',
  ],
  [
    'Gmail, unquoted base64',
    'mx.google.com; dkim=pass header.i=@a.example header.s=s1 header.b=Ab/c+d==',
    'mx.google.com | dkim=pass header.i=@a.example header.s=s1 header.b=Ab/c+d==',
  ],
  [
    'Exchange Online',
    'spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dkim=pass (signature was verified) header.d=a.example;dmarc=pass action=none header.from=a.example;compauth=pass reason=100',
    '- | spf=pass smtp.mailfrom=a.example | dkim=pass header.d=a.example | dmarc=pass action=none header.from=a.example | compauth=pass (100) !no-authserv-id !untyped-property',
  ],
  [
    'Exchange Online with the recipient domain as a part',
    'spf=none (sender IP is 192.0.2.1) smtp.mailfrom=a.example; b.example; dkim=none (message not signed) header.d=none;b.example; dmarc=bestguesspass action=none header.from=a.example;',
    '- | spf=none smtp.mailfrom=a.example | dkim=none header.d=none | dmarc=bestguesspass action=none header.from=a.example !no-authserv-id !stray-domain !untyped-property !empty-part',
  ],
  [
    'Exchange, nothing found',
    'dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=a.example;',
    '- | dkim=none header.d=none | dmarc=none action=none header.from=a.example !no-authserv-id !untyped-property !empty-part',
  ],
  [
    'Yahoo',
    'atlas-production.v2-mail-prod1-bf1.omega.yahoo.com; dkim=pass header.i=@a.example header.s=s1; spf=pass smtp.mailfrom=a.example; dmarc=success(p=REJECT) header.from=a.example;',
    'atlas-production.v2-mail-prod1-bf1.omega.yahoo.com | dkim=pass header.i=@a.example header.s=s1 | spf=pass smtp.mailfrom=a.example | dmarc=success header.from=a.example !empty-part',
  ],
  [
    'Yahoo as it was',
    'mta1001.mail.bf1.yahoo.com  from=a.example; domainkeys=neutral (no sig);  from=a.example; dkim=pass (ok)',
    'mta1001.mail.bf1.yahoo.com | from=a.example | domainkeys=neutral | from=a.example | dkim=pass !missing-separator',
  ],
  [
    'Fastmail',
    'mx1.messagingengine.com; arc=none (no signatures found); bimi=skipped (DMARC did not pass); dkim=pass (2048-bit rsa key sha256) header.d=a.example header.i=@a.example header.b=abCd12 header.a=rsa-sha256 header.s=s1 x-bits=2048; x-ptr=pass smtp.helo=m.a.example policy.ptr=m.a.example; x-return-mx=pass header.domain=a.example policy.is_org=yes (MX Records found: m.a.example)',
    'mx1.messagingengine.com | arc=none | bimi=skipped | dkim=pass header.d=a.example header.i=@a.example header.b=abCd12 header.a=rsa-sha256 header.s=s1 x-bits=2048 | x-ptr=pass smtp.helo=m.a.example policy.ptr=m.a.example | x-return-mx=pass header.domain=a.example policy.is_org=yes !untyped-property',
  ],
  [
    'Fastmail, TLS report',
    'mx2.messagingengine.com; x-tls=pass smtp.version=TLSv1.3 smtp.cipher=TLS_AES_256_GCM_SHA384 smtp.bits=256/256',
    'mx2.messagingengine.com | x-tls=pass smtp.version=TLSv1.3 smtp.cipher=TLS_AES_256_GCM_SHA384 smtp.bits=256/256',
  ],
  [
    'Proton',
    'mail.protonmail.ch; dkim=pass (Good rsa-sha256 signature) header.d=a.example header.a=rsa-sha256',
    'mail.protonmail.ch | dkim=pass header.d=a.example header.a=rsa-sha256',
  ],
  [
    'Proton, ARC',
    'mail.protonmail.ch; arc=none smtp.remote-ip=192.0.2.1',
    'mail.protonmail.ch | arc=none smtp.remote-ip=192.0.2.1',
  ],
  [
    'Zoho',
    'mx.zohomail.com; dkim=pass; spf=pass (zohomail.com: domain of x@a.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=x@a.example; dmarc=pass(p=reject dis=none) header.from=a.example',
    'mx.zohomail.com | dkim=pass | spf=pass smtp.mailfrom=x@a.example | dmarc=pass header.from=a.example',
  ],
  [
    'Yandex',
    'mail-nwsmtp-mxfront-production-main-12.vla.yp-c.yandex.net; spf=pass (mail-nwsmtp-mxfront-production-main-12.vla.yp-c.yandex.net: domain of a.example designates 192.0.2.1 as permitted sender, rule=[ip4:192.0.2.0/24]) smtp.mail=x@a.example; dkim=pass header.i=@a.example',
    'mail-nwsmtp-mxfront-production-main-12.vla.yp-c.yandex.net | spf=pass smtp.mail=x@a.example | dkim=pass header.i=@a.example',
  ],
  [
    'Mail.ru',
    'mxs.mail.ru; spf=pass (mx1.i.mail.ru: domain of a.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=x@a.example smtp.helo=m.a.example; dkim=pass header.d=a.example',
    'mxs.mail.ru | spf=pass smtp.mailfrom=x@a.example smtp.helo=m.a.example | dkim=pass header.d=a.example',
  ],
  [
    'iCloud, one field a check',
    'dkim-verifier.icloud.com; dkim=pass (2048-bit key) header.d=a.example header.i=@a.example header.b=Ab1',
    'dkim-verifier.icloud.com | dkim=pass header.d=a.example header.i=@a.example header.b=Ab1',
  ],
  ['GMX', 'gmx.net; dkim=pass header.i=@a.example', 'gmx.net | dkim=pass header.i=@a.example'],
  [
    'Amazon SES',
    'amazonses.com; spf=pass (spfCheck: domain of a.example designates 192.0.2.1 as permitted sender) client-ip=192.0.2.1; envelope-from=x@a.example; helo=m.a.example; dkim=pass header.i=@a.example;',
    'amazonses.com | spf=pass client-ip=192.0.2.1 | envelope-from=x@a.example | helo=m.a.example | dkim=pass header.i=@a.example !untyped-property !empty-part',
  ],
  [
    'amavis',
    'mx.b.example (amavisd-new); dkim=pass (2048-bit key) header.d=a.example',
    'mx.b.example | dkim=pass header.d=a.example',
  ],
  [
    'amavis, failed',
    'mx.b.example (amavis); dkim=softfail (invalid, public key: not available) reason="key not found" header.d=a.example',
    'mx.b.example | dkim=softfail (key not found) header.d=a.example',
  ],
  [
    'rspamd',
    'mx.b.example; dkim=pass header.d=a.example header.s=s1 header.b=Xy12; arc=pass ("b.example:s=arc:i=1"); spf=pass (mx.b.example: domain of x@a.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=x@a.example; dmarc=pass (policy=none) header.from=a.example',
    'mx.b.example | dkim=pass header.d=a.example header.s=s1 header.b=Xy12 | arc=pass | spf=pass smtp.mailfrom=x@a.example | dmarc=pass header.from=a.example',
  ],
  [
    'rspamd, submission',
    'mx.b.example; auth=pass smtp.auth=ann smtp.mailfrom=ann@b.example',
    'mx.b.example | auth=pass smtp.auth=ann smtp.mailfrom=ann@b.example',
  ],
  [
    'OpenDKIM',
    'mx.b.example; dkim=pass (2048-bit key; unprotected) header.d=a.example header.i=@a.example header.a=rsa-sha256 header.s=s1 header.b=Xy12; dkim-atps=neutral',
    'mx.b.example | dkim=pass header.d=a.example header.i=@a.example header.a=rsa-sha256 header.s=s1 header.b=Xy12 | dkim-atps=neutral',
  ],
  [
    'OpenDKIM, failed',
    'mx.b.example; dkim=fail reason="signature verification failed" (1024-bit key) header.d=a.example',
    'mx.b.example | dkim=fail (signature verification failed) header.d=a.example',
  ],
  ['OpenDKIM, ADSP', 'mx.b.example; dkim-adsp=discard (insecure policy)', 'mx.b.example | dkim-adsp=discard'],
  [
    'OpenDMARC',
    'mx.b.example; dmarc=fail (p=none dis=none) header.from=a.example',
    'mx.b.example | dmarc=fail header.from=a.example',
  ],
  [
    'OpenDMARC, its own SPF',
    'mx.b.example; spf=pass smtp.mailfrom=a.example',
    'mx.b.example | spf=pass smtp.mailfrom=a.example',
  ],
  ['OpenARC', 'mx.b.example; arc=pass smtp.remote-ip=192.0.2.1', 'mx.b.example | arc=pass smtp.remote-ip=192.0.2.1'],
  [
    'Postfix SPF policy service',
    'mx.b.example; spf=pass (sender SPF authorized) smtp.mailfrom=a.example (client-ip=192.0.2.1; helo=m.a.example; envelope-from=x@a.example; receiver=b.example)',
    'mx.b.example | spf=pass smtp.mailfrom=a.example',
  ],
  [
    'Exim',
    'mx.b.example; iprev=pass (m.a.example) smtp.remote-ip=192.0.2.1; spf=pass smtp.mailfrom=a.example; dkim=pass header.d=a.example header.s=s1 header.a=rsa-sha256; dmarc=pass header.from=a.example; arc=none',
    'mx.b.example | iprev=pass smtp.remote-ip=192.0.2.1 | spf=pass smtp.mailfrom=a.example | dkim=pass header.d=a.example header.s=s1 header.a=rsa-sha256 | dmarc=pass header.from=a.example | arc=none',
  ],
  [
    'Stalwart',
    'mx.b.example; dkim=pass header.d=a.example header.s=s1 header.b="Ab/1"; spf=pass (mx.b.example: domain of x@a.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=x@a.example; iprev=pass policy.iprev=192.0.2.1; dmarc=pass header.from=a.example policy.dmarc=none',
    'mx.b.example | dkim=pass header.d=a.example header.s=s1 header.b=Ab/1 | spf=pass smtp.mailfrom=x@a.example | iprev=pass policy.iprev=192.0.2.1 | dmarc=pass header.from=a.example policy.dmarc=none',
  ],
  [
    'sid-milter',
    'mx.b.example; sender-id=pass header.from=x@a.example; spf=pass smtp.mfrom=x@a.example',
    'mx.b.example | sender-id=pass header.from=x@a.example | spf=pass smtp.mfrom=x@a.example',
  ],
  [
    'MDaemon',
    'mx.b.example; spf=pass smtp.mailfrom=a.example; dkim=pass header.d=a.example (b=ab12cd; 1:0:good); dmarc=pass header.from=a.example (d=a.example; p=none)',
    'mx.b.example | spf=pass smtp.mailfrom=a.example | dkim=pass header.d=a.example | dmarc=pass header.from=a.example',
  ],
  [
    'Proofpoint',
    'ppops.net; spf=pass smtp.mailfrom=x@a.example; dkim=pass header.d=a.example header.s=s1; dmarc=pass header.from=a.example',
    'ppops.net | spf=pass smtp.mailfrom=x@a.example | dkim=pass header.d=a.example header.s=s1 | dmarc=pass header.from=a.example',
  ],
  [
    'Outlook.com, which writes no name either',
    'spf=softfail (sender IP is 192.0.2.1) smtp.mailfrom=a.example; hotmail.com; dkim=none (message not signed) header.d=none;hotmail.com; dmarc=fail action=oreject header.from=a.example;compauth=fail reason=000',
    '- | spf=softfail smtp.mailfrom=a.example | dkim=none header.d=none | dmarc=fail action=oreject header.from=a.example | compauth=fail (000) !no-authserv-id !stray-domain !untyped-property',
  ],
  [
    'Exchange on the own premises',
    'EX1.b.example; spf=None smtp.mailfrom=x@a.example; dkim=None',
    'EX1.b.example | spf=none smtp.mailfrom=x@a.example | dkim=none',
  ],
  [
    'Yandex, newer',
    'mail-nwsmtp-mxfront-1.yandex.net; spf=pass (mail-nwsmtp-mxfront-1.yandex.net: domain of a.example designates 192.0.2.1 as permitted sender, rule=[ip4:192.0.2.0/24]) smtp.mail=x@a.example; dkim=pass header.i=@a.example header.s=s1; dmarc=pass (p=reject) header.from=a.example',
    'mail-nwsmtp-mxfront-1.yandex.net | spf=pass smtp.mail=x@a.example | dkim=pass header.i=@a.example header.s=s1 | dmarc=pass header.from=a.example',
  ],
  [
    'Proton, all in one',
    'mail.protonmail.ch; dmarc=pass (p=reject dis=none) header.from=a.example; spf=pass smtp.mailfrom=a.example; arc=none smtp.remote-ip=192.0.2.1; dkim=pass (2048-bit key) header.d=a.example header.i=@a.example header.b="Ab/12"',
    'mail.protonmail.ch | dmarc=pass header.from=a.example | spf=pass smtp.mailfrom=a.example | arc=none smtp.remote-ip=192.0.2.1 | dkim=pass header.d=a.example header.i=@a.example header.b=Ab/12',
  ],
  [
    'Mimecast',
    'relay.mimecast.com; dkim=pass header.d=a.example header.s=s1 header.b=Ab12; dmarc=pass (policy=reject) header.from=a.example; spf=pass (relay.mimecast.com: domain of x@a.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=x@a.example',
    'relay.mimecast.com | dkim=pass header.d=a.example header.s=s1 header.b=Ab12 | dmarc=pass header.from=a.example | spf=pass smtp.mailfrom=x@a.example',
  ],
];

const DEVIATIONS: readonly Row[] = [
  ['nothing at all', '', '- !no-authserv-id !empty'],
  ['only a comment', '(hello)', '- !no-authserv-id !empty'],
  ['only an authserv-id', 'a.example', 'a.example !empty'],
  ['an authserv-id and a separator', 'a.example;', 'a.example !empty-part !empty'],
  ['a separator first', '; spf=pass', '- | spf=pass !no-authserv-id'],
  ['separators in a row', 'a.example;; spf=pass', 'a.example | spf=pass !empty-part'],
  ['a missing separator after the authserv-id', 'a.example spf=pass', 'a.example | spf=pass !missing-separator'],
  [
    'a missing separator between results',
    'a.example; spf=pass smtp.mailfrom=b.example dkim=pass header.d=b.example',
    'a.example | spf=pass smtp.mailfrom=b.example | dkim=pass header.d=b.example !missing-separator',
  ],
  [
    'text after a result',
    'a.example; spf=pass as expected; dkim=pass',
    'a.example | spf=pass | dkim=pass !unparsable-rest',
  ],
  [
    'text after a property',
    'a.example; spf=pass smtp.mailfrom=b.example hello; dkim=pass',
    'a.example | spf=pass smtp.mailfrom=b.example | dkim=pass !unparsable-rest',
  ],
  ['a result word missing', 'a.example; spf=; dkim=pass', 'a.example | spf= | dkim=pass !unparsable-rest'],
  ['a property without value at the end', 'a.example; dkim=pass header.d', 'a.example | dkim=pass !unparsable-rest'],
  ['a property type without property', 'a.example; dkim=pass header.=x', 'a.example | dkim=pass !unparsable-rest'],
  ['two reasons', 'a.example; dkim=fail reason=a reason=b', 'a.example | dkim=fail (a) reason=b !untyped-property'],
  ['a part that is a word', 'a.example; hello; spf=pass', 'a.example | spf=pass !stray-part'],
  ['a part that is a quoted string', 'a.example; "x; y"; spf=pass', 'a.example | spf=pass !stray-part'],
  ['none beside a result', 'a.example; none; spf=pass', 'a.example | spf=pass'],
  ['an unclosed comment', 'a.example; spf=pass (oops; dkim=pass', 'a.example | spf=pass !unclosed'],
  [
    'an unclosed quoted string',
    'a.example; spf=pass smtp.mailfrom="oops; dkim=pass',
    'a.example | spf=pass smtp.mailfrom=oops; dkim=pass !unclosed',
  ],
  ['a method version that is no number', 'a.example; dkim/x=pass', 'a.example | dkim=pass !unparsable-rest'],
  ['a lone slash', 'a.example; /', 'a.example !unparsable-rest !stray-part !empty'],
  [
    'a stray parenthesis',
    'a.example; spf=pass ) smtp.mailfrom=b.example',
    'a.example | spf=pass smtp.mailfrom=b.example !unparsable-rest',
  ],
  ['control characters', 'a.example; spf=\u0000pass', 'a.example | spf=\u0000pass'],
];

describe('Authentication-Results', () => {
  it.each(GRAMMAR)('reads %s (RFC 8601 §2.2)', (_rule, value, expected) => {
    expect(inWords(parseAuthenticationResults(value))).toBe(expected);
  });

  it.each(RFC_8601_APPENDIX_B)('reads the example of RFC 8601 Appendix %s', (_rule, value, expected) => {
    expect(inWords(parseAuthenticationResults(value))).toBe(expected);
  });

  it.each(SERVERS)('reads what %s writes', (_rule, value, expected) => {
    expect(inWords(parseAuthenticationResults(value))).toBe(expected);
  });

  it.each(DEVIATIONS)('names the deviation: %s', (_rule, value, expected) => {
    expect(inWords(parseAuthenticationResults(value))).toBe(expected);
  });
});

describe('ARC-Authentication-Results (RFC 8617 §4.1.1)', () => {
  it.each([
    // as servers write it
    [
      'i=1; mx.google.com; dkim=pass header.i=@a.example header.s=s1 header.b="Ab/c+d"; spf=pass (google.com: domain of x@a.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=x@a.example; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=a.example',
      1,
      'mx.google.com | dkim=pass header.i=@a.example header.s=s1 header.b=Ab/c+d | spf=pass smtp.mailfrom=x@a.example | dmarc=pass header.from=a.example',
    ],
    [
      'i=1; mx.microsoft.com 1; spf=pass smtp.mailfrom=a.example; dmarc=pass action=none header.from=a.example; dkim=pass header.d=a.example; arc=none',
      1,
      'mx.microsoft.com | spf=pass smtp.mailfrom=a.example | dmarc=pass action=none header.from=a.example | dkim=pass header.d=a.example | arc=none !untyped-property',
    ],
    [
      'i=2; mx.microsoft.com 1; spf=pass (sender ip is 192.0.2.1) smtp.rcpttodomain=b.example smtp.mailfrom=a.example; dmarc=pass (p=none sp=none pct=100) action=none header.from=a.example; dkim=pass (signature was verified) header.d=a.example; arc=pass (0 oda=1 ltdi=1 spf=[1,1,smtp.mailfrom=a.example] dkim=[1,1,header.d=a.example] dmarc=[1,1,header.from=a.example])',
      2,
      'mx.microsoft.com | spf=pass smtp.rcpttodomain=b.example smtp.mailfrom=a.example | dmarc=pass action=none header.from=a.example | dkim=pass header.d=a.example | arc=pass !untyped-property',
    ],
    [
      'i=1; mx.zohomail.com; dkim=pass  header.i=a.example; spf=pass  smtp.mailfrom=x@a.example; dmarc=pass header.from=<x@a.example> header.from=<x@a.example>',
      1,
      'mx.zohomail.com | dkim=pass header.i=a.example | spf=pass smtp.mailfrom=x@a.example | dmarc=pass header.from=<x@a.example> header.from=<x@a.example>',
    ],
    [
      'i=1; mx3.messagingengine.com; dkim=pass (2048-bit rsa key sha256) header.d=a.example header.i=@a.example header.b=Ab12 header.a=rsa-sha256 header.s=s1 x-bits=2048; x-internal=',
      1,
      'mx3.messagingengine.com | dkim=pass header.d=a.example header.i=@a.example header.b=Ab12 header.a=rsa-sha256 header.s=s1 x-bits=2048 | x-internal= !untyped-property !unparsable-rest',
    ],
    [
      'i=1;\r\n\tmx.b.example;\r\n\tdkim=pass header.d=a.example header.s=s1 header.b=Xy12;\r\n\tspf=pass (mx.b.example: domain of x@a.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=x@a.example;\r\n\tdmarc=pass (policy=none) header.from=a.example',
      1,
      'mx.b.example | dkim=pass header.d=a.example header.s=s1 header.b=Xy12 | spf=pass smtp.mailfrom=x@a.example | dmarc=pass header.from=a.example',
    ],
    // the grammar
    ['i=1; mx.b.example; spf=pass', 1, 'mx.b.example | spf=pass'],
    ['(a) I (b) = (c) 50 (d); mx.b.example; none', 50, 'mx.b.example'],
    ['i=0; mx.b.example; none', null, 'mx.b.example'],
    ['i=51; mx.b.example; none', null, 'mx.b.example'],
    ['i=01; mx.b.example; none', null, 'mx.b.example'],
    ['mx.b.example; spf=pass', null, 'mx.b.example | spf=pass'],
    ['spf=pass', null, '- | spf=pass !no-authserv-id'],
    ['i.b.example; spf=pass', null, 'i.b.example | spf=pass'],
  ])('reads %s', (value, instance, expected) => {
    const parsed = parseArcAuthenticationResults(value);
    expect(parsed.instance).toBe(instance);
    expect(inWords(parsed)).toBe(expected);
  });
});

describe('hostile Authentication-Results', () => {
  it('ends at comments nested deeper than the limit', () => {
    const value = `a.example; spf=pass ${'('.repeat(10_000)}${')'.repeat(10_000)}; dkim=pass`;
    expect(inWords(parseAuthenticationResults(value))).toBe('a.example | spf=pass !comment-too-deep');
  });

  it('reads no more than the limits of length, results and properties', () => {
    const results = parseAuthenticationResults(`a.example${'; x=y'.repeat(LIMITS.methodResults + 1)}`);
    expect(results.methods).toHaveLength(LIMITS.methodResults);
    expect(results.deviations).toEqual(['too-many-results']);
    const properties = parseAuthenticationResults(`a.example; x=y${' a.b=c'.repeat(LIMITS.methodProperties + 1)}`);
    expect(properties.methods[0]?.properties).toHaveLength(LIMITS.methodProperties);
    expect(properties.deviations).toEqual(['too-many-results']);
    const long = parseAuthenticationResults(`a.example; x=${'y'.repeat(1 << 20)}`);
    expect(long.deviations).toEqual(['too-long']);
    expect(long.methods[0]?.result.length).toBeLessThan(LIMITS.fieldValueBytes);
  });

  it.each(['; x=y', ' a.b=c', '(a) ', '"', 'a', ' ', ';', '=', '.', '/', '\\', 'dkim=pass '])(
    'takes linear time for many of %j',
    (unit) => {
      const run = (size: number): void => {
        parseAuthenticationResults(`a.example; x=y ${unit.repeat(Math.ceil(size / unit.length))}`);
      };
      expect(growthExponent(run, 30_000)).toBeLessThan(1.8);
    },
  );

  it('never throws, and every result survives JSON', () => {
    const unit = fc.constantFrom(...Array.from('aZ.=;/"()\\ \t@-_1é'), 'spf', 'dkim=pass', 'none', '\r\n ');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit, maxLength: 120 }), fc.string()), (value) => {
        for (const parse of [parseAuthenticationResults, parseArcAuthenticationResults]) {
          const parsed = parse(value);
          expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads back any value that is written as a quoted string', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), (content) => {
        fc.pre(!/[\r\n]/.test(content));
        const quoted = `"${content.replace(/[\\"]/g, '\\$&')}"`;
        const parsed = parseAuthenticationResults(`a.example; x=y reason=${quoted} b.c=${quoted}; z=none`);
        expect(parsed.methods).toEqual([
          {
            method: 'x',
            version: null,
            result: 'y',
            reason: content,
            properties: [{ ptype: 'b', property: 'c', value: content }],
            comments: [],
          },
          { method: 'z', version: null, result: 'none', reason: null, properties: [], comments: [] },
        ]);
      }),
    );
  });
});
