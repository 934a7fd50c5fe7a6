// The language server as a Node process: over stdio, IPC, a pipe or a socket, as the arguments of LSP servers say (`--stdio`).
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serveNode } from './serve-node.ts';

serveNode(createConnection(ProposedFeatures.all));
