/**
 * Every bound on work per message, in one place. Reaching one is a finding, never an exception:
 * each limit names what is told to the reader when it is reached.
 */
export const LIMITS = {
  /** Bytes of header block that are read; the rest of a longer one is left unread (`header-too-large`). */
  headerBytes: 1 << 20,
  /** Header fields that are read (`too-many-fields`). */
  headerFields: 10_000,
  /** Octets of a line within which a field's name and colon are looked for, where it is asked whether a header starts there. */
  fieldNameOctets: 1000,
  /** Octets at the end of an mbox separator in which its date is looked for. */
  separatorDateOctets: 60,
  /** DKIM signatures verified per message; the others are listed as not checked (RFC 6376 §6.1 permits a limit). */
  signatures: 8,
  /** Days a message may be on its way after it was signed; later it looks sent again. Servers give up after five (RFC 5321 §4.5.4.1). */
  replayDays: 7,
  /** Bytes of one tag=value list that are parsed. */
  tagListBytes: 64 * 1024,
  /** Tags in one tag=value list. */
  tags: 200,
  /** Nesting depth of RFC 5322 comments that is followed; deeper ones end the parse of that value. */
  commentDepth: 50,
  /** Bytes of one header value that are parsed into addresses, results or keywords. */
  fieldValueBytes: 256 * 1024,
  /** Charset labels looked up in one header value; encoded words in further ones stay as they are written. */
  charsets: 200,
  /** Mailboxes read from one address field. */
  addresses: 1000,
  /** Depth to which MIME parts are taken apart for display; a deeper message is shown as not readable. */
  mimeDepth: 50,
  /** Multiparts within one another whose parts are distinguished for what they say of protection and delivery. */
  structureDepth: 5,
  /** Parts of one message that are distinguished so. */
  structureParts: 200,
  /** Parameters read of one Content-Type. */
  mimeParameters: 50,
  /** Bytes at the start of a text part in which OpenPGP armour is looked for. */
  armourBytes: 64 * 1024,
  /** Parts shown as protected end to end. */
  protectedParts: 20,
  /** Bytes of a delivery report's own part that are read. */
  deliveryStatusBytes: 256 * 1024,
  /** Recipients told of one delivery report. */
  deliveryRecipients: 50,
  /** Characters kept of one text in a delivery report. */
  deliveryTextCharacters: 500,
  /** Received fields told of a returned message. */
  returnedHops: 50,
  /** The reader's own addresses that a returned message is compared with. */
  ownAddresses: 1000,
  /** Characters of a name that are looked through for what misleads; a longer one is told (`address-pushed-away`). */
  nameCharacters: 2000,
  /** Blanks in a row from which on a name looks made to push the address out of sight (`address-pushed-away`). */
  nameBlanks: 20,
  /** People, and registered domains, of the reader's circle that a message is compared with; further ones are not. */
  circlePeople: 100_000,
  circleDomains: 20_000,
  /** Messages a domain must have signed, of those that were read, to be one that others are compared with. */
  circleMessages: 5,
  /** Addresses kept of one name, and domains kept as likenesses of one label. */
  circleCandidates: 20,
  /** Combining marks in a row that are kept while a name is compared (UAX 15 §13, "Stream-Safe Text Format"). */
  marksInARow: 30,
  /** Addresses and domains looked for in one display name. */
  shownNames: 100,
  /** Misleading things about the authors that are told. */
  impersonations: 50,
  /** Author domains whose practices are asked for, where From names several. */
  authorDomains: 4,
  /** Labels of a domain the DMARC tree walk starts with, and so questions per walk (RFC 9989 §4.10). */
  dmarcWalkQueries: 8,
  /** Identifiers (signing domains, SPF) whose own tree is walked for alignment; one left out never makes a message fail. */
  dmarcIdentifiers: 10,
  /** Reporting addresses and failure options kept from one DMARC record. */
  reportUris: 20,
  /** Problems of one published record that are listed. */
  recordNotes: 50,
  /** Third party authorizations asked for per message (RFC 6541 §4.4). */
  atpsQueries: 5,
  /** Bytes of one TXT record that are parsed. */
  txtRecordBytes: 64 * 1024,
  /** TXT records considered at one DKIM key name. */
  keyRecords: 4,
  /** Bits of the largest RSA key verified with (RFC 8301 §3.2 asks for 4096 at least); a larger one is `key-too-large`. */
  rsaKeyBits: 8192,
  /** Keys of one DNS name the key archive keeps and tries; the others are not told. */
  archivedKeysPerName: 4,
  /** DNS names the key archive keeps; the ones seen longest ago go first. */
  archivedKeyNames: 5_000,
  /** Octets of a key record the archive keeps: the largest RSA key verified with takes a third of it. */
  archivedKeyOctets: 4096,
  /** Days after the last sighting of a key within which a message must have been received to count as signed while it was in use. */
  archivedKeyGraceDays: 7,
  /** Key records kept in memory as they were read, each with its imported key. */
  keyRecordsRemembered: 500,
  /** Domain names kept in memory as they were read. */
  domainsRemembered: 250,
  /** Seconds a signer's clock may be ahead before a signature counts as from the future (RFC 6376 §3.5 t=). */
  clockSkewSeconds: 300,
  /** Bytes of a message for whose broken signature an explanation is tried. */
  explainedBytes: 1 << 20,
  /** Octets of bodies hashed per message to explain its broken signatures; after that nothing more is tried. */
  explainedWork: 24 << 20,
  /** Lines from the end of a body among which a footer is looked for. */
  footerLines: 40,
  /** Copied header fields (z=) kept of one signature. */
  copiedHeaders: 200,
  /** ARC sets read (RFC 8617 §4.2.1). */
  arcSets: 50,
  /** Received fields parsed into the path. */
  receivedFields: 200,
  /** Authentication-Results and Received-SPF fields parsed. */
  resultFields: 200,
  /** Results read from one Authentication-Results field, and pairs from one Received-SPF field. */
  methodResults: 200,
  /** Properties kept of one result (RFC 8601 §2.2). */
  methodProperties: 100,
  /** Intermediaries listed per message. */
  intermediaries: 200,
  /** Fields told of what one intermediary says of its own doing. */
  intermediaryStatements: 20,
  /** Characters of each of them. */
  intermediaryCharacters: 1000,
  /** Received fields from which on a message looks like one that goes round in circles (RFC 5321 §6.3: at least 100). */
  receivedLoop: 100,
  /** Seconds a message may stay with one server before that is told; greylisting takes minutes, a queue hours. */
  longDelaySeconds: 4 * 3600,
  /** Solicitation keywords kept from one message. */
  solicitationKeywords: 200,
  /** Characters of solicitation keywords one field may hold (RFC 3865 §2.1). */
  solicitationCharacters: 1000,
  /** Legacy marks of bulk mail kept from one message, and characters of each. */
  bulkMarks: 20,
  bulkMarkCharacters: 500,
  /** Pass keys of the reader a message is compared with. */
  passKeys: 500,
  /** Author domains whose observed practice is kept; the ones read longest ago go first. */
  observedDomains: 5_000,
  /** Messages of an author domain that must have been seen before one is called unlike them. */
  observedMessages: 10,
  /** Percentage of them that makes a habit, where not all were alike. */
  observedHabitPercent: 90,
  /** Digests kept per author domain so that a message read again is not counted again. */
  observedDigests: 300,
  /** Signing domains, and mailing lists, kept per author domain; the ones seen longest ago go first. */
  observedNames: 20,
  /** Characters of a mailing list's name that are kept. */
  observedNameCharacters: 255,
  /** Days after its receipt within which checking SPF again still tells what was so then: records change as hosts do. */
  spfRecheckDays: 7,
  /** Milliseconds one DNS question may take before it counts as timed out. */
  dnsTimeout: 8_000,
  /** Milliseconds all look-ups of one message may take together; after that the open ones count as timed out (`dns-failed`). */
  lookupsDeadline: 6_000,
  /** Milliseconds one evaluation of SPF may take by itself, as the command line asks for it (RFC 7208 §4.6.4 wants 20 s at least). */
  checkDeadline: 20_000,
  /** Bytes of a DoH answer body that are read (a DNS message cannot be longer). */
  dnsMessageBytes: 65_535,
  /** Entries of the DNS cache kept in memory. */
  dnsCacheEntries: 5_000,
  /** Longest time, in seconds, an answer is kept, whatever its TTL says. */
  dnsCacheSeconds: 86_400,
  /** Longest time, in seconds, a negative answer is kept (RFC 2308 §5 suggests hours at most). */
  dnsNegativeSeconds: 3_600,
  /** CNAME links followed within one answer. */
  cnameLinks: 16,
  /** Seconds a failed question is not asked again (RFC 9520 §3.2: at least one second, at most five minutes). */
  dnsFailureSeconds: 5,
  /** Signatures of one RRset that are tried; honest ones have one to four (CVE-2023-50387, KeyTrap). */
  dnssecSignatures: 8,
  /** Keys of one zone that share a signature's key tag and are tried for it (RFC 4034 Appendix B: tags may collide). */
  dnssecKeysPerTag: 4,
  /** Signature verifications one DNS response may cause. */
  dnssecVerifications: 24,
  /** Digests one response may cause, to hash names for NSEC3 (CVE-2023-50868) and to compare keys with DS records. */
  dnssecDigests: 2_000,
  /** Extra iterations of an NSEC3 hash; zones with more count as unsigned (RFC 9276 §3.2). */
  nsec3Iterations: 100,
  /** Keys of one zone that are read. */
  dnssecKeys: 32,
  /** Questions one answer may cause to be proved. */
  dnssecQuestions: 60,
  /** Milliseconds a proof may take beyond its answer. */
  dnssecTimeout: 16_000,
  /** Zones whose keys, or places in the tree of which it is known that they are none, that are kept in memory. */
  dnssecZones: 2_000,
  /** Zones a proof names, from the root to the answer's. */
  dnssecProofZones: 12,
  /** Proofs one Report carries. */
  reportProofs: 100,
  /** Failures in a row after which a DNS server is left alone for a while. */
  dnsFailuresInARow: 3,
  /** Longest time, in seconds, a failing DNS server is left alone (RFC 9520 §3.2: at most five minutes). */
  dnsBackOffSeconds: 60,
  /** Compression pointers followed within one name; no name has more labels than that (RFC 1035 §3.1, §4.1.4). */
  dnsNamePointers: 127,
  /** Characters kept of the text a resolver adds to an error (RFC 8914 §2). */
  dnsErrorText: 200,
  /** Terms of SPF records that may cause look-ups, per check (RFC 7208 §4.6.4). */
  spfLookupTerms: 10,
  /** SPF look-ups that may find nothing, per check (RFC 7208 §4.6.4). */
  spfVoidLookups: 2,
  /** Mail servers one SPF "mx" term may name (RFC 7208 §4.6.4). */
  spfMxNames: 10,
  /** Names of the client's address that SPF validates (RFC 7208 §4.6.4). */
  spfPtrNames: 10,
  /** Octets of one SPF record that are evaluated; no DNS answer over UDP holds more than a fraction of it. */
  spfRecordBytes: 32 * 1024,
  /** Terms of one SPF record that are evaluated. */
  spfTerms: 1000,
  /** SPF records kept in memory as they were read. */
  parsedSpfRecords: 500,
  /** Syntax problems of one SPF record that are listed. */
  spfProblems: 50,
  /** Characters of a sender address or HELO name SPF works with; an address of RFC 5321 §4.5.3.1 has 256 at most. */
  spfIdentityCharacters: 1024,
  /** Characters of a publisher's explanation that are kept (RFC 7208 §6.2). */
  spfExplanationCharacters: 500,
  /** SPF records one profile reads. */
  spfProfileRecords: 50,
  /** DNS questions one profile asks. */
  spfProfileQueries: 200,
  /** Findings one profile of an SPF tree lists. */
  spfProfileFindings: 500,
  /** DKIM selectors whose keys one profile of a domain asks for. */
  profileSelectors: 50,
  /** Characters of a rule file that are read; a longer one is refused whole (as every broken rule file is). */
  ruleFileCharacters: 2 << 20,
  /** Rules in one file. */
  rules: 500,
  /** Depth to which the condition groups of a rule may nest; a Sieve server follows 15 levels of tests (RFC 5228 §2.10.5). */
  ruleDepth: 5,
  /** Conditions, and groups of them, in one rule. */
  ruleConditions: 100,
  /** Actions of one rule. */
  ruleActions: 20,
  /** Characters of a rule's name, of a folder, an account, a list and a banner's text. */
  ruleTextCharacters: 500,
  /** Wildcards in one keyword pattern. */
  ruleWildcards: 8,
  /** Conditions of one kind that are proposed for mail like a message. */
  ruleProposals: 5,
  /** Problems of one rule file that are listed. */
  ruleProblems: 100,
  /** Pairs of conditions compared when a set of rules is analysed; rules beyond are shown as not compared (`not-compared`). */
  ruleComparisons: 1_000_000,
  /** Things pointed out about one set of rules. */
  ruleRemarks: 500,
  /** Messages one run of rules takes; of a larger folder the rest is left for another run, which is told. */
  runMessages: 200_000,
  /** Entries of the journal that are kept; the oldest are forgotten first. */
  journalEntries: 50_000,
  /** Runs the journal tells of; the oldest are forgotten first, with their entries. */
  journalRuns: 200,
  /** Messages a preview of rules lists; the others are counted. */
  previewEntries: 2000,
} as const;
