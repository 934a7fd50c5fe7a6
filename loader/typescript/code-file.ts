// A file of the author's code, parsed: what the loader asks a syntax tree of JavaScript (Lezer's) for.
import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { SourceText, type Span } from '../../core/text/source.ts';

export interface CodeFile {
  /** Absolute. */
  readonly path: string;
  /** As it was written, with its types. */
  readonly source: SourceText;
  /** Without types; every character is at its place. */
  readonly code: string;
  readonly tree: Tree;
  /** Steps on the way to places that are left for this reading: a program can be written so that there are without end. */
  readonly effort: { left: number };
}

const enough = 1_000_000;

export function codeFile(path: string, text: string, code: string): CodeFile {
  return { path, source: new SourceText(text), code, tree: parser.parse(code), effort: { left: enough } };
}

export function textOf(file: CodeFile, node: SyntaxNode): string {
  return file.code.slice(node.from, node.to);
}

const calls: ReadonlySet<string> = new Set(['CallExpression', 'NewExpression', 'TaggedTemplateExpression']);

/** The call whose position V8 says is there: that of its name, or of `new`. */
export function callAt(file: CodeFile, line: number, column: number): SyntaxNode | undefined {
  const offset = file.source.lineStart(line - 1) + column - 1;
  for (let node: SyntaxNode | null = file.tree.resolveInner(offset, 1); node; node = node.parent) {
    if (!calls.has(node.name)) continue;
    const last = node.lastChild;
    if (last && offset < last.from) return node;
    if (node.name === 'TaggedTemplateExpression') return node;
  }
  return undefined;
}

/** The function of a call: `wf.job`. */
export function calleeOf(call: SyntaxNode): SyntaxNode {
  const first = call.firstChild!;
  return first.name === 'new' ? first.nextSibling! : first;
}

/** The last name of a callee: `job` of `wf.job`. */
export function nameOfCallee(call: SyntaxNode): SyntaxNode {
  const callee = calleeOf(call);
  return (callee.name === 'MemberExpression' && callee.getChild('PropertyName')) || callee;
}

/** Undefined where a spread stands before, so that positions cannot be told. */
export function argumentOf(call: SyntaxNode, index: number): SyntaxNode | undefined {
  if (call.name === 'TaggedTemplateExpression') {
    const hole = call.getChild('TemplateString')?.getChildren('Interpolation')[index];
    return hole && expressionsIn(hole)[0];
  }
  const list = call.getChild('ArgList');
  return list ? itemAt(list, index) : undefined;
}

export function itemAt(list: SyntaxNode, index: number): SyntaxNode | undefined {
  const items = expressionsIn(list);
  const spread = items.findIndex(({ name }) => name === 'Spread');
  if (spread >= 0 && spread <= index) return undefined;
  return items[index];
}

const notExpressions: ReadonlySet<string> = new Set([
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ';',
  'InterpolationStart',
  'InterpolationEnd',
  'LineComment',
  'BlockComment',
  '⚠',
]);

/** The children that are expressions. */
export function expressionsIn(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (!notExpressions.has(child.name)) found.push(child);
  return found;
}

const literals: ReadonlySet<string> = new Set([
  'String',
  'Number',
  'BooleanLiteral',
  'null',
  'TemplateString',
  'ArrayExpression',
  'ObjectExpression',
]);

/** Whether an expression is the value itself, written down. */
export function isLiteral(node: SyntaxNode): boolean {
  if (node.name === 'UnaryExpression') return node.lastChild?.name === 'Number';
  return literals.has(node.name) && !(node.name === 'TemplateString' && node.getChild('Interpolation'));
}

/** What a string in the code says; undefined for any other node. */
export function stringValue(file: CodeFile, node: SyntaxNode): string | undefined {
  if (node.name !== 'String') return undefined;
  const inner = textOf(file, node).slice(1, -1);
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(`"${inner.replaceAll("\\'", "'").replace(/(?<!\\)"/g, '\\"')}"`) as string;
  } catch {
    return inner;
  }
}

export function spanOf(node: SyntaxNode): Span {
  return { start: node.from, end: node.to };
}

export function* nodesNamed(file: CodeFile, names: ReadonlySet<string>): Generator<SyntaxNode> {
  const cursor = file.tree.cursor();
  do {
    if (names.has(cursor.name)) yield cursor.node;
  } while (cursor.next());
}
