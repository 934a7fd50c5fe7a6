// What can be folded: entries and items over several lines, runs of comments, `# region` to `# endregion`.
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import type { MapEntry, SyntaxNode } from '../../core/syntax/tree.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import type { Context } from '../feature.ts';
import { contains, partsOf, rememberedByPart } from '../parts.ts';

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

function* linesOf({ analysis }: Context): Generator<Lines> {
  const { parsed, source } = analysis;
  const written: Foldable[] = [];
  // Members of the document that parts are entries of.
  if (parsed.tree?.kind === 'map') for (const entry of parsed.tree.entries) if (!entry.merged) written.push(ofEntry(entry));
  for (const part of partsOf(analysis)) written.push(...foldablesIn(part));
  for (const { from, origin, flow } of written) {
    const start = source.positionAt(spanOf(from).start).line;
    const { end: at } = spanOf(origin);
    const end = source.positionAt(at).line;
    if (end === start) continue;
    // A closing bracket on a line of its own stays in sight.
    const closes = flow && /^\s*[\]}]*$/.test(source.text.slice(source.lineStart(end), at));
    yield { start, end: closes ? end - 1 : end };
  }
}

interface Foldable {
  /** Begins on the line that stays. */
  readonly from: Origin;
  readonly origin: Origin;
  readonly flow: boolean;
}

const foldablesIn = rememberedByPart(({ entry, value }) => {
  const found: Foldable[] = [];
  const visitEntry = (each: MapEntry): void => {
    if (each.merged) return;
    found.push(ofEntry(each));
    visit(each.value, each.origin);
  };
  const visit = (node: SyntaxNode | undefined, inside: Origin): void => {
    // What an alias stands for is folded where it is written.
    if (!node || node.kind === 'scalar' || !contains(inside, node.origin)) return;
    if (node.kind === 'map') return node.entries.forEach(visitEntry);
    for (const item of node.items) {
      if (!item || !contains(inside, item.origin)) continue;
      if (item.kind !== 'scalar') found.push({ from: item.origin, origin: item.origin, flow: item.flow });
      visit(item, item.origin);
    }
  };
  if (entry) visitEntry(entry);
  else if (value) {
    if (value.kind !== 'scalar') found.push({ from: value.origin, origin: value.origin, flow: value.flow });
    visit(value, value.origin);
  }
  return found;
});

function ofEntry({ key, origin, value }: MapEntry): Foldable {
  return { from: key.origin, origin, flow: value !== undefined && value.kind !== 'scalar' && value.flow };
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
