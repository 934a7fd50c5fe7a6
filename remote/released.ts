// The version of a workflow that the service has: found by its name in the workspace of the engine.
import type { Workflow, WorkflowBody, WorkflowExecution } from '../core/api/service.ts';
import { isEndedRun } from '../core/run/status.ts';
import type { Service } from './service.ts';

export interface Released {
  readonly id: string;
  /** The whole definition. */
  readonly body: WorkflowBody;
  readonly lastModifiedAt?: string;
  /** The run that goes on, of which there is one at most. */
  readonly activeRun?: WorkflowExecution;
}

/** Undefined where there is none of that name. Rejects with RemoteError. */
export async function findReleased(
  { client, workspaceId }: Service,
  name: string,
  signal?: AbortSignal,
): Promise<Workflow | undefined> {
  const query = { name, search_type: 'equal' };
  for await (const workflow of client.pages('ListWorkflows', { query, ...(signal && { signal }) })) {
    // A service that does not know the filter gives others too; one that leaves the workspace out means the only one.
    const workspace = workflow['workspace_id'];
    if (workflow.name === name && (typeof workspace !== 'string' || workspace === workspaceId)) return workflow;
  }
  return undefined;
}

/** With its definition, which a list leaves out, and the run that goes on. */
export async function readReleased(service: Service, name: string, signal?: AbortSignal): Promise<Released | undefined> {
  const found = await findReleased(service, name, signal);
  if (!found) return undefined;
  const options = { path: { workflow_id: found.workflow_id }, ...(signal && { signal }) };
  const workflow = await service.client.call('ShowWorkflow', options);
  const run = await newestExecution(service, found.workflow_id, signal);
  return {
    id: found.workflow_id,
    body: workflow,
    ...(workflow.last_modified_at !== undefined && { lastModifiedAt: workflow.last_modified_at }),
    ...(run && !isEndedRun(run.status ?? 'init') && { activeRun: run }),
  };
}

/** Undefined where it never ran. */
export async function newestExecution(
  { client }: Service,
  workflowId: string,
  signal?: AbortSignal,
): Promise<WorkflowExecution | undefined> {
  const query = { limit: 10, offset: 0, sort_by: 'create_time', order: 'desc' };
  const options = { path: { workflow_id: workflowId }, query, ...(signal && { signal }) };
  const { items } = await client.call('ListWorkflowExecutions', options);
  return (items ?? []).toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))[0];
}
