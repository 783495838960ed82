export const DMARC_REASONS = {} as const;
export type DmarcReason = string;
