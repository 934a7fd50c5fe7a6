// What is said about a release in the language of the window.
import * as vscode from 'vscode';
import type { Localized } from '../../core/text/diagnostic.ts';
import type { ReleaseError } from '../../remote/release-error.ts';

export function windowLanguage(): keyof Localized {
  return vscode.env.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function releaseText({ text }: ReleaseError): string {
  return text[windowLanguage()];
}
