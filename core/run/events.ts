// The events of a run: the only truth about it. Everything else (API answers, tables, views) is folded from them.
// Past tense, append-only, versioned. `schemas/run-event.schema.json` states the same records for other readers.
import type { StepType } from '../steps/step-types.ts';

export const eventVersion = 1;

interface EventHead {
  readonly v: typeof eventVersion;
  /** Position in the engine's log, from 1, without gaps within one engine. */
  readonly seq: number;
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
  /** Execution id. */
  readonly run: string;
}

/** What the scheduler appends; the store adds the head. */
export type RunEventBody =
  | RunCreated
  | { readonly type: 'run.started' }
  | { readonly type: 'run.stop_requested'; readonly by: 'user' | 'engine' }
  | { readonly type: 'run.completed' }
  | { readonly type: 'run.stopped' }
  | { readonly type: 'run.failed'; readonly steps: readonly string[] }
  | { readonly type: 'run.warned'; readonly code: string; readonly message: string; readonly step?: string }
  | { readonly type: 'run.labelled'; readonly labels: readonly string[] }
  /** The debugger's: steps to hold before they start. Replaces what was set before. */
  | { readonly type: 'run.breakpoints_set'; readonly breakpoints: readonly StepBreakpoint[] }
  /** Every step that could start is held, until `run.resumed`. */
  | { readonly type: 'run.paused'; readonly reason: PauseReason }
  /** No pause any more, and all held steps go on. */
  | { readonly type: 'run.resumed' }
  /** Values changed by a person while the run goes on: for steps that start after this. */
  | { readonly type: 'run.values_set'; readonly values: RunValues }
  | StepWaiting
  /** The step could start and is held; `message`: why its breakpoint's condition could not be judged. */
  | { readonly type: 'step.held'; readonly step: string; readonly reason: HoldReason; readonly message?: string }
  /** This held step goes on, alone. */
  | { readonly type: 'step.released'; readonly step: string }
  | { readonly type: 'step.answered'; readonly step: string; readonly values: RunValues }
  | StepSubmitting
  | StepSubmitted
  | { readonly type: 'step.progressed'; readonly step: string; readonly message: string }
  | { readonly type: 'step.metrics_written'; readonly step: string; readonly output: string; readonly metrics: readonly Metric[] }
  | { readonly type: 'step.decided'; readonly step: string; readonly result: boolean; readonly metrics: readonly MetricPair[] }
  | { readonly type: 'step.stop_requested'; readonly step: string; readonly by: 'user' | 'engine' }
  | StepEnded
  | {
      readonly type: 'step.reset';
      readonly step: string /** `rerun`: a step that may have completed, by the debugger. */;
      readonly reason: 'retry' | 'rerun';
    };

export type RunEvent = EventHead & RunEventBody;

/** `entry`: the run was begun so; `step`: after one step; `restart`: before a step that runs again. */
export type PauseReason = 'entry' | 'pause' | 'step' | 'restart';
export type HoldReason = PauseReason | 'breakpoint';

export interface StepBreakpoint {
  readonly step: string;
  /** In the language of conditions; the step is held where it is true, or cannot be judged. */
  readonly condition?: string;
  /** At which of its starts in this run the step is held: `2`, `>= 2`, `% 2` (every second); every one when absent. */
  readonly hits?: string;
}

export interface RunCreated {
  readonly type: 'run.created';
  readonly workflowId: string;
  readonly workflowName: string;
  readonly name: string;
  readonly labels: readonly string[];
  readonly steps: readonly PlannedStep[];
  readonly values: RunValues;
  readonly scene?: string;
  /** Where the definition was written, when a client said so (`extend.weft.source` of the body). */
  readonly source?: string;
}

export interface PlannedStep {
  readonly name: string;
  readonly title: string;
  readonly type: StepType;
  readonly dependSteps: readonly string[];
  /** Step execution id: the same for all attempts. */
  readonly uuid: string;
}

/** Values of this run, by name, in wire form. */
export interface RunValues {
  readonly parameters: readonly NamedValue[];
  readonly data: readonly NamedValue[];
}

export interface NamedValue {
  readonly name: string;
  readonly value: unknown;
}

export interface StepWaiting {
  readonly type: 'step.waiting';
  readonly step: string;
  /** `wait_inputs`: values are missing; `hold`: a person's work is not done. */
  readonly status: 'wait_inputs' | 'hold';
  readonly needs: readonly Need[];
}

export interface Need {
  readonly kind: 'parameter' | 'data' | 'storage' | 'work';
  readonly name: string;
  readonly type: string;
  readonly description?: string;
  /** What may be answered, where that is a list: enum members, or model versions as `newest`. */
  readonly choices?: readonly unknown[];
}

/** Intent: logged before the effect (invariant A4). `key` names the work for the executor, so that it can be found again. */
export interface StepSubmitting {
  readonly type: 'step.submitting';
  readonly step: string;
  readonly attempt: number;
  readonly key: string;
  /** Inputs and settings after resolution, for the API's answer and the views. Secrets are masked. */
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
}

/** Outcome of the submission. */
export interface StepSubmitted {
  readonly type: 'step.submitted';
  readonly step: string;
  readonly key: string;
  readonly pid?: number;
}

export interface StepEnded {
  readonly type: 'step.ended';
  readonly step: string;
  readonly status: 'completed' | 'failed' | 'create_failed' | 'stopped' | 'timeout' | 'skipped';
  /** Produced values by output name: paths, ids, an access address. */
  readonly outputs?: readonly NamedValue[];
  readonly exitCode?: number;
  readonly signal?: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** Why a step was skipped. */
  readonly reason?: 'condition' | 'branch' | 'dependencies';
  /** The result was taken over from an earlier run. */
  readonly reused?: string;
}

/** One entry of a metrics file. Source: guide 5.4.5.4, table 5-52. */
export interface Metric {
  readonly key: string;
  readonly title: string;
  readonly type: string;
  readonly data: unknown;
  /** The output it was written to: set by the reducer, not by the event. */
  readonly output?: string;
}

export interface MetricPair {
  readonly key: string;
  readonly value: unknown;
}
