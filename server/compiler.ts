// The seam to the loader: a document becomes a request body, or a release. The Node entry gives these in; where they are missing, the
// server says so.
import type { CompileParams, CompileResult, EnginesResult, ReleaseParams, ReleaseResult } from '../core/protocol/lsp.ts';
import type { Language } from './language.ts';

/** What the editor has of a document. */
export interface EditedDocument {
  readonly uri: string;
  /** Saved or not. */
  readonly text: string;
  readonly language: Language;
  /** URI of the editor's folder that holds the document; undefined where none does. */
  readonly folder: string | undefined;
}

export type CompileRequest = CompileParams & EditedDocument;
export type ReleaseRequest = ReleaseParams & EditedDocument;

/** Rejects only where something is broken that no author can mend; what can be mended is in the result. */
export type Compiler = (request: CompileRequest) => Promise<CompileResult>;
/** As `Compiler`; local files are read and hashed until `signal` ends it. */
export type Releaser = (request: ReleaseRequest, signal: AbortSignal) => Promise<ReleaseResult>;

/** Of a workspace root, an absolute path. */
export type EngineReader = (root: string) => EnginesResult | Promise<EnginesResult>;
