/** Puts a badge on the toolbar button of one tab, in browsers: the only file that touches that API. */
import browser, { type Action } from 'webextension-polyfill';
import manifest from '../../manifest.json' with { type: 'json' };
import { LEVEL_SHAPES } from '../ui/level-shapes.ts';
import type { ShownLevel } from '../ui/level-icon.tsx';
import type { Badge, BadgeState } from './state.ts';
import { lookOf } from '../ui/look.ts';

/** Chrome takes no SVG, and its toolbars tell nobody whether they are dark: these colors are plain on both. */
const INKS: Readonly<Record<ShownLevel, string>> = {
  verified: '#2a9d56',
  signed: '#1787b5',
  unsigned: '#7c7c88',
  broken: '#cc5a14',
  unchecked: '#8463d6',
  caution: '#b37d00',
  warning: '#d93a44',
};
const PAPER = '#ffffff';
const SIZES = [16, 32];

export async function showToolbar(tabId: number, state: BadgeState, { icon, title }: Badge): Promise<void> {
  const look = state.kind === 'level' ? lookOf(state.report) : state.kind === 'unreadable' ? 'unchecked' : null;
  await Promise.all([
    browser.action.setTitle({ tabId, title }),
    __TARGET__ === 'chrome' ? showDrawn(tabId, look) : browser.action.setIcon({ tabId, path: `/${icon}` }),
    // What has no sign of a level has a mark beside the icon, where the icon alone would say nothing.
    browser.action.setBadgeText({ tabId, text: look === null ? MARKS[state.kind] : '' }),
  ]);
}

const MARKS: Readonly<Record<BadgeState['kind'], string>> = {
  idle: '',
  several: '2+',
  pending: '',
  checking: '…',
  unreadable: '',
  broken: '!',
  level: '',
};

function showDrawn(tabId: number, look: ShownLevel | null): Promise<void> {
  if (look === null) return browser.action.setIcon({ tabId, path: absolute(manifest.icons) });
  const imageData: Record<string, ImageData> = {};
  for (const size of SIZES) imageData[String(size)] = draw(look, size);
  return browser.action.setIcon({ tabId, imageData: imageData as Record<string, Action.ImageDataType> });
}

const absolute = (icons: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(icons).map(([size, path]) => [size, `/${path}`]));

function draw(look: ShownLevel, size: number): ImageData {
  const context = new OffscreenCanvas(size, size).getContext('2d');
  if (context === null) throw new TypeError('there is no canvas');
  context.scale(size / 24, size / 24);
  for (const { d, paint, turn = 0, butt, dash = [] } of LEVEL_SHAPES[look]) {
    context.save();
    context.translate(12, 12);
    context.rotate((turn * Math.PI) / 180);
    context.translate(-12, -12);
    context.lineWidth = 2.2;
    context.lineCap = butt ? 'butt' : 'round';
    context.lineJoin = 'round';
    context.setLineDash([...dash]);
    const path = new Path2D(d);
    context.fillStyle = paint === 'hole' ? PAPER : INKS[look];
    context.strokeStyle = paint === 'cut' ? PAPER : INKS[look];
    if (paint === 'fill' || paint === 'hole') context.fill(path);
    else context.stroke(path);
    context.restore();
  }
  return context.getImageData(0, 0, size, size);
}
