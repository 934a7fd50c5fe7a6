// Engines in the cloud that the weft.config.yaml of a root names, as the language server reads it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ServiceEngineConfig } from '../../core/config/config.ts';
import { Cancelled, Failure } from '../failure.ts';
import type { LanguageServer } from '../language-client.ts';

const configName = 'weft.config.yaml';

/** The only one, or the one that the user picks. Rejects with Failure where there is none. */
export async function pickCloudEngine(server: LanguageServer, root: string, question: string): Promise<ServiceEngineConfig> {
  const engines = await server.engines(root);
  const [first] = engines;
  if (!first) throw noEngine(root);
  if (engines.length === 1) return first;
  const items = engines.map((engine) => ({
    label: engine.name,
    description: [engine.region, engine.projectId].filter((part) => part).join(' · '),
    engine,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: question });
  if (!picked) throw new Cancelled();
  return picked.engine;
}

function noEngine(root: string): Failure {
  return new Failure(vscode.l10n.t('{0} names no engine in the cloud.', join(root, configName)), [
    { title: vscode.l10n.t('Add an Engine'), take: () => addEngine(root) },
  ]);
}

const entry = (indent: string) =>
  [
    `${indent}\${1:prod}:`,
    `${indent}  type: modelarts`,
    `${indent}  region: \${2:cn-north-4}`,
    `${indent}  staging: /\${3:bucket}/weft/ # where local code is uploaded to`,
    '',
  ].join('\n');

/** Writes the members that an engine needs, with places to fill in, into the configuration; nothing is saved. */
async function addEngine(root: string): Promise<void> {
  const file = vscode.Uri.file(join(root, configName));
  const there = await readFile(file.fsPath, 'utf8').catch(() => undefined);
  const document = await vscode.workspace.openTextDocument(there === undefined ? file.with({ scheme: 'untitled' }) : file);
  const editor = await vscode.window.showTextDocument(document);
  const line = document
    .getText()
    .split(/\r?\n/)
    .findIndex((text) => /^engines:\s*(?:#.*)?$/.test(text));
  const end = document.lineAt(document.lineCount - 1).range.end;
  if (line >= 0) await editor.insertSnippet(new vscode.SnippetString(entry('  ')), new vscode.Position(line + 1, 0));
  else if (!/^engines:/m.test(document.getText()))
    await editor.insertSnippet(new vscode.SnippetString(`${end.character > 0 ? '\n' : ''}engines:\n${entry('  ')}`), end);
}
