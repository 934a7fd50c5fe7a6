// From the source of a scalar to its text: unescaping, folding of lines, indentation and chomping of block scalars.

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const hexLength: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** A plain scalar, or the inside of a single-quoted one: lines are trimmed and joined by a space, blank lines become line breaks. */
export function foldLines(source: string): string {
  if (!/[\n\r]/.test(source)) return source;
  const lines = source.split(/\r\n?|\n/);
  let text = lines[0]!.replace(/[ \t]+$/, '');
  let blank = 0;
  for (let index = 1; index < lines.length; index++) {
    const last = index === lines.length - 1;
    const line = last ? lines[index]!.replace(/^[ \t]+/, '') : lines[index]!.replace(/^[ \t]+|[ \t]+$/g, '');
    if (line === '' && !last) blank++;
    else {
      text += (blank > 0 ? '\n'.repeat(blank) : ' ') + line;
      blank = 0;
    }
  }
  return text;
}

export function singleQuoted(inside: string): string {
  return foldLines(inside).replaceAll("''", "'");
}

export function doubleQuoted(inside: string): string {
  if (!/[\\\n\r]/.test(inside)) return inside;
  let text = '';
  /** Length of `text` up to which white space came from escapes and so is kept. */
  let kept = 0;
  for (let at = 0; at < inside.length; at++) {
    const sign = inside[at]!;
    if (sign === '\\') {
      const next = inside[at + 1] ?? '';
      if (next === '\n' || next === '\r') {
        const [end, blank] = skipBreaks(inside, at + 1);
        text += '\n'.repeat(blank);
        at = end - 1;
      } else {
        const [value, length] = unescape(inside, at + 1);
        text += value;
        at += length;
      }
      kept = text.length;
    } else if (sign === '\n' || sign === '\r') {
      const [end, blank] = skipBreaks(inside, at);
      text = text.slice(0, kept) + text.slice(kept).replace(/[ \t]+$/, '') + (blank > 0 ? '\n'.repeat(blank) : ' ');
      kept = text.length;
      at = end - 1;
    } else {
      text += sign;
    }
  }
  return text;
}

/** Where the line breaks and the indentation from `at` on end, and how many blank lines they hold. */
function skipBreaks(source: string, at: number): readonly [number, number] {
  let end = at;
  let breaks = 0;
  for (; end < source.length; end++) {
    const sign = source[end]!;
    if (sign === '\n' || (sign === '\r' && source[end + 1] !== '\n')) breaks++;
    else if (sign !== ' ' && sign !== '\t' && sign !== '\r') break;
  }
  return [end, breaks - 1];
}

/** The escaped text and how many characters stand for it after the backslash. An unknown escape is itself. */
function unescape(source: string, at: number): readonly [string, number] {
  const sign = source[at] ?? '';
  const length = hexLength[sign];
  if (length === undefined) return [escapes[sign] ?? sign, 1];
  const digits = source.slice(at + 1, at + 1 + length);
  const code = /^[\da-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1;
  return code >= 0 && code <= 0x10ffff ? [String.fromCodePoint(code), length + 1] : [sign, 1];
}

/** `lines` without their indentation, the blank ones included. */
export function blockText(lines: readonly string[], folded: boolean, chomp: '' | '-' | '+'): string {
  let last = lines.length;
  while (last > 0 && lines[last - 1] === '') last--;
  const body = lines.slice(0, last);
  const end = last === 0 ? '' : '\n';
  const rest = '\n'.repeat(lines.length - last);
  const text = folded ? foldBlock(body) : body.join('\n');
  return text + (chomp === '-' ? '' : chomp === '+' ? end + rest : end);
}

function foldBlock(lines: readonly string[]): string {
  let text = '';
  let blank = 0;
  let previous: 'none' | 'text' | 'spaced' = 'none';
  for (const line of lines) {
    if (line === '') {
      blank++;
      continue;
    }
    const spaced = line.startsWith(' ') || line.startsWith('\t');
    if (previous === 'none') text += '\n'.repeat(blank);
    else if (spaced || previous === 'spaced') text += '\n'.repeat(blank + 1);
    else text += blank > 0 ? '\n'.repeat(blank) : ' ';
    text += line;
    blank = 0;
    previous = spaced ? 'spaced' : 'text';
  }
  return text;
}
