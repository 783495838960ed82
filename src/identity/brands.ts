/**
 * Names that are impersonated more often than others, with the domains their holders send from: so that "PayPal" from anywhere else is
 * reported although it shows no address. A short list on purpose: one missing domain is a false alarm, one missing name only a gap.
 *
 * The list is from common knowledge of these senders and of what their help pages name, not from a register. A domain whose registered
 * label is the name itself (`amazon.co.jp`) counts as its holder's below any suffix.
 */
import type { DomainName } from '../domain/name.ts';
import { registeredDomain } from '../domain/public-suffix.ts';
import { plainText } from './shown-text.ts';

interface Brand {
  /** As people know it. */
  readonly name: string;
  /** Registered domains. */
  readonly domains: readonly string[];
  /** The name is a word or a first name by itself, and is meant only beside another word. */
  readonly ambiguous?: boolean;
}

const BRANDS: readonly Brand[] = [
  { name: 'Adobe', domains: ['adobe.com', 'adobesign.com', 'echosign.com', 'adobesystems.com'] },
  { name: 'Airbnb', domains: ['airbnb.com'] },
  { name: 'Amazon', domains: ['amazon.com', 'amazonaws.com', 'audible.com', 'primevideo.com', 'aboutamazon.com'] },
  { name: 'American Express', domains: ['americanexpress.com', 'aexp.com', 'amex.com'] },
  { name: 'Apple', domains: ['apple.com', 'icloud.com', 'itunes.com', 'me.com', 'mac.com'], ambiguous: true },
  { name: 'Bank of America', domains: ['bankofamerica.com', 'bofa.com', 'ml.com'] },
  { name: 'Binance', domains: ['binance.com', 'binance.us'] },
  { name: 'Coinbase', domains: ['coinbase.com'] },
  { name: 'Commerzbank', domains: ['commerzbank.de', 'commerzbank.com'] },
  { name: 'DHL', domains: ['dhl.com', 'dhl.de', 'deutschepost.de', 'dpdhl.com', 'dhlexpress.com'] },
  { name: 'DocuSign', domains: ['docusign.com', 'docusign.net'] },
  { name: 'Dropbox', domains: ['dropbox.com', 'dropboxmail.com', 'hellosign.com'] },
  { name: 'eBay', domains: ['ebay.com', 'ebay-kleinanzeigen.de', 'kleinanzeigen.de'] },
  { name: 'Facebook', domains: ['facebook.com', 'facebookmail.com', 'fb.com', 'meta.com', 'metamail.com'] },
  { name: 'FedEx', domains: ['fedex.com'] },
  { name: 'Google', domains: ['google.com', 'youtube.com', 'gmail.com', 'googlemail.com', 'googlegroups.com'] },
  { name: 'HSBC', domains: ['hsbc.com', 'hsbc.co.uk', 'hsbcgroup.com'] },
  { name: 'Instagram', domains: ['instagram.com', 'facebookmail.com', 'metamail.com'] },
  { name: 'LinkedIn', domains: ['linkedin.com'] },
  { name: 'Mastercard', domains: ['mastercard.com', 'mastercard.us'] },
  {
    name: 'Microsoft',
    domains: [
      ...['microsoft.com', 'office.com', 'office365.com', 'microsoftonline.com', 'outlook.com', 'live.com', 'msn.com'],
      ...[
        'sharepointonline.com',
        'azure.com',
        'windows.com',
        'xbox.com',
        'skype.com',
        'linkedin.com',
        'onmicrosoft.com',
      ],
    ],
  },
  { name: 'Netflix', domains: ['netflix.com'] },
  {
    name: 'PayPal',
    domains: ['paypal.com', 'paypal.de', 'paypal.co.uk', 'paypal-communication.com', 'paypalobjects.com'],
  },
  { name: 'Spotify', domains: ['spotify.com'] },
  { name: 'USPS', domains: ['usps.com', 'usps.gov'] },
  { name: 'Wells Fargo', domains: ['wellsfargo.com'] },
  { name: 'Western Union', domains: ['westernunion.com'] },
  { name: 'WhatsApp', domains: ['whatsapp.com', 'facebookmail.com', 'meta.com'] },
];

/** Words that stand beside such a name without making it another one. */
const BESIDE = new Set(
  (
    'account accounts admin alert alerts billing care center centre client com customer customers de delivery express help helpdesk ' +
    'id inc info international kundenservice kundendienst konto llc mail message messages no notice notification notifications online ' +
    'order orders paket parcel pay payment payments rechnung reply resolution secure security service services sicherheit shipping ' +
    'support team the update updates verification www'
  ).split(' '),
);

interface Named extends Brand {
  readonly words: readonly string[];
}

const NAMED: readonly Named[] = BRANDS.map((brand) => ({ ...brand, words: wordsOf(brand.name) }));

function wordsOf(text: string): readonly string[] {
  return (
    plainText(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** The name that a display name consists of, apart from words of service, where the domain is not its holder's. */
export function foreignBrand(displayName: string, domain: DomainName): string | undefined {
  const words = wordsOf(displayName);
  const found = NAMED.find((brand) => isNamed(words, brand));
  return found && !isHolders(domain, found) ? found.name : undefined;
}

function isNamed(words: readonly string[], { words: name, ambiguous = false }: Named): boolean {
  const at = words.indexOf(name[0] ?? '');
  if (at < 0 || !name.every((word, offset) => words[at + offset] === word)) return false;
  const others = [...words.slice(0, at), ...words.slice(at + name.length)];
  return others.every((word) => BESIDE.has(word)) && !(ambiguous && others.length === 0);
}

function isHolders(domain: DomainName, { domains, words }: Named): boolean {
  const holder = registeredDomain(domain) ?? domain;
  return domains.includes(holder) || holder.split('.', 1)[0] === words.join('');
}
