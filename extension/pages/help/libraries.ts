/** The libraries that are in the packages, with their licenses; test/extension/pages/help.test.ts compares them with what is installed. */
export interface Library {
  readonly name: string;
  readonly by: string;
  readonly license: string;
}

export const LIBRARIES: readonly Library[] = [
  { name: '@dnsquery/dns-packet', by: 'Mathias Buus', license: 'MIT' },
  { name: 'cfb', by: 'SheetJS', license: 'Apache-2.0' },
  { name: 'idb', by: 'Jake Archibald', license: 'ISC' },
  { name: 'postal-mime', by: 'Andris Reinman', license: 'MIT-0' },
  { name: 'preact', by: 'Jason Miller', license: 'MIT' },
  { name: 'punycode', by: 'Mathias Bynens', license: 'MIT' },
  { name: 'tldts', by: 'Rémi Berson', license: 'MIT' },
  { name: 'webextension-polyfill', by: 'Mozilla', license: 'MPL-2.0' },
];
