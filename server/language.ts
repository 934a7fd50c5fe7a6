// The language of the person in front of the editor, and what the client can show. Both are said once, by `initialize`.
import type { ClientCapabilities } from 'vscode-languageserver';
import type { ClientCommands, InitializationOptions } from '../core/protocol/lsp.ts';
import type { Localized } from '../core/text/diagnostic.ts';

export type Language = keyof Localized;

/** `locale` is an IETF tag such as `zh-cn`, or the system's `zh_CN.UTF-8`; English for all that is not Chinese. */
export function languageOf(locale: string | undefined): Language {
  return /^zh(?![a-z])/i.test(locale ?? '') ? 'zh' : 'en';
}

export interface ClientAbilities {
  readonly snippets: boolean;
  /** The list may state the range of its items once. */
  readonly sharedRange: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly documentChanges: boolean;
  readonly relatedInformation: boolean;
  readonly lineFoldingOnly: boolean;
  readonly workspaceFolders: boolean;
  /** Asks for lenses again when it is told to. */
  readonly lensRefresh: boolean;
  /** Formatting can be registered for some documents only. */
  readonly laterFormatting: boolean;
  /** Hover and documentation may have marks. */
  readonly markdown: boolean;
  readonly commands: ClientCommands;
}

/** `options`: what the client says of itself beyond LSP. */
export function abilitiesOf(
  { textDocument, workspace }: ClientCapabilities,
  options: InitializationOptions = {},
): ClientAbilities {
  const { completion } = textDocument ?? {};
  return {
    snippets: completion?.completionItem?.snippetSupport ?? false,
    sharedRange: completion?.completionList?.itemDefaults?.includes('editRange') ?? false,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    documentChanges: workspace?.workspaceEdit?.documentChanges ?? false,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation ?? false,
    lineFoldingOnly: textDocument?.foldingRange?.lineFoldingOnly ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    lensRefresh: workspace?.codeLens?.refreshSupport ?? false,
    laterFormatting:
      textDocument?.formatting?.dynamicRegistration === true && textDocument.rangeFormatting?.dynamicRegistration === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') ?? true,
    commands: options.commands ?? {},
  };
}
