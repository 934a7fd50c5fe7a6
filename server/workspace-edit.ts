// Edits of one document in the form that the client takes: bound to the version they were made for, where it can be.
import type { WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../core/text/source.ts';
import type { Context } from './feature.ts';

export function workspaceEdit({ uri, version, client, analysis }: Context, edits: readonly TextEdit[]): WorkspaceEdit {
  const changes = edits.map(({ span, text }) => ({ range: analysis.source.rangeOf(span), newText: text }));
  if (!client.documentChanges) return { changes: { [uri]: changes } };
  return { documentChanges: [{ textDocument: { uri, version }, edits: changes }] };
}
