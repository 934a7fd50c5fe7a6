// Runs of the engine: begun from a definition and values, acted on, recovered after a restart, deleted.
// What an action may do is said by core/run/actions; what happens next by the scheduler.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { ExecutionRequest, NamedInput } from '../core/api/service.ts';
import type { WeftDebugAction } from '../core/api/weft.ts';
import { makePlan, missingBeforeRun, type Plan } from '../core/plan/plan.ts';
import type { Plain } from '../core/plan/plain.ts';
import { checkAnswers, collectValues, type Problem as ValueProblem } from '../core/plan/values.ts';
import { type Action, continueStep, retryStep, stopRun, stopStep } from '../core/run/actions.ts';
import { prepareAnswer } from '../core/run/answers.ts';
import { beginDebug, debugRun, setBreakpoints, setValues } from '../core/run/debug.ts';
import { evaluateIn } from '../core/run/evaluate.ts';
import type { RunCreated, RunValues, StepBreakpoint } from '../core/run/events.ts';
import { reuseEvents } from '../core/run/reuse.ts';
import { reduce, type RunState, type StepState } from '../core/run/reduce.ts';
import { isEndedRun } from '../core/run/status.ts';
import type { Workflow } from '../core/ir/workflow.ts';
import type { Definitions } from './definitions.ts';
import { notFound, Problem } from './http/problem.ts';
import type { Scheduler } from './scheduler/scheduler.ts';
import { activeRuns, listRuns } from './store/projections.ts';
import type { Store } from './store/store.ts';

export interface RunsOptions {
  readonly store: Store;
  readonly definitions: Definitions;
  readonly scheduler: Scheduler;
  /** Folder with what the steps of a run left. */
  readonly folderOf: (run: string) => string;
  readonly maxRunsPerWorkflow: number;
  /** What the answer `newest` stands for in this run; undefined where there is no model. */
  readonly newestModels: (run: RunState) => Plain | undefined;
}

export interface Runs {
  /** Throws a Problem where the run may not start, with everything that is missing or wrong. */
  begin(workflowId: string, request: ExecutionRequest): RunState;
  /** Throws a Problem where there is none. */
  show(run: string): RunState;
  list(workflowId?: string): readonly RunState[];
  stop(run: string): RunState;
  stopStep(run: string, stepRun: string): StepState;
  retryStep(run: string, stepRun: string, values: Given): StepState;
  continueStep(run: string, stepRun: string, values: Given): StepState;
  /** A step waits: it gets what was answered beforehand, if anything was. */
  answerWaiting(run: string, step: string): void;
  /** The four below are the debugger's; core/run/debug.ts says what they mean. */
  setBreakpoints(run: string, breakpoints: readonly StepBreakpoint[]): RunState;
  debug(run: string, action: WeftDebugAction): RunState;
  setValues(run: string, values: Given): RunState;
  /** Undefined where what is named has no value. */
  evaluate(run: string, expression: string): Plain | undefined;
  relabel(run: string, labels: readonly string[]): RunState;
  /** With its logs and outputs below `.weft/runs`; refused while it runs. */
  delete(run: string): void;
  /** Goes on with what an earlier engine left. */
  recover(): Promise<void>;
}

export interface Given {
  readonly parameters?: readonly NamedInput[];
  readonly data_requirements?: readonly NamedInput[];
}

/** Codes of our own, since those of the service for these cases are not public. */
const codes = { busy: 'ModelArts.7530', values: 'ModelArts.7531', refused: 'ModelArts.7532' } as const;

/** What a run was begun with, kept so that it can be planned again however the definition changed since. */
interface KeptPlan {
  readonly body: Readonly<Record<string, unknown>>;
  readonly steps: readonly string[] | null;
  readonly storages: readonly { readonly name: string; readonly path: string }[];
  /** Prepared answers by step. */
  readonly answers: Readonly<Record<string, unknown>>;
}

export function createRuns(options: RunsOptions, read: (body: Readonly<Record<string, unknown>>) => Workflow): Runs {
  const { store, definitions, scheduler } = options;
  const plans = new Map<string, Plan>();

  function stateOf(run: string): RunState | undefined {
    return scheduler.stateOf(run) ?? fold(store, run);
  }

  function show(run: string): RunState {
    const state = stateOf(run);
    if (!state) throw notFound('execution', run);
    return state;
  }

  function stepOf(state: RunState, stepRun: string): StepState {
    const step = state.steps.find((each) => each.uuid === stepRun || each.name === stepRun);
    if (!step) throw new Problem(400, 'ModelArts.7511', `Execution ${state.name} has no step execution ${stepRun}`);
    return step;
  }

  function planOf(run: string): Plan {
    let plan = plans.get(run);
    if (!plan) {
      const kept = store.records.get('plan', run) as KeptPlan | undefined;
      if (!kept) throw notFound('execution', run);
      plan = toPlan(read(kept.body), kept);
      plans.set(run, plan);
    }
    return plan;
  }

  function act(run: string, action: Action): RunState {
    if (action.kind === 'refused') throw new Problem(400, codes.refused, action.message);
    if (!scheduler.stateOf(run)) {
      // An ended run of an earlier engine: only a retry gets here.
      void scheduler.recover(planOf(run), show(run));
    }
    return scheduler.apply(run, action.events);
  }

  function given(plan: Plan, values: Given): RunValues {
    const checked = checkAnswers(plan.workflow, toRequested(values));
    if (checked.problems.length > 0) throw valueProblem(checked.problems);
    return checked.values;
  }

  return {
    show,
    list: (workflowId) => listRuns(store.database, workflowId).flatMap(({ id }) => stateOf(id) ?? []),

    begin(workflowId, request) {
      const definition = definitions.show(workflowId);
      const active = activeRuns(store.database).map(show);
      const running = active.filter((state) => state.workflowId === workflowId);
      if (running.length >= options.maxRunsPerWorkflow) {
        const name = running[0]!.name;
        throw new Problem(
          400,
          codes.busy,
          `Workflow ${definition.name} runs already (${name}); stop that run, or copy the workflow`,
        );
      }
      const workflow = definitions.read(workflowId);
      const weft = request.extend?.weft;
      const scene = sceneOf(definition, request);
      const steps = weft?.steps ?? scene?.steps;
      const storages = weft?.storages ?? [];
      const plan = toPlan(workflow, { steps: steps ?? null, storages });
      const collected = collectValues(workflow, toRequested(request));
      if (collected.problems.length > 0) throw valueProblem(collected.problems);
      const missing = missingBeforeRun(plan, { values: collected.values });
      if (missing.length > 0) {
        const names = missing.map(({ kind, name, type }) => `${kind} "${name}" (${type})`).join(', ');
        throw new Problem(400, codes.values, `The run needs values for ${names}`);
      }
      const id = randomUUID();
      const taken = weft?.reuse === undefined ? [] : reuseEvents(plan, show(weft.reuse), weft.rerun ?? []);
      const begun = weft?.debug && beginDebug(plan, weft.debug);
      if (begun?.kind === 'refused') throw new Problem(400, codes.values, begun.message);
      const debugEvents = begun?.events ?? [];
      const kept: KeptPlan = { body: definition, steps: steps ?? null, storages, answers: weft?.answers ?? {} };
      store.records.put('plan', id, kept);
      plans.set(id, plan);
      const source = (definition.extend as { weft?: { source?: string } } | undefined)?.weft?.source;
      const created: RunCreated = {
        type: 'run.created',
        workflowId,
        workflowName: definition.name,
        name: request.name || nextName(listRuns(store.database, workflowId).map(({ name }) => name)),
        labels: request.labels ?? [],
        steps: plan.steps.map(({ name, title, type, dependSteps }) => ({
          name,
          title,
          type,
          dependSteps: dependSteps.map((index) => plan.steps[index]!.name),
          uuid: randomUUID(),
        })),
        values: collected.values,
        ...(scene && { scene: scene.name }),
        ...(source !== undefined && { source }),
      };
      return scheduler.begin(id, plan, created, [...taken, ...debugEvents]);
    },

    stop: (run) => act(run, stopRun(show(run))),

    stopStep(run, stepRun) {
      const state = show(run);
      return stepOf(act(run, stopStep(state, stepOf(state, stepRun))), stepRun);
    },

    retryStep(run, stepRun, values) {
      const state = show(run);
      const plan = planOf(run);
      return stepOf(act(run, retryStep(plan, state, stepOf(state, stepRun), given(plan, values))), stepRun);
    },

    continueStep(run, stepRun, values) {
      const state = show(run);
      const plan = planOf(run);
      return stepOf(act(run, continueStep(plan, state, stepOf(state, stepRun), given(plan, values))), stepRun);
    },

    answerWaiting(run, name) {
      const { answers } = store.records.get('plan', run) as KeptPlan;
      const state = show(run);
      const step = stepOf(state, name);
      const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
      if (answer === undefined) return;
      const prepared = prepareAnswer(answer, name, step.needs, () => options.newestModels(state));
      const action: Action =
        prepared.kind === 'unfit'
          ? { kind: 'refused', message: prepared.message }
          : continueStep(planOf(run), state, step, prepared.values);
      // The step goes on waiting, for a person then.
      if (action.kind === 'events') scheduler.apply(run, action.events);
      else if (!state.warnings.some(({ message }) => message === action.message))
        scheduler.apply(run, [{ type: 'run.warned', code: 'answer-unfit', message: action.message, step: name }]);
    },

    setBreakpoints: (run, breakpoints) => act(run, setBreakpoints(planOf(run), show(run), breakpoints)),
    debug: (run, action) => act(run, debugRun(planOf(run), show(run), action)),
    setValues: (run, values) => act(run, setValues(planOf(run), show(run), given(planOf(run), values))),

    evaluate(run, expression) {
      const evaluated = evaluateIn(planOf(run), show(run), expression);
      if (evaluated.kind === 'failed') throw new Problem(400, codes.values, evaluated.message);
      return evaluated.value;
    },

    relabel(run, labels) {
      if (scheduler.stateOf(run)) return scheduler.apply(run, [{ type: 'run.labelled', labels }]);
      show(run);
      store.events.append({ run, bodies: [{ type: 'run.labelled', labels }] }, Date.now());
      return show(run);
    },

    delete(run) {
      const state = show(run);
      if (!isEndedRun(state.status)) throw new Problem(400, codes.refused, `Run "${state.name}" is running; stop it first`);
      store.records.transaction(() => {
        store.events.forget(run);
        store.records.delete('plan', run);
      });
      scheduler.forget(run);
      plans.delete(run);
      rmSync(options.folderOf(run), { recursive: true, force: true });
    },

    async recover() {
      for (const run of activeRuns(store.database)) await scheduler.recover(planOf(run), show(run));
    },
  };
}

function fold(store: Store, run: string): RunState | undefined {
  let state: RunState | undefined;
  for (let seq = 0; ; ) {
    const page = store.events.read(seq, { run });
    if (page.length === 0) return state;
    for (const event of page) state = reduce(state, event);
    seq = page.at(-1)!.seq;
  }
}

function toPlan(workflow: Workflow, { steps, storages }: Pick<KeptPlan, 'steps' | 'storages'>): Plan {
  const planned = makePlan(workflow, { ...(steps && { steps }), storages });
  if (planned.kind === 'problems') throw valueProblem(planned.problems);
  return planned.plan;
}

function sceneOf(definition: Readonly<Record<string, unknown>>, request: ExecutionRequest) {
  const { scene_id: id, scene_name: name } = request;
  if (!id && !name) return undefined;
  type Scene = { readonly id?: string; readonly name: string; readonly steps: readonly string[] };
  const scenes = ((definition['policy'] as { scenes?: readonly Scene[] } | undefined)?.scenes ?? []) as readonly Scene[];
  const found = scenes.find((scene) => (name ? scene.name === name : scene.id === id));
  if (!found) {
    const known = scenes.map((scene) => scene.name).join(', ') || 'none';
    throw new Problem(400, codes.values, `The workflow has no scene ${name ?? id}; it has ${known}`);
  }
  return found;
}

/** `execution-001` and on, counted per workflow. */
function nextName(names: readonly string[]): string {
  const numbers = names.map((name) => Number(/^execution-(\d+)$/.exec(name)?.[1] ?? 0));
  return `execution-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`;
}

function toRequested({ parameters, data_requirements }: Given) {
  return { ...(parameters && { parameters }), ...(data_requirements && { data: data_requirements }) };
}

function valueProblem(problems: readonly ValueProblem[]): Problem {
  return new Problem(400, codes.values, problems.map(({ message }) => message).join(' '));
}
