// What a step kind means on this machine: a piece of work for an executor, something done at once, or a wait for a person.
// One file per kind beside this one, listed once in ./index.ts. A runner appends no events: the scheduler turns answers into them.
// R1. `start` and `finish` may be called again for the same key after a crash and then come to the same result: what they write is
//     keyed by `context.key` or overwritten, never added twice.
// R2. A runner keeps no state of its own; `context.folder`, the registries and the storage have it all.
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import type { Metric, NamedValue, Need } from '../../core/run/events.ts';
import type { Outcome, Work } from '../executors/executor.ts';

export interface StepRunner {
  /** Prepares the step: checks, materialises inputs, makes output folders. Rejects with StepError (the step is `create_failed`). */
  start(step: ResolvedStep, context: StepContext): Promise<StepStart>;
  /** After work of `start` ended by itself, whatever the exit status: collects outputs. Not called for stopped or timed-out steps. */
  finish?(step: ResolvedStep, context: StepContext, outcome: Outcome): Promise<StepResult>;
  /** While work of `start` runs, also after a restart of the engine: watches metric files and the like until `context.signal`. */
  watch?(step: ResolvedStep, context: StepContext): Promise<void>;
}

export type StepStart =
  /** `executor` names one of the engine's executors; the configured one when absent. */
  | { readonly kind: 'work'; readonly work: Work; readonly executor?: string }
  | { readonly kind: 'done'; readonly result: StepResult }
  /** The step goes on hold. `start` is called again, with `context.answered`, when a person continues it. */
  | { readonly kind: 'wait'; readonly needs: readonly Need[] };

export type StepResult =
  | { readonly kind: 'completed'; readonly outputs: readonly NamedValue[] }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly outputs?: readonly NamedValue[] };

export interface StepContext {
  /** Execution id and name of the run, and its workflow. */
  readonly run: { readonly id: string; readonly name: string; readonly workflowId: string; readonly workflowName: string };
  /** Step run uuid: the same for all attempts. */
  readonly stepRun: string;
  readonly attempt: number;
  /** `keyOf(stepRun, attempt)`. */
  readonly key: string;
  /** Absolute; exists: `.weft/runs/<execution>/<step>/<attempt>`. */
  readonly folder: string;
  /** The workflow file, where the client said so. */
  readonly source: string | undefined;
  /** A person continued the step after a wait. */
  readonly answered: boolean;
  /** Aborted when the step is stopped or its time is up, and when the engine closes. */
  readonly signal: AbortSignal;
  /** Shown as the step's progress; not durable beyond the newest. */
  progress(message: string): void;
  /** Replaces what the output's metrics were. Resolves when it is in the event log. */
  metrics(output: string, metrics: readonly Metric[]): Promise<void>;
  /** A finding about the run that does not stop it. */
  warn(code: string, message: string): void;
}

/** A step that cannot be carried out here. The message says what to change and where. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
