// How wide a text of a card is, asked of the browser once per text.

const contexts = new Map<string, OffscreenCanvasRenderingContext2D>();
const widths = new Map<string, number>();

/** Pixels at zoom 1. `weight` and `size` as the style sheet has them, in the font of the panel. */
export function textWidth(text: string, size: number, weight: number): number {
  const font = `${weight} ${size}px ${fontFamily()}`;
  const key = `${font}\n${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const context = contexts.get(font) ?? new OffscreenCanvas(1, 1).getContext('2d')!;
  if (!contexts.has(font)) {
    context.font = font;
    contexts.set(font, context);
  }
  const width = context.measureText(text).width;
  if (widths.size > 20_000) widths.clear();
  widths.set(key, width);
  return width;
}

let family: string | undefined;

function fontFamily(): string {
  family ??= getComputedStyle(document.body).fontFamily || 'sans-serif';
  return family;
}
