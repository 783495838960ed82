/** One case of DMARC discovery: what is published, for whom it is asked, and what must come out. */
import type { DmarcDiscovery } from '../../src/dmarc/types.ts';

export interface PolicyCase {
  readonly name: string;
  readonly records: Readonly<Record<string, string | readonly string[]>>;
  /** Names that exist beside those with records. */
  readonly domains?: readonly string[];
  readonly author: string;
  readonly expected: Partial<Pick<DmarcDiscovery, 'policy' | 'effectivePolicy' | 'reason' | 'organizationalDomain'>> & {
    readonly at?: string;
    readonly origin?: string;
  };
}

export const ORG = 'v=DMARC1; p=reject; sp=quarantine; np=none';
export const MAIL = 'mail.example.com';
export const DEEP = 'a.b.c.d.e.f.g.h.i.j.k.example.com';
