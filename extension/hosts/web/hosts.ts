/** Every webmail that is known. A new one is a file beside this one and an entry here. */
import { roundcube } from './roundcube.ts';
import type { WebHost } from './types.ts';

export const WEB_HOSTS: readonly WebHost[] = [roundcube];
