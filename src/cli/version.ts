/** The version of the package, for `--version`. */
import { version } from '../../package.json' with { type: 'json' };

export const VERSION: string = version;
