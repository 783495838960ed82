import { expect, it } from 'vitest';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { parseDomainKeysSignatures } from '../../src/dkim/domainkeys.ts';
import { parseMessage } from '../../src/message/parse.ts';

it('recognises DomainKeys signatures (RFC 4870 §3.3.1) and believes nothing of them', () => {
  const message = parseMessage(
    stringToOctets(
      'From: a@b.example\r\nDomainKey-Signature: a=rsa-sha1; q=dns;\r\n s=sel; d=B.example; b=AA=\r\nDomainKey-Signature: x\r\n\r\n',
    ),
  );
  expect(parseDomainKeysSignatures(message)).toEqual([
    { field: 1, domain: 'b.example', selector: 'sel' },
    { field: 2, domain: null, selector: null },
  ]);
});
