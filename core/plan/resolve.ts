// A step with every reference replaced by its value: what a runner works from. Plain JSON data; names are the file's members.

export type Plain = null | boolean | number | string | readonly Plain[] | PlainMap;
export interface PlainMap {
  readonly [member: string]: Plain;
}

export interface ResolvedStep {
  readonly name: string;
  readonly title: string;
  readonly type: string;
  readonly inputs: readonly ResolvedInput[];
  readonly outputs: readonly ResolvedOutput[];
  /** All other members by the file's names: algorithm, spec, properties, policy, description ... */
  readonly settings: PlainMap;
  /** Folders that storages with `create_dir` ask for, as service paths (`/bucket/.../`). */
  readonly createFolders: readonly string[];
}

export interface ResolvedInput {
  readonly name: string;
  /** Kind of data: dataset, obs, label_task, swr, model, model_list, service, image ... */
  readonly type: string | undefined;
  /** As a run's values have it: `{obs_url}`, `{dataset_name, version_name}`, `{model_list}`, the output of a step ... */
  readonly value: Plain;
  /** The step and output that it came from. */
  readonly from?: { readonly step: string; readonly output: string };
}

export interface ResolvedOutput {
  readonly name: string;
  readonly type: string | undefined;
  /** The flat settings: `obs_path`, `metric_files`, `model_name` ... */
  readonly settings: PlainMap;
}
