/**
 * The one table from facts to findings. Its order is the order findings are told in, and decides which of several at the worst level
 * is the headline. Each id is the message key of its text in every locale, its rule key, and its anchor in docs/findings.md.
 */
import { AUTHORSHIP_ROWS } from './rows/authorship.ts';
import { DELIVERY_ROWS } from './rows/delivery.ts';
import { ENVIRONMENT_ROWS } from './rows/environment.ts';
import { IDENTITY_ROWS } from './rows/identity.ts';
import { FORM_ROWS, STORAGE_ROWS } from './rows/form.ts';
import { OBSERVED_ROWS } from './rows/observed.ts';
import { PATH_ROWS } from './rows/path.ts';
import { PRACTICE_ROWS } from './rows/practices.ts';
import { PROTECTION_ROWS } from './rows/protection.ts';
import { SENDING_HOST_ROWS } from './rows/sending-host.ts';
import { SERVER_ROWS } from './rows/servers.ts';
import { SIGNATURE_ROWS } from './rows/signatures.ts';
import { SOLICITATION_ROWS } from './rows/solicitation.ts';

export const FINDINGS = {
  ...IDENTITY_ROWS,
  ...FORM_ROWS,
  ...ENVIRONMENT_ROWS,
  ...PRACTICE_ROWS,
  ...OBSERVED_ROWS,
  ...AUTHORSHIP_ROWS,
  ...SIGNATURE_ROWS,
  ...SERVER_ROWS,
  ...SENDING_HOST_ROWS,
  ...PATH_ROWS,
  ...DELIVERY_ROWS,
  ...PROTECTION_ROWS,
  ...SOLICITATION_ROWS,
  ...STORAGE_ROWS,
};

export type FindingId = keyof typeof FINDINGS;

export const FINDING_IDS = Object.keys(FINDINGS) as readonly FindingId[];
