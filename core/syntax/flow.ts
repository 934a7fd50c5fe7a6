// Reads `[...]` and `{...}`: flow collections of YAML, and JSON whole.
// A collection that is left open ends where a line below is not indented deeper than what it stands in.
import { type Cursor, isBlank, isBreak } from './cursor.ts';
import { complexKey, missingComma, notJson, strayCharacter, strayComma, unclosedBracket } from './findings.ts';
import { finishMap } from './merge.ts';
import { beginRun, endRun, readPart } from './part.ts';
import { readAlias, readPlain, readProperties, readQuoted, withProperties } from './token.ts';
import type { MapEntry, MapNode, ScalarNode, SeqNode, SyntaxNode } from './tree.ts';

export function readFlow(cursor: Cursor, indent: number): MapNode | SeqNode {
  cursor.enter();
  const from = cursor.pos;
  const closer = cursor.char() === '[' ? ']' : '}';
  cursor.brackets.push(closer);
  cursor.pos++;
  const isMap = closer === '}';
  const entries: MapEntry[] = [];
  const items: (SyntaxNode | undefined)[] = [];
  const context = `${closer}${indent}`;
  const run = beginRun(cursor);
  let end = cursor.pos;
  /** After an entry a comma must come before the next. */
  let separated = true;
  let comma = -1;
  for (;;) {
    if (!skipTo(cursor, indent)) {
      cursor.report(unclosedBracket(cursor, from, end));
      break;
    }
    const sign = cursor.char();
    if (sign === closer) {
      if (comma >= 0 && separated && cursor.language === 'json') {
        cursor.report(notJson(cursor, comma, comma + 1, { en: 'comma before a closing bracket', zh: '结尾括号前的逗号' }));
      }
      end = ++cursor.pos;
      break;
    }
    if (sign === ']' || sign === '}') {
      if (cursor.brackets.slice(0, -1).includes(sign)) {
        cursor.report(unclosedBracket(cursor, from, end));
        break;
      }
      cursor.report(strayCharacter(cursor, cursor.pos));
      cursor.pos++;
      continue;
    }
    if (sign === ',') {
      if (separated) cursor.report(strayComma(cursor, cursor.pos));
      comma = cursor.pos;
      separated = true;
      end = ++cursor.pos;
      continue;
    }
    if (!separated) cursor.report(missingComma(cursor, end));
    if (isMap)
      readPart(
        cursor,
        run,
        context,
        () => readPair(cursor, indent),
        (entry) => entries.push(entry),
      );
    else
      readPart(
        cursor,
        run,
        context,
        () => readItem(cursor, indent),
        (item) => items.push(item),
      );
    separated = false;
    end = cursor.pos;
  }
  cursor.brackets.pop();
  cursor.leave();
  endRun(cursor, run);
  const origin = cursor.origin(from, end);
  return isMap
    ? finishMap(cursor, { kind: 'map', origin, flow: true, entries }, run)
    : { kind: 'seq', origin, flow: true, items };
}

/** Moves over white space and comments; false where the collection has to end because nothing more belongs to it. */
function skipTo(cursor: Cursor, indent: number): boolean {
  const from = cursor.pos;
  cursor.pos = cursor.ahead();
  const skipped = cursor.text.slice(from, cursor.pos);
  if (cursor.language === 'json' && skipped.includes('#')) {
    const at = from + skipped.indexOf('#');
    cursor.report(notJson(cursor, at, cursor.lineEnd(at), { en: 'comments', zh: '注释' }));
  }
  if (cursor.pos >= cursor.limit) return false;
  const sign = cursor.char();
  if (sign === ']' || sign === '}' || !/[\r\n]/.test(skipped)) return true;
  return cursor.column(cursor.pos) > indent;
}

function readPair(cursor: Cursor, indent: number): MapEntry {
  const from = cursor.pos;
  if (cursor.char() === '?' && cursor.isSign(cursor.pos)) {
    cursor.pos++;
    cursor.skipSpaces();
  }
  const key = readKey(cursor, indent);
  return readPairValue(cursor, indent, from, key);
}

function readPairValue(cursor: Cursor, indent: number, from: number, key: ScalarNode): MapEntry {
  const end = cursor.pos;
  const value = takeColon(cursor, indent, key.style !== 'plain') ? readValue(cursor, indent) : undefined;
  if (value === 'none') return { origin: cursor.origin(from, cursor.pos), key, value: undefined };
  if (!value) cursor.pos = end;
  return { origin: cursor.origin(from, cursor.pos), key, value };
}

function readKey(cursor: Cursor, indent: number): ScalarNode {
  const from = cursor.pos;
  if (isColon(cursor)) return { kind: 'scalar', origin: cursor.origin(from, from), style: 'plain', text: '' };
  const properties = readProperties(cursor);
  const node = readAtom(cursor, indent);
  if (node.kind === 'scalar') return withProperties(cursor, properties, node);
  cursor.report(complexKey(cursor, from, cursor.pos));
  return { kind: 'scalar', origin: cursor.origin(from, cursor.pos), style: 'double', text: cursor.text.slice(from, cursor.pos) };
}

/** Takes the colon after a key, on this line or below. After a quoted key no space need follow it. */
function takeColon(cursor: Cursor, indent: number, quoted: boolean): boolean {
  const before = cursor.pos;
  if (skipTo(cursor, indent) && (quoted ? cursor.char() === ':' : isColon(cursor))) {
    cursor.pos++;
    return true;
  }
  cursor.pos = before;
  return false;
}

function isColon(cursor: Cursor): boolean {
  return cursor.char() === ':' && (cursor.isSign(cursor.pos) || ',[]{}'.includes(cursor.char(cursor.pos + 1)));
}

function readValue(cursor: Cursor, indent: number): SyntaxNode | 'none' {
  const end = cursor.pos;
  if (!skipTo(cursor, indent) || ',]}'.includes(cursor.char())) {
    cursor.pos = end;
    return 'none';
  }
  const properties = readProperties(cursor);
  if (properties.anchor !== undefined || properties.isText) {
    const after = cursor.pos;
    if (!skipTo(cursor, indent) || ',]}'.includes(cursor.char())) {
      cursor.pos = after;
      return 'none';
    }
  }
  return withProperties(cursor, properties, readAtom(cursor, indent));
}

/** An item of a list; `[a: b]` is an item that is a map of one entry. */
function readItem(cursor: Cursor, indent: number): SyntaxNode | undefined {
  const from = cursor.pos;
  const explicit = cursor.char() === '?' && cursor.isSign(cursor.pos);
  if (explicit || isColon(cursor)) {
    const entry = readPair(cursor, indent);
    return { kind: 'map', origin: entry.origin, flow: true, entries: [entry] };
  }
  const value = readValue(cursor, indent);
  if (value === 'none') return undefined;
  const before = cursor.pos;
  const onLine = () => !/[\r\n]/.test(cursor.text.slice(before, cursor.pos));
  if (value.kind === 'scalar' && takeColon(cursor, indent, value.style !== 'plain') && onLine()) {
    cursor.pos = before;
    const entry = readPairValue(cursor, indent, from, value);
    return { kind: 'map', origin: entry.origin, flow: true, entries: [entry] };
  }
  cursor.pos = before;
  return value;
}

function readAtom(cursor: Cursor, indent: number): SyntaxNode {
  const sign = cursor.char();
  if (sign === '"' || sign === "'") return readQuoted(cursor, indent, true);
  if (sign === '[' || sign === '{') return readFlow(cursor, indent);
  if (sign === '*') return readAlias(cursor) ?? readPlain(cursor, indent, true);
  return readPlain(cursor, indent, true);
}

/** After a flow collection in block context: whether the rest of its line is free. */
export function lineIsFree(cursor: Cursor): boolean {
  const code = cursor.code(cursor.pos);
  return Number.isNaN(code) || isBreak(code) || (isBlank(code) && cursor.atLineEnd());
}
