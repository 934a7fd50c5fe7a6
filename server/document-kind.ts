// What a document is to us, by its language and its name. Editors that know no language of ours say `yaml` or `json`, and send every such
// file: those that are no workflows are none of our business.
import { languageId as ourLanguage } from '../core/protocol/lsp.ts';
import { isProgram } from '../core/protocol/workflow-file.ts';

/** `body`: a request body in JSON. `program`: a workflow in TypeScript. */
export type DocumentKind = 'file' | 'body' | 'program';

/** Undefined for what is not ours. */
export function documentKind(uri: string, languageId: string): DocumentKind | undefined {
  const path = uri.replace(/[?#].*$/, '');
  if (isProgram(path)) return 'program';
  if (languageId === ourLanguage || /\.workflow\.ya?ml$/i.test(path)) return 'file';
  return /\.workflow\.json$/i.test(path) ? 'body' : undefined;
}
