// What is being typed at an offset of an expression, however unfinished it is: for completion and signature hints.
// Reads only what stands before the offset and, to be replaced, the rest of the word at it.
import type { Span } from '../text/source.ts';

/** `value`: a scalar that may hold `${{ ... }}`. `condition`: the braces are optional. */
export type ExpressionPlace = 'value' | 'condition';

export interface ExpressionSlot {
  /**
   * root: `par|`; name: `parameters.x|`, of the collection `root`; flag: `storages.x(cr|`; outputs: `steps.a.ou|`;
   * output: `steps.a.outputs.x|`; key: `steps.a.outputs.m.acc|`; operator: after an operand of a condition;
   * path: `${{ storages.x }}/di|`; literal: inside a quoted text of a condition.
   */
  readonly kind: 'root' | 'name' | 'flag' | 'outputs' | 'output' | 'key' | 'operator' | 'path' | 'literal';
  /** What a completion replaces, as offsets of the text. */
  readonly span: Span;
  /** Kinds name, outputs, output, key. */
  readonly root?: string;
  /** Kind flag and path: the storage; kinds outputs, output and key: the step. */
  readonly name?: string;
  /** Kind key: the output. */
  readonly output?: string;
  /** Inside `['`: what is inserted is the text between the quotes. */
  readonly bracket?: boolean;
}

const REFERENCE = /([\p{L}\p{M}\p{N}_-]*)((?:\.[\p{L}\p{M}\p{N}_-]*|\[\s*'(?:[^']|'')*'\s*\])*)(\(|\[\s*'(?:[^']|'')*$)?/uy;
const SEGMENT = /\.([\p{L}\p{M}\p{N}_-]*)|\[\s*'((?:[^']|'')*)'\s*\]/gu;
const TEXT = /'(?:[^']|'')*'?|"[^"]*"?/y;
const SPACE = /[\s&|!(,[]+/y;
const SIGN = /[=!<>~^%*+/\])]+/y;

/** Undefined where no expression stands at the offset: outside of the braces of a value. */
export function locateInExpression(text: string, offset: number, place: ExpressionPlace = 'value'): ExpressionSlot | undefined {
  const before = text.slice(0, offset);
  const open = before.lastIndexOf('${{');
  const escaped = open > 0 && before[open - 1] === '$';
  if (place === 'value' && (open < 0 || escaped)) return undefined;
  const start = open < 0 || escaped ? 0 : open + 3;
  const close = open < 0 ? -1 : before.indexOf('}}', start);
  if (close >= 0) return pathAfter(text, before, start, close);
  return scan(text, before, start, place);
}

function pathAfter(text: string, before: string, start: number, close: number): ExpressionSlot | undefined {
  const storage = /^\s*storages(?:\.([\p{L}\p{M}\p{N}_-]+)|\['((?:[^']|'')*)'\])\s*(?:\([^)]*\))?\s*$/u.exec(
    before.slice(start, close),
  );
  if (!storage || !before.startsWith('/', close + 2)) return undefined;
  return { kind: 'path', span: { start: close + 2, end: text.length }, name: storage[1] ?? unquote(storage[2]!) };
}

function scan(text: string, before: string, start: number, place: ExpressionPlace): ExpressionSlot | undefined {
  let at = start;
  /** Whether an operand ended before the cursor, so that an operator follows. */
  let operand = false;
  while (at < before.length) {
    const space = match(SPACE, before, at);
    if (space) {
      if (/[^\s]/.test(space)) operand = false;
      at += space.length;
      continue;
    }
    const literal = match(TEXT, before, at);
    if (literal) {
      const closed = literal.length > 1 && literal.endsWith(literal[0]!);
      at += literal.length;
      if (!closed) return { kind: 'literal', span: { start: at - literal.length + 1, end: at } };
      operand = true;
      continue;
    }
    const sign = match(SIGN, before, at);
    if (sign) {
      operand = /[)\]]$/.test(sign);
      at += sign.length;
      continue;
    }
    REFERENCE.lastIndex = at;
    const reference = REFERENCE.exec(before);
    if (!reference || reference[0] === '') {
      at++;
      continue;
    }
    at += reference[0].length;
    if (reference[3] === '(') {
      const flags = /^[^)]*/.exec(before.slice(at))![0];
      if (at + flags.length === before.length) return flagSlot(text, before, reference);
      at += flags.length + 1;
    } else if (at === before.length && !(operand && /^(?:i|in)$/.test(reference[0]))) {
      return operand && place === 'condition'
        ? operatorSlot(text, before.length - reference[0].length, before.length)
        : slot(text, before, reference);
    }
    operand = reference[0] !== 'in';
  }
  if (operand && place === 'condition') return operatorSlot(text, before.length, before.length);
  if (operand) return undefined;
  return { kind: 'root', span: { start: before.length, end: wordEnd(text, before.length) } };
}

function slot(text: string, before: string, reference: RegExpExecArray): ExpressionSlot | undefined {
  const [whole, root, path, open] = reference;
  const start = before.length - whole.length;
  const names = [...path!.matchAll(SEGMENT)].map((part) => ({
    text: part[1] ?? unquote(part[2]!),
    at: start + root!.length + part.index + 1,
    closed: part[1] === undefined,
  }));
  const bracket = open !== undefined;
  if (bracket) names.push({ text: '', at: start + whole.indexOf("'", whole.length - open.length) + 1, closed: false });
  const last = names.at(-1);
  if (!last) return { kind: 'root', span: { start, end: wordEnd(text, before.length) } };
  if (last.closed) return undefined;
  const span = { start: last.at, end: bracket ? quoteEnd(text, before.length) : wordEnd(text, before.length) };
  const shared = { span, root: root!, ...(bracket && { bracket }) };
  if (root !== 'steps') return names.length === 1 ? { kind: 'name', ...shared } : undefined;
  const name = names[0]!.text;
  if (names.length === 1) return { kind: 'name', ...shared };
  if (names.length === 2) return { kind: 'outputs', ...shared, name };
  if (names[1]!.text !== 'outputs') return undefined;
  if (names.length === 3) return { kind: 'output', ...shared, name };
  return names.length === 4 ? { kind: 'key', ...shared, name, output: names[2]!.text } : undefined;
}

function flagSlot(text: string, before: string, reference: RegExpExecArray): ExpressionSlot | undefined {
  const part = [...reference[2]!.matchAll(SEGMENT)][0];
  if (reference[1] !== 'storages' || !part) return undefined;
  const start = before.length - /\w*$/.exec(before)![0].length;
  return { kind: 'flag', span: { start, end: wordEnd(text, before.length) }, name: part[1] ?? unquote(part[2]!) };
}

function operatorSlot(text: string, start: number, end: number): ExpressionSlot {
  return { kind: 'operator', span: { start, end: wordEnd(text, end) } };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function wordEnd(text: string, from: number): number {
  return from + /^[\p{L}\p{M}\p{N}_-]*/u.exec(text.slice(from))![0].length;
}

function quoteEnd(text: string, from: number): number {
  return from + /^[^']*/.exec(text.slice(from))![0].length;
}

function unquote(text: string): string {
  return text.replaceAll("''", "'");
}
