// Workflows of the v2 API: create, list, show, change, delete, labels, counts, and what waits for a person.
// Source: API reference section 7.
import type { ExecutionBrief, Workflow, WorkflowBody } from '../../../core/api/service.ts';
import { isActiveStep } from '../../../core/run/decide.ts';
import type { RunState } from '../../../core/run/reduce.ts';
import { isEndedRun } from '../../../core/run/status.ts';
import type { Definitions } from '../../definitions.ts';
import type { Runs } from '../../runs.ts';
import { toTodos } from '../execution-body.ts';
import { anyOf, page, textFilter } from '../paging.ts';
import { Problem } from '../problem.ts';
import type { Handlers } from '../server.ts';

export function workflowHandlers(definitions: Definitions, runs: Runs, now: () => number): Handlers {
  function withRuns(workflow: Workflow): Workflow {
    const own = runs.list(workflow.workflow_id);
    const last = own.at(-1);
    return { ...workflow, run_count: own.length, ...(last && { latest_execution: briefOf(last, now()) }) };
  }

  return {
    CreateWorkflow: ({ body }) => {
      const { source_workflow_id: source, ...own } = (body ?? {}) as WorkflowBody & { source_workflow_id?: string };
      return {
        body: definitions.create(source === undefined ? (body as WorkflowBody) : { ...definitions.show(source), ...own }),
      };
    },

    ListWorkflows: ({ query }) => {
      const name = textFilter(query, 'name');
      const description = textFilter(query, 'description');
      const labels = anyOf(query, 'labels');
      const list = page(definitions.list().map(withRuns), query, {
        keys: { create_time: (each) => each.created_at, name: (each) => each.name },
        filter: (each) => name(each.name) && description(each.description ?? '') && labels(each.labels ?? []),
      });
      // Items of a list leave out the steps, as in the published example.
      return { body: { ...list, items: list.items.map(({ steps: _, ...rest }) => rest) } };
    },

    ShowWorkflow: ({ path }) => ({ body: withRuns(definitions.show(path['workflow_id']!)) }),
    UpdateWorkflow: ({ path, body }) => ({
      body: withRuns(definitions.update(path['workflow_id']!, (body ?? {}) as WorkflowBody)),
    }),

    DeleteWorkflow: ({ path }) => {
      const id = path['workflow_id']!;
      const active = runs.list(id).find((run) => !isEndedRun(run.status));
      if (active) throw new Problem(400, 'ModelArts.7532', `Run "${active.name}" of the workflow is running; stop it first`);
      definitions.delete(id);
      return {};
    },

    ShowWorkflowLabels: () => ({ body: [...new Set(definitions.list().flatMap((each) => each.labels ?? []))].sort() }),

    ShowWorkflowsOverview: () => {
      const stat: Record<string, number> = {};
      const all = definitions.list();
      for (const { workflow_id: id } of all) {
        const status = runs.list(id).at(-1)?.status ?? 'init';
        stat[status] = (stat[status] ?? 0) + 1;
      }
      return { body: { total: all.length, stat } };
    },

    ShowWorkflowsTodolist: () => {
      const items = runs.list().flatMap((run) => toTodos(run, now()));
      return { body: { items, total: items.length } };
    },
  };
}

function briefOf(run: RunState, now: number): ExecutionBrief {
  const active = run.steps.filter((step) => isActiveStep(step.status)).map((step) => step.name);
  const from = Date.parse(run.startedAt ?? run.createdAt);
  const to = run.endedAt === undefined ? now : Date.parse(run.endedAt);
  return {
    execution_id: run.id,
    created_at: run.createdAt,
    status: run.status,
    running_steps: active,
    current_steps: active,
    duration: Math.max(0, Math.round((to - from) / 1000)),
  };
}
