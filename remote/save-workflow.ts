// A workflow is kept under its name: created the first time, changed as a whole after that. The same for engine and cloud.
import type { Workflow, WorkflowBody } from '../core/api/service.ts';
import type { Client } from './client.ts';

/** Members that a change leaves as they are when they are absent: what the text no longer has is emptied. */
export const cleared: WorkflowBody = {
  description: '',
  labels: [],
  data: [],
  data_requirements: [],
  parameters: [],
  storages: [],
  sub_graphs: [],
  policy: {},
};

/** Rejects with RemoteError; a body with errors is refused by the service with all of them. */
export async function saveWorkflow(client: Client, body: WorkflowBody, signal?: AbortSignal): Promise<Workflow> {
  const options = signal ? { signal } : {};
  const query = { name: String(body['name']), search_type: 'equal', limit: 1 };
  const { items } = await client.call('ListWorkflows', { query, ...options });
  const known = items[0];
  if (!known) return client.call('CreateWorkflow', { body, ...options });
  const path = { workflow_id: known.workflow_id };
  return client.call('UpdateWorkflow', { path, body: { ...cleared, ...body }, ...options });
}
