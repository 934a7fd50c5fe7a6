// The seam to the loader: a document becomes a request body. The Node entry gives one in; where there is none, the server says so.
import type { CompileResult } from '../core/protocol/lsp.ts';

/** `text` is what the editor holds, saved or not. `engine` is a name in weft.config; the default engine when absent. */
export type Compiler = (uri: string, text: string, engine?: string) => Promise<CompileResult>;
