// A run in the cloud from the command line: released, begun, and followed like a local one.
import { serviceRequest } from '../core/release/execution-request.ts';
import { startRun } from '../remote/release.ts';
import { type CloudRelease, type Released, releaseToCloud } from './cloud-release.ts';
import { cloudRuns } from './cloud.ts';
import type { Console } from './command.ts';
import { runToEnd } from './run-to-end.ts';

export interface CloudRun {
  readonly scene?: string;
  readonly labels: readonly string[];
  readonly json: boolean;
  readonly detach: boolean;
}

/** Answers the exit code. Rejects with UsageError or ReleaseError. */
export async function runInCloud(release: CloudRelease, run: CloudRun, console: Console): Promise<number> {
  const released = await releaseToCloud(release, console);
  return released ? beginRun(release, released, run, console) : 1;
}

async function beginRun({ loaded, service }: CloudRelease, released: Released, run: CloudRun, console: Console): Promise<number> {
  const { draft, plan, workflowId } = released;
  const request = serviceRequest(plan.body, draft.values, {
    labels: run.labels,
    ...(run.scene !== undefined && { scene: run.scene }),
  });
  const execution = await startRun(service, workflowId, request, console.signal);
  if (run.detach) {
    console.out(run.json ? `${JSON.stringify(execution)}\n` : `${execution.name}\n`);
    return 0;
  }
  const client = cloudRuns(console, loaded.root, service);
  const { execution_id: id } = execution;
  // The first look says which workflow a run is of.
  client.adopt(workflowId, id);
  const state = await runToEnd({ client, run: id, json: run.json, answers: draft.values.answers }, console);
  return state.status === 'completed' ? 0 : 1;
}
