/** Line drawings for buttons, on a 20 by 20 grid. */
import { svg, html, type TemplateResult } from 'lit';

const PATHS = {
  close: 'M5 5l10 10M15 5L5 15',
  undo: 'M8 4L4 8l4 4M4 8h7a5 5 0 0 1 0 10H8',
  redo: 'M12 4l4 4-4 4M16 8H9a5 5 0 0 0 0 10h3',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  fit: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4',
  closer: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M7 7h6v6H7z',
  contrast: 'M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM10 2v16M10 6h6.500M10 10h8M10 14h6.500',
  trash: 'M4 6h12M8 6V4h4v2M6 6l1 11h6l1-11',
  keyboard: 'M2 5h16v10H2zM5 8h.01M8 8h.01M11 8h.01M14 8h.01M6 12h8',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  eyeOff: 'M3 3l14 14M8 5.300A9 9 0 0 1 18 10a13 13 0 0 1-2.200 2.700M5.200 6.800A12 12 0 0 0 2 10s3 5 8 5a8 8 0 0 0 3-.6',
  check: 'M4 10l4 5 8-10',
  draw: 'M4 16V6h10v10zM17 2v6M14 5h6',
  drawExtremes: 'M10 3h.01M3 11h.01M10 17h.01M17 11h.01M6 6h8v9H6z',
  drawLine: 'M3 16L14 8M17 2v6M14 5h6',
  drawPoint: 'M8 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM17 2v6M14 5h6',
  drawPolygon: 'M3 9l6-4 5 6-3 6H5zM17 2v6M14 5h6',
  drawPolyline: 'M3 17l3-8 5 5 3-5M17 2v6M14 5h6',
  select: 'M5 3l11 6-5 1.500L9 16z',
  brush: 'M17 3l-8 8M9 11c-3 0-3 2-3.500 4S3 17 3 17c4 1 8 0 8-4z',
  eraser: 'M12 4l5 5-7 7H7l-4-4zM8 8l5 5M10 16h7',
  lasso: 'M8 13c-3-.5-5-2-5-4.500C3 5.500 6 3 10 3s7 2.500 7 5.500S14 14 10 14M8 11.500a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600zM8 15c0 1.500-1 2-2 2.500',
  merge: 'M3 3h9v5h5v9H8v-5H3z',
  parts: 'M3 3h7v7H3zM12 12h5v5h-5z',
  several: 'M3 3h9v9H3zM8 15h8V7M4.500 7l2.500 2.500L11 5',
  scissors: 'M5 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM5 13a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM6.500 6.500L17 15M6.500 13.500L17 5',
  polygon: 'M10 3l7 5-3 9H6L3 8z',
  bucket: 'M9 3l7 7-6 6-6-6 6-6M3 10h13M17 13s1.500 2 1.500 3a1.500 1.500 0 0 1-3 0c0-1 1.500-3 1.500-3z',
  panel: 'M3 4h14v12H3zM8 4v12',
  previous: 'M12 4l-6 6 6 6',
  next: 'M8 4l6 6-6 6',
  search: 'M9 14A5 5 0 1 0 9 4a5 5 0 0 0 0 10zM13 13l4 4',
  info: 'M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM10 9v5M10 6h.01',
  success: 'M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM6.500 10l2.500 2.500 4.500-5',
  warning: 'M10 3l8 14H2zM10 8v4M10 14.500h.01',
  error: 'M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM7 7l6 6M13 7l-6 6',
  lock: 'M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3',
  unlock: 'M5 9h10v8H5zM7 9V6a3 3 0 0 1 5.600-1.500',
  magnet: 'M5 3v7a5 5 0 0 0 10 0V3h-3v7a2 2 0 0 1-4 0V3zM5 6.500h3M12 6.500h3',
  down: 'M5 8l5 5 5-5',
  sort: 'M6 4v12M3 13l3 3 3-3M12 5h5M12 10h4M12 15h2',
} as const;

export type IconName = keyof typeof PATHS;

export const icon = (name: IconName): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true">${svg`<path d=${PATHS[name]}></path>`}</svg>`;
