export const ADSP_REASONS = {} as const;
export type AdspReason = string;
