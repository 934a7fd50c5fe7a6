// Compiles documents, and makes them ready for a release, by the loader, for the entry that has files.
import { fileURLToPath } from 'node:url';
import { noValues } from '../../core/config/values-file.ts';
import type { CompileResult, ReleaseResult } from '../../core/protocol/lsp.ts';
import { compileDocument, releaseDocument } from '../../loader/compile-document.ts';
import type { CompileRequest, EditedDocument, ReleaseRequest } from '../compiler.ts';
import { sandbox } from './programs.ts';

export async function compile(request: CompileRequest): Promise<CompileResult> {
  const { text, engine, steps, language } = request;
  if (!isFile(request)) return { errors: [notAFile(language)], missing: [], steps: [], values: noValues };
  return compileDocument({ ...placeOf(request), text, engine, steps, language }, sandbox);
}

export async function release(request: ReleaseRequest, signal: AbortSignal): Promise<ReleaseResult> {
  const { text, engine, values, language } = request;
  if (!isFile(request)) return { errors: [notAFile(language)] };
  return releaseDocument({ ...placeOf(request), text, engine, given: values, language, signal }, sandbox);
}

function isFile({ uri }: EditedDocument): boolean {
  return uri.startsWith('file:');
}

function placeOf({ uri, folder }: EditedDocument): { readonly file: string; readonly editorFolder: string | undefined } {
  return { file: fileURLToPath(uri), editorFolder: folder?.startsWith('file:') ? fileURLToPath(folder) : undefined };
}

function notAFile(language: EditedDocument['language']): CompileResult['errors'][number] {
  const message = {
    en: 'The workflow is not in a file yet. Save it first: paths in it and weft.config.yaml are found from where it lies.',
    zh: '工作流尚未保存为文件。请先保存：其中的路径与 weft.config.yaml 都以文件位置为准。',
  }[language];
  return { code: 'not-a-file', message };
}
