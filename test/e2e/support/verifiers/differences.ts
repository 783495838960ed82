/** Where other verifiers say something else than expected, each with the reason. One that no message shows any more has to go. */
import type { Verdict } from './peer.ts';

export interface Difference {
  /** Of the names of the messages. */
  readonly messages: RegExp;
  readonly says: Verdict;
  readonly why: string;
}

export const DIFFERENCES: Readonly<Record<string, readonly Difference[]>> = {
  dkimpy: [
    {
      messages: /^a second From on top; a plain|^a second From on top; .*by Mail::DKIM/,
      says: 'signature',
      why: 'takes a second From as signed, whether h= names one more or not; we pass the signature and warn of the field',
    },
    {
      messages: /^(?!an empty line).*; blanks without a line end, relaxed/,
      says: 'body',
      why: 'leaves blanks on a last line without its end; SMTP has no such line',
    },
    { messages: /^a strict key and i= of a subdomain$/, says: 'pass', why: 'does not read t= of a key' },
    { messages: /^a key for SHA-1 only$/, says: 'pass', why: 'does not read h= of a key' },
    {
      messages: /^a key of the other kind$/,
      says: 'form',
      why: 'tries the key without asking whether a= is of its kind',
    },
    { messages: /^a key record with a late v=$/, says: 'pass', why: 'does not ask v= to be first (RFC 6376 §3.6.1)' },
    {
      messages: /^the right key after a wrong one$/,
      says: 'signature',
      why: 'tries one record only; we try each, as their order means nothing (RFC 6376 §3.6.2.2 leaves it open)',
    },
    { messages: /^d= in U-labels$/, says: 'key', why: 'asks for the UTF-8 name as it is (RFC 8616 §4 wants A-labels)' },
    {
      messages: /^an expiry an hour ago$|^an expiry before the signature$|^a signature made in an hour$/,
      says: 'pass',
      why: 'allows clocks to be wrong by ten hours',
    },
    { messages: /^no From in h=$/, says: 'pass', why: 'does not ask whether From is signed (RFC 6376 §6.1.1 does)' },
    {
      messages: /^its own field in h=$/,
      says: 'signature',
      why: 'takes the signature itself for the field that h= names, which was not there when it was made',
    },
    {
      messages: /^l= beyond the body$/,
      says: 'pass',
      why: 'hashes what there is (RFC 6376 §3.5 forbids a greater l=)',
    },
  ],
  'Mail::DKIM': [
    { messages: /, ed25519, /, says: 'form', why: 'knows RSA only' },
    {
      messages: /^(?!an empty line).*; (?:no line end at the end|blanks without a line end), simple/,
      says: 'body',
      why: 'adds no line end to a last line without one (RFC 6376 §3.4.3 does); SMTP has no such line',
    },
    { messages: /^a key of 768 bits$/, says: 'pass', why: 'takes keys of any size (RFC 8301 §3.2 forbids it)' },
    { messages: /^a key as RSAPublicKey$/, says: 'key', why: 'reads SubjectPublicKeyInfo only' },
    { messages: /^a key record with a late v=$/, says: 'pass', why: 'does not ask v= to be first (RFC 6376 §3.6.1)' },
    { messages: /^the right key after a wrong one$/, says: 'signature', why: 'tries one record only' },
    { messages: /^d= in U-labels$/, says: 'key', why: 'asks for the UTF-8 name as it is (RFC 8616 §4 wants A-labels)' },
    { messages: /^a signature made in an hour$/, says: 'pass', why: 'does not look at t=' },
    { messages: /^no v=$|^no bh=$|^no From in h=$/, says: 'pass', why: 'does not ask for it (RFC 6376 §6.1.1 does)' },
    {
      messages: /^no h=$|^an unknown canonicalization$/,
      says: 'signature',
      why: 'goes on with what it takes for meant, and gets another hash',
    },
    { messages: /^its own field in h=$/, says: 'signature', why: 'takes the signature itself for the field' },
    {
      messages: /^l= beyond the body$/,
      says: 'pass',
      why: 'hashes what there is (RFC 6376 §3.5 forbids a greater l=)',
    },
    {
      messages: /^l= of nothing$|^l= that is no number$/,
      says: 'body',
      why: 'takes a length of zero, or none it can read, for no limit',
    },
    { messages: /^bh= that is no base64$/, says: 'body', why: 'compares it as it is' },
  ],
  OpenDKIM: [
    {
      messages: /^(?!an empty line|a footer|the last line).*; no line end at the end, relaxed/,
      says: 'form',
      why: 'refuses a body that does not end in a line end; SMTP has no such body',
    },
    {
      messages: /; (?:no blank|a line of blanks) after a colon, simple/,
      says: 'fail',
      why: 'gets fields without the blanks after the colon from the milter protocol, and supposes one',
    },
    { messages: /^a key as RSAPublicKey$/, says: 'key', why: 'reads SubjectPublicKeyInfo only' },
    { messages: /^a key record with a late v=$/, says: 'pass', why: 'does not ask v= to be first (RFC 6376 §3.6.1)' },
    { messages: /^the right key after a wrong one$/, says: 'fail', why: 'tries one record only' },
    { messages: /^d= in U-labels$/, says: 'form', why: 'takes ASCII only in d=' },
    { messages: /^its own field in h=$/, says: 'fail', why: 'takes the signature itself for the field' },
    { messages: /^bh= that is no base64$/, says: 'fail', why: 'compares it as it is' },
  ],
};
