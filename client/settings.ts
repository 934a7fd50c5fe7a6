// Typed reading of the settings in client/contributions/settings.ts.
import * as vscode from 'vscode';
import { type Settings, settings } from './contributions/settings.ts';

export function setting<Name extends keyof Settings>(name: Name, scope?: vscode.Uri): Settings[Name] {
  return vscode.workspace.getConfiguration(undefined, scope).get<Settings[Name]>(name) ?? settings[name].default;
}

export function onDidChangeSetting(name: keyof Settings, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(name)) listener();
  });
}
