// The seam to the loader: a document becomes a request body. The Node entry gives one in; where there is none, the server says so.
import type { CompileResult } from '../core/protocol/lsp.ts';
import type { Language } from './language.ts';

export interface DocumentToCompile {
  readonly uri: string;
  /** What the editor holds, saved or not. */
  readonly text: string;
  /** Name in weft.config.yaml; the default engine when absent. */
  readonly engine?: string | undefined;
  /** Only these steps will run; all when absent. */
  readonly steps?: readonly string[] | undefined;
  readonly language: Language;
  /** URIs of the editor's folders. */
  readonly folders: readonly string[];
}

/** Rejects where the document is no file of this machine. */
export type Compiler = (document: DocumentToCompile) => Promise<CompileResult>;
