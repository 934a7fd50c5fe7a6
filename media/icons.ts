// Icons of the panels as paths on a grid of 16 × 16: outlines for kinds of steps and actions, solid marks for statuses.
// Drawn here, since a font of icons would be one more thing for the content security policy to allow.
import type { Tone } from '../core/views/tone.ts';
import { svg } from './dom.ts';

/** By step type. */
const typeIcons: Readonly<Record<string, string>> = {
  create_dataset:
    'M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2v8c0 1.1 1.9 1.9 4.4 2M13 4v3.5M3 8c0 1.1 2.2 2 5 2M12 10v4.5M9.75 12.25h4.5',
  labeling: 'M2.5 2.5h5.2l5.8 5.8-5.2 5.2-5.8-5.8ZM5.4 5.4h.01',
  dataset_import: 'M8 2v7.5M4.8 6.6 8 9.8l3.2-3.2M2.5 10.5v3h11v-3',
  release_dataset: 'M8 2l6 3-6 3-6-3ZM2 8l6 3 6-3M2 11l6 3 6-3',
  job: 'M2.5 2v11.5H14M4.8 4c.9 4.6 3.2 6.6 8.7 6.8M9 3h.01M12.5 5h.01M11 7.2h.01',
  mrs_job: 'M2.5 2.5h11v4.5h-11ZM2.5 9h11v4.5h-11ZM5 4.8h.01M5 11.3h.01M8 4.8h3M8 11.3h3',
  model: 'M8 1.8 13.5 5v6L8 14.2 2.5 11V5ZM2.7 5.1 8 8.1l5.3-3M8 8.1V14',
  service: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM2 8h12M8 2c-3.3 3.6-3.3 8.4 0 12M8 2c3.3 3.6 3.3 8.4 0 12',
  condition: 'M2.5 8H6M6 8c2.6 0 2.2-4 5-4h2M6 8c2.6 0 2.2 4 5 4h2M11.2 2.2 13 4l-1.8 1.8M11.2 10.2 13 12l-1.8 1.8',
};
const unknownType = 'M3 3h2M7 3h2M11 3h2v2M13 7v2M13 11v2h-2M9 13H7M5 13H3v-2M3 9V7M3 5V3';

export const actionIcons = {
  run: 'M4.5 2.8v10.4l8.3-5.2Z',
  stop: 'M4 4h8v8H4Z',
  runFrom: 'M2.5 3v10M5.5 3.5v9l7.5-4.5Z',
  open: 'M9 2.5H3.5v11h9V6ZM9 2.5V6h3.5M6 9h4M6 11h4',
  log: 'M2.5 3.5h11M2.5 6.5h7M2.5 9.5h9.5M2.5 12.5h5',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3l3.2 3.2',
  next: 'M3.5 6 8 10.5 12.5 6',
  previous: 'M3.5 10 8 5.5l4.5 4.5',
  close: 'M4 4l8 8M12 4l-8 8',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  zoomIn: 'M8 3v10M3 8h10',
  zoomOut: 'M3 8h10',
  right: 'M2 5.5h4v5H2ZM10 5.5h4v5h-4ZM6 8h3.5M8.2 6.4 9.8 8 8.2 9.6',
  down: 'M5.5 2h5v4h-5ZM5.5 10h5v4h-5ZM8 6v3.5M6.4 8.2 8 9.8l1.6-1.6',
  arrange: 'M13.2 8A5.2 5.2 0 1 1 11.5 4.1M13.4 1.8v3h-3',
  export: 'M8 9.8V2M4.9 4.9 8 1.8l3.1 3.1M2.5 9.5v4h11v-4',
  legend: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 7.3v3.9M8 4.9h.01',
  minimap: 'M2 3.5h12v9H2ZM8.5 7.5H12v3H8.5ZM4.5 6h.01M4.5 8.5h.01',
  follow: 'M3 2.5h10M8 5v8.5M4.6 10.2 8 13.6l3.4-3.4',
  save: 'M2.5 2.5h8.6l2.4 2.4v8.6h-11ZM5 2.8v3.4h5V2.8M4.8 13.2V9.2h6.4v4',
  times: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.5V8l2.5 1.6',
  table: 'M2.5 3h11v10h-11ZM2.5 6.3h11M2.5 9.6h11M6.5 3v10',
  compare: 'M2.5 12.5 6 7l3 3 4.5-6M2.5 8l3-4.5 3 2 5-3',
  wrap: 'M2.5 3.5h11M2.5 8h9a2.2 2.2 0 0 1 0 4.4H8M9.6 10.7 7.9 12.4l1.7 1.7M2.5 12.4h2.5',
  error: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  warning: 'M8 2.3 14.3 13.5H1.7ZM8 6.5v3.2M8 11.6h.01',
  reused: 'M3 8a5 5 0 0 1 8.6-3.5L13 6M13 2.8V6H9.8M13 8a5 5 0 0 1-8.6 3.5L3 10M3 13.2V10h3.2',
} as const;
export type ActionIcon = keyof typeof actionIcons;

/** What is cut into the disc of a status; `active` is an arc that turns, `idle` a ring. */
const statusGlyphs: Readonly<Record<Tone, string>> = {
  idle: '',
  queued: 'M5.2 8h.01M8 8h.01M10.8 8h.01',
  waiting: 'M6.4 5.6v4.8M9.6 5.6v4.8',
  active: '',
  done: 'M5 8.3 7.2 10.4 11 6',
  failed: 'M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  stopped: 'M6.2 6.2h3.6v3.6H6.2Z',
  skipped: 'M5 5.8 7.2 8 5 10.2M8.4 5.8 10.6 8l-2.2 2.2',
};

/** A path of the drawing; colours by the class `icon`. */
export function typeIconPath(type: string): SVGPathElement {
  return svg('path', { class: 'icon', d: Object.hasOwn(typeIcons, type) ? typeIcons[type] : unknownType });
}

export function actionIcon(name: ActionIcon): SVGSVGElement {
  return svg(
    'svg',
    { class: `action-icon action-icon-${name}`, viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
    svg('path', { class: 'icon', d: actionIcons[name] }),
  );
}

export function statusMark(tone: Tone): SVGGElement {
  const mark = svg('g', { class: `status status-${tone}` });
  if (tone === 'idle') mark.append(svg('circle', { class: 'status-ring', cx: 8, cy: 8, r: 5.2 }));
  else if (tone === 'active') {
    mark.append(svg('circle', { class: 'status-track', cx: 8, cy: 8, r: 5.6 }));
    mark.append(svg('path', { class: 'status-arc', d: 'M8 2.4A5.6 5.6 0 0 1 13.6 8' }));
  } else {
    mark.append(svg('circle', { class: 'status-disc', cx: 8, cy: 8, r: 7 }));
    mark.append(svg('path', { class: 'status-glyph', d: statusGlyphs[tone] }));
  }
  return mark;
}

export function statusIcon(tone: Tone): SVGSVGElement {
  return svg(
    'svg',
    { class: 'status-icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
    statusMark(tone),
  );
}
