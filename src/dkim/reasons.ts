export const DKIM_REASONS = {} as const;
export type DkimReason = string;
export type DkimResultName = 'none' | 'pass' | 'fail' | 'policy' | 'neutral' | 'temperror' | 'permerror';
