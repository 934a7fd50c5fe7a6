// TypeScript -> JavaScript with every character at its place: Node's own stripping of types, which puts spaces where types stood.
import { stripTypeScriptTypes } from 'node:module';
import type { Span } from '../../core/text/source.ts';

export type Stripped =
  | { readonly kind: 'code'; readonly code: string }
  /** The text is no TypeScript, or has syntax that has to be compiled, such as `enum`. */
  | { readonly kind: 'wrong'; readonly message: string; readonly span: Span; readonly unsupported: boolean }
  /** This Node cannot strip types. */
  | { readonly kind: 'unable'; readonly message: string };

export function stripTypes(text: string): Stripped {
  if (typeof stripTypeScriptTypes !== 'function') return unable();
  // The warning that the function is experimental concerns us and not the user.
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return { kind: 'code', code: stripTypeScriptTypes(text, { mode: 'strip' }) };
  } catch (error) {
    const { code, message, stack = '' } = error as NodeJS.ErrnoException;
    if (code === 'ERR_NO_TYPESCRIPT') return unable();
    return { kind: 'wrong', ...mistakeOf(message, stack, text), unsupported: code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' };
  } finally {
    process.emitWarning = emitWarning;
  }
}

function unable(): Stripped {
  return { kind: 'unable', message: `Node ${process.version} at ${process.execPath} was built without TypeScript.` };
}

/** What an error of the stripping says and where. Exported for tests, since Nodes differ in it. */
export function mistakeOf(message: string, stack: string, text: string): { readonly message: string; readonly span: Span } {
  const drawn = /^ *x (.*)\n *,-(?:\[(\d+):\d+\])?/.exec(message);
  // From 22.18 on the stack begins with the line's number, then come some lines of the text.
  if (!drawn) {
    const [head = '', ...shown] = stack.split('\n');
    return { message, span: placeIn(shown, Number(/:(\d+)$/.exec(head)?.[1] ?? 1), text) };
  }
  // Before, the message itself was the picture: ` 3 |   b: 2,`, below it `   :   ^`.
  const picture = message.split('\n').slice(2);
  const marked = picture.findIndex((line) => /^ *: *\^/.test(line));
  const number = Number(/^ *(\d+) \|/.exec(picture[marked - 1] ?? '')?.[1] ?? drawn[2] ?? 1);
  const shown = picture.map((line) => line.replace(/^ *(?:\d+ \||:) ?/, ''));
  return { message: drawn[1]!, span: placeIn(shown, number, text) };
}

/** Among the lines shown, the one that is meant has `^` at the place below it. */
function placeIn(shown: readonly string[], number: number, text: string): Span {
  const lines = text.split('\n');
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const line = lines[number - 1] ?? '';
  const marks = shown.findIndex((each) => /^ *\^+\s*$/.test(each));
  const from = /^ *(\^+)/.exec(shown[marks] ?? '');
  if (!from || shown[marks - 1]?.trimEnd() !== line.replaceAll('\t', tab).trimEnd()) return lineAt(text, start, line);
  const at = start + columnAt(line, from[0].length - from[1]!.length);
  return { start: at, end: Math.max(at + 1, start + columnAt(line, from[0].length)) };
}

/** A line without its indentation; of an empty one the last letter before it, so that there is something to see. */
function lineAt(text: string, start: number, line: string): Span {
  if (line.trim() !== '') return { start: start + line.search(/\S/), end: start + line.trimEnd().length };
  const end = text.slice(0, start).trimEnd().length;
  return { start: Math.max(0, end - 1), end };
}

/** As the message shows a tab. */
const tab = '    ';

/** A column counted in cells of a terminal, in which letters of Chinese are two wide, as an offset of the line. */
function columnAt(line: string, cells: number): number {
  let width = 0;
  let at = 0;
  for (const letter of line) {
    if (width >= cells) break;
    if (letter === '\t') width += tab.length;
    else
      width +=
        /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u.test(
          letter,
        )
          ? 2
          : 1;
    at += letter.length;
  }
  return at;
}
