// Texts that come in both languages, in the language of the window.
import * as vscode from 'vscode';
import type { Localized } from '../core/text/diagnostic.ts';

export function localized(text: Localized): string {
  return vscode.env.language.toLowerCase().startsWith('zh') ? text.zh : text.en;
}
