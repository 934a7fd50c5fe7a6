// The root whose engine runs a file: the nearest folder upward with weft.config.yaml, else the editor's folder, else the git root,
// else the file's folder. The command line finds the same one, and so both share one engine.
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';

const configNames = ['weft.config.yaml', 'weft.config.yml'];

export async function rootOf(file: string): Promise<string> {
  return (
    (await upward(dirname(file), configNames)) ??
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))?.uri.fsPath ??
    (await upward(dirname(file), ['.git'])) ??
    dirname(file)
  );
}

async function upward(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    for (const name of names) if (await exists(join(at, name))) return at;
    if (dirname(at) === at) return undefined;
  }
}

export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
