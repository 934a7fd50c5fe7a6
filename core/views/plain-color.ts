// Colours of style sheets in a form that every reader of SVG knows.

/** `color(srgb 0.5 0 0 / 0.5)`, what mixed colours compute to, becomes `rgba(128, 0, 0, 0.5)`; anything else is left as it is. */
export function plainColor(value: string): string {
  const match = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(value);
  if (!match) return value;
  const [red, green, blue] = [match[1], match[2], match[3]].map((part) =>
    Math.round(Math.max(0, Math.min(1, Number(part))) * 255),
  );
  const alpha = match[4] === undefined ? 1 : Number(match[4]);
  return alpha === 1 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${Number(alpha.toFixed(3))})`;
}
