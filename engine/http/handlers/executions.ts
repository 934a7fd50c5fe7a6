// Executions and step executions of the v2 API: start, list, show, relabel, delete, and the actions on them.
// Source: API reference sections 7 and 11.
import type { ExecutionAction, ExecutionRequest, NamedInput, StepAction } from '../../../core/api/service.ts';
import type { RunState } from '../../../core/run/reduce.ts';
import type { Definitions } from '../../definitions.ts';
import type { Runs } from '../../runs.ts';
import { toExecution, toStepExecution } from '../execution-body.ts';
import { anyOf, page } from '../paging.ts';
import { notFound, Problem } from '../problem.ts';
import type { Call, Handlers } from '../server.ts';

export function executionHandlers(definitions: Definitions, runs: Runs, now: () => number): Handlers {
  /** The run of the path; one of another workflow counts as missing. */
  function runOf({ path }: Call): RunState {
    const run = runs.show(path['execution_id']!);
    if (run.workflowId !== path['workflow_id']) throw notFound('execution', run.id);
    return run;
  }
  const answer = (run: RunState) => ({ body: toExecution(run, now()) });

  return {
    CreateWorkflowExecution: ({ path, body }) => answer(runs.begin(path['workflow_id']!, (body ?? {}) as ExecutionRequest)),

    ListWorkflowExecutions: ({ path, query }) => {
      definitions.show(path['workflow_id']!);
      const labels = anyOf(query, 'labels');
      const status = anyOf(query, 'status');
      const list = page(runs.list(path['workflow_id']), query, {
        keys: { create_time: (run) => run.createdAt, name: (run) => run.name },
        filter: (run) => labels(run.labels) && status([run.status, ...run.steps.map((step) => step.status)]),
      });
      return { body: { ...list, count: list.items.length, items: list.items.map((run) => toExecution(run, now())) } };
    },

    ListExecutionLabels: ({ path }) => ({
      body: [...new Set(runs.list(path['workflow_id']).flatMap((run) => run.labels))].sort(),
    }),
    ShowWorkflowExecution: (call) => answer(runOf(call)),

    UpdateWorkflowExecution: (call) => {
      const { labels } = (call.body ?? {}) as ExecutionRequest;
      const run = runOf(call);
      return answer(labels ? runs.relabel(run.id, labels) : run);
    },

    DeleteWorkflowExecution: (call) => {
      runs.delete(runOf(call).id);
      return {};
    },

    CreateWorkflowExecutionsActions: (call) => {
      const run = runOf(call);
      const action = call.body as ExecutionAction | undefined;
      switch (action?.action_name) {
        case 'stop':
          return answer(runs.stop(run.id));
        case 'rerun': {
          const { parameters, data_requirements, policies } = action;
          return answer(
            runs.begin(run.workflowId, {
              parameters: over(run.values.parameters, parameters),
              data_requirements: over(run.values.data, data_requirements),
              ...(policies?.rerun_steps && { extend: { weft: { reuse: run.id, rerun: policies.rerun_steps } } }),
            }),
          );
        }
        default:
          throw unknownAction(action?.action_name, 'stop, rerun');
      }
    },

    CreateWorkflowStepExecutionsActions: (call) => {
      const run = runOf(call);
      const id = call.path['step_execution_id']!;
      const action = call.body as StepAction | undefined;
      const step = () => {
        switch (action?.action_name) {
          case 'stop':
            return runs.stopStep(run.id, id);
          case 'retry':
            return runs.retryStep(run.id, id, action);
          case 'continue':
            return runs.continueStep(run.id, id, action);
          default:
            throw unknownAction(action?.action_name, 'retry, stop, continue');
        }
      };
      const changed = step();
      return { body: toStepExecution(runs.show(run.id), changed, now()) };
    },

    ShowWorkflowStepExecutionMetrics: (call) => {
      const run = runOf(call);
      const id = call.path['step_execution_id']!;
      const step = run.steps.find((each) => each.uuid === id);
      if (!step) throw new Problem(400, 'ModelArts.7511', `Execution ${run.name} has no step execution ${id}`);
      return { body: step.metrics };
    },

    ListWorkflowStepExecution: ({ path, query }) => {
      const steps = runs.list(path['workflow_id']).flatMap((run) => run.steps.map((step) => toStepExecution(run, step, now())));
      const list = page(steps, query, { keys: { create_time: (step) => step.created_at }, filter: () => true });
      return { body: { ...list, count: list.items.length } };
    },
  };
}

/** The values of an earlier run, with those given now in their place. */
function over(before: RunState['values']['parameters'], given: readonly NamedInput[] = []): readonly NamedInput[] {
  const names = new Set(given.map(({ name }) => name));
  return [...before.filter(({ name }) => !names.has(name)).map(({ name, value }) => ({ name, value })), ...given];
}

function unknownAction(name: string | undefined, known: string): Problem {
  return new Problem(
    400,
    'ModelArts.2812',
    `action_name is one of ${known}, and not ${name === undefined ? 'absent' : `"${name}"`}`,
  );
}
