/** Names that are impersonated often, and domains their holders send from. */
import { expect, it } from 'vitest';
import { parseDomain } from '../../src/domain/name.ts';
import { foreignBrand } from '../../src/identity/brands.ts';
import { createCircle } from '../../src/identity/circle.ts';
import { findImpersonations } from '../../src/identity/impersonation.ts';
import { parseMailboxes } from '../../src/message/address.ts';

const found = (name: string, domain: string): string | undefined => {
  const parsed = parseDomain(domain);
  if (parsed === undefined) throw new Error(domain);
  return foreignBrand(name, parsed);
};

it.each([
  ['PayPal', 'gmail.com', 'PayPal'],
  ['PayPal Customer Service', 'secure.example', 'PayPal'],
  ['ＰａｙＰａｌ', 'secure.example', 'PayPal'],
  ['Pay\u200bPal Support', 'secure.example', 'PayPal'],
  ['The Bank of America Alert', 'alerts.example', 'Bank of America'],
  ['Apple Support', 'icloud-help.example', 'Apple'],
  ['Amazon.com', 'amazon-orders.example', 'Amazon'],
  ['DHL Paket', 'paket.example', 'DHL'],
])('%s from %s', (name, domain, brand) => expect(found(name, domain)).toBe(brand));

it.each([
  ['PayPal', 'mail.paypal.com'],
  ['service@paypal.de', 'paypal.de'],
  ['Amazon.co.jp', 'amazon.co.jp'],
  ['Facebook', 'facebookmail.com'],
  ['Apple', 'orchard.example'],
  ['Apple Growers', 'orchard.example'],
  ['Ann Lee via PayPal', 'sender.example'],
  ['Microsoft User Group Berlin', 'mug.example'],
  ['Ann at Google', 'example.org'],
  ['', 'example.org'],
])('but not %s from %s', (name, domain) => expect(found(name, domain)).toBeUndefined());

it('is reported of a domain that the reader knows, too', () => {
  const domain = parseDomain('secure.example');
  const circle = createCircle([], domain ? [domain] : []);
  const { mailboxes } = parseMailboxes('PayPal <a@secure.example>');
  expect(findImpersonations(mailboxes, circle)).toMatchObject([{ kind: 'brand-in-name', brand: 'PayPal' }]);
  expect(findImpersonations(mailboxes, circle, { brands: false })).toEqual([]);
});
