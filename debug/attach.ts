// From the name of a run that goes on to the run itself, and the file that it was begun from.
import { resolve } from 'node:path';
import type { WeftRun } from '../core/api/weft.ts';
import { isEndedRun } from '../core/run/status.ts';
import { workspaceRoot } from '../loader/workspace-root.ts';
import type { Client } from '../remote/client.ts';
import { findEngine } from '../remote/local.ts';
import { isSameFile } from './breakpoints.ts';

export interface AttachArguments {
  /** Id or name of a run of the engine of the file's folder; the newest that goes on when absent. */
  readonly run?: string;
  /** A workflow file or folder of the workspace; the current folder when absent. */
  readonly file?: string;
  readonly editorFolder?: string;
  /** See the member of a launch. */
  readonly outlives?: boolean;
}

export interface Running {
  readonly client: Client;
  readonly found: WeftRun;
  /** The workflow file, as the client calls it where it named it. */
  readonly source: string;
}

/** Rejects with an Error that says what there is instead. */
export async function findRunning({ run: name, file = '.', editorFolder }: AttachArguments): Promise<Running> {
  const start = resolve(file);
  const root = workspaceRoot(start, editorFolder);
  const engine = await findEngine(root);
  if (!engine) throw new Error(`No engine runs for ${root}, so there is no run to attach to.`);
  const all = await engine.client.call('ListRuns');
  const going = all.filter(({ state }) => !isEndedRun(state.status));
  const found =
    name === undefined
      ? (going.findLast(({ state }) => state.source !== undefined && isSameFile(state.source, start)) ?? going.at(-1))
      : all.findLast(({ state }) => state.id === name || state.name === name);
  if (!found) {
    const others = going.map(({ state }) => `"${state.name}" of ${state.workflowName}`).join(', ');
    const wanted = name === undefined ? 'no run that goes on' : `no run "${name}"`;
    throw new Error(`The engine of ${root} has ${wanted}${others ? `; ${others} can be attached to` : ''}.`);
  }
  const { state } = found;
  if (isEndedRun(state.status)) throw new Error(`Run "${state.name}" of ${state.workflowName} has ended (${state.status}).`);
  if (state.source === undefined) throw new Error(`Run "${state.name}" does not say which file it was begun from.`);
  return { client: engine.client, found, source: isSameFile(state.source, start) ? start : state.source };
}
