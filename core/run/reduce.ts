// Events -> state of a run. Engine recovery, API answers, tree views, webviews and the debugger fold with this one function.
// R1. Total: an event of an unknown type or about an unknown step changes nothing but `seq`.
// R2. Pure: equal events give equal states, in whatever chunks they are folded.
// R3. An ended step changes only by `step.reset`; an ended run only by the `run.started` of a retry or rerun.
import type { HoldReason, Metric, NamedValue, Need, PauseReason, RunEvent, RunValues, StepBreakpoint } from './events.ts';
import type { RunStatus, StepStatus } from './status.ts';

export interface RunState {
  readonly id: string;
  readonly seq: number;
  readonly workflowId: string;
  readonly workflowName: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly labels: readonly string[];
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly values: RunValues;
  readonly steps: readonly StepState[];
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly step?: string }[];
  readonly scene?: string;
  readonly source?: string;
  readonly stopRequested: boolean;
  /** Absent in a run that nobody debugs. */
  readonly breakpoints?: readonly StepBreakpoint[];
  /** Every step that could start is held. */
  readonly paused?: PauseReason;
}

export interface StepState {
  readonly name: string;
  readonly title: string;
  readonly type: string;
  readonly uuid: string;
  readonly dependSteps: readonly string[];
  readonly status: StepStatus;
  readonly attempt: number;
  /** The executor's key of the newest attempt. */
  readonly key?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  readonly needs: readonly Need[];
  readonly metrics: readonly Metric[];
  readonly progress?: string;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly reason?: 'condition' | 'branch' | 'dependencies';
  readonly decision?: boolean;
  /** The run that the result was taken over from. */
  readonly reused?: string;
  /** "time, from, to" of each status change: what the API's `events` texts are made from. */
  readonly changes: readonly StatusChange[];
  readonly stopRequested: boolean;
  /** `engine`: the step's time was up. */
  readonly stopBy?: 'user' | 'engine';
  /** The step could start and the debugger holds it. */
  readonly held?: { readonly reason: HoldReason; readonly message?: string };
  /** It was held in this attempt and goes on: it is not held again. */
  readonly released?: true;
}

export interface StatusChange {
  readonly at: string;
  readonly from: StepStatus;
  readonly to: StepStatus;
}

/** Folds one event. `state` is undefined only before `run.created`; any other event then gives undefined. */
export function reduce(state: RunState | undefined, event: RunEvent): RunState | undefined {
  if (event.type === 'run.created') {
    return {
      id: event.run,
      seq: event.seq,
      workflowId: event.workflowId,
      workflowName: event.workflowName,
      name: event.name,
      status: 'init',
      labels: event.labels,
      createdAt: event.at,
      values: event.values,
      steps: event.steps.map((step) => ({
        name: step.name,
        title: step.title,
        type: step.type,
        uuid: step.uuid,
        dependSteps: step.dependSteps,
        status: 'init',
        attempt: 0,
        inputs: [],
        outputs: [],
        needs: [],
        metrics: [],
        changes: [],
        stopRequested: false,
      })),
      warnings: [],
      stopRequested: false,
      ...(event.scene !== undefined && { scene: event.scene }),
      ...(event.source !== undefined && { source: event.source }),
    };
  }
  if (!state) return undefined;
  return { ...change(state, event), seq: event.seq };
}

function change(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'run.started': {
      const { endedAt: _, ...rest } = state;
      return { ...rest, status: 'running', startedAt: state.startedAt ?? event.at, stopRequested: false };
    }
    case 'run.stop_requested':
      return { ...state, stopRequested: true };
    case 'run.completed':
      return { ...withoutDebugger(state), status: 'completed', endedAt: event.at };
    case 'run.stopped':
      return { ...withoutDebugger(state), status: 'stopped', endedAt: event.at };
    case 'run.failed':
      return { ...withoutDebugger(state), status: 'abnormal', endedAt: event.at };
    case 'run.warned':
      return {
        ...state,
        warnings: [
          ...state.warnings,
          { code: event.code, message: event.message, ...(event.step !== undefined && { step: event.step }) },
        ],
      };
    case 'run.labelled':
      return { ...state, labels: event.labels };
    case 'run.breakpoints_set':
      return { ...state, breakpoints: event.breakpoints };
    case 'run.paused':
      return { ...state, paused: event.reason };
    case 'run.resumed': {
      const { paused: _, ...rest } = state;
      return { ...rest, steps: state.steps.map((step) => (step.held ? release(step) : step)) };
    }
    case 'run.values_set':
      return { ...state, values: mergeValues(state.values, event.values) };
    case 'step.held': {
      const { reason, message } = event;
      return changeStep(state, event.step, (step) => ({
        ...step,
        held: { reason, ...(message !== undefined && { message }) },
      }));
    }
    case 'step.released':
      return changeStep(state, event.step, release);
    case 'step.waiting':
      return changeStep(state, event.step, (step) => to(event.status, event.at, { ...step, needs: event.needs }));
    case 'step.answered':
      return {
        ...changeStep(state, event.step, (step) => to('init', event.at, { ...step, needs: [] })),
        values: mergeValues(state.values, event.values),
      };
    case 'step.submitting':
      return changeStep(state, event.step, (step) =>
        to('creating', event.at, {
          ...step,
          attempt: event.attempt,
          key: event.key,
          inputs: event.inputs,
          outputs: event.outputs,
          startedAt: event.at,
          needs: [],
        }),
      );
    case 'step.submitted':
      return changeStep(state, event.step, (step) => to('running', event.at, step));
    case 'step.progressed':
      return changeStep(state, event.step, (step) => ({ ...step, progress: event.message }));
    case 'step.metrics_written':
      return changeStep(state, event.step, (step) => ({
        ...step,
        metrics: [
          ...step.metrics.filter((metric) => metric.output !== event.output),
          ...event.metrics.map((metric) => ({ ...metric, output: event.output })),
        ],
      }));
    case 'step.decided':
      return changeStep(state, event.step, (step) => ({ ...step, decision: event.result }));
    case 'step.stop_requested':
      return changeStep(state, event.step, (step) =>
        to('stopping', event.at, { ...step, stopRequested: true, stopBy: event.by }),
      );
    case 'step.ended':
      return changeStep(state, event.step, (step) =>
        to(event.status, event.at, {
          ...step,
          endedAt: event.at,
          needs: [],
          ...(event.outputs && { outputs: event.outputs }),
          ...(event.exitCode !== undefined && { exitCode: event.exitCode }),
          ...(event.signal !== undefined && { signal: event.signal }),
          ...(event.error && { error: event.error }),
          ...(event.reason && { reason: event.reason }),
          ...(event.reused !== undefined && { reused: event.reused }),
        }),
      );
    case 'step.reset':
      return changeStep(state, event.step, (step) => ({
        name: step.name,
        title: step.title,
        type: step.type,
        uuid: step.uuid,
        dependSteps: step.dependSteps,
        status: 'init',
        attempt: step.attempt,
        inputs: [],
        outputs: [],
        needs: [],
        metrics: [],
        changes: [...step.changes, { at: event.at, from: step.status, to: 'init' }],
        stopRequested: false,
      }));
    default:
      return state;
  }
}

/** An ended run forgets its breakpoints: a later retry is not held for nobody. */
function withoutDebugger(state: RunState): RunState {
  const { breakpoints: _, paused: __, ...rest } = state;
  return rest;
}

function release(step: StepState): StepState {
  const { held: _, ...rest } = step;
  return { ...rest, released: true };
}

function changeStep(state: RunState, name: string, update: (step: StepState) => StepState): RunState {
  const index = state.steps.findIndex((step) => step.name === name);
  if (index < 0) return state;
  const steps = [...state.steps];
  steps[index] = update(steps[index]!);
  return { ...state, steps };
}

function to(status: StepStatus, at: string, step: StepState): StepState {
  if (step.status === status) return step;
  return { ...step, status, changes: [...step.changes, { at, from: step.status, to: status }] };
}

function mergeValues(before: RunValues, after: RunValues): RunValues {
  return { parameters: merge(before.parameters, after.parameters), data: merge(before.data, after.data) };
}

function merge(before: readonly NamedValue[], after: readonly NamedValue[]): readonly NamedValue[] {
  const names = new Set(after.map((value) => value.name));
  return [...before.filter((value) => !names.has(value.name)), ...after];
}
