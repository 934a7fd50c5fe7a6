// Ids of a run and of its steps, as the paths of the API take them.
import * as vscode from 'vscode';
import type { RunState, StepState } from '../../core/run/reduce.ts';
import { Failure } from '../failure.ts';

export function runPath(run: RunState): { workflow_id: string; execution_id: string } {
  return { workflow_id: run.workflowId, execution_id: run.id };
}

/** Throws a Failure where the run has no such step. */
export function stepPath(run: RunState, step: string): { workflow_id: string; execution_id: string; step_execution_id: string } {
  return { ...runPath(run), step_execution_id: stepOf(run, step).uuid };
}

export function stepOf(run: RunState, name: string): StepState {
  const step = run.steps.find((each) => each.name === name);
  if (!step) throw new Failure(vscode.l10n.t('{0} has no step "{1}".', run.name, name));
  return step;
}
