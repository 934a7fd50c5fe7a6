// Terminal colours of log lines: text with escape sequences → spans of plain text with a style.
// A style goes on in the next line, as in a terminal, so the parser takes and returns it. Everything that moves the cursor
// or asks the terminal something is dropped; a carriage return starts the line over, as progress bars do.

/** 0-15 are colours of the theme, others are `#rrggbb`. */
export type AnsiColor = number | string;

export interface AnsiStyle {
  readonly foreground?: AnsiColor;
  readonly background?: AnsiColor;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly inverse?: boolean;
  readonly hidden?: boolean;
  readonly strike?: boolean;
}

export interface AnsiSpan {
  readonly text: string;
  readonly style: AnsiStyle;
}

export const plainStyle: AnsiStyle = {};

/** CSI, OSC (ended by BEL or ST), other two-character escapes; a sequence that is cut off reaches to the end of the line. */
const escape =
  /\u001b(?:\[([0-9:;<=>?]*)[ -/]*([@-~]?)|\][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|[PX^_][^\u001b]*(?:\u001b\\|$)|[ -/]*[0-~]?)/g;

/** The texts of the spans together are `plainText(line)`. Never throws. */
export function parseAnsi(line: string, before: AnsiStyle = plainStyle): { spans: AnsiSpan[]; style: AnsiStyle } {
  const spans: AnsiSpan[] = [];
  let style = before;
  let from = 0;
  const add = (text: string) => {
    if (text === '') return;
    const restart = text.lastIndexOf('\r');
    if (restart >= 0) spans.length = 0;
    const shown = visible(text.slice(restart + 1));
    if (shown !== '') spans.push({ text: shown, style });
  };
  // A return at the very end belongs to the line break.
  const body = line.replace(/\r+$/, '');
  if (!body.includes('\u001b')) {
    add(body);
    return { spans, style };
  }
  for (const match of body.matchAll(escape)) {
    add(body.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[2] === 'm' && !/[<=>?]/.test(match[1]!)) style = applySgr(style, match[1]!);
  }
  add(body.slice(from));
  return { spans, style };
}

/** The line as it is read, searched and copied. */
export function plainText(line: string): string {
  return parseAnsi(line)
    .spans.map((span) => span.text)
    .join('');
}

/** Other control characters as their pictures (␀), so that nothing is invisible; tabs stay. */
function visible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, (character) =>
    character === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + character.charCodeAt(0)),
  );
}

function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  // `38:2::r:g:b` is the standard's spelling of `38;2;r;g;b`, with a colour space in between.
  const codes = parameters
    .replace(/([34]8):2:\d*:(?=\d+:\d+:\d+)/g, '$1;2;')
    .split(/[;:]/)
    .map((code) => Number(code === '' ? 0 : code));
  let next: { -readonly [Key in keyof AnsiStyle]: AnsiStyle[Key] } = { ...style };
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at]!;
    if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4 || code === 21) next.underline = true;
    else if (code === 7) next.inverse = true;
    else if (code === 8) next.hidden = true;
    else if (code === 9) next.strike = true;
    else if (code === 22) {
      delete next.bold;
      delete next.dim;
    } else if (code === 23) delete next.italic;
    else if (code === 24) delete next.underline;
    else if (code === 27) delete next.inverse;
    else if (code === 28) delete next.hidden;
    else if (code === 29) delete next.strike;
    else if (code >= 30 && code <= 37) next.foreground = code - 30;
    else if (code === 39) delete next.foreground;
    else if (code >= 40 && code <= 47) next.background = code - 40;
    else if (code === 49) delete next.background;
    else if (code >= 90 && code <= 97) next.foreground = code - 90 + 8;
    else if (code >= 100 && code <= 107) next.background = code - 100 + 8;
    else if (code === 38 || code === 48) {
      const { color, used } = extendedColor(codes, at + 1);
      at += used;
      if (color !== undefined) next[code === 38 ? 'foreground' : 'background'] = color;
    }
  }
  return next;
}

function extendedColor(codes: readonly number[], at: number): { color: AnsiColor | undefined; used: number } {
  if (codes[at] === 5) return { color: paletteColor(codes[at + 1]), used: 2 };
  if (codes[at] === 2) return { color: rgb(codes[at + 1], codes[at + 2], codes[at + 3]), used: 4 };
  return { color: undefined, used: 0 };
}

/** The 256 colours of xterm: 16 of the theme, a cube of 6 × 6 × 6, 24 greys. */
function paletteColor(index: number | undefined): AnsiColor | undefined {
  if (index === undefined || !(index >= 0 && index <= 255)) return undefined;
  if (index < 16) return index;
  if (index >= 232) return rgb(...(Array(3).fill(8 + (index - 232) * 10) as [number, number, number]));
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return rgb(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

function rgb(red: number | undefined, green: number | undefined, blue: number | undefined): string | undefined {
  const parts = [red, green, blue];
  if (!parts.every((part) => part !== undefined && part >= 0 && part <= 255)) return undefined;
  return `#${parts.map((part) => part!.toString(16).padStart(2, '0')).join('')}`;
}
