// The folders that are open in the editor, to know which one a document belongs to.
import type { InitializeParams, WorkspaceFolder } from 'vscode-languageserver';

export class Folders {
  private uris: readonly string[] = [];

  change(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    const gone = new Set(removed.map(({ uri }) => uri));
    this.uris = [...this.uris.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
  }

  /** The innermost folder that holds the document; undefined where none does. */
  of(document: string): string | undefined {
    return this.uris
      .filter((uri) => document.startsWith(uri.endsWith('/') ? uri : `${uri}/`))
      .sort((a, b) => b.length - a.length)[0];
  }
}

/** Of a client without folders the one root that it has. */
export function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly WorkspaceFolder[] {
  if (workspaceFolders) return workspaceFolders;
  return rootUri ? [{ uri: rootUri, name: rootUri.slice(rootUri.lastIndexOf('/') + 1) }] : [];
}
