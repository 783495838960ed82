/**
 * Runs in every message that is shown, once the reader switched the banner on: asks the background what to show above it, and shows that
 * as text. It reads nothing of the message, and imports nothing, so that it is one small file.
 *
 * The message can style its own document, so the banner is in the top layer, above whatever the message draws; in a closed shadow
 * tree, out of reach of the message's style sheets; and its frame carries every property that matters as an inline one marked important,
 * which no style sheet of the message overrules; so does the root, by which everything could be hidden. Messages run no scripts. docs/banner.md says what a message can imitate.
 */
import type { BannerContent, BannerRequest } from './protocol.ts';

const STYLE = `
  .banner {
    box-sizing: border-box; display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; padding: 8px 12px;
    border-block-end: 3px solid var(--edge); background: var(--paper); color: var(--ink);
    font: 14px/1.4 system-ui, sans-serif; --paper: #eef3fb; --edge: #1458b8; --ink: #16181d;
  }
  .banner[data-look='broken'] { --paper: #fdf0e6; --edge: #96400b; }
  .banner[data-look='caution'] { --paper: #fcf4d7; --edge: #735000; }
  .banner[data-look='warning'] { --paper: #fdebeb; --edge: #b0131d; }
  p { margin: 0; flex: 1 1 16em; min-width: 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
  .word { font-weight: 700; color: var(--edge); }
  .title { font-weight: 600; }
  .text { display: block; }
  button {
    padding: 3px 10px; border: 1px solid currentColor; border-radius: 6px; background: none; color: inherit; font: inherit;
    cursor: pointer;
  }
  button:focus-visible { outline: 2px solid var(--edge); outline-offset: 2px; }
  @media (prefers-color-scheme: dark) {
    .banner { --paper: #1c2636; --edge: #8ab4f8; --ink: #f2f4f8; }
    .banner[data-look='broken'] { --paper: #332012; --edge: #ffa870; }
    .banner[data-look='caution'] { --paper: #2d260d; --edge: #ecc250; }
    .banner[data-look='warning'] { --paper: #381517; --edge: #ff8d84; }
  }
  @media print { .banner { display: none; } }
`;

/** What the frame is, whatever the message's style sheets say of it. */
const FRAME: Readonly<Record<string, string>> = {
  all: 'initial',
  display: 'block',
  position: 'fixed',
  inset: '0 0 auto 0',
  width: 'auto',
  height: 'auto',
  margin: '0',
  padding: '0',
  border: '0',
  background: 'none',
  overflow: 'visible',
  direction: 'ltr',
};

/** What would make the whole document, and the banner with it, vanish, shrink or move away. */
const ROOT: Readonly<Record<string, string>> = {
  display: 'block',
  visibility: 'visible',
  opacity: '1',
  filter: 'none',
  zoom: '1',
  transform: 'none',
  translate: 'none',
  rotate: 'none',
  scale: 'none',
  perspective: 'none',
  mask: 'none',
  contain: 'none',
  transition: 'none',
  'clip-path': 'none',
  'mix-blend-mode': 'normal',
  'content-visibility': 'visible',
  'will-change': 'auto',
};

/** Room below the banner, so that it covers nothing of the message at first. */
const SPACER: Readonly<Record<string, string>> = { all: 'initial', display: 'block' };

function ask(name: BannerRequest['name']): Promise<unknown> {
  return messenger.runtime.sendMessage({ name } satisfies BannerRequest);
}

function pin(element: HTMLElement, properties: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value, 'important');
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.textContent = text;
  return element;
}

function show(content: BannerContent): void {
  const frame = document.createElement('div');
  const spacer = document.createElement('div');
  pin(frame, FRAME);
  pin(spacer, SPACER);
  frame.lang = content.language;
  frame.popover = 'manual';

  const banner = make('div', 'banner', '');
  banner.dataset['look'] = content.look;
  banner.setAttribute('role', content.look === 'warning' ? 'alert' : 'status');
  banner.setAttribute('aria-label', content.label);
  const words = document.createElement('p');
  words.append(make('bdi', 'word', `${content.word}:`), ' ', make('bdi', 'title', content.title));
  if (content.text !== '') words.append(make('bdi', 'text', content.text));
  const evidence = make('button', '', content.evidence);
  evidence.addEventListener('click', () => void ask('banner-evidence'));
  const close = make('button', '', content.close);
  const mute = content.mute === null ? null : make('button', '', content.mute);
  banner.append(words, evidence, ...(mute ? [mute] : []), close);

  const shadow = frame.attachShadow({ mode: 'closed' });
  shadow.append(make('style', '', STYLE), banner);
  pin(document.documentElement, ROOT);
  document.documentElement.prepend(frame, spacer);
  frame.showPopover();
  const makeRoom = (): void => pin(spacer, { height: `${banner.offsetHeight}px` });
  makeRoom();
  const room = new ResizeObserver(makeRoom);
  room.observe(banner);
  const letGo = keepOnTop(frame);
  const leave = (): void => {
    letGo();
    room.disconnect();
    frame.remove();
    spacer.remove();
  };
  close.addEventListener('click', leave);
  mute?.addEventListener('click', () => {
    void ask('banner-mute');
    leave();
  });
}

/**
 * A message can put boxes into the top layer without a script, in answer to a click of its reader: by `popover`, `<dialog>` and
 * `commandfor`. What is put there last is above the rest, so the banner is put there anew each time, before the box is painted. A modal
 * dialog would also make everything else inert, the banner included: it is shown as one that is not modal.
 * @returns ends it
 */
function keepOnTop(frame: HTMLElement): () => void {
  const promote = (event: Event): void => {
    if (event.target === frame || !(event.target instanceof HTMLElement)) return;
    if (event.target instanceof HTMLDialogElement && event.target.matches(':modal')) {
      event.target.close();
      event.target.show();
    }
    if (!frame.isConnected) return;
    frame.hidePopover();
    frame.showPopover();
  };
  // The event comes before the box is there, and the frame that shows it after both.
  const promoteSoon = (event: Event): void => void requestAnimationFrame(() => promote(event));
  document.addEventListener('beforetoggle', promoteSoon, true);
  document.addEventListener('toggle', promote, true);
  return () => {
    document.removeEventListener('beforetoggle', promoteSoon, true);
    document.removeEventListener('toggle', promote, true);
  };
}

void ask('banner').then((content) => {
  if (content !== null && content !== undefined) show(content as BannerContent);
});
