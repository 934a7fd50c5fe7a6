// The workflows that the engine knows: request bodies kept as they came, with ids and times. A body with errors is not taken.
import { randomUUID } from 'node:crypto';
import type { Workflow as WorkflowAnswer, WorkflowBody } from '../core/api/service.ts';
import type { Workflow } from '../core/ir/workflow.ts';
import { notFound, Problem } from './http/problem.ts';
import type { RecordStore } from './store/records.ts';

/** A body read by the language: what the editor would say of it, and the workflow that it means. */
export interface ReadBody {
  readonly workflow: Workflow;
  /** One line an error: code and text, in order of the body. */
  readonly errors: readonly string[];
}

export interface Definitions {
  /** Throws a Problem for a body with errors. */
  create(body: WorkflowBody): WorkflowAnswer;
  /** Members that are absent keep their value. */
  update(id: string, change: WorkflowBody): WorkflowAnswer;
  /** Throws a Problem where there is none. */
  show(id: string): WorkflowAnswer;
  list(): readonly WorkflowAnswer[];
  delete(id: string): void;
  /** What the definition means, for planning. */
  read(id: string): Workflow;
}

const kind = 'workflow';
/** Set by the service; what a client sends for them is ignored. */
const ownMembers = ['workflow_id', 'created_at', 'last_modified_at', 'latest_execution', 'run_count', 'param_ready'] as const;

export function createDefinitions(records: RecordStore, read: (body: WorkflowBody) => ReadBody, now: () => number): Definitions {
  function check(body: WorkflowBody): void {
    const { errors } = read(body);
    if (errors.length === 0) return;
    const more = errors.length > 20 ? ` ... and ${errors.length - 20} more` : '';
    throw new Problem(
      400,
      'ModelArts.2788',
      `The workflow has ${errors.length} error(s): ${errors.slice(0, 20).join('; ')}${more}`,
    );
  }

  function show(id: string): WorkflowAnswer {
    const record = records.get(kind, id);
    if (record === undefined) throw notFound('workflow', id);
    return record as WorkflowAnswer;
  }

  return {
    create(body) {
      if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw new Problem(
          400,
          'ModelArts.2788',
          'The request body is no workflow: a JSON object with name and steps is expected',
        );
      }
      const own = without(body, ownMembers);
      check(own);
      const id = randomUUID();
      const answer = { ...own, workflow_id: id, created_at: new Date(now()).toISOString() } as unknown as WorkflowAnswer;
      records.put(kind, id, answer);
      return answer;
    },
    update(id, change) {
      const before = show(id);
      const next = { ...before, ...without(change, ownMembers) };
      check(without(next, ownMembers));
      const answer = { ...next, last_modified_at: new Date(now()).toISOString() } as WorkflowAnswer;
      records.put(kind, id, answer);
      return answer;
    },
    show,
    list: () => records.list(kind).map(({ record }) => record as WorkflowAnswer),
    delete(id) {
      if (!records.delete(kind, id)) throw notFound('workflow', id);
    },
    read: (id) => read(without(show(id), ownMembers)).workflow,
  };
}

function without(body: WorkflowBody, members: readonly string[]): WorkflowBody {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !members.includes(name)));
}
