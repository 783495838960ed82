/**
 * Marks that scanners and gateways leave in the header: which product by which field names. They are claims like any other field; the
 * table only saves the reader from guessing whose they are. Names are in lower case; a `*` at an end stands for anything.
 */
const SCANNER_MARKS: Readonly<Record<string, readonly string[]>> = {
  amavis: ['x-amavis-*', 'x-virus-scanned', 'x-quarantine-id'],
  Avast: ['x-antivirus', 'x-antivirus-status'],
  Barracuda: ['x-barracuda-*', 'x-asg-*'],
  Bogofilter: ['x-bogosity'],
  'Cisco IronPort': ['x-ironport-*'],
  ClamAV: ['x-clamav-*', 'x-virus-status', 'x-clamsmtp-*'],
  Cloudmark: ['x-cloudmark-*', 'x-cnfs-*', 'x-cmae-*'],
  CRM114: ['x-crm114-*'],
  Cyren: ['x-ctch-*'],
  DSPAM: ['x-dspam-*'],
  ESET: ['x-eset-*'],
  'Exchange Online Protection': [
    'x-forefront-antispam-report*',
    'x-microsoft-antispam*',
    'x-ms-exchange-organization-scl',
  ],
  FireEye: ['x-fe-*', 'x-fireeye*'],
  FortiMail: ['x-feas-*', 'x-fortimail-*'],
  Gmail: ['x-gm-spam', 'x-gm-phishy'],
  'GMX and WEB.DE': ['x-gmx-*', 'x-ui-filterresults'],
  Halon: ['x-halon-*'],
  Hornetsecurity: ['x-antispameurope-*', 'x-hornetsecurity-*'],
  Kaspersky: ['x-kse-*', 'x-klms-*', 'x-kaspersky*'],
  'Mail.ru': ['x-mras', 'x-mru-*'],
  MailScanner: ['x-mailscanner*', '*-mailscanner*'],
  MDaemon: ['x-mdav-*', 'x-mdaemon-*'],
  Mimecast: ['x-mimecast-*', 'x-mc-unique'],
  MIMEDefang: ['x-scanned-by'],
  OpenDKIM: ['dkim-filter'],
  OpenDMARC: ['dmarc-filter'],
  Proofpoint: ['x-proofpoint-*', 'x-clx-*'],
  Rspamd: ['x-rspamd-*', 'x-spamd-*', 'x-rspam-*'],
  SonicWall: ['x-mlf-*', 'x-sonicwall*'],
  Sophos: ['x-sophos-*', 'x-pmx-*', 'x-perlmx-*', 'x-sasi-*'],
  'SpamAssassin or the like': ['x-spam', 'x-spam-*'],
  SpamExperts: ['x-spamexperts-*', 'x-recommended-action'],
  'Symantec Email Security': ['x-starscan-*', 'x-msg-ref', 'x-brightmail-tracker'],
  'Trend Micro': ['x-tm-*', 'x-tmase-*'],
  Vade: ['x-vr-*', 'x-vade-*'],
  Yandex: ['x-yandex-*'],
};

interface Mark {
  readonly product: string;
  readonly part: string;
  readonly where: 'start' | 'anywhere';
}

const EXACT = new Map<string, string>();
const PARTS: Mark[] = [];
for (const [product, patterns] of Object.entries(SCANNER_MARKS)) {
  for (const pattern of patterns) {
    if (!pattern.includes('*')) EXACT.set(pattern, product);
    else
      PARTS.push({ product, part: pattern.replaceAll('*', ''), where: pattern.startsWith('*') ? 'anywhere' : 'start' });
  }
}

/** The product that leaves a field of this (lower-case) name, or undefined. */
export function scannerOf(key: string): string | undefined {
  const exact = EXACT.get(key);
  if (exact !== undefined) return exact;
  return PARTS.find(({ part, where }) => (where === 'start' ? key.startsWith(part) : key.includes(part)))?.product;
}

/** Of these products, those that take mail in for others and pass it on, and not only look at it. */
const GATEWAYS: ReadonlySet<string> = new Set([
  'Barracuda',
  'Cisco IronPort',
  'Cyren',
  'Exchange Online Protection',
  'FireEye',
  'FortiMail',
  'Halon',
  'Hornetsecurity',
  'Mimecast',
  'Proofpoint',
  'SonicWall',
  'SpamExperts',
  'Symantec Email Security',
  'Trend Micro',
]);

export function isGateway(product: string): boolean {
  return GATEWAYS.has(product);
}
