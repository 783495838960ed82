/** Every webmail that is known. A new one is a file beside this one and a line here. */
import { gmail } from './gmail.ts';
import { nextcloud } from './nextcloud.ts';
import { roundcube } from './roundcube.ts';
import { snappymail } from './snappymail.ts';
import { sogo } from './sogo.ts';
import type { WebHost } from './types.ts';

export const WEB_HOSTS: readonly WebHost[] = [roundcube, sogo, nextcloud, snappymail, gmail];
