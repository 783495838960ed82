/**
 * A badge in a page that belongs to somebody else: in a closed shadow tree, out of reach of the page's style sheets and scripts, made of
 * elements and text only. The page can draw one that looks the same, or hide this one; the toolbar says what is true (docs/webmail.md).
 */
import { LEVEL_SHAPES } from '../ui/level-shapes.ts';
import type { ShownLevel } from '../ui/level-icon.tsx';
import type { WebBadge } from './protocol.ts';

const STYLE = `
  .mark {
    display: inline-flex; align-items: center; gap: 4px; box-sizing: border-box; max-inline-size: 100%; margin: 0 6px; padding: 2px 8px;
    border: 1px solid currentColor; border-radius: 999px; background: var(--tint); color: var(--ink); vertical-align: middle;
    font: 600 12px/1.4 system-ui, sans-serif; cursor: pointer; --ink: #52525b; --tint: #f1f1f3;
  }
  .mark.row { margin: 0 4px 0 0; padding: 0 4px; border: 0; cursor: inherit; font-size: 11px; }
  .mark.row .tag { max-inline-size: 12ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .mark:focus-visible { outline: 2px solid #155fbf; outline-offset: 2px; }
  svg { inline-size: 14px; block-size: 14px; flex: none; }
  .tag { padding-inline-start: 4px; border-inline-start: 1px solid currentColor; font-weight: 400; unicode-bidi: isolate; }
  .mark[data-look='verified'] { --ink: #156c37; --tint: #eaf6ee; }
  .mark[data-look='signed'] { --ink: #0a5f80; --tint: #e7f3f9; }
  .mark[data-look='broken'] { --ink: #96400b; --tint: #fdf0e6; }
  .mark[data-look='unchecked'] { --ink: #5a39a6; --tint: #f2eefb; }
  .mark[data-look='caution'] { --ink: #735000; --tint: #fcf4d7; }
  .mark[data-look='warning'] { --ink: #b0131d; --tint: #fdebeb; }
  @media (prefers-color-scheme: dark) {
    .mark { --ink: #b7b7c0; --tint: #27272a; }
    .mark:focus-visible { outline-color: #74b6ff; }
    .mark[data-look='verified'] { --ink: #63d48c; --tint: #15281c; }
    .mark[data-look='signed'] { --ink: #66c8ee; --tint: #12262f; }
    .mark[data-look='broken'] { --ink: #ffa870; --tint: #332012; }
    .mark[data-look='unchecked'] { --ink: #c0a7f8; --tint: #251e37; }
    .mark[data-look='caution'] { --ink: #ecc250; --tint: #2d260d; }
    .mark[data-look='warning'] { --ink: #ff8d84; --tint: #381517; }
  }
`;

/** What the page's style sheets could do to the element that carries the shadow tree. */
const CARRIER: Readonly<Record<string, string>> = { all: 'initial', display: 'inline-block', 'max-width': '100%' };

const SVG = 'http://www.w3.org/2000/svg';

export interface Mark {
  /** Puts it behind an element, or as a row's mark before it, unless it is there already. */
  put(place: Element): void;
  show(badge: WebBadge): void;
  remove(): void;
}

/** @param onPress called when its reader presses it, and not when the page says so */
export function createMark(kind: 'badge' | 'row', onPress?: () => void): Mark {
  const carrier = document.createElement('span');
  for (const [name, value] of Object.entries(CARRIER)) carrier.style.setProperty(name, value, 'important');
  const shadow = carrier.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const mark = document.createElement(kind === 'badge' ? 'button' : 'span');
  mark.className = `mark ${kind}`;
  shadow.append(mark);
  mark.addEventListener('click', (event) => {
    if (!event.isTrusted || onPress === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onPress();
  });
  return {
    put(place) {
      // A row shows how it begins, and cuts off the rest.
      if (kind === 'row' && place.previousSibling !== carrier) place.before(carrier);
      if (kind === 'badge' && place.nextSibling !== carrier) place.after(carrier);
    },
    show({ look, word, title, marks }) {
      const text = kind === 'badge' ? `Countersign: ${word}` : word;
      mark.dataset['look'] = look;
      mark.title = title;
      mark.setAttribute('aria-label', `Countersign: ${title}`);
      if (kind === 'row') mark.setAttribute('role', 'img');
      mark.replaceChildren(...(look === 'none' ? [] : [iconOf(look)]), text, ...marks.map(tagOf));
    },
    remove: () => carrier.remove(),
  };
}

function tagOf(name: string): HTMLElement {
  const tag = document.createElement('span');
  tag.className = 'tag';
  tag.textContent = name;
  return tag;
}

function iconOf(look: ShownLevel): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('fill', 'none');
  svg.setAttribute('stroke-width', '2.2');
  svg.setAttribute('aria-hidden', 'true');
  for (const { d, paint, turn, butt, dash } of LEVEL_SHAPES[look]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    path.setAttribute('fill', paint === 'fill' ? 'currentColor' : paint === 'hole' ? 'var(--tint)' : 'none');
    if (paint === 'stroke' || paint === 'cut')
      path.setAttribute('stroke', paint === 'stroke' ? 'currentColor' : 'var(--tint)');
    if (turn !== undefined) path.setAttribute('transform', `rotate(${turn} 12 12)`);
    path.setAttribute('stroke-linecap', butt ? 'butt' : 'round');
    if (dash !== undefined) path.setAttribute('stroke-dasharray', dash.join(' '));
    svg.append(path);
  }
  return svg;
}
