// Findings as the client shows them.
import { type Diagnostic as Shown, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Diagnostic, Severity } from '../../core/text/diagnostic.ts';
import { type Context, rangeOf, say } from '../feature.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function diagnostics(context: Context): Shown[] {
  return context.analysis.diagnostics.map((diagnostic) => shown(context, diagnostic));
}

export function shown(context: Context, diagnostic: Diagnostic): Shown {
  const { related } = diagnostic;
  return {
    range: rangeOf(context, diagnostic.origin),
    severity: severities[diagnostic.severity],
    code: diagnostic.code,
    source: 'weft',
    message: say(context, diagnostic.message),
    ...(diagnostic.unnecessary && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related?.length &&
      context.client.relatedInformation && {
        relatedInformation: related.map(({ origin, message }) => ({
          location: { uri: context.uri, range: rangeOf(context, origin) },
          message: say(context, message),
        })),
      }),
  };
}
