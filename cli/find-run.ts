// The run that a command line names, and its ids for a call.
import type { RunState, StepState } from '../core/run/reduce.ts';
import type { Client } from '../remote/client.ts';
import { UsageError } from './command.ts';

export function pathOf(run: RunState): { workflow_id: string; execution_id: string } {
  return { workflow_id: run.workflowId, execution_id: run.id };
}

/** By id, the begin of an id, or the newest of a name; the newest of all where none is given. */
export async function findRun(client: Client, name: string | undefined): Promise<RunState> {
  const runs = (await client.call('ListRuns')).map(({ state }) => state);
  const found = runs.findLast(
    (run) => name === undefined || run.id === name || run.name === name || (name.length >= 4 && run.id.startsWith(name)),
  );
  if (found) return found;
  throw new UsageError(name === undefined ? 'there are no runs yet' : `there is no run "${name}"; "weft runs list" lists them`);
}

export function findStep(run: RunState, name: string | undefined): StepState {
  const names = run.steps.map((step) => step.name).join(', ');
  if (name === undefined) throw new UsageError(`name a step of ${run.name}: ${names}`);
  const step = run.steps.find((each) => each.name === name);
  if (!step) throw new UsageError(`${run.name} has no step "${name}"; it has ${names}`);
  return step;
}
