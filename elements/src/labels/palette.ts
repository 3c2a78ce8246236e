/**
 * Label colours by position, which templates repeat in their legends and so may not change
 * (`a2i-facts/crowd-elements/image-annotation.md`, "Colours"). Knows no DOM.
 */
const BY_POSITION = [
  '#2ca02c',
  '#1f77b4',
  '#ff7f0e',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
];

/** Successive hues this far apart never come close to each other again for long. */
const GOLDEN_ANGLE = 137.508;

const channel = (value: number): string => Math.round(value * 255).toString(16).padStart(2, '0');

/** `#rrggbb` of a hue in degrees, saturation and lightness in 0..1. */
function fromHsl(hue: number, saturation: number, lightness: number): string {
  const strength = saturation * Math.min(lightness, 1 - lightness);
  const part = (offset: number): string => {
    const turn = (offset + hue / 30) % 12;
    return channel(lightness - strength * Math.max(-1, Math.min(turn - 3, 9 - turn, 1)));
  };
  return `#${part(0)}${part(8)}${part(4)}`;
}

/** The colour of the label at this position (0-based): the template's own, the palette's, or a generated one. */
export function colorAt(position: number, own: readonly string[] = []): string {
  const fixed = own[position] ?? BY_POSITION[position];
  if (fixed !== undefined) return fixed;
  const index = position - BY_POSITION.length;
  return fromHsl((index * GOLDEN_ANGLE + 200) % 360, 0.65, index % 2 === 0 ? 0.42 : 0.58);
}
