// A workflow: its name, settings and steps. What the steps use is declared with it by itself, in the order in which it was made.
import type { WorkflowSettings } from './generated/settings.ts';
import { keep, type MadeThing, makeThing, membersOf } from './made.ts';
import type { Data, Parameter, Step, StepName, StoragePath } from './references.ts';

export interface Workflow {
  readonly is: 'workflow';
  readonly name: string;
  readonly steps: readonly Step[];
}

/** Steps, also in lists, as functions that make several return them. */
export type Steps = readonly (Step | Steps)[];

export interface WorkflowOptions extends WorkflowSettings {
  /** Parts of the workflow that are run on their own. */
  readonly scenes?: Readonly<Record<string, readonly StepName[] | { readonly id?: string; readonly steps: readonly StepName[] }>>;
  readonly sub_graphs?: Readonly<Record<string, readonly StepName[]>>;
  /** What no step uses. */
  readonly parameters?: readonly Parameter[];
  readonly storages?: readonly StoragePath[];
  readonly data?: readonly Data[];
}

/** What a workflow file exports: `export default wf.workflow('digits', { description: '...' }, [collect, train])`. */
export function workflow(name: string, settings: WorkflowOptions, steps: Steps): Workflow {
  return makeWorkflow(name, steps, (all) => makeThing('workflow', name, [0], membersOf(settings, [1]), all));
}

export function makeWorkflow(name: string, steps: Steps, make: (steps: readonly Step[]) => MadeThing): Workflow {
  const all = (steps as readonly unknown[]).flat(Number.POSITIVE_INFINITY) as readonly Step[];
  return keep({ is: 'workflow', name, steps: all }, make(all));
}
