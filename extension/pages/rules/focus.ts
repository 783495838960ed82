/** Moves the keyboard to an element that the page is about to show. */
export function focusSoon(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}
