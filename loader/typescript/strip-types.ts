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
    return { kind: 'wrong', message, span: placeOf(stack, text), unsupported: code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' };
  } finally {
    process.emitWarning = emitWarning;
  }
}

function unable(): Stripped {
  return { kind: 'unable', message: `Node ${process.version} at ${process.execPath} was built without TypeScript.` };
}

/** The stack begins with the line's number; then some lines of the text, below the one that is meant `^` at the place. */
function placeOf(stack: string, text: string): Span {
  const [head = '', ...shown] = stack.split('\n');
  const number = Number(/:(\d+)$/.exec(head)?.[1] ?? 1);
  const lines = text.split('\n');
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const line = lines[number - 1] ?? '';
  const marks = shown.findIndex((each) => /^ *\^+\s*$/.test(each));
  const from = /^ *(\^+)/.exec(shown[marks] ?? '');
  if (!from || shown[marks - 1]?.trimEnd() !== line.replaceAll('\t', tab).trimEnd()) return { start, end: start + line.length };
  const at = start + columnAt(line, from[0].length - from[1]!.length);
  return { start: at, end: Math.max(at + 1, start + columnAt(line, from[0].length)) };
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
