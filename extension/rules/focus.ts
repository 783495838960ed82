/** Where the keyboard goes when what it was on comes or goes. */

/** Moves it to an element that the page is about to show. */
export function focusSoon(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

/** Moves it from a part that is about to be removed to the button that adds another. */
export function focusAdding(button: Element): void {
  button.closest('.group')?.querySelector<HTMLElement>(':scope > .adding button')?.focus();
}
