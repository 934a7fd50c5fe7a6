// Quick fixes of the findings at a place, and all preferred ones of the document at once.
import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic as Shown } from 'vscode-languageserver';
import type { Diagnostic } from '../../core/text/diagnostic.ts';
import { spanOf } from '../../core/text/origin.ts';
import type { Span, TextEdit } from '../../core/text/source.ts';
import { type Context, say } from '../feature.ts';
import { workspaceEdit } from '../workspace-edit.ts';
import { shown } from './diagnostics.ts';
import { programFixes } from './program-fixes.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.weft`;
export const actionKinds = [CodeActionKind.QuickFix, fixAllKind];

export function codeActions(context: Context, { range, context: asked }: CodeActionParams): CodeAction[] {
  const { source } = context.analysis;
  const wanted = (kind: string) => !asked.only || asked.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const span = { start: source.offsetAt(range.start), end: source.offsetAt(range.end) };
  return [
    ...(wanted(CodeActionKind.QuickFix) ? quickFixes(context, span, asked.diagnostics) : []),
    ...(asked.only && wanted(fixAllKind) ? fixAll(context) : []),
  ];
}

function quickFixes(context: Context, span: Span, known: readonly Shown[]): readonly CodeAction[] {
  const { analysis } = context;
  const here = analysis.diagnostics.filter(({ origin }) => touches(spanOf(origin), span));
  const actions = here.flatMap((diagnostic) => {
    const about = reported(context, diagnostic, known);
    return fixesOf(context, diagnostic).map(
      ({ title, edits, preferred }): CodeAction => ({
        title: say(context, title),
        kind: CodeActionKind.QuickFix,
        diagnostics: [about],
        edit: workspaceEdit(context, edits),
        ...(preferred && { isPreferred: true }),
      }),
    );
  });
  return [...actions, ...here.flatMap((diagnostic, index) => (isFirst(here, index) ? fixSame(context, diagnostic) : []))];
}

/** Where the same rule has something to mend at other places too: all of them. */
function fixSame(context: Context, { code }: Diagnostic): readonly CodeAction[] {
  const edits = preferredEdits(
    context,
    context.analysis.diagnostics.filter((each) => each.code === code),
  );
  if (edits.count < 2) return [];
  const title = say(context, { en: `Fix all \`${code}\` (${edits.count})`, zh: `修复所有 \`${code}\`（${edits.count} 处）` });
  return [{ title, kind: CodeActionKind.QuickFix, edit: workspaceEdit(context, edits.edits) }];
}

function fixAll(context: Context): readonly CodeAction[] {
  const { edits } = preferredEdits(context, context.analysis.diagnostics);
  if (edits.length === 0) return [];
  const title = say(context, { en: 'Fix all that can be fixed', zh: '修复所有可修复的问题' });
  return [{ title, kind: fixAllKind, edit: workspaceEdit(context, edits) }];
}

/** One fix a finding; one that would overlap another is left for the next time. */
function preferredEdits(context: Context, diagnostics: readonly Diagnostic[]): { edits: readonly TextEdit[]; count: number } {
  const edits: TextEdit[] = [];
  let count = 0;
  for (const diagnostic of diagnostics) {
    const fix = fixesOf(context, diagnostic).find(({ preferred }) => preferred);
    if (!fix || fix.edits.some(({ span }) => edits.some((other) => touches(span, other.span)))) continue;
    edits.push(...fix.edits);
    count++;
  }
  return { edits, count };
}

function fixesOf({ analysis }: Context, { fixes }: Diagnostic) {
  const { text } = analysis.source;
  const found = fixes?.(text) ?? [];
  return analysis.isProgram ? programFixes(found, text) : found;
}

/** The client's own object of a finding, so that it sees which one the action mends. */
function reported(context: Context, diagnostic: Diagnostic, known: readonly Shown[]): Shown {
  const own = shown(context, diagnostic);
  const { start } = own.range;
  const same = known.find(
    ({ code, range }) => code === own.code && range.start.line === start.line && range.start.character === start.character,
  );
  return same ?? own;
}

function isFirst(diagnostics: readonly Diagnostic[], index: number): boolean {
  return diagnostics.findIndex(({ code }) => code === diagnostics[index]!.code) === index;
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
