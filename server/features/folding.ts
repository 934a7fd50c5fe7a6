// What can be folded: entries and items over several lines, runs of comments, `# region` to `# endregion`.
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import type { MapEntry, SyntaxNode } from '../../core/syntax/tree.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import type { Context } from '../feature.ts';

/** At most one range begins at a line, the longest. */
export function folding(context: Context): FoldingRange[] {
  const ranges = new Map<number, FoldingRange>();
  const add = (startLine: number, endLine: number, kind?: FoldingRangeKind): void => {
    if (endLine > startLine && !ranges.has(startLine)) ranges.set(startLine, { startLine, endLine, ...(kind && { kind }) });
  };
  for (const { start, end } of linesOf(context)) add(start, end);
  for (const { start, end, kind } of comments(context.analysis.source.text)) add(start, end, kind);
  return [...ranges.values()].sort((a, b) => a.startLine - b.startLine);
}

interface Lines {
  readonly start: number;
  readonly end: number;
}

function linesOf({ analysis: { parsed, source } }: Context): readonly Lines[] {
  const found: Lines[] = [];
  const add = (origin: Origin, start: number, value: SyntaxNode | undefined): void => {
    const span = spanOf(origin);
    const end = source.positionAt(span.end);
    const lastLine = source.text.slice(source.lineStart(end.line), span.end);
    // A closing bracket on a line of its own stays in sight.
    const closes = value !== undefined && value.kind !== 'scalar' && value.flow && /^\s*[\]}]*$/.test(lastLine);
    found.push({ start, end: closes ? end.line - 1 : end.line });
  };
  const visitEntry = (entry: MapEntry): void => {
    if (entry.merged) return;
    const line = source.positionAt(spanOf(entry.key.origin).start).line;
    add(entry.origin, line, entry.value);
    visit(entry.value, entry.origin);
  };
  const visit = (node: SyntaxNode | undefined, inside: Origin): void => {
    // What an alias stands for is folded where it is written.
    if (!node || node.kind === 'scalar' || !contains(inside, node.origin)) return;
    if (node.kind === 'map') return node.entries.forEach(visitEntry);
    for (const item of node.items) {
      if (!item || !contains(inside, item.origin)) continue;
      if (item.kind !== 'scalar') add(item.origin, source.positionAt(spanOf(item.origin).start).line, item);
      visit(item, item.origin);
    }
  };
  if (parsed.tree) visit(parsed.tree, parsed.tree.origin);
  return found;
}

function contains(outer: Origin, inner: Origin): boolean {
  const a = spanOf(outer);
  const b = spanOf(inner);
  return a.start <= b.start && b.end <= a.end;
}

function* comments(text: string): Generator<Lines & { readonly kind: FoldingRangeKind }> {
  const regions: number[] = [];
  let run = -1;
  let line = -1;
  for (const content of text.split('\n')) {
    line++;
    const isComment = /^\s*#/.test(content);
    if (isComment && run < 0) run = line;
    if (!isComment && run >= 0) {
      yield { start: run, end: line - 1, kind: FoldingRangeKind.Comment };
      run = -1;
    }
    if (!isComment) continue;
    if (/^\s*#\s*region\b/.test(content)) regions.push(line);
    else if (/^\s*#\s*endregion\b/.test(content)) {
      const start = regions.pop();
      if (start !== undefined) yield { start, end: line, kind: FoldingRangeKind.Region };
    }
  }
  if (run >= 0) yield { start: run, end: line, kind: FoldingRangeKind.Comment };
}
