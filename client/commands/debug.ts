// Debug the workflow, or a scene of it: it is held at its breakpoints.
import { startDebugging } from '../debug/debugging.ts';
import type { Parts } from '../parts.ts';
import { saved } from '../runs/compile.ts';
import { untrusted } from '../runs/begin-run.ts';
import { workflowTarget } from './targets.ts';
import * as vscode from 'vscode';

export async function debug(_: Parts, argument: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) throw untrusted();
  const { uri, scene } = workflowTarget(argument);
  await startDebugging(await saved(uri), scene === undefined ? {} : { scene });
}
