// `weft/compile` on this machine: the document's file, its configuration and its values files are here.
import { fileURLToPath } from 'node:url';
import { compileDocument } from '../../loader/compile-document.ts';
import type { Compiler } from '../compiler.ts';

export const compile: Compiler = async ({ uri, folders, ...document }) => {
  const file = fileURLToPath(uri);
  const holders = folders.filter((folder) => folder.startsWith('file:')).map((folder) => fileURLToPath(folder));
  const editorFolder = holders
    .filter((folder) => file.startsWith(folder.endsWith('/') ? folder : `${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
  return compileDocument({ file, ...document, editorFolder });
};
