/**
 * Countersign as a library: who really sent a message, as far as that can be known. Runs in browsers and Node. This file is the table of
 * contents; docs/report.md describes the Report, docs/architecture.md how the parts fit together.
 */

// The whole product in one function.
export { checkMessage, type CheckContext } from './check.ts';
export { REPORT_SCHEMA, type Report } from './report/types.ts';
export { FINDING_IDS, type FindingId } from './assessment/table.ts';
export { LEVELS, type FindingLevel, type Level } from './assessment/types.ts';
export type { Finding } from './assessment/assess.ts';
export type { TrustSettings } from './authres/types.ts';

// A message and who it names.
export { parseMessage } from './message/parse.ts';
export type { HeaderField, Mailbox, Message } from './message/types.ts';
export { purportedResponsibleAddress } from './identity/pra.ts';
export { createCircle, type Circle, type KnownPerson } from './identity/circle.ts';

// Signatures.
export { verifyDkim, type VerifyDkimOptions } from './dkim/verify.ts';
export type { DkimSignatureReport, Relation } from './dkim/types.ts';
export { addSighting, type ArchivedKey, type KeyArchive } from './dkim/archive.ts';
export { validateArc } from './arc/verify.ts';
export type { ArcReport } from './arc/types.ts';

// What domains publish.
export { discoverPractices } from './practices/discover.ts';
export type { PracticesReport, PracticeStatement } from './practices/types.ts';
export { digestMessage } from './practices/message-digest.ts';
export {
  learn,
  taughtDomain,
  type Observation,
  type ObservedMemory,
  type ObservedPractice,
} from './practices/observed.ts';
export { evaluateDmarc } from './dmarc/evaluate.ts';
export type { DmarcReport } from './dmarc/types.ts';
export { evaluateAdsp } from './adsp/evaluate.ts';
export type { AdspReport } from './adsp/types.ts';
export { checkHost, type CheckHostOptions } from './spf/evaluate.ts';
export { profileSpf } from './spf/profile.ts';
export type { SpfProfile, SpfReport } from './spf/types.ts';
export { profileDomain, type ProfileDomainOptions } from './profile/profile.ts';
export type { DomainProfile } from './profile/types.ts';

// What servers and senders wrote.
export { parseAuthenticationResults } from './authres/parse.ts';
export { parseReceivedSpf } from './authres/received-spf.ts';
export { parseReceived } from './trace/received.ts';
export type { DeliveryReport } from './trace/delivery/types.ts';
export type { ProtectionReport } from './message/protection.ts';
export { parseNoSolicit } from './solicitation/parse.ts';

// The reader's own rules.
export { parseRules, writeRules, type ParsedRules } from './rules/parse.ts';
export type { RuleProblem } from './rules/reader.ts';
export type { Rule, RuleAction, RuleSet, RuleSubject } from './rules/types.ts';
export { evaluateRules, type RuleEvaluation } from './rules/evaluate.ts';
export { analyseRules, type RuleRemark } from './rules/analyse.ts';
export { toSieve, type SieveExport, type SieveOptions } from './rules/sieve.ts';
export { toThunderbirdFilters, type FilterExport, type FilterOptions } from './rules/msgfilter.ts';
export { LEVEL_TAGS, classTag } from './rules/tags.ts';
export { proposeConditions, type ConditionProposal } from './rules/propose.ts';

// Where DNS answers come from.
export type { DnsAnswer, DnsFailure, DnssecState, RecordType, Resolver } from './dns/resolver.ts';
export { createDohResolver, createDohSource, type DohOptions } from './dns/doh.ts';
export { createZoneResolver } from './dns/zone.ts';
export { withCache, type CacheOptions } from './dns/cache.ts';
export { withBackOff } from './dns/back-off.ts';
export { withFallback, type NamedResolver } from './dns/fallback.ts';
export type { MessageSource } from './dns/source.ts';
export type { DnssecProof, DnssecReason } from './dns/proof.ts';
export { createValidatingResolver, type ValidationOptions } from './dnssec/resolver.ts';
export { parseTrustAnchors, type TrustAnchor } from './dnssec/anchors.ts';
