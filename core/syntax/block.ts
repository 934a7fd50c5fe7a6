// Reads what indentation holds together: maps, lists and the values of their entries.
// A line with an odd indentation stays in the innermost collection that it is still inside of, with one finding for a run of such lines.
import type { Cursor } from './cursor.ts';
import {
  badIndentation,
  complexKey,
  listAmongKeys,
  listOnKeyLine,
  missingColon,
  missingSpace,
  strayCharacter,
  textAfterValue,
} from './findings.ts';
import { lineIsFree, readFlow } from './flow.ts';
import { finishMap } from './merge.ts';
import { beginRun, endRun, readPart } from './part.ts';
import {
  keyColon,
  type Properties,
  readAlias,
  readBlockScalar,
  readLine,
  readPlain,
  readProperties,
  readQuoted,
  withProperties,
} from './token.ts';
import type { MapEntry, MapNode, ScalarNode, SeqNode, SyntaxNode } from './tree.ts';

/** Reads the node at the cursor, which stands at content that is indented deeper than `indent`. */
export function readNode(cursor: Cursor, indent: number): SyntaxNode | undefined {
  const start = cursor.pos;
  const column = cursor.column(start);
  const properties = readProperties(cursor);
  if (cursor.pos > start && cursor.atLineEnd()) return readBelow(cursor, indent, properties);
  if (cursor.pos > start && keyColon(cursor, cursor.pos) >= 0) {
    cursor.pos = start;
    return readMap(cursor, indent, column);
  }
  return withNode(cursor, properties, readBare(cursor, indent, column));
}

function readBare(cursor: Cursor, indent: number, column: number): SyntaxNode | undefined {
  if (cursor.isDash()) return readSeq(cursor, indent, column);
  if (isExplicitKey(cursor) || keyColon(cursor, cursor.pos) >= 0 || isHalfTypedMap(cursor, column))
    return readMap(cursor, indent, column);
  return readInline(cursor, indent);
}

/** What `key: &name` or `- &name` announces on the lines below. */
function readBelow(cursor: Cursor, indent: number, properties: Properties): SyntaxNode | undefined {
  const before = cursor.pos;
  const column = cursor.toContent();
  const node = column > indent ? readBare(cursor, indent, column) : undefined;
  if (!node) cursor.pos = before;
  return withNode(cursor, properties, node);
}

function withNode(cursor: Cursor, properties: Properties, node: SyntaxNode | undefined): SyntaxNode | undefined {
  if (node) return withProperties(cursor, properties, node);
  if (properties.anchor === undefined) return undefined;
  const empty: ScalarNode = { kind: 'scalar', origin: cursor.origin(cursor.pos, cursor.pos), style: 'plain', text: '' };
  return withProperties(cursor, properties, empty);
}

/** A first line without colon above a line with one at the same column: a map whose first key is being typed. */
function isHalfTypedMap(cursor: Cursor, column: number): boolean {
  if (!/[\p{L}\p{N}_$-]/u.test(cursor.char())) return false;
  const next = cursor.ahead(cursor.lineEnd(cursor.pos));
  if (next >= cursor.limit || cursor.column(next) !== column) return false;
  cursor.look(cursor.lineEnd(next) + 1);
  return keyColon(cursor, next) >= 0;
}

function readMap(cursor: Cursor, indent: number, column: number): MapNode {
  cursor.enter();
  const from = cursor.pos;
  const entries: MapEntry[] = [];
  const context = `:${indent},${column}`;
  const run = beginRun(cursor);
  let end = from;
  let reported = column;
  for (let at = column; ; ) {
    if (cursor.isDash()) {
      cursor.report(listAmongKeys(cursor, cursor.pos));
      readSeq(cursor, at - 1, at);
    } else if (at !== column && !isExplicitKey(cursor) && keyColon(cursor, cursor.pos) < 0) {
      readLine(cursor);
    } else {
      const inContext = `${context}:${cursor.column(cursor.pos)}`;
      readPart(
        cursor,
        run,
        inContext,
        () => readEntry(cursor, at),
        (entry) => entry && entries.push(entry),
      );
    }
    end = cursor.pos;
    at = cursor.toContent();
    if (at <= indent || at < 0) break;
    if (at !== column && at !== reported && !cursor.isDash()) cursor.report(badIndentation(cursor, cursor.pos, column));
    reported = at;
  }
  cursor.pos = end;
  cursor.leave();
  endRun(cursor, run);
  return finishMap(cursor, { kind: 'map', origin: cursor.origin(from, end), flow: false, entries }, run);
}

/** Undefined where the line holds nothing that could be a key; then it is passed over. */
function readEntry(cursor: Cursor, column: number): MapEntry | undefined {
  const from = cursor.pos;
  if (isExplicitKey(cursor)) return readExplicitEntry(cursor, column);
  const properties = readProperties(cursor);
  const colon = keyColon(cursor, cursor.pos);
  if (colon < 0) return readBrokenEntry(cursor, column);
  const quoted = cursor.char() === '"' || cursor.char() === "'";
  const key = quoted ? readQuoted(cursor, column, false) : plainKey(cursor, colon);
  withProperties(cursor, properties, key);
  cursor.pos = colon + 1;
  const value = readValue(cursor, column);
  return { origin: cursor.origin(from, cursor.pos), key, value };
}

function plainKey(cursor: Cursor, end: number): ScalarNode {
  const text = cursor.text.slice(cursor.pos, end).replace(/[ \t\r\n]+$/, '');
  return { kind: 'scalar', origin: cursor.origin(cursor.pos, cursor.pos + text.length), style: 'plain', text };
}

/** A line among keys without a colon: most often a key that is being typed. */
function readBrokenEntry(cursor: Cursor, column: number): MapEntry | undefined {
  const from = cursor.pos;
  const sign = cursor.char();
  if (sign === '*') {
    const alias = readAlias(cursor);
    cursor.skipSpaces();
    if (alias?.kind === 'scalar' && cursor.char() === ':' && cursor.isSign(cursor.pos)) {
      cursor.pos++;
      const value = readValue(cursor, column);
      return { origin: cursor.origin(from, cursor.pos), key: { ...alias, origin: cursor.origin(from, cursor.pos) }, value };
    }
    cursor.pos = from;
  }
  if (sign === '[' || sign === '{') {
    readFlow(cursor, column);
    readLine(cursor);
    cursor.report(complexKey(cursor, from, cursor.pos));
    return undefined;
  }
  if (sign === ']' || sign === '}' || sign === ',') {
    cursor.report(strayCharacter(cursor, from));
    readLine(cursor);
    return undefined;
  }
  if (sign === '"' || sign === "'") {
    const key = readQuoted(cursor, column, false);
    if (!lineIsFree(cursor)) reportRest(cursor);
    else if (cursor.text[cursor.pos - 1] === sign) cursor.report(missingColon(cursor, from, cursor.pos));
    return { origin: key.origin, key, value: undefined };
  }
  const line = readLine(cursor);
  const colon = missingSpaceColon(cursor, cursor.pos, from);
  if (colon >= 0) {
    cursor.report(missingSpace(cursor, colon));
    cursor.pos = from;
    const key = plainKey(cursor, colon);
    cursor.pos = colon + 1;
    return { origin: line.origin, key, value: readInline(cursor, column) };
  }
  cursor.report(missingColon(cursor, from, cursor.pos));
  const value = readValue(cursor, column);
  return { origin: cursor.origin(from, cursor.pos), key: line, value };
}

/** In `type:job` the colon; -1 where the line is something else, such as an address. */
function missingSpaceColon(cursor: Cursor, end: number, from = cursor.pos): number {
  const found = /^[\p{L}\p{N}_.-]+:(?!\/\/)\S/u.exec(cursor.text.slice(from, end));
  return found ? from + found[0].indexOf(':') : -1;
}

function isExplicitKey(cursor: Cursor): boolean {
  return cursor.char() === '?' && cursor.isSign(cursor.pos);
}

function readExplicitEntry(cursor: Cursor, column: number): MapEntry {
  const from = cursor.pos++;
  const node = readValue(cursor, column);
  if (node && node.kind !== 'scalar') cursor.report(complexKey(cursor, from, cursor.pos));
  const key: ScalarNode =
    node?.kind === 'scalar' ? node : { kind: 'scalar', origin: cursor.origin(from, cursor.pos), style: 'double', text: '' };
  const end = cursor.pos;
  const at = cursor.toContent();
  if (at !== column || cursor.char() !== ':' || !cursor.isSign(cursor.pos)) {
    cursor.pos = end;
    return { origin: cursor.origin(from, end), key, value: undefined };
  }
  cursor.pos++;
  cursor.skipSpaces();
  const value = cursor.isDash() ? readSeq(cursor, column, cursor.column(cursor.pos)) : readValue(cursor, column);
  return { origin: cursor.origin(from, cursor.pos), key, value };
}

/** The value after `key:`, on its line or below it. */
function readValue(cursor: Cursor, column: number): SyntaxNode | undefined {
  const after = cursor.pos;
  cursor.skipSpaces();
  const properties = readProperties(cursor);
  const end = properties.anchor === undefined ? after : cursor.pos;
  if (!cursor.atLineEnd()) {
    if (!cursor.isDash()) return withNode(cursor, properties, readInline(cursor, column));
    cursor.report(listOnKeyLine(cursor, cursor.pos));
    return withNode(cursor, properties, readSeq(cursor, column, cursor.column(cursor.pos)));
  }
  const next = cursor.toContent();
  if (next > column) {
    if (properties.anchor === undefined && !properties.isText) return readNode(cursor, column);
    return withNode(cursor, properties, readBare(cursor, column, next));
  }
  if (next === column && cursor.isDash()) return withNode(cursor, properties, readSeq(cursor, column - 1, column));
  cursor.pos = end;
  return withNode(cursor, properties, undefined);
}

/** A value that begins on the line of its key, dash or announcement. */
function readInline(cursor: Cursor, indent: number): SyntaxNode {
  const sign = cursor.char();
  if (sign === '|' || sign === '>') return readBlockScalar(cursor, indent) ?? readPlain(cursor, indent, false);
  if (sign === '*') {
    const from = cursor.pos;
    const alias = cursor.isSign(from) ? undefined : readAlias(cursor);
    if (alias && lineIsFree(cursor)) return alias;
    cursor.pos = from;
    return readPlain(cursor, indent, false);
  }
  const isFlow = sign === '[' || sign === '{';
  if (!isFlow && sign !== '"' && sign !== "'") return readPlain(cursor, indent, false);
  const found = cursor.findings.length;
  const node = isFlow ? readFlow(cursor, indent) : readQuoted(cursor, indent, false);
  if (!lineIsFree(cursor)) {
    if (cursor.findings.length > found) readLine(cursor);
    else reportRest(cursor);
  }
  return node;
}

function reportRest(cursor: Cursor): void {
  cursor.skipSpaces();
  const from = cursor.pos;
  readLine(cursor);
  cursor.report(textAfterValue(cursor, from, cursor.pos));
}

function readSeq(cursor: Cursor, indent: number, column: number): SeqNode {
  cursor.enter();
  const from = cursor.pos;
  const items: (SyntaxNode | undefined)[] = [];
  const context = `-${indent},${column}`;
  const run = beginRun(cursor);
  let end = from;
  let reported = column;
  for (let at = column; ; ) {
    const inContext = `${context}:${cursor.column(cursor.pos)}`;
    readPart(
      cursor,
      run,
      inContext,
      () => readItem(cursor, at),
      (item) => items.push(item),
    );
    end = cursor.pos;
    at = cursor.toContent();
    if (at <= indent || !cursor.isDash()) break;
    if (at !== column && at !== reported) cursor.report(badIndentation(cursor, cursor.pos, column));
    reported = at;
  }
  cursor.pos = end;
  cursor.leave();
  endRun(cursor, run);
  return { kind: 'seq', origin: cursor.origin(from, end), flow: false, items };
}

function readItem(cursor: Cursor, column: number): SyntaxNode | undefined {
  cursor.pos++;
  const end = cursor.pos;
  cursor.skipSpaces();
  if (!cursor.atLineEnd()) return readNode(cursor, column);
  if (cursor.toContent() > column) return readNode(cursor, column);
  cursor.pos = end;
  return undefined;
}
