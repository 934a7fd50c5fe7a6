// Shows a step where it is written.
import type * as vscode from 'vscode';
import type { LanguageServer } from '../language-client.ts';
import { openWorkflow, showRange } from './compile.ts';

const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The top of the document where the step is not there any more, or none is meant. */
export async function showStep(server: LanguageServer, uri: vscode.Uri, step: string | undefined): Promise<void> {
  await openWorkflow(uri);
  await showRange(uri, (step !== undefined && (await stepRange(server, uri, step))) || top);
}

async function stepRange(server: LanguageServer, uri: vscode.Uri, step: string) {
  const found = await server.graph({ uri: uri.toString() });
  const index = found?.graph.nodes.findIndex((node) => node.name === step) ?? -1;
  return found?.ranges[index];
}
