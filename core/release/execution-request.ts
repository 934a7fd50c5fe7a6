// Given values -> the request to run on the service: typed, and with the types that its parameters carry. What only the local engine
// understands stays out; storages go into the definition, since a run of the service has none of its own.
import type { ExecutionRequest, NamedInput, WorkflowBody } from '../api/service.ts';
import type { GivenValues } from '../config/values-file.ts';
import { lower } from '../ir/lower.ts';
import { textAt, type Workflow } from '../ir/workflow.ts';
import { checkAnswers } from '../plan/values.ts';
import { parse } from '../syntax/parse.ts';

export interface ServiceRunChoice {
  readonly scene?: string;
  readonly labels?: readonly string[];
}

/** The body must have passed `checkValues` with the same values: what does not fit is left out here. */
export function serviceRequest(body: WorkflowBody, values: GivenValues, choice: ServiceRunChoice = {}): ExecutionRequest {
  const { workflow } = lower(parse(JSON.stringify(body), 'json').tree, 'body');
  const plain = (list: GivenValues['parameters']) => list.map(({ name, value, text }) => ({ name, value: text ?? value }));
  const { values: checked } = checkAnswers(workflow, { parameters: plain(values.parameters), data: plain(values.data) });
  const parameters = checked.parameters.map(({ name, value }) => typed(workflow, 'parameters', name, value));
  const data = checked.data.map(({ name, value }) => typed(workflow, 'data', name, value));
  return {
    ...(parameters.length > 0 && { parameters }),
    ...(data.length > 0 && { data_requirements: data }),
    ...(choice.labels && choice.labels.length > 0 && { labels: choice.labels }),
    ...(choice.scene !== undefined && { scene_name: choice.scene }),
  };
}

/** The roots of storages that the values name, in the definition. */
export function withStorages(body: WorkflowBody, values: GivenValues): WorkflowBody {
  const roots = new Map(values.storages.map(({ name, value, text }) => [name, text ?? String(value)]));
  const storages = body['storages'];
  if (roots.size === 0 || !Array.isArray(storages)) return body;
  return {
    ...body,
    storages: storages.map((storage: { readonly name?: string }) => {
      const path = roots.get(storage.name ?? '');
      return path === undefined ? storage : { ...storage, path };
    }),
  };
}

function typed(workflow: Workflow, section: 'parameters' | 'data', name: string, value: unknown): NamedInput {
  const declared = workflow[section].find((each) => each.name.text === name);
  const type = textAt(declared?.fields, 'type') ?? (section === 'parameters' ? 'str' : 'obs');
  return { name, type, value };
}
