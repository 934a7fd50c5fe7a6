// Quick fixes of the findings at a place, all preferred ones of the document at once, and refactorings.
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Command,
  type Diagnostic as Shown,
} from 'vscode-languageserver';
import type { NamePlace } from '../../core/protocol/lsp.ts';
import { placeAt } from '../../core/syntax/locate.ts';
import type { Diagnostic, Fix } from '../../core/text/diagnostic.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import { applyEdits, SourceText, type Span, type TextEdit } from '../../core/text/source.ts';
import { type Context, say } from '../feature.ts';
import { workspaceEdit } from '../workspace-edit.ts';
import { declareFixes } from './action-declare.ts';
import { extractions } from './action-extract.ts';
import { filled, rewrites } from './action-rewrite.ts';
import { shown } from './diagnostics.ts';
import { programFixes } from './program-fixes.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.weft`;
export const actionKinds = [CodeActionKind.QuickFix, CodeActionKind.RefactorExtract, CodeActionKind.RefactorRewrite, fixAllKind];

export function codeActions(context: Context, { range, context: asked }: CodeActionParams): CodeAction[] {
  const { source } = context.analysis;
  const wanted = (kind: string) => !asked.only || asked.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const span = { start: source.offsetAt(range.start), end: source.offsetAt(range.end) };
  return [
    ...(wanted(CodeActionKind.QuickFix) ? quickFixes(context, span, asked.diagnostics) : []),
    ...refactorings(context, span.start).filter(({ kind }) => wanted(kind!)),
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

function fixesOf(context: Context, { fixes, code, origin }: Diagnostic): readonly Fix[] {
  const { analysis } = context;
  const { text } = analysis.source;
  const found = fixes?.(text) ?? [];
  if (analysis.isProgram) return programFixes(found, text);
  if (analysis.form !== 'file') return found;
  return [...found, ...declareFixes(context, code, origin), ...fillFixes(context, code, origin)];
}

/** Of findings about what is missing. */
function fillFixes(context: Context, code: string, origin: Origin): readonly Fix[] {
  if (!/-missing$|-incomplete$/.test(code)) return [];
  const place = placeAt(context.analysis.parsed.tree, spanOf(origin).start);
  const fill = place && filled(context, place);
  return fill ? [fill] : [];
}

function refactorings(context: Context, offset: number): readonly CodeAction[] {
  const { analysis } = context;
  if (analysis.form !== 'file' || analysis.isProgram) return [];
  return [...extractions(context, offset), ...rewrites(context, offset)].map(({ title, kind, edits, named }) => ({
    title: say(context, title),
    kind,
    edit: workspaceEdit(context, edits),
    ...(named !== undefined && renameAfter(context, edits, named)),
  }));
}

/** Where the client can: the new name is chosen at its use, at once. */
function renameAfter(
  { uri, client, analysis }: Context,
  edits: readonly TextEdit[],
  name: string,
): { readonly command?: Command } {
  const { rename } = client.commands;
  const use = edits.find(({ text }) => text.includes('${{'));
  if (!rename || !use) return {};
  const before = edits.filter(({ span }) => span.start < use.span.start);
  const shift = before.reduce((sum, { span, text }) => sum + text.length - (span.end - span.start), 0);
  const at = use.span.start + shift + use.text.indexOf(name, use.text.indexOf('${{'));
  const after = new SourceText(applyEdits(analysis.source.text, edits));
  const place: NamePlace = { uri, position: after.positionAt(at) };
  return { command: { title: '', command: rename, arguments: [place] } };
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
