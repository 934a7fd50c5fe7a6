// Given values -> what the API's request to run takes. Source: API reference, CreateWorkflowExecution; language.md part 6.
import type { ExecutionRequest, NamedInput, WeftExecutionOptions } from '../api/service.ts';
import type { GivenValue, GivenValues } from './values-file.ts';

/** `options`: which steps, results of which run; `labels` of the run; `scene` by its name. */
export interface RunChoice {
  readonly scene?: string;
  readonly labels?: readonly string[];
  readonly options?: Pick<WeftExecutionOptions, 'steps' | 'reuse' | 'rerun' | 'debug'>;
}

export function runRequest(values: GivenValues, choice: RunChoice = {}): ExecutionRequest {
  const weft: WeftExecutionOptions = {
    ...choice.options,
    ...(values.storages.length > 0 && {
      storages: values.storages.map(({ name, value, text }) => ({ name, path: text ?? String(value) })),
    }),
    ...(values.answers.length > 0 && {
      answers: Object.fromEntries(values.answers.map(({ name, value, text }) => [name, text ?? value])),
    }),
  };
  return {
    parameters: values.parameters.map(inputOf),
    data_requirements: values.data.map(inputOf),
    ...(choice.labels && { labels: choice.labels }),
    ...(choice.scene !== undefined && { scene_name: choice.scene }),
    ...(Object.keys(weft).length > 0 && { extend: { weft } }),
  };
}

/** A scalar goes as it is written: the engine brings it to the declared type, and `1.10` of a text stays `1.10`. */
function inputOf({ name, value, text }: GivenValue): NamedInput {
  return { name, value: value === null ? null : (text ?? value) };
}
