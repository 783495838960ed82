/** Leave to act on mail, asked for in the click that needs it. */
import { ACTING_PERMISSIONS } from '../settings/permissions.ts';

/** To be called first thing in a click: the mail program asks its user only in direct answer to one. */
export function requestActing(): Promise<boolean> {
  return messenger.permissions.request({ permissions: [...ACTING_PERMISSIONS] });
}
