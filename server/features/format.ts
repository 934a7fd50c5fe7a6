// Formatting of a document or a range of lines: white space only (core/format). Request bodies are left to the editor's own JSON support.
import type { DocumentFormattingParams, DocumentRangeFormattingParams, FormattingOptions, TextEdit } from 'vscode-languageserver';
import { formatText } from '../../core/format/format.ts';
import type { Span } from '../../core/text/source.ts';
import type { Context } from '../feature.ts';

export function format(context: Context, { options }: DocumentFormattingParams): TextEdit[] | null {
  return edits(context, options);
}

/** Whole lines. */
export function formatRange(context: Context, { options, range }: DocumentRangeFormattingParams): TextEdit[] | null {
  const { source } = context.analysis;
  // A selection that ends at the begin of a line does not mean that line.
  const last = range.end.character === 0 && range.end.line > range.start.line ? range.end.line : range.end.line + 1;
  return edits(context, options, { start: source.lineStart(range.start.line), end: source.lineStart(last) });
}

function edits({ analysis }: Context, { tabSize }: FormattingOptions, within?: Span): TextEdit[] | null {
  if (analysis.form !== 'file' || analysis.isProgram) return null;
  const unit = Number.isInteger(tabSize) ? Math.min(Math.max(tabSize, 1), 8) : 2;
  return formatText(analysis.parsed, { unit, ...(within && { within }) }).map(({ span, text }) => ({
    range: analysis.source.rangeOf(span),
    newText: text,
  }));
}
