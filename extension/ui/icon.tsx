/** Small signs of the interface, drawn in the color of the text around them. They carry no meaning without the words beside them. */

const PATHS = {
  activity: 'M8 4.5V8l2.5 1.5M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z',
  check: 'm3.5 8.5 3 3 6-7',
  close: 'm4 4 8 8m0-8-8 8',
  copy: 'M6 6V3.5A1.5 1.5 0 0 1 7.5 2h5A1.5 1.5 0 0 1 14 3.5v5A1.5 1.5 0 0 1 12.5 10H10M3.5 6h5A1.5 1.5 0 0 1 10 7.5v5A1.5 1.5 0 0 1 8.5 14h-5A1.5 1.5 0 0 1 2 12.5v-5A1.5 1.5 0 0 1 3.5 6z',
  dots: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  down: 'm4 6 4 4 4-4',
  file: 'M9 1.5H4A1.5 1.5 0 0 0 2.5 3v10A1.5 1.5 0 0 0 4 14.5h8a1.5 1.5 0 0 0 1.5-1.5V6zM9 1.5V6h4.5M5.5 10l1.7 1.7L10.5 8.5',
  globe: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2 8h12M8 2c-4 4-4 8 0 12 4-4 4-8 0-12z',
  help: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM6.2 6.2A1.9 1.9 0 1 1 9.2 7.8C8.3 8.4 8 8.7 8 9.5M8 11.7v.1',
  info: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 7.2v4M8 4.7v.1',
  lock: 'M3.5 7.5h9V14h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  no: 'm4.5 4.5 7 7m0-7-7 7',
  none: 'M4 8h8',
  overview: 'M2.5 13.5h11M4 11V8m4 3V3m4 8V6',
  paste: 'M5.5 3h-2v11h9V3h-2M5.5 2h5v2.5h-5zM6 8h4M6 10.5h4',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.5 14c0-2.8 2.4-4.5 5.5-4.5s5.5 1.7 5.5 4.5',
  plus: 'M8 3v10M3 8h10',
  print: 'M4.5 6V2h7v4M4.5 11.5H2.5v-5h11v5h-2M4.5 9.5h7V14h-7z',
  right: 'm6 4 4 4-4 4',
  rules: 'M2 4h3m3 0h6M2 8h7m3 0h2M2 12h2m3 0h7M5 2.7v2.6M9.7 6.7v2.6M4.5 10.7v2.6',
  save: 'M8 2v8m0 0L5 7m3 3 3-3M2.5 11v2.5h11V11',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zm3.6-1.4L14 14',
  senders:
    'M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 3.2a2.5 2.5 0 0 1 0 4.6M12 9.9c1.5.5 2.5 1.8 2.5 3.6',
  settings:
    'M8 10.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM8 1.5v2m0 9v2M1.5 8h2m9 0h2M3.4 3.4l1.4 1.4m6.4 6.4 1.4 1.4m0-9.2-1.4 1.4m-6.4 6.4-1.4 1.4',
  trash: 'M3 4.5h10M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9',
  undo: 'M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6',
  unknown: 'M5.8 6a2.2 2.2 0 1 1 3.4 1.9C8.4 8.5 8 8.9 8 9.7M8 12.2v.1',
  unlock: 'M3.5 7.5h9V14h-9zM5.5 7.5V4.5a2.5 2.5 0 0 1 4.8-1',
} as const;

export type IconName = keyof typeof PATHS;

/** Those that point somewhere, and so are mirrored where text runs from right to left. */
const DIRECTED: ReadonlySet<IconName> = new Set(['right', 'undo']);

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class={DIRECTED.has(name) ? 'icon-sign flip' : 'icon-sign'}
      viewBox="0 0 16 16"
      stroke-width={name === 'dots' ? 2.6 : 1.5}
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
