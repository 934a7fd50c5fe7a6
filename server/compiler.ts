// The seam to the loader: a document becomes a request body. The Node entry gives one in; where there is none, the server says so.
import type { CompileParams, CompileResult } from '../core/protocol/lsp.ts';
import type { Language } from './language.ts';

export interface CompileRequest extends CompileParams {
  /** What the editor holds, saved or not. */
  readonly text: string;
  readonly language: Language;
  /** URI of the editor's folder that holds the document; undefined where none does. */
  readonly folder: string | undefined;
}

/** Rejects only where something is broken that no author can mend; what can be mended is in the result. */
export type Compiler = (request: CompileRequest) => Promise<CompileResult>;
