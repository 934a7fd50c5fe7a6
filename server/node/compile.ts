// Compiles documents by the loader, for the entry that has files.
import { fileURLToPath } from 'node:url';
import type { CompileResult } from '../../core/protocol/lsp.ts';
import { noValues } from '../../core/config/values-file.ts';
import { compileDocument } from '../../loader/compile-document.ts';
import type { CompileRequest } from '../compiler.ts';

export async function compile({ uri, text, engine, steps, language, folder }: CompileRequest): Promise<CompileResult> {
  if (!uri.startsWith('file:')) return notAFile(language);
  const editorFolder = folder?.startsWith('file:') ? fileURLToPath(folder) : undefined;
  return compileDocument({ file: fileURLToPath(uri), text, engine, steps, language, editorFolder });
}

function notAFile(language: CompileRequest['language']): CompileResult {
  const message = {
    en: 'The workflow is not in a file yet. Save it first: paths in it and weft.config.yaml are found from where it lies.',
    zh: '工作流尚未保存为文件。请先保存：其中的路径与 weft.config.yaml 都以文件位置为准。',
  }[language];
  return { errors: [{ code: 'not-a-file', message }], missing: [], steps: [], values: noValues };
}
