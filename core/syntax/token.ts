// Reads scalars, anchors, tags and aliases at the cursor. `indent` is the indentation of the collection around:
// a line that is not indented deeper ends whatever was left open above it, so that a half-typed line harms only itself.
import { type Cursor, isBlank, isBreak } from './cursor.ts';
import { needsQuotes, nestedOnLine, notJson, reservedStart, unclosedQuote, unknownAlias } from './findings.ts';
import { blockText, doubleQuoted, foldLines, singleQuoted } from './scalar.ts';
import type { ScalarNode, SyntaxNode } from './tree.ts';

export interface Properties {
  readonly anchor: string | undefined;
  /** Tagged as text: `!!str 1`. */
  readonly isText: boolean;
}

const flowSigns = ',[]{}';
/** What no plain scalar begins with. */
const reserved = ',[]{}#&*!|>%@`';
const tags = new Set(['!', '!!str', '!!int', '!!float', '!!bool', '!!null', '!!map', '!!seq']);
const TAG = /![^ \t\r\n,[\]{}]*/y;
const ANCHOR = /&([^ \t\r\n,[\]{}]+)/y;
const ALIAS = /\*([^ \t\r\n,[\]{}]+)/y;
const BLOCK_HEADER = /[|>](?:([1-9])([+-]?)|([+-])([1-9]?))?(?:[ \t]+#.*|[ \t]*)$/;

/** Reads `&name` and tags; leaves what merely begins like one, such as `!steps.x`. */
export function readProperties(cursor: Cursor): Properties {
  let anchor: string | undefined;
  let isText = false;
  for (;;) {
    const sign = cursor.char();
    if (sign !== '&' && sign !== '!') return { anchor, isText };
    const found = match(cursor, sign === '&' ? ANCHOR : TAG);
    if (!found || (sign === '!' && !tags.has(found[0]))) return { anchor, isText };
    if (sign === '&') anchor = found[1];
    else isText = found[0] === '!' || found[0] === '!!str';
    cursor.pos += found[0].length;
    cursor.skipSpaces();
  }
}

export function withProperties<T extends SyntaxNode>(cursor: Cursor, properties: Properties, node: T): T {
  const typed =
    properties.isText && node.kind === 'scalar' && node.style === 'plain' ? ({ ...node, style: 'double' } as T) : node;
  if (properties.anchor !== undefined) cursor.define(properties.anchor, typed);
  return typed;
}

/** The node that `*name` stands for; the text itself where the name is not known. Undefined where this is no alias at all. */
export function readAlias(cursor: Cursor): SyntaxNode | undefined {
  const found = match(cursor, ALIAS);
  if (!found) return undefined;
  const from = cursor.pos;
  const origin = cursor.origin(from, from + found[0].length);
  cursor.pos += found[0].length;
  const known = cursor.named.has(found[1]!);
  const node = cursor.use(found[1]!, origin);
  if (node) return node;
  if (!known) cursor.report(unknownAlias(found[1]!, origin));
  return { kind: 'scalar', origin, style: 'plain', text: found[0] };
}

export function readQuoted(cursor: Cursor, indent: number, inFlow: boolean): ScalarNode {
  const from = cursor.pos;
  const mark = cursor.char();
  const { end, closed, nested } = findQuote(cursor, from, indent, inFlow);
  const inside = cursor.text.slice(from + 1, end);
  cursor.pos = closed ? end + 1 : end;
  if (!closed) cursor.report(unclosedQuote(cursor, from, end));
  else if (nested) cursor.report(needsQuotes(cursor, from, end + 1, inside));
  else if (cursor.language === 'json' && mark === "'") {
    cursor.report(notJson(cursor, from, end + 1, { en: 'texts in single quotes', zh: '单引号文本' }));
  }
  const text = nested ? inside : mark === "'" ? singleQuoted(inside) : doubleQuoted(inside);
  return { kind: 'scalar', origin: cursor.origin(from, cursor.pos), style: mark === "'" ? 'single' : 'double', text };
}

/** Where the closing quote stands; for an unclosed text where its first line ends. `nested`: an expression holds the quote. */
function findQuote(cursor: Cursor, from: number, indent: number, inFlow: boolean) {
  const { text } = cursor;
  const mark = text.charCodeAt(from);
  let expressionTo = -1;
  let nested = false;
  let lines = 0;
  let at = from + 1;
  for (;;) {
    const code = cursor.code(at);
    if (Number.isNaN(code)) break;
    if (isBreak(code)) {
      if (cursor.language === 'json') break;
      while (isBreak(cursor.code(at)) || isBlank(cursor.code(at))) at++;
      if (!Number.isNaN(cursor.code(at)) && cursor.column(at) <= indent) break;
      lines++;
      continue;
    }
    if (code === BACKSLASH && mark === DOUBLE) at++;
    else if (code === DOLLAR && text.startsWith('${{', at)) expressionTo = Math.max(expressionTo, expressionEnd(cursor, at));
    else if (code === mark) {
      if (mark === SINGLE && cursor.code(at + 1) === SINGLE) at++;
      else if (closes(cursor, at + 1)) return { end: at, closed: true, nested };
      else if (at < expressionTo) {
        nested = true;
        at = expressionTo - 1;
      } else if (lines > 0 && inFlow) break;
      else return { end: at, closed: true, nested };
    }
    at++;
  }
  cursor.look(at + 2);
  const line = text.slice(from, cursor.lineEnd(from));
  const kept = inFlow ? line.replace(/[ \t\r\n,\]}]+$/, '') : line.replace(/[ \t\r\n]+$/, '');
  return { end: from + Math.max(1, kept.length), closed: false, nested: false };
}

/** Whether what stands at `at` may follow a closing quote. */
function closes(cursor: Cursor, at: number): boolean {
  const sign = cursor.char(at);
  return sign === '' || ' \t\r\n:,]}'.includes(sign);
}

/** A scalar without quotes. In block context a value may not hold `: `; in flow context brackets and commas end it. */
export function readPlain(cursor: Cursor, indent: number, inFlow: boolean): ScalarNode {
  const { text } = cursor;
  const from = cursor.pos;
  let end = from;
  let at = from;
  let quotesNeeded = false;
  let nested = false;
  for (;;) {
    const code = cursor.code(at);
    if (Number.isNaN(code) || isBreak(code)) {
      const next = nested ? -1 : nextPlainLine(cursor, at, indent, inFlow);
      if (next < 0) break;
      at = next;
      continue;
    }
    if (code === HASH && at > from && isBlank(text.charCodeAt(at - 1))) break;
    if (code === COLON && (cursor.isSign(at) || (inFlow && flowSigns.includes(cursor.char(at + 1) || ' ')))) {
      if (inFlow) break;
      nested = true;
    } else if (inFlow && flowSigns.includes(text[at]!)) {
      break;
    } else if (code === DOLLAR && text.startsWith('${{', at)) {
      const expression = expressionEnd(cursor, at);
      // An expression that is not closed at all is reported where expressions are read.
      if (expression > 0) quotesNeeded ||= inFlow || /:\s|\s#/.test(text.slice(at, expression));
      at = Math.max(expression, at + 3);
      end = at;
      continue;
    }
    at++;
    if (!isBlank(code)) end = at;
  }
  if (end === from && at < cursor.limit) end = ++at;
  cursor.pos = end;
  const source = text.slice(from, end);
  if (quotesNeeded || (nested && source.includes('${{'))) cursor.report(needsQuotes(cursor, from, end, source));
  else if (reserved.includes(source[0] ?? ' ')) cursor.report(reservedStart(cursor, from, end));
  else if (nested) cursor.report(nestedOnLine(cursor, from, end));
  else if (cursor.language === 'json' && !/^(?:true|false|null|-?\d[\d.eE+-]*)$/.test(source)) {
    cursor.report(notJson(cursor, from, end, { en: 'texts without quotes', zh: '无引号文本' }));
  }
  return { kind: 'scalar', origin: cursor.origin(from, end), style: 'plain', text: foldLines(source) };
}

/** Where a plain scalar goes on below its line; -1 where it ends. */
function nextPlainLine(cursor: Cursor, lineEnd: number, indent: number, inFlow: boolean): number {
  if (cursor.language === 'json') return -1;
  let at = lineEnd;
  while (isBreak(cursor.code(at)) || isBlank(cursor.code(at))) at++;
  const sign = cursor.char(at);
  if (sign === '' || sign === '#' || cursor.column(at) <= indent) return -1;
  cursor.look(cursor.lineEnd(at) + 1);
  if (inFlow && (flowSigns.includes(sign) || sign === ':')) return -1;
  return keyColon(cursor, at) < 0 ? at : -1;
}

/** The text of a line from the cursor on as a scalar, whatever it holds, without its comment. */
export function readLine(cursor: Cursor): ScalarNode {
  const from = cursor.pos;
  const line = cursor.text.slice(from, cursor.lineEnd(from));
  const text = line.replace(/[ \t]#.*$/, '').replace(/[ \t\r\n]+$/, '');
  cursor.pos = from + text.length;
  return { kind: 'scalar', origin: cursor.origin(from, cursor.pos), style: 'plain', text };
}

/** The colon that makes a key of what stands at `at`; -1 where there is none on the line. */
export function keyColon(cursor: Cursor, at: number): number {
  const colon = findKeyColon(cursor, at);
  cursor.look((colon < 0 ? cursor.lineEnd(at) : colon) + 2);
  return colon;
}

function findKeyColon(cursor: Cursor, at: number): number {
  const first = cursor.char(at);
  let end: number;
  if (first === '"' || first === "'") {
    end = quotedKeyEnd(cursor, at);
    if (end < 0) return -1;
    while (isBlank(cursor.code(end))) end++;
    return cursor.char(end) === ':' && cursor.isSign(end) ? end : -1;
  }
  if (first === '' || reserved.includes(first) || ((first === '-' || first === '?') && cursor.isSign(at))) return -1;
  for (end = at; ; end++) {
    const code = cursor.code(end);
    if (Number.isNaN(code) || isBreak(code)) return -1;
    if (code === COLON && cursor.isSign(end)) return end;
    if (code === HASH && end > at && isBlank(cursor.text.charCodeAt(end - 1))) return -1;
    if (code === DOLLAR && cursor.text.startsWith('${{', end)) end = Math.max(end, expressionEnd(cursor, end) - 1);
  }
}

function quotedKeyEnd(cursor: Cursor, from: number): number {
  const mark = cursor.char(from);
  for (let at = from + 1; ; at++) {
    const sign = cursor.char(at);
    if (sign === '' || sign === '\n' || sign === '\r') return -1;
    if (sign === '\\' && mark === '"') at++;
    else if (sign === mark) {
      if (mark !== "'" || cursor.char(at + 1) !== "'") return at + 1;
      at++;
    }
  }
}

/** Where the `${{` at `at` ends on its line, after its braces; -1 where it is not closed there. Braces in its texts do not count. */
export function expressionEnd(cursor: Cursor, at: number): number {
  const lineEnd = cursor.lineEnd(at);
  cursor.look(lineEnd + 1);
  const line = cursor.text.slice(at, lineEnd);
  for (let index = 3; index < line.length; index++) {
    const sign = line[index]!;
    if (sign === '}' && line[index + 1] === '}') return at + index + 2;
    if (sign === "'" || sign === '"') {
      const close = line.indexOf(sign, index + 1);
      if (close < 0 || !line.includes('}}', close)) break;
      index = close;
    }
  }
  const plain = line.indexOf('}}', 3);
  return plain < 0 ? -1 : at + plain + 2;
}

/** `|` and `>` with their lines; undefined where the rest of the line is no header. */
export function readBlockScalar(cursor: Cursor, indent: number): ScalarNode | undefined {
  const from = cursor.pos;
  const headerEnd = cursor.lineEnd(from);
  const header = BLOCK_HEADER.exec(cursor.text.slice(from, headerEnd));
  if (header?.index !== 0) return undefined;
  const digit = header[1] ?? header[4];
  const chomp = (header[2] ?? header[3] ?? '') as '' | '-' | '+';
  let depth = digit ? Math.max(indent, 0) + Number(digit) : -1;
  const lines: string[] = [];
  let end = from + header[0].replace(/[ \t\r\n]+$/, '').length;
  for (let at = afterBreak(cursor, headerEnd); at < cursor.limit; ) {
    const lineEnd = cursor.lineEnd(at);
    let lead = at;
    while (cursor.code(lead) === SPACE) lead++;
    if (lead < lineEnd) {
      if (depth < 0) depth = lead - at;
      if (lead - at <= indent || lead - at < depth) break;
      end = lineEnd;
    }
    lines.push(depth < 0 ? '' : cursor.text.slice(Math.min(at + depth, lineEnd), lineEnd));
    if (lineEnd >= cursor.limit) break;
    at = afterBreak(cursor, lineEnd);
  }
  const folded = header[0].startsWith('>');
  cursor.pos = end;
  return {
    kind: 'scalar',
    origin: cursor.origin(from, end),
    style: folded ? 'folded' : 'literal',
    text: blockText(lines, folded, chomp),
  };
}

function afterBreak(cursor: Cursor, at: number): number {
  return cursor.text.startsWith('\r\n', at) ? at + 2 : at + 1;
}

function match(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.pos;
  const found = pattern.exec(cursor.text);
  return found && cursor.pos + found[0].length <= cursor.limit ? found : null;
}

const SPACE = 32;
const DOUBLE = 34;
const HASH = 35;
const DOLLAR = 36;
const SINGLE = 39;
const COLON = 58;
const BACKSLASH = 92;
