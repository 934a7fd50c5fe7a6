// Renaming a step, output, parameter, data, storage or scene together with all its uses.
import {
  LSPErrorCodes,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { renameEdits } from '../../core/refs/rename.ts';
import { symbolAt, symbolsOf, type WorkflowSymbol } from '../../core/refs/symbols.ts';
import { type Context, rangeOf, say } from '../feature.ts';
import { workspaceEdit } from '../workspace-edit.ts';

/** Null where there is no name, or one without a declaration. */
export function prepareRename(context: Context, { position }: PrepareRenameParams): PrepareRenameResult | null {
  const { analysis } = context;
  const at = symbolAt(analysis.bound, analysis.source.offsetAt(position));
  return at?.symbol ? { range: rangeOf(context, at.origin), placeholder: at.symbol.name.text } : null;
}

/** Refused for a name that is taken or empty: the uses of two things could not be told apart any more. */
export function rename(context: Context, { position, newName }: RenameParams): WorkspaceEdit | null {
  const { analysis } = context;
  const symbol = symbolAt(analysis.bound, analysis.source.offsetAt(position))?.symbol;
  if (!symbol) return null;
  const name = newName.trim();
  if (name === '') throw refusal(say(context, { en: 'A name cannot be empty.', zh: '名称不能为空。' }));
  if (name === symbol.name.text) return workspaceEdit(context, []);
  if (isTaken(context, symbol, name)) {
    throw refusal(
      say(context, {
        en: `There is a ${symbol.kind} \`${name}\` already; choose another name.`,
        zh: `已有同名的“${name}”，请换一个名称。`,
      }),
    );
  }
  return workspaceEdit(context, renameEdits(analysis.bound, symbol, name, analysis.source.text));
}

function isTaken({ analysis }: Context, symbol: WorkflowSymbol, name: string): boolean {
  for (const other of symbolsOf(analysis.bound)) {
    if (other.kind === symbol.kind && other.step === symbol.step && other.name.text === name) return true;
  }
  return false;
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
