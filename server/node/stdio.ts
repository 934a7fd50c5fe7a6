// The language server on stdin and stdout of this process, for `weft lsp`. The process ends with the session, as LSP says.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serveNode } from './serve-node.ts';

export function serveStdio(): void {
  // stdout is the protocol's: what anything else prints goes beside it.
  console.log = console.error;
  serveNode(createConnection(ProposedFeatures.all, process.stdin, process.stdout));
}
