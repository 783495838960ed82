/** `countersign check`: every message of every input, as text or as one Report a line. */
import { checkEach, labelOf, placeOf, type CheckingOptions } from './check-each.ts';
import type { Terminal } from './terminal.ts';
import { formatReport } from './text-report.ts';

export interface CheckOptions extends CheckingOptions {
  readonly json?: true;
}

export async function runCheck(files: readonly string[], options: CheckOptions, terminal: Terminal): Promise<void> {
  for await (const { input, report } of checkEach(files, options, terminal)) {
    terminal.write(
      options.json
        ? `${JSON.stringify({ ...placeOf(input), ...report })}\n`
        : formatReport(labelOf(input), report, terminal.colour),
    );
  }
}
