/** Faults as they are told. */

/** The host could not hand out the source: not yet downloaded, deleted meanwhile, or a fault of the store. */
export class UnreadableMessage extends Error {}

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Why a message could not be checked. What is our own fault is in the console as well. */
export function faultOf(error: unknown): { readonly state: 'unreadable' | 'broken'; readonly error: string } {
  if (error instanceof UnreadableMessage) return { state: 'unreadable', error: error.message };
  console.error(error);
  return { state: 'broken', error: errorText(error) };
}
