// A new workflow file in the workspace, from a template.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { Cancelled, Failure } from '../failure.ts';
import { localized } from '../localized.ts';
import type { Parts } from '../parts.ts';
import { type Template, templates } from '../templates.ts';
import { exists } from '../workspace-root.ts';

export async function newWorkflow(_: Parts, argument: unknown): Promise<vscode.Uri> {
  const folder = await pickFolder(argument);
  const template = await pickTemplate();
  const name = await askName(folder);
  for (const [path, text] of Object.entries(template.files)) await writeNew(join(folder, path), text);
  const file = vscode.Uri.file(join(folder, `${name}.workflow.yaml`));
  await writeNew(file.fsPath, template.text(name));
  await vscode.window.showTextDocument(file);
  return file;
}

async function pickFolder(argument: unknown): Promise<string> {
  if (argument instanceof vscode.Uri) return argument.fsPath;
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) throw new Failure(vscode.l10n.t('Open a folder first.'));
  const folder = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  if (!folder) throw new Cancelled();
  return folder.uri.fsPath;
}

async function pickTemplate(): Promise<Template> {
  const items = templates.map((template) => ({ label: localized(template.label), detail: localized(template.detail), template }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('New workflow: what does it do?') });
  if (!picked) throw new Cancelled();
  return picked.template;
}

async function askName(folder: string): Promise<string> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('New workflow: its name'),
    value: 'training',
    async validateInput(text) {
      // The rule of the service: a letter first, 1 to 64 characters.
      if (!/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(text))
        return vscode.l10n.t('Letters, digits, _ and -, beginning with a letter; 64 at most.');
      return (await exists(join(folder, `${text}.workflow.yaml`)))
        ? vscode.l10n.t('{0} exists already.', `${text}.workflow.yaml`)
        : undefined;
    },
  });
  if (name === undefined) throw new Cancelled();
  return name;
}

async function writeNew(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
